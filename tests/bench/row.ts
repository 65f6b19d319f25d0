/** What a row of the table is made of, and the few sums it needs. */

export type Measured = {
  what: string;
  measured: string;
  budget: string;
  /** Absent when it could not be measured. */
  isOver?: boolean;
  /** What the numbers were made of. */
  detail: string;
};

export type Row = (options: BenchOptions) => Promise<readonly Measured[]>;

export type BenchOptions = {
  /** The sizes of the specification instead of smaller ones. */
  full: boolean;
};

export function atMost(
  what: string,
  value: number,
  limit: number,
  {unit, detail}: {unit: string; detail: string},
): Measured {
  return {what, measured: shown(value, unit), budget: `≤ ${limit}${spaced(unit)}`, isOver: value > limit, detail};
}

/** `ours` and `theirs` in milliseconds; the budget is a multiple of theirs. */
export function ratio(what: string, ours: number, theirs: number, limit: number, other: string): Measured {
  const detail = `${Math.round(ours)} ms, ${other} ${Math.round(theirs)} ms`;
  return {what, measured: shown(ours / theirs, 'x'), budget: `≤ ${limit} x`, isOver: ours / theirs > limit, detail};
}

export function notMeasured(what: string, budget: string, because: string): Measured {
  return {what, measured: '—', budget, detail: `not measured: ${because}`};
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Runs `measure` so often and takes the median. */
export async function medianOf(runs: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let run = 0; run < runs; run += 1) values.push(await measure());
  return median(values);
}

function shown(value: number, unit: string): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(1)}${spaced(unit)}`;
}

function spaced(unit: string): string {
  return unit === '' ? '' : ` ${unit}`;
}
