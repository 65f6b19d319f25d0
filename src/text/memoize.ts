/** Remembers what a function returned for a text, until the document has been parsed, or for an object. */

/**
 * Many readers look at the same line: for a title, a task, a command, a place, an expectation. Each reader that needs
 * only the text reads it once. `forgetAll` drops the results after the document.
 */
export function memoize<Reading>(read: (text: string) => Reading): (text: string) => Reading {
  const known = new Map<string, Reading>();
  memories.push(known);
  return text => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as Reading;
    const reading = read(text);
    if (text.length > CHARACTERS_MAX) return reading;
    if (known.size >= TEXTS_MAX) known.clear();
    known.set(text, reading);
    return reading;
  };
}

/** The same for an object, as long as that lives. */
export function memoizeObject<Key extends object, Reading>(read: (of: Key) => Reading): (of: Key) => Reading {
  const known = new WeakMap<Key, Reading>();
  return of => {
    const reading = known.get(of) ?? read(of);
    known.set(of, reading);
    return reading;
  };
}

/** Reads when it is first asked, and then knows it. */
export function once<Reading>(read: () => Reading): () => Reading {
  let known: {reading: Reading} | undefined;
  return () => {
    known ??= {reading: read()};
    return known.reading;
  };
}

export function forgetAll(): void {
  for (const known of memories) known.clear();
}

const memories: Map<string, unknown>[] = [];
/** Enough for a document of thousands of lines, and little memory. */
const TEXTS_MAX = 4096;
const CHARACTERS_MAX = 1000;
