/** The readings of a signal as the pieces of a line: thinned, and without what was not measured. */
import {merge} from '../../run/rules/signal-buckets.ts';
import type {Bucket} from '../../run/state.ts';

/** `error`: of a single reading that failed. */
export type Stretch = Bucket & {error?: string};

/** With more points than this, each slice of them is drawn as its mean, over the span from its least to its most. */
const SLICES_MAX = 240;
/** A gap of this many usual distances means that nothing was measured there. */
const GAP_FACTOR = 3;

/** Where nothing was measured, epoch ms. */
export function unmeasured(stretches: readonly Stretch[]): readonly {from: number; to: number}[] {
  const usualMs = usualDistance(stretches);
  return stretches.slice(1).flatMap(({at}, index) => {
    const before = stretches[index]?.at ?? at;
    return usualMs === 0 || at - before <= usualMs * GAP_FACTOR ? [] : [{from: before, to: at}];
  });
}

/** The readings, thinned, in pieces without a gap. Failed measurements or missing ones break the line. */
export function lineRuns(stretches: readonly Stretch[]): readonly (readonly Stretch[])[] {
  const size = Math.ceil(stretches.length / SLICES_MAX);
  const usualMs = usualDistance(stretches) * size;
  const runs: Stretch[][] = [];
  let open = false;
  let lastAt = 0;
  for (let index = 0; index < stretches.length; index += size) {
    const slice = stretches.slice(index, index + size).reduce((a, b) => merge(a, b));
    if (slice.mean === undefined) {
      open = false;
      continue;
    }
    if (!open || slice.at - lastAt > usualMs * GAP_FACTOR) runs.push([]);
    runs.at(-1)?.push(slice);
    open = true;
    lastAt = slice.at;
  }
  return runs;
}

function usualDistance(stretches: readonly Stretch[]): number {
  const steps = stretches.slice(1).map(({at}, index) => at - (stretches[index]?.at ?? at));
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
}
