/** The value range of a chart, and the words on its axes. */
import type {Unit} from '../../plan/plan.ts';

export type Scale = {min: number; max: number};

/** `since`: when the whole range was last needed. */
export type ScaleMemory = Scale & {since: number};

/** A range that is too wide is kept this long, so that the scale does not change with every reading. */
export const SHRINK_AFTER_MS = 30_000;

/** A chart that does not begin at zero spans at least this share of the level, so that noise looks small. */
const LEVEL_SHARE_MIN = 0.1;

/** The range that shows all these values and lines. With `fromZero` it begins at zero unless something is below. */
export function wantedScale(values: readonly number[], lines: readonly number[], fromZero: boolean): Scale {
  const all = [...values, ...lines].filter(Number.isFinite);
  if (all.length === 0) return {min: 0, max: 1};
  const low = all.reduce((a, b) => Math.min(a, b));
  const high = all.reduce((a, b) => Math.max(a, b));
  if (!fromZero) return aroundLevel(low, high);
  const top = Math.max(0, high);
  // A threshold may be in the top row; above a reading comes a round number.
  const max = lines.includes(top) ? top : roundUp(top);
  const min = low < 0 ? -roundUp(-low) : 0;
  return max > min ? {min, max} : {min, max: min + 1};
}

/** The range becomes wider at once, but narrower only when the wide range was not needed for 30 seconds. */
export function steadyScale(previous: ScaleMemory | undefined, wanted: Scale, now: number): ScaleMemory {
  if (previous === undefined || now - previous.since >= SHRINK_AFTER_MS) return {...wanted, since: now};
  const min = Math.min(previous.min, wanted.min);
  const max = Math.max(previous.max, wanted.max);
  const needed = min === wanted.min && max === wanted.max;
  const grown = min !== previous.min || max !== previous.max;
  return {min, max, since: needed || grown ? now : previous.since};
}

/** The row of a value; the bottom row is 0. */
export function rowOf(value: number, {min, max}: Scale, rows: number): number {
  const row = Math.round(((value - min) / (max - min)) * (rows - 1));
  return Number.isNaN(row) ? 0 : Math.min(rows - 1, Math.max(0, row));
}

/** A number for an axis or a headline: `745`, `0.1`, `12.5k`; at most 6 characters and a sign. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15) return value.toExponential(0).replace('+', '');
  if (size >= 1e13) return `${Math.round(value / 1e12)}T`;
  if (size >= 1e10) return `${Math.round(value / 1e9)}G`;
  if (size >= 1e7) return `${Math.round(value / 1e6)}M`;
  if (size >= 1e4) return `${trimmed(value / 1e3, size >= 1e6 ? 0 : 1)}k`;
  if (size >= 100 || Number.isInteger(value)) return String(Math.round(value));
  if (size >= 10) return trimmed(value, 1);
  return trimmed(value, size >= 0.1 ? 2 : 3);
}

/** A value with its unit for a headline: `745 ms`, `12.4 s`, `0.3 %`, `1.2 GB`. */
export function quantity(value: number, unit: Unit): string {
  if (unit === 'ms' && Math.abs(value) >= 10_000) return `${figure(value / 1000)} s`;
  // As documents write them, although they mean 1024 * 1024.
  if (unit === 'MB' && Math.abs(value) >= 10_240) return `${figure(value / 1024)} GB`;
  if (unit === 'count') return figure(value);
  return unit === '%' && Math.abs(value) < 100 ? `${value.toFixed(1)} %` : `${figure(value)} ${unit}`;
}

/** `30s`, `5m`, `2h`: the left end of a time axis. */
export function shortSpan(spanMs: number): string {
  const seconds = Math.round(spanMs / 1000);
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 7200) return `${trimmed(seconds / 60, 1)}m`;
  return seconds < 172_800 ? `${trimmed(seconds / 3600, 1)}h` : `${trimmed(seconds / 86_400, 1)}d`;
}

function trimmed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function aroundLevel(low: number, high: number): Scale {
  const level = Math.max(Math.abs(low), Math.abs(high));
  const missing = Math.max(0, level * LEVEL_SHARE_MIN - (high - low));
  const step = roundUp(Math.max(high - low, level * LEVEL_SHARE_MIN) / 5, ROUND_STEPS) || 1;
  const min = Math.floor((low - missing / 2) / step) * step;
  const max = Math.ceil((high + missing / 2) / step) * step;
  return {min: low >= 0 ? Math.max(0, min) : min, max: max > min ? max : min + step};
}

const ROUND_FIGURES = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** An axis that does not begin at zero may also begin and end at multiples of these. */
const ROUND_STEPS = [1, 2, 5, 10];

/** The smallest round number that is not below `value`. */
function roundUp(value: number, figures: readonly number[] = ROUND_FIGURES): number {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const figureAbove = figures.find(candidate => candidate * power >= value * (1 - 1e-9)) ?? 10;
  return Number((figureAbove * power).toPrecision(12));
}
