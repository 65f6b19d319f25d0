/** The same numbers in every run, so that what a fuzz test finds can be found again. */
export function seededRandom(seed: number): {below(limit: number): number; pick<T>(items: readonly T[]): T} {
  let state = seed;
  function below(limit: number): number {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  }
  return {below, pick: items => items[below(items.length)] as (typeof items)[number]};
}
