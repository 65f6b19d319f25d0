/** The lease of the checklist in the team's ledger, as a run has it: on record, on the hosts, and before what no host can refuse. */
import type {StoreApi} from 'zustand/vanilla';
import {fenceKey} from '../../actions/jobs/fence.ts';
import type {Fence} from '../../actions/shell.ts';
import type {World} from '../../actions/world.ts';
import type {Event} from '../../run/event.ts';
import {needsLease} from '../../run/lease-guard.ts';
import {refused} from '../../run/outcome.ts';
import type {RunState} from '../../run/state.ts';
import {compact} from '../../text/compact.ts';
import type {Engine} from '../engine.ts';
import type {LedgerProgress} from './ledger-progress.ts';

type News =
  | {kind: 'taken'; number: number; before?: string}
  | {kind: 'unsure'; because: string}
  | {kind: 'lost'; holder: Holder};

type Holder = {
  run: string;
  host: string;
  account: string;
  pid: number;
  since: number;
  endsInMs: number;
  takenOver: boolean;
};

/** `checklist`: what it is for, named for the whole team. The rest is what `ledger/lease.ts` hands out. */
export type RunLease = {
  checklist: string;
  lease: {
    first: News;
    number(): number | undefined;
    isValid(): boolean;
    isTakenOver(withinMs: number): Promise<boolean>;
    listen(tell: (news: News) => void): void;
  };
};

/** `this checklist is being run by run 2026… of ana on box (pid 4711, since …)`. */
export function lostText({run, host, account, pid, since, takenOver}: Holder): string {
  const how = takenOver ? 'this run was taken over by the engine of' : 'this checklist is being run by';
  return `${how} run ${run} of ${account} on ${host} (pid ${pid}, since ${new Date(since).toISOString()})`;
}

/** What hosts are told with each job. A run whose ledger is not set any more comes with the number that it had. */
export function fenceOf(run: RunLease | undefined, state: () => RunState): () => Fence | undefined {
  return () => {
    const {lease} = state();
    const checklist = run?.checklist ?? lease?.checklist;
    const number = run?.lease.number() ?? lease?.number;
    return checklist === undefined || number === undefined ? undefined : {key: fenceKey(checklist), number};
  };
}

/** Nobody waits longer for a ledger that does not answer. */
const ASK_MS = 1000;
const TAKEN_OVER = 'this run was taken over by an engine on another machine';
const NOT_SURE = 'it is not known any more whether this run still has its checklist';

/**
 * The last look, just before something is changed that no host can refuse: the machine may have slept since the step was
 * decided on. It is begun when the ledger has heard of it: whoever takes the run over must not begin it again. A rollback
 * goes on, but not that of a run which another engine goes on with.
 */
export function withLease(
  world: World,
  run: RunLease | undefined,
  state: () => RunState,
  progress: Pick<LedgerProgress, 'waitFor'>,
): World {
  const isTakenOver = askedOnce(run);
  return {
    ...world,
    async perform(request, sink, signal, onAwaited) {
      if (await isTakenOver()) return refused('fenced', `${TAKEN_OVER}; nothing was begun`);
      const {lease, rollback, overrides, seq} = state();
      const isOff = run === undefined && lease === undefined;
      const begin = () => world.perform(request, sink, signal, onAwaited);
      if (isOff || rollback.status === 'running' || !needsLease(request)) return await begin();
      const isHeld = () => run?.lease.isValid() === true;
      if (isHeld()) {
        await progress.waitFor(seq, () => isHeld() && !signal.aborted);
        if (isHeld()) return await begin();
      }
      if (overrides.lease !== undefined && lease?.status !== 'lost') return await begin();
      const because = lease === undefined || lease.status === 'held' ? NOT_SURE : lease.because;
      return refused('fenced', `${because}; nothing was begun`);
    },
  };
}

/** Asks the ledger once for each time that the lease is not valid: whether an engine elsewhere goes on with the run. */
function askedOnce(run: RunLease | undefined): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined;
  return async () => {
    if (run === undefined || run.lease.isValid()) {
      answer = undefined;
      return false;
    }
    answer ??= run.lease.isTakenOver(ASK_MS);
    return await answer;
  };
}

/** Puts on record what becomes of it. `goOn`: why a person starts the run although the ledger cannot be reached. */
export function keepLease(
  run: RunLease | undefined,
  {store, engine}: {store: StoreApi<RunState>; engine: Pick<Engine, 'record'>},
  goOn: string | undefined,
): void {
  const before = store.getState().lease;
  if (run === undefined) {
    if (before === undefined) return;
    const {checklist} = before;
    return engine.record([{type: 'lease-unsure', checklist, because: 'no ledger is set here any more'}], 'engine');
  }
  const {checklist, lease} = run;
  engine.record([eventOf(checklist, lease.first, goOn)], 'engine');
  lease.listen(news => {
    const state = store.getState();
    // What comes after the end of the run does not belong to it any more.
    if (state.closed !== null) return;
    const other = news.kind === 'taken' ? news.before : undefined;
    const events: Event[] = [eventOf(checklist, news, undefined)];
    if (other !== undefined && ['ready', 'running', 'watching'].includes(state.phase)) {
      const because = `run ${other} had this checklist meanwhile: look at what it has done before going on`;
      events.push({type: 'run-on-switched', on: false, because}, {type: 'phase-changed', phase: 'held', because});
    }
    engine.record(events, 'engine');
  });
}

function eventOf(checklist: string, news: News, goOn: string | undefined): Event {
  switch (news.kind) {
    case 'taken':
      return compact({type: 'lease-taken', checklist, number: news.number, before: news.before});
    case 'unsure':
      return compact({type: 'lease-unsure', checklist, because: news.because, goOn});
    case 'lost':
      return news.holder.takenOver
        ? {type: 'lease-lost', checklist, because: lostText(news.holder), takenOver: true}
        : {type: 'lease-lost', checklist, because: `${lostText(news.holder)}; R still rolls back`};
  }
}
