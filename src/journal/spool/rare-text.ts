/** Which of the texts that every match holds is rare in a block: its lines are looked at by themselves. */

/** This much of a block says how rare a text is in it. */
const SAMPLE_BYTES = 16_384;
/** Where a text stands more often, each of its lines by itself takes longer than all of them at once. */
const PER_SAMPLE_MAX = 8;

/** The texts that are the rarest, if they are rare. */
export function rareIn(block: Buffer, sets: readonly (readonly string[])[]): readonly string[] | undefined {
  const sample = block.subarray(0, SAMPLE_BYTES);
  const counted = sets.map(texts => ({texts, count: texts.reduce((sum, text) => sum + timesIn(sample, text), 0)}));
  const rarest = counted.reduce((best, one) => (one.count < best.count ? one : best));
  return rarest.count > PER_SAMPLE_MAX ? undefined : rarest.texts;
}

/** Counted up to where it is no rare one. */
function timesIn(sample: Buffer, text: string): number {
  let count = 0;
  for (let at = sample.indexOf(text); at !== -1 && count <= PER_SAMPLE_MAX; at = sample.indexOf(text, at + 1))
    count += 1;
  return count;
}
