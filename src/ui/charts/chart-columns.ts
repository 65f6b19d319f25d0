/** Sorts samples into the columns of a chart. */

/** How the readings of one column become one value. */
export type Reduce = 'max' | 'last';

/**
 * One point of a chart: a sample, or a bucket of many. `forMs`: the time from `at` on that it stands for. A reading
 * without a value and without an error ends the line.
 */
export type Reading = {at: number; value?: number; error?: string; forMs?: number};

/** `value` is absent where nothing was measured; such a column stays empty. */
export type Column = {value?: number; errors: number};

export type Columns = {columns: readonly Column[]; fromMs: number; columnMs: number};

/** Larger readings are drawn as this one: no chart needs more digits. */
const VALUE_MAX = 1e15;

/** A reading counts until the next one is late by this many usual intervals. */
const OVERDUE_INTERVALS = 2.5;
const INTERVAL_UNKNOWN_MS = 15_000;

/**
 * `count` columns that end at `now`. Their edges are multiples of the column's span, so that a picture moves one whole
 * column at a time instead of changing with every tick of the clock.
 */
export function columnsOf(
  samples: readonly Reading[],
  {fromMs, now, count, reduce}: {fromMs: number; now: number; count: number; reduce: Reduce},
): Columns {
  const columnMs = Math.max(1, (now - fromMs) / Math.max(1, count));
  const endMs = (Math.floor(now / columnMs) + 1) * columnMs;
  const startMs = endMs - count * columnMs;
  const columns = Array.from({length: count}, (): Column => ({errors: 0}));
  for (const sample of samples) {
    const column = columns[Math.floor((sample.at - startMs) / columnMs)];
    if (column === undefined) continue;
    const value = readingOf(sample);
    if (sample.error !== undefined) column.errors++;
    if (value !== undefined) {
      column.value = reduce === 'max' && column.value !== undefined ? Math.max(column.value, value) : value;
    }
  }
  hold(columns, samples, startMs, columnMs, now);
  return {columns, fromMs: startMs, columnMs};
}

/** The measured value as a finite number; undefined for a failed measurement. */
export function readingOf(sample: Reading): number | undefined {
  if (sample.error !== undefined || sample.value === undefined || Number.isNaN(sample.value)) return undefined;
  return Math.min(VALUE_MAX, Math.max(-VALUE_MAX, sample.value));
}

// There may be fewer probes than columns, so a reading counts until the next one. A gap begins where it has no value,
// or where the next one is overdue.
function hold(columns: Column[], samples: readonly Reading[], startMs: number, columnMs: number, now: number): void {
  const usualMs = usualIntervalMs(samples);
  const heldFor = ({at, forMs}: Reading) => at + Math.max(columnMs, (forMs ?? usualMs) * OVERDUE_INTERVALS);
  let next = samples.findIndex(sample => sample.at >= startMs);
  if (next < 0) next = samples.length;
  const before = samples[next - 1];
  let heldValue = before === undefined ? undefined : readingOf(before);
  let heldUntilMs = before === undefined ? startMs : heldFor(before);
  for (const [index, column] of columns.entries()) {
    const beginsMs = startMs + index * columnMs;
    if (beginsMs > now) return;
    let isEnded = beginsMs > heldUntilMs;
    for (
      let sample = samples[next];
      sample !== undefined && sample.at < beginsMs + columnMs;
      sample = samples[++next]
    ) {
      isEnded = readingOf(sample) === undefined;
      if (!isEnded) heldUntilMs = heldFor(sample) + columnMs;
    }
    if (isEnded) heldValue = undefined;
    else if (column.value !== undefined) heldValue = column.value;
    else if (heldValue !== undefined) column.value = heldValue;
  }
}

function usualIntervalMs(samples: readonly Reading[]): number {
  const recent = samples.slice(-50);
  const intervals = recent.slice(1).map((sample, index) => sample.at - (recent[index]?.at ?? sample.at));
  const sorted = intervals.filter(interval => interval > 0).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? INTERVAL_UNKNOWN_MS;
}
