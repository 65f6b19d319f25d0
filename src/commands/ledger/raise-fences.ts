/** The hosts of a run that is taken over: as whom they are reached from here, and the new number that is put up on each. */
import {fenceKey, type Raised} from '../../actions/jobs/fence.ts';
import {messageOf} from '../../actions/link-error.ts';
import {openWorld} from '../../actions/open-world.ts';
import type {Login, World} from '../../actions/world.ts';
import {whyOtherAccount} from '../../engine/team/other-account.ts';
import type {Bindings, Plan, Step} from '../../plan/plan.ts';
import type {Place} from '../../plan/script.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {groupOfStep} from '../../run/groups/batches.ts';
import {standOnHosts} from '../../run/groups/on-each.ts';
import type {RunState} from '../../run/state.ts';
import {CommandError} from '../command-error.ts';
import {hostsOf} from '../connect-check.ts';
import {terminalAsk} from '../terminal/terminal-questions.ts';

/** `first`: the lowest number that the run ever had. */
export type FenceOf = {id: string; checklist: string; first: number};

export type Unknown = {host: string; because: string};

export type RunHosts = {
  /**
   * Looks, and changes nothing. Rejects where a host is reached as another account than the run was there, and where nobody
   * here knows the hosts of a group.
   */
  look(): Promise<void>;
  /** Rejects where an engine with a higher number has been, or a host that could not be looked at is another account's. */
  raise(number: number): Promise<{fenced: readonly string[]; unknown: readonly Unknown[]}>;
  close(): Promise<void>;
};

/** `state`: of the run as it stands. */
export function hostsOfRun(plan: Plan, bindings: Bindings, state: RunState, of: FenceOf): RunHosts {
  const ask = terminalAsk();
  const logins = new Map<string, Login>();
  const onLogin = (login: Login) => {
    logins.set(login.host, login);
    // Not even a look is made there.
    return whyOtherAccount(state, login);
  };
  const world = openWorld({
    bindings,
    directory: process.cwd(),
    onLink() {},
    onLogin,
    ...(ask === undefined ? {} : {ask}),
  });
  const hosts = hostsOf(plan, bindings).map(([host, destination]) => ({kind: 'host', host, destination}) as const);
  const inGroups = new Map<string, readonly string[]>();
  const each = async (number: number | undefined) =>
    await Promise.all(hosts.map(async place => [place.host, await raised(world, place, of, number)] as const));
  const refuseOthers = (all: Awaited<ReturnType<typeof each>>) => {
    for (const [host, found] of all) {
      const problem = otherAccount(host, {found, plan, state, login: logins.get(host)});
      if (problem !== undefined) throw new CommandError(EXIT.refused, problem);
    }
  };
  return {
    async look() {
      for (const {host} of hosts)
        if (bindings.hosts[host]?.group !== undefined) inGroups.set(host, await listed(world, host));
      refuseOthers(await each(undefined));
    },
    async raise(number) {
      const all = await each(number);
      refuseOthers(all);
      const found = all.flatMap(([, own]) => own);
      const newer = found.find(one => one.how === 'higher');
      if (newer !== undefined) {
        const text = `${newer.host}: an engine with the higher number ${newer.number} has been there`;
        throw new CommandError(EXIT.lockHeld, `${text}; nothing was begun`);
      }
      const gone = [...inGroups].flatMap(([group, here]) =>
        (state.groups?.[group]?.hosts ?? []).filter(host => !here.includes(host)),
      );
      const fenced = found.filter(({how}) => how === 'raised').map(({host}) => host);
      return {fenced, unknown: [...found.flatMap(unknown), ...gone.map(host => ({host, because: NOT_HERE}))]};
    },
    close: () => world.close(),
  };
}

/** Without its inventory nothing could be done on a group, and no rollback either. */
async function listed(world: World, group: string): Promise<readonly string[]> {
  try {
    return await world.hostsOf(group);
  } catch (error) {
    const hint = 'its inventory is looked for beside the bindings, and -b names those of this machine';
    throw new CommandError(EXIT.unreachable, `${group}: ${messageOf(error)}; ${hint}`);
  }
}

const NOT_HERE = 'it is not in the inventory of this machine';

function raised(
  world: World,
  place: Place,
  {id, checklist, first}: FenceOf,
  number: number | undefined,
): Promise<readonly Raised[]> {
  const fence = {key: fenceKey(checklist), number: number ?? first};
  return world.raiseFence(place, {fence, prefix: `${id}-`, first, raise: number !== undefined});
}

function unknown(one: Raised): readonly Unknown[] {
  if (one.how === 'unreachable') return [{host: one.host, because: one.detail}];
  return one.how === 'unkept' ? [{host: one.host, because: 'no number can be kept there'}] : [];
}

type Look = {found: readonly Raised[]; plan: Plan; state: RunState; login: Login | undefined};

/** Why nothing is begun there; nothing where it is the account that it was, or nobody can tell. */
function otherAccount(host: string, {found, plan, state, login}: Look): string | undefined {
  if (state.links[host]?.account !== undefined)
    return login === undefined ? undefined : whyOtherAccount(state, login)?.message;
  const there = found.flatMap(one => {
    if (one.how === 'unreachable') return [];
    const kinds = plan.steps.flatMap(step => (hasBegun(step, host, state) ? kindsOn(plan, state, step, one.host) : []));
    return kinds.length === 0 ? [] : [{...one, kinds}];
  });
  const strange = there.filter(({seen}) => !seen);
  // On some hosts of a group a step that runs may not have begun yet.
  const [one] = strange.length === there.length ? strange : strange.filter(({kinds}) => kinds.includes('passed'));
  if (one === undefined) return undefined;
  return `${one.host}: as ${one.account} nothing of this run is there: its commands ran under another account, or the host is another one`;
}

/** How the step stands there; of a group only where it surely was begun, or may just have been. */
function kindsOn(plan: Plan, state: RunState, step: Step, host: string): readonly ('running' | 'passed')[] {
  if (groupOfStep(plan, step) === undefined) return ['running'];
  return standOnHosts(plan, state, step).flatMap(({host: name, kind}) =>
    name === host && (kind === 'running' || kind === 'passed') ? [kind] : [],
  );
}

function hasBegun({id, action}: Step, host: string, {steps}: RunState): boolean {
  const own = steps[id];
  if (action.kind !== 'script' || own === undefined || !('attempt' in own) || own.attempt === undefined) return false;
  const {place} = action.context;
  return place.kind === 'host' && place.host === host;
}
