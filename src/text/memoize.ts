/** Remembers what a function returned for a text, until it is told to forget, or for an object. */

/**
 * Many readers look at the same line: for a title, a task, a command, a place, an expectation. Each reader that needs
 * only the text reads it once. When the document is read again after a change, most of its lines are known. At most
 * twice `TEXTS_MAX` are remembered: those that were last asked for.
 */
export function memoize<Reading>(read: (text: string) => Reading): (text: string) => Reading {
  const memory: Memory<Reading> = {recent: new Map(), older: new Map()};
  memories.push(memory);
  const keep = (text: string, reading: Reading) => {
    if (memory.recent.size >= TEXTS_MAX) {
      memory.older = memory.recent;
      memory.recent = new Map();
    }
    memory.recent.set(text, reading);
    return reading;
  };
  return text => {
    const {recent, older} = memory;
    const found = recent.get(text);
    if (found !== undefined || recent.has(text)) return found as Reading;
    if (older.has(text)) return keep(text, older.get(text) as Reading);
    const reading = read(text);
    return text.length > CHARACTERS_MAX ? reading : keep(text, reading);
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

/** Gives the memory back in a process that reads no document again. */
export function forgetAll(): void {
  for (const memory of memories) {
    memory.recent = new Map();
    memory.older = new Map();
  }
}

type Memory<Reading> = {recent: Map<string, Reading>; older: Map<string, Reading>};
const memories: Memory<unknown>[] = [];
/** Enough for a document of thousands of lines, and little memory. */
const TEXTS_MAX = 4096;
const CHARACTERS_MAX = 1000;
