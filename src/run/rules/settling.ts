/** Settling: for how long a restart that the document asks for keeps a probe from being judged. */
import {type Plan, PROBES, type SignalSource} from '../../plan/plan.ts';
import {type Interruption, interruptionsBy} from '../../plan/script.ts';
import {compact} from '../../text/compact.ts';
import {stretchText} from '../../text/times.ts';
import type {Recorded} from '../event.ts';
import type {Sample} from '../outcome.ts';
import type {Downtime, RunState, Settling} from '../state.ts';
import {sourceNameOf} from './signal-readings.ts';

type Of<T extends Recorded['type']> = Extract<Recorded, {type: T}>;

// From the start of the step until the answers are good again, at most for `settle`, the samples are downtime: recorded,
// not judged. When the time runs out, they are judged after all.
const SETTLE_MS_DEFAULT = 60_000;
/** Good answers in a row that end it. */
const GOOD_ANSWERS = 3;
/** What is kept of them; the oldest go. */
const DOWNTIMES_MAX = 200;

/** The step that starts restarts what some signals measure: from here on they settle. */
export function beginSettling(plan: Plan, state: RunState, event: Of<'step-started'>): RunState {
  const {stepId, on = 'local', commands = [], at} = event;
  if (state.run.dryRun || commands.length === 0) return state;
  const by = interruptionsBy(commands.join('\n'));
  if (by.size === 0) return state;
  const until = at + (plan.settleMs ?? SETTLE_MS_DEFAULT);
  const settling = {...state.settling};
  for (const [name, source] of Object.entries(plan.signals ?? {})) {
    if (!isInterrupted(source, on, by)) continue;
    const fresh = {stepId, since: at, until, good: 0, n: 0, running: true};
    const open = settlingOf(state, name, at);
    // An outage that is not over goes on, whoever restarts it once more.
    settling[name] = open !== undefined && isOut(open) ? {...open, stepId, until, good: 0, running: true} : fresh;
  }
  return {...state, settling};
}

function isInterrupted({kind, on: asked = 'local', servedBy}: SignalSource, on: string, by: ReadonlySet<Interruption>) {
  const {at, by: those} = PROBES[kind].interrupted;
  if (!those.some(one => by.has(one))) return false;
  // What goes from here to other hosts says only itself to which.
  const isAnywhere = by.has('anywhere') || (on === 'local' && by.has('script'));
  if (at === 'serving' && servedBy === undefined)
    return those.includes('elsewhere') && (by.has('elsewhere') || isAnywhere);
  return isAnywhere || (at === 'asked' ? asked : servedBy) === on;
}

/** Good answers from before the end of the step may be from before the restart, too: they end nothing. */
export function endRestart(state: RunState, {stepId}: Of<'step-finished'>): RunState {
  const own = Object.entries(state.settling ?? {}).filter(([, one]) => one.stepId === stepId && one.running);
  if (own.length === 0) return state;
  const ended = own.map(
    ([name, one]) => [name, {...one, running: false, ...compact({good: isOut(one) ? undefined : 0})}] as const,
  );
  return {...state, settling: {...state.settling, ...Object.fromEntries(ended)}};
}

function isOut({outFrom}: Settling): boolean {
  return outFrom !== undefined;
}

export function settleSamples(plan: Plan, state: RunState, samples: readonly Sample[]): RunState {
  if (state.settling === undefined) return state;
  const settleMs = plan.settleMs ?? SETTLE_MS_DEFAULT;
  return samples.reduce((folded, sample) => settleSample(folded, sample, settleMs), state);
}

function settleSample(state: RunState, sample: Sample, settleMs: number): RunState {
  const {[sample.signal]: own, ...others} = state.settling ?? {};
  if (own === undefined || sample.at < own.since || sample.unasked !== undefined) return state;
  const next = sample.error === undefined ? withGood(own, sample.at, settleMs) : withBad(own, sample.at, settleMs);
  if (next.good < GOOD_ANSWERS) return {...state, settling: {...others, [sample.signal]: next}};
  const downtimes = own.until < sample.at ? state.downtimes : withDowntime(state, sample.signal, next);
  const known = downtimes === undefined ? {} : {downtimes};
  // The step still runs: it may restart it once more.
  const again = {stepId: own.stepId, since: sample.at, until: sample.at + settleMs, good: 0, n: 0, running: true};
  return {...state, ...known, settling: own.running ? {...others, [sample.signal]: again} : others};
}

/** Before the restart, while its step does other things, each good answer moves the beginning on. */
function withGood(own: Settling, at: number, settleMs: number): Settling {
  if (own.running && !isOut(own)) return {...own, since: at, until: at + settleMs, n: 0};
  return {...own, n: own.n + 1, good: own.good + 1, ...compact({goodFrom: own.good === 0 ? at : undefined})};
}

function withBad({goodFrom: _, ...own}: Settling, at: number, settleMs: number): Settling {
  // A probe that asks rarely sees the outage late.
  const until = own.running && !isOut(own) && at > own.until ? at + settleMs : own.until;
  return {...own, until, n: own.n + 1, good: 0, outFrom: own.outFrom ?? at};
}

/** The good answers that ended it are none of it: they are judged. */
function withDowntime(state: RunState, signal: string, {stepId, since, goodFrom, n, outFrom}: Settling) {
  if (outFrom === undefined || goodFrom === undefined) return state.downtimes;
  const one: Downtime = {signal, stepId, from: since, outFrom, to: goodFrom, n: n - GOOD_ANSWERS};
  return [...(state.downtimes ?? []), one].slice(-DOWNTIMES_MAX);
}

/**
 * How the signal settles just now, or the one that it is a part of. Nothing once its time has run out, nor while the
 * step has not yet interrupted it.
 */
export function settlingOf({settling}: RunState, signal: string, now: number): Settling | undefined {
  const own = settling?.[signal] ?? settling?.[sourceNameOf(signal)];
  if (own === undefined || now > own.until) return undefined;
  return isOut(own) || !own.running ? own : undefined;
}

/** A restart after which what is measured was not well in time: its samples are judged, and the step is named. */
export function unsettledOf({settling}: RunState, signal: string, now: number): Settling | undefined {
  const own = settling?.[signal] ?? settling?.[sourceNameOf(signal)];
  return own !== undefined && now > own.until && isOut(own) ? own : undefined;
}

/** Without the samples of a downtime that is over: no rule judges them. */
export function outsideDowntimes(
  {downtimes = []}: RunState,
  signal: string,
  samples: readonly Sample[],
): readonly Sample[] {
  const over = downtimes.filter(one => one.signal === signal);
  return over.length === 0 ? samples : samples.filter(({at}) => !over.some(({from, to}) => at >= from && at < to));
}

/** The samples that count: without those of a downtime, and of one that is not over. */
export function withoutDowntime(
  state: RunState,
  signal: string,
  samples: readonly Sample[],
  now: number,
): readonly Sample[] {
  const name = state.signals[signal] === undefined ? sourceNameOf(signal) : signal;
  const current = settlingOf(state, signal, now);
  const counted = outsideDowntimes(state, name, samples);
  return current === undefined ? counted : counted.filter(({at}) => at < current.since);
}

/** `settling, outage 14 s, 9 requests` */
export function settlingText({outFrom, goodFrom, n}: Settling, now: number): string {
  return outFrom === undefined ? 'settling after a restart' : `settling, ${outageText(outFrom, goodFrom ?? now, n)}`;
}

/** `outage 14 s, 9 requests` */
export function outageText(from: number, to: number, n: number): string {
  return `outage ${stretchText(Math.max(0, to - from))}, ${n} ${n === 1 ? 'request' : 'requests'}`;
}

/** `not well 60 s after "Restart the service" (line 95) began` */
export function unsettledText(plan: Plan, {stepId, since, until}: Settling): string {
  const step = plan.steps.find(({id}) => id === stepId);
  const where = step === undefined ? stepId : `"${step.title}" (line ${step.line})`;
  return `not well ${stretchText(until - since)} after ${where} restarted it`;
}
