/** Times as a record prints them: always UTC, so that it reads the same wherever it is made. */

/** `2025-11-02T13:02:31Z` */
export function utcTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** `2025-11-02` */
export function utcDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** `13:02` */
export function utcClock(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** `T+00:12:31`, or `T-00:00:05` before the deploy began. Hours go on past a day. */
export function missionTime(at: number, startedAt: number): string {
  const seconds = Math.floor(Math.abs(at - startedAt) / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `T${at < startedAt ? '-' : '+'}${parts.map(part => String(part).padStart(2, '0')).join(':')}`;
}

/** `0.4 s`, `04:10`, `1:02:31` */
export function durationText(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const padded = [minutes, rest].map(part => String(part).padStart(2, '0')).join(':');
  return hours > 0 ? `${hours}:${padded}` : padded;
}

/** `5 min`, `15–20 min`, `24–48 h`: spans as documents state them. */
export function spanText(fromMs: number, toMs: number): string {
  const wholeHours = toMs >= 2 * HOUR_MS && fromMs % HOUR_MS === 0 && toMs % HOUR_MS === 0;
  const [unitMs, unit] = wholeHours ? [HOUR_MS, 'h'] : toMs >= MINUTE_MS ? [MINUTE_MS, 'min'] : [1000, 's'];
  const [from, to] = [fromMs / unitMs, toMs / unitMs].map(value => String(Math.round(value * 10) / 10));
  return from === to ? `${to} ${unit}` : `${from}–${to} ${unit}`;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
