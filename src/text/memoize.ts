/** Readings of a text that are made once and forgotten with the document. */
/**
 * A line of a document is looked at from many sides: as a title, a task, a command, a place, an expectation. What is
 * read from a text alone is read once while a document is being parsed, and forgotten with it.
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

export function forgetAll(): void {
  for (const known of memories) known.clear();
}

const memories: Map<string, unknown>[] = [];
/** More than a document of thousands of lines needs, and never a burden. */
const TEXTS_MAX = 4096;
const CHARACTERS_MAX = 1000;
