/** Finds all matches of a pattern. */

/**
 * The matches in the order of the text. `String.matchAll` copies the pattern each time, and for a pattern of many words
 * the copy takes longer than the search. `pattern` has the flag `g`; otherwise it throws a TypeError, as `matchAll` does.
 */
export function matchesOf(text: string, pattern: RegExp): RegExpExecArray[] {
  if (!pattern.global) throw new TypeError(`/${pattern.source}/ lacks the flag g`);
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex += lengthAt(text, pattern.lastIndex);
  }
  return found;
}

/** With the flag `u` or `v`, a search may not go on in the middle of a character. */
function lengthAt(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xff_ff ? 2 : 1;
}
