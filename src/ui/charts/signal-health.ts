/** Whether a signal is silent, since when, and why. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {readingsOf, sourceNameOf} from '../../run/rules/readings.ts';
import type {RunState} from '../../run/state.ts';
import {age} from '../../text/times.ts';

/** `silentMs`: since the last reading with a value, or since the first failure when there never was one. */
export type Silence = {silentMs: number; error?: string};

/** A value is missed once it is late by this many times the usual pause. */
const LATE_PAUSES = 3;
const LATE_MS_MIN = 30_000;

export function silenceOf(plan: Plan, state: RunState, name: string, now: number): Silence | undefined {
  const signal = readingsOf(state, name);
  if (signal === undefined) return undefined;
  const {failing, failingSince, lastAt, lastValueAt} = signal;
  const {everyMs} = plan.signals?.[name] ?? plan.signals?.[sourceNameOf(name)] ?? {};
  const lateMs = Math.max(LATE_MS_MIN, LATE_PAUSES * (everyMs ?? 0));
  if (failing !== undefined) {
    // Where some measurements fail and others do not, its value is known all the time.
    if (lastValueAt !== undefined && now - lastValueAt <= lateMs) return undefined;
    return {silentMs: now - (lastValueAt ?? failingSince ?? lastAt), error: failing};
  }
  // A signal without a cadence (how long steps take) is never overdue.
  if (everyMs === undefined || state.closed !== null) return undefined;
  const silentMs = now - lastAt;
  return silentMs > lateMs ? {silentMs} : undefined;
}

/** `no reading for 42s: connect ECONNREFUSED 127.0.0.1:5432`. */
export function silenceWords({silentMs, error}: Silence): string {
  const since = `no reading for ${age(silentMs)}`;
  return error === undefined ? `${since}: its source does not answer` : `${since}: ${error}`;
}
