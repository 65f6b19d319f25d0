/** Names for what a line of the document holds: steps, rules, blanks, options. */

/** How often each name has been given. */
export type Ids = {readonly ids: Map<string, number>};

/** `L106`, and `L106.2` for a second thing that starts on the same line. */
export function idAt({ids}: Ids, prefix: string, line: number): string {
  const first = `${prefix}${line}`;
  const times = (ids.get(first) ?? 0) + 1;
  ids.set(first, times);
  return times === 1 ? first : `${first}.${times}`;
}
