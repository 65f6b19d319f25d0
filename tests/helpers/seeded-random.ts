/** Random numbers that are the same for the same seed, so that what a test finds can be found again. */

/** Numbers in 0…1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function seededRandom(seed: number): {below(limit: number): number; pick<T>(items: readonly T[]): T} {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return {below, pick: items => items[below(items.length)] as (typeof items)[number]};
}
