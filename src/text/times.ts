/** Times and durations as text. Records use UTC, so that they read the same on every machine. */

/** `2025-11-02T13:02:31Z` */
export function utcTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** `2025-11-02` */
export function utcDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** `13:02:31Z` */
export function utcClock(at: number): string {
  return `${new Date(at).toISOString().slice(11, 19)}Z`;
}

/** `13:02`, in UTC. */
export function utcMinute(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** The same beside what says the day; with its own where that is another one: `2025-11-04 13:02`. */
export function utcMinuteBeside(day: number, at: number): string {
  return utcDate(day) === utcDate(at) ? utcMinute(at) : `${utcDate(at)} ${utcMinute(at)}`;
}

/** `14:02:31`, in the time zone of this machine. */
export function localClock(at: number): string {
  const date = new Date(at);
  return clock(date.getHours(), date.getMinutes(), date.getSeconds());
}

/** `29 Nov 14:02`, in the time zone of this machine. */
export function localDayMinute(at: number): string {
  const date = new Date(at);
  const month = date.toLocaleString('en', {month: 'short'});
  return `${date.getDate()} ${month} ${localClock(at).slice(0, 5)}`;
}

/** `2025-11-02 14:02:31 +01:00`, in the time zone of this machine. */
export function localStamp(at: number): string {
  const offset = -new Date(at).getTimezoneOffset();
  const shifted = new Date(at + offset * MINUTE_MS).toISOString();
  const zone = clock(Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60, 0).slice(0, 5);
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 19)} ${offset < 0 ? '-' : '+'}${zone}`;
}

/** `T+00:12:31`, or `T-00:00:05` before the deploy began. Hours are not limited to 24. */
export function missionTime(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / SECOND_MS);
  return `T${ms < 0 ? '-' : '+'}${clock(Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60)}`;
}

/** A moment on the mission clock as a document writes it: `T+15m`, `T+2h`, `T+90s`. */
export function missionMoment(ms: number): string {
  if (ms % HOUR_MS === 0) return `T+${ms / HOUR_MS}h`;
  return ms % MINUTE_MS === 0 ? `T+${ms / MINUTE_MS}m` : `T+${Math.round(ms / SECOND_MS)}s`;
}

/** `04:10`, `1:02:03`: how long something has lasted so far, in full seconds. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours > 0 ? `${hours}:${clock(minutes, rest)}` : clock(minutes, rest);
}

/** `0.4 s`, `04:10`, `1:02:31`: how long something took, in a record. */
export function durationText(ms: number): string {
  return ms < 10 * SECOND_MS ? `${(ms / SECOND_MS).toFixed(1)} s` : duration(Math.round(ms / SECOND_MS) * SECOND_MS);
}

/** `850ms`, `2.4s`, `04:10`: how long something took, on a narrow row. */
export function took(ms: number): string {
  if (ms < SECOND_MS) return `${Math.round(ms)}ms`;
  return ms < MINUTE_MS ? `${(ms / SECOND_MS).toFixed(1)}s` : duration(ms);
}

/** `42 s`, `5 min`, `3 h`: a duration for a sentence, in one unit. */
export function stretchText(ms: number): string {
  if (ms < 2 * MINUTE_MS) return `${Math.round(ms / SECOND_MS)} s`;
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  return `${Math.round(ms / HOUR_MS)} h`;
}

/** `6s`, `4m`, `3h`: how old something is, in one unit. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / SECOND_MS));
  if (seconds < 100) return `${seconds}s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)}m` : `${Math.round(seconds / 3600)}h`;
}

/** `5 min`, `15–20 min`, `24–48 h`: a span of time as a document writes it. */
export function spanText(fromMs: number, toMs: number): string {
  const {from, to, unit} = spanIn(fromMs, toMs);
  return from === to ? `${to} ${unit}` : `${from}–${to} ${unit}`;
}

/** `5m`, `15-20m`, `24-48h`: the same for a narrow row. */
export function span(fromMs: number, toMs: number): string {
  const {from, to, unit} = spanIn(fromMs, toMs);
  return `${from === to ? '' : `${from}-`}${to}${unit.slice(0, 1)}`;
}

function spanIn(fromMs: number, toMs: number): {from: string; to: string; unit: 'h' | 'min' | 's'} {
  const wholeHours = toMs >= 2 * HOUR_MS && fromMs % HOUR_MS === 0 && toMs % HOUR_MS === 0;
  const [unitMs, unit] = wholeHours
    ? ([HOUR_MS, 'h'] as const)
    : toMs >= MINUTE_MS
      ? ([MINUTE_MS, 'min'] as const)
      : ([SECOND_MS, 's'] as const);
  const inUnit = (ms: number) => String(Math.round((ms / unitMs) * 10) / 10);
  return {from: inUnit(fromMs), to: inUnit(toMs), unit};
}

/** `04:10`, `00:12:31` */
function clock(...parts: readonly number[]): string {
  return parts.map(part => String(part).padStart(2, '0')).join(':');
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
