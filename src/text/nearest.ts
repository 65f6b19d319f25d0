/** Finds the known name or text that an unknown one probably means. */

/** The candidate nearest to `name`; undefined when none is near enough. Letter case does not count. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: {candidate: string; distance: number} | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = {candidate, distance};
  }
  // One slip in three letters is a typing error; more is another word.
  return best !== undefined && best.distance <= Math.max(1, Math.floor(name.length / 3)) ? best.candidate : undefined;
}

/** For longer texts: the candidate that shares most words with `text`, and at least half of them. */
export function nearestText(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = words(text);
  let best: {candidate: string; shared: number} | undefined;
  for (const candidate of candidates) {
    const has = words(candidate);
    const shared = wanted.filter(word =>
      has.some(other => other === word || nearest(word, [other]) !== undefined),
    ).length;
    if (shared > (best?.shared ?? 0)) best = {candidate, shared};
  }
  return best !== undefined && best.shared * 2 >= wanted.length ? best.candidate : undefined;
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/**
 * Insertions, deletions, replacements, and swaps of neighbours: `hsot` for `host` is one slip. That is why this is our own:
 * the packages for it (fastest-levenshtein and its like) count a swap as two, and so find no `run` behind `rnu`.
 */
function editDistance(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({length: other.length + 1}, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (last[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      let distance = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        distance = Math.min(distance, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(distance);
    }
    beforeLast = last;
    last = row;
  }
  return last[other.length] ?? 0;
}
