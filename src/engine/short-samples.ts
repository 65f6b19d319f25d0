import type {Sample} from '../run/outcome.ts';

/**
 * As many digits as a measurement has, and no more: a watch of two days writes a hundred thousand of them down. What
 * stands before the point stays as it is: it may be a time or a count.
 */
export function shortSample(sample: Sample): Sample {
  const {value, parts} = sample;
  const short = value === undefined ? sample : {...sample, value: shortNumber(value)};
  if (parts === undefined) return short;
  return {...short, parts: Object.fromEntries(Object.entries(parts).map(([name, ms]) => [name, tenths(ms)]))};
}

function shortNumber(value: number): number {
  if (Number.isInteger(value)) return value;
  if (Math.abs(value) < 1) return Number(value.toPrecision(5));
  return Number(value.toFixed(Math.abs(value) < 100 ? 4 : 2));
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
