/** The hosts of a run that is taken over: as whom they are reached from here, and the new number that is put up on each. */
import {fenceKey, type Raised} from '../../actions/jobs/fence.ts';
import {openWorld} from '../../actions/open-world.ts';
import type {Login, World} from '../../actions/world.ts';
import {strangerTo} from '../../engine/team/stranger.ts';
import type {Bindings, Plan, Step} from '../../plan/plan.ts';
import type {Place} from '../../plan/script.ts';
import {EXIT} from '../../run/exit-codes.ts';
import type {RunState, StepState} from '../../run/state.ts';
import {CommandError} from '../command-error.ts';
import {hostsOf} from '../connect-check.ts';
import {terminalAsk} from '../terminal/terminal-questions.ts';

/** `first`: the lowest number that the run ever had. */
export type FenceOf = {id: string; checklist: string; first: number};

export type Unknown = {host: string; because: string};

export type RunHosts = {
  /** Looks, and changes nothing. Rejects where a host is reached as another account than the run was there. */
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
    return strangerTo(state, login);
  };
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
  const refuseOthers = (all: Awaited<ReturnType<typeof each>>) => {
    for (const [host, found] of all) {
      const problem = otherAccount(host, {found, plan, state, login: logins.get(host)});
      if (problem !== undefined) throw new CommandError(EXIT.refused, problem);
    }
  };
  return {
    look: async () => refuseOthers(await each(undefined)),
    async raise(number) {
      const all = await each(number);
      refuseOthers(all);
      const found = all.flatMap(([, own]) => own);
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

/** Why nothing is begun there; nothing where it is the account that it was, or nobody can tell. */
function otherAccount(host: string, {found, plan, state, login}: Look): string | undefined {
  if (state.links[host]?.account !== undefined)
    return login === undefined ? undefined : strangerTo(state, login)?.message;
  const there = found.filter(one => one.how !== 'unreachable');
  const steps = plan.steps.filter(({action}) => isOn(action, host)).map(({id}) => state.steps[id]);
  const isStrange = ({host: own, seen}: Raised & {seen: boolean}) =>
    !seen && steps.some(step => hasPassedOn(step, own));
  const hasBegun = steps.some(step => step !== undefined && 'attempt' in step && step.attempt !== undefined);
  const strange = there.find(isStrange) ?? (hasBegun && !there.some(({seen}) => seen) ? there[0] : undefined);
  if (strange === undefined) return undefined;
  const {host: name, account} = strange;
  return `${name}: as ${account} nothing of this run is there: its commands ran under another account, or the host is another one`;
}

function isOn(action: Step['action'], host: string): boolean {
  return action.kind === 'script' && action.context.place.kind === 'host' && action.context.place.host === host;
}

/** Of a group each host is reached in its own way. */
function hasPassedOn(step: StepState | undefined, host: string): boolean {
  if (step === undefined) return false;
  const ended = 'ended' in step ? (step.ended ?? []) : [];
  const judged = 'verdict' in step ? (step.verdict?.hosts ?? []) : [];
  const earlier = 'earlier' in step ? (step.earlier ?? []) : [];
  return [...ended, ...judged, ...earlier].some(one => one.host === host && one.kind === 'passed');
}
