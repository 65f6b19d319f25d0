/** Binary search in sorted numbers. */

/** How many of these sorted numbers are smaller than the limit. */
export function countBelow(rising: readonly number[], limit: number): number {
  return countWhile(rising.length, index => (rising[index] ?? 0) < limit);
}

/** How many of the first indexes below `length` hold, where it holds up to some index and for none behind it. */
export function countWhile(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
