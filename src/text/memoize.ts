/** Remembers what a function returned for a text, until it is told to forget, or for an object. */

/**
 * Many readers look at the same line: for a title, a task, a command, a place, an expectation. Each reader that needs
 * only the text reads it once. When the document is read again after a change, most of its lines are known. At most
 * twice `TEXTS_MAX` are remembered: those that were last asked for.
 */
export function memoize<Reading extends NonNullable<unknown> | undefined>(
  read: (text: string) => Reading,
): (text: string) => Reading {
  const memory: Memory = {recent: new Map(), older: new Map()};
  memories.push(memory);
  const readOrKept = (text: string): unknown => {
    const kept = memory.older.get(text);
    const reading = kept ?? read(text) ?? NOTHING;
    if (text.length > CHARACTERS_MAX) return reading;
    if (memory.recent.size >= TEXTS_MAX) {
      memory.older = memory.recent;
      memory.recent = new Map();
    }
    memory.recent.set(text, reading);
    return reading;
  };
  return text => {
    const reading = memory.recent.get(text) ?? readOrKept(text);
    return (reading === NOTHING ? undefined : reading) as Reading;
  };
}

/** The same for an object, as long as that lives. */
export function memoizeObject<Key extends object, Reading>(read: (of: Key) => Reading): (of: Key) => Reading {
  const known = new WeakMap<Key, Reading>();
  return of => {
    const found = known.get(of);
    if (found !== undefined) return found;
    const reading = read(of);
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

type Memory = {recent: Map<string, unknown>; older: Map<string, unknown>};
const memories: Memory[] = [];
/** What is remembered of a text in which nothing was found. */
const NOTHING = Symbol('nothing');
/** Enough for a document of thousands of lines, and little memory. */
const TEXTS_MAX = 4096;
const CHARACTERS_MAX = 1000;
