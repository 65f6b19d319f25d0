/** How much time a chart shows: some named spans, from a minute to the whole run. */

/** The whole run. */
export const ALL_MS = Number.POSITIVE_INFINITY;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const STEPS_MS: readonly number[] = [
  MINUTE_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  8 * HOUR_MS,
  ALL_MS,
];
/** A rule may have a window of half a minute, but so short a picture shows no trend. */
const BASE_MS_MIN = 2 * MINUTE_MS;
/** A slope may have a window of hours, but the last minutes must not shrink to one column. */
const BASE_MS_MAX = 5 * MINUTE_MS;

/** The time shown before anybody zooms, from the windows of the rules in the picture. */
export function baseSpanMs(windowsMs: readonly number[]): number {
  if (windowsMs.length === 0) return BASE_MS_MAX;
  const wanted = Math.min(BASE_MS_MAX, Math.max(BASE_MS_MIN, ...windowsMs));
  return STEPS_MS.find(step => step >= wanted) ?? BASE_MS_MAX;
}

/** `zoom` counts steps from the base; positive shows less time. */
export function spanMsAt(baseMs: number, zoom: number): number {
  return STEPS_MS[indexAt(baseMs, zoom)] ?? ALL_MS;
}

/** The zoom after one key press. It stops at both ends, so that one key always has an effect on the way back. */
export function zoomedBy(baseMs: number, zoom: number, by: number): number {
  return STEPS_MS.indexOf(baseMs) - indexAt(baseMs, zoom + by);
}

/** `5 m`, `2 h`, `all`. */
export function spanName(spanMs: number): string {
  if (spanMs === ALL_MS) return 'all';
  return spanMs < HOUR_MS ? `${Math.round(spanMs / MINUTE_MS)} m` : `${Math.round(spanMs / HOUR_MS)} h`;
}

/** The left end of the picture. The whole run is rounded up, so that its columns stand still for a while. */
export function fromMsFor(spanMs: number, startMs: number, now: number): number {
  if (spanMs !== ALL_MS) return now - spanMs;
  const lengthMs = Math.max(MINUTE_MS, now - startMs);
  const grainMs = GRAINS_MS.find(grain => lengthMs <= grain * GRAINS_SHOWN) ?? 12 * HOUR_MS;
  return now - Math.ceil(lengthMs / grainMs) * grainMs;
}

const GRAINS_SHOWN = 12;
const GRAINS_MS: readonly number[] = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS];

function indexAt(baseMs: number, zoom: number): number {
  return Math.max(0, Math.min(STEPS_MS.length - 1, STEPS_MS.indexOf(baseMs) - zoom));
}
