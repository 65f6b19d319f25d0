/** Text as it is seen on a screen: colours within it are no part of a word. */

/** `at` leads from a place in `plain` to the same place in `raw`. */
export type Seen = {raw: string; plain: string; at(index: number): number};

const SGR = /\x1b\[[0-9;:]*m/g;

export function seen(raw: string): Seen {
  if (!raw.includes('\x1b')) return {raw, plain: raw, at: index => index};
  const places: number[] = [];
  let plain = '';
  let position = 0;
  const keep = (end: number) => {
    for (let at = position; at < end; at += 1) places.push(at);
    plain += raw.slice(position, end);
  };
  for (const {0: colour, index} of raw.matchAll(SGR)) {
    keep(index);
    position = index + colour.length;
  }
  keep(raw.length);
  return {raw, plain, at: index => places[index] ?? raw.length};
}

export function coloursIn(text: string): string {
  return text.includes('\x1b') ? (text.match(SGR) ?? []).join('') : '';
}
