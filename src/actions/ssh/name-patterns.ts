/** Patterns of host names as OpenSSH has them, matched in linear time: no pattern takes for ever. */

/** One of them fits, and none that begins with `!` does. */
export function isNamedBy(patterns: readonly string[], name: string): boolean {
  const [out, wanted] = [true, false].map(no => patterns.filter(pattern => pattern.startsWith('!') === no));
  if (out?.some(pattern => isNameLike(pattern.slice(1), name)) === true) return false;
  return wanted?.some(pattern => isNameLike(pattern, name)) === true;
}

/** `*` stands for any characters, `?` for one. */
function isNameLike(pattern: string, name: string): boolean {
  let [at, place] = [0, 0];
  /** The last `*`, and the place in the name up to which it reaches. */
  let star: {at: number; place: number} | undefined;
  while (place < name.length) {
    if (pattern[at] === '*') {
      star = {at, place};
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[place])) {
      at += 1;
      place += 1;
    } else if (star !== undefined) {
      star.place += 1;
      at = star.at + 1;
      place = star.place;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
