/** Whether a signal is silent, since when, and why; and whether it counts. Pure. */
import type {Plan, Rule, SignalSource} from '../../plan/plan.ts';
import {readingsOf, sourceNameOf} from '../../run/rules/signal-readings.ts';
import {type Unanswered, unansweredForms, unansweredOf, unansweredWords} from '../../run/rules/unanswered.ts';
import type {RunState} from '../../run/state.ts';
import {cutHostOf} from '../../run/wording/lost-links.ts';
import {compact} from '../../text/compact.ts';
import {age, localClock} from '../../text/times.ts';

/** `silentMs`: since the last reading with a value, or since the first failure when there never was one. */
export type Silence = {silentMs: number; error?: string; failed?: Unanswered; cut?: CutOff};
/** Nothing is measured from `since` on, for a reason in full and in short: `link to vps lost`, `link lost`. */
export type CutOff = {because: string; short: string; since: number; readAt?: number};

/** A value is missed once it is late by this many times the usual pause. */
const LATE_PAUSES = 3;
const LATE_MS_MIN = 30_000;

/** `lostAt`: since then there is no engine that measures. */
export function silenceOf(
  plan: Plan,
  state: RunState,
  name: string,
  now: number,
  lostAt?: number,
): Silence | undefined {
  const signal = readingsOf(state, name);
  if (signal === undefined) return undefined;
  const {failing, failingSince, lastAt, lastValueAt} = signal;
  const cut = cutOffBy(lostAt, cutHostOf(plan, state, name), state.links);
  if (cut !== undefined) return {silentMs: now - (lastValueAt ?? lastAt), cut: compact({...cut, readAt: lastValueAt})};
  const {everyMs} = plan.signals?.[name] ?? plan.signals?.[sourceNameOf(name)] ?? {};
  const lateMs = Math.max(LATE_MS_MIN, LATE_PAUSES * (everyMs ?? 0));
  if (failing !== undefined) {
    // Where some measurements fail and others do not, its value is known all the time.
    if (lastValueAt !== undefined && now - lastValueAt <= lateMs) return undefined;
    return compact({
      silentMs: now - (lastValueAt ?? failingSince ?? lastAt),
      error: failing,
      failed: unansweredOf(signal.samples),
    });
  }
  // A signal without a cadence (how long steps take) is never overdue.
  if (everyMs === undefined || state.closed !== null) return undefined;
  const silentMs = now - lastAt;
  return silentMs > lateMs ? {silentMs} : undefined;
}

/** The link of a host may be lost before the engine is: nothing has come since the earlier of both. */
function cutOffBy(lostAt: number | undefined, host: string | undefined, links: RunState['links']): CutOff | undefined {
  const link = host === undefined ? undefined : links[host];
  const since = Math.min(lostAt ?? Number.POSITIVE_INFINITY, link?.since ?? Number.POSITIVE_INFINITY);
  if (lostAt !== undefined) return {because: 'engine lost', short: 'engine lost', since};
  return link === undefined ? undefined : {because: `link to ${host} lost`, short: 'link lost', since};
}

/** The same, the longest wording first: what is left out is no figure cut in the middle. */
export function silenceForms(silence: Silence): readonly string[] {
  const {silentMs, failed} = silence;
  const bare = failed === undefined ? [`no reading for ${age(silentMs)}`] : unansweredForms(failed, age(silentMs));
  return [silenceWords(silence), ...bare];
}

/** `no answer for 42s, 8 of 8 failed: connect ECONNREFUSED 127.0.0.1:5432`, `no reading for 42s: …`. */
export function silenceWords({silentMs, error, failed, cut}: Silence): string {
  if (cut !== undefined) {
    const old = cut.readAt === undefined ? 'no reading' : `as of ${localClock(cut.readAt)}`;
    return `${old}: ${cut.because}`;
  }
  const since = failed === undefined ? `no reading for ${age(silentMs)}` : unansweredWords(failed, age(silentMs));
  // A source that does not answer is measured as failing; here nothing at all has come.
  return error === undefined ? `${since}: nothing was measured` : `${since}: ${error}`;
}

/** Whether readings are counts to be added up: of log lines always, of a query only where its rule says so. */
export function isCounted(rule: Rule | undefined, source: SignalSource | undefined): boolean {
  if ((rule?.unit ?? source?.unit ?? 'count') !== 'count') return false;
  return rule?.statistic === undefined ? rule === undefined && source?.kind === 'log' : rule.statistic === 'count';
}
