/** The hosts of a run that is taken over: as whom they are reached from here, and the new number that is put up on each. */
import {fenceKey, type Raised} from '../../actions/jobs/fence.ts';
import {openWorld} from '../../actions/open-world.ts';
import type {Login, World} from '../../actions/world.ts';
import type {Bindings, Plan, Step} from '../../plan/plan.ts';
import type {Place} from '../../plan/script.ts';
import {EXIT} from '../../run/exit-codes.ts';
import type {RunState} from '../../run/state.ts';
import {CommandError} from '../command-error.ts';
import {hostsOf} from '../connect-check.ts';
import {terminalAsk} from '../terminal/terminal-questions.ts';

/** `first`: the lowest number that the run ever had. */
export type FenceOf = {id: string; checklist: string; first: number};

export type Unknown = {host: string; because: string};

export type RunHosts = {
  /** Looks, and changes nothing. Rejects where a host is reached as another account than the run was there. */
  look(): Promise<void>;
  /** Rejects where an engine with a higher number has been. */
  raise(number: number): Promise<{fenced: readonly string[]; unknown: readonly Unknown[]}>;
  close(): Promise<void>;
};

/** `state`: of the run as it stands. */
export function hostsOfRun(plan: Plan, bindings: Bindings, state: RunState, of: FenceOf): RunHosts {
  const ask = terminalAsk();
  const logins = new Map<string, Login>();
  const onLogin = (login: Login) => logins.set(login.host, login);
  const world = openWorld({
    bindings,
    directory: process.cwd(),
    onLink() {},
    onLogin,
    ...(ask === undefined ? {} : {ask}),
  });
  const hosts = hostsOf(plan, bindings).map(([host, destination]) => ({kind: 'host', host, destination}) as const);
  const each = async (number: number | undefined) =>
    await Promise.all(hosts.map(async place => [place.host, await raised(world, place, of, number)] as const));
  return {
    async look() {
      for (const [host, found] of await each(undefined)) {
        const problem = otherAccount(host, {found, plan, state, login: logins.get(host)});
        if (problem !== undefined) throw new CommandError(EXIT.refused, problem);
      }
    },
    async raise(number) {
      const found = (await each(number)).flatMap(([, all]) => all);
      const newer = found.find(one => one.how === 'higher');
      if (newer !== undefined) {
        const text = `${newer.host}: an engine with the higher number ${newer.number} has been there`;
        throw new CommandError(EXIT.lockHeld, `${text}; nothing was begun`);
      }
      return {fenced: found.filter(({how}) => how === 'raised').map(({host}) => host), unknown: found.flatMap(unknown)};
    },
    close: () => world.close(),
  };
}

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

/** Jobs are found in the home of the account that began them, and the old engine is refused there alone. */
function otherAccount(host: string, {found, plan, state, login}: Look): string | undefined {
  const recorded = state.links[host]?.account;
  if (recorded !== undefined) {
    if (login === undefined || login.user === recorded) return undefined;
    const how = `log in as ${recorded} (User in ~/.ssh/config, or ${recorded}@… in bindings that -b names)`;
    return `${host}: this run works there as ${recorded}, and from here it would as ${login.user}; ${how}`;
  }
  const there = found.filter(one => one.how !== 'unreachable');
  const [one] = there;
  if (one === undefined || there.some(({seen}) => seen) || !plan.steps.some(step => hasBegun(step, host, state)))
    return undefined;
  return `${host}: as ${one.account} nothing of this run is there: its commands ran under another account, or the host is another one`;
}

function hasBegun({id, action}: Step, host: string, {steps}: RunState): boolean {
  const own = steps[id];
  if (action.kind !== 'script' || own === undefined || !('attempt' in own) || own.attempt === undefined) return false;
  const {place} = action.context;
  return place.kind === 'host' && place.host === host;
}
