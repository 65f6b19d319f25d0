/** The next lines of several logs with their times: each is read once, however finely the logs are interleaved. */

export type Ordered = {source: number; line: number};
/** `time`: not before that of the line above; `isStart`: it has a time of its own. */
export type Head = Ordered & {time: number; isStart: boolean};

const LINES = 512;

/** The times of `count` lines from `from` on; undefined for one that belongs to the line above it. */
type TimesOf = (source: number, from: number, count: number) => readonly (number | undefined)[];

export class ReadAhead {
  readonly #timesOf: TimesOf;
  /** By log, without gaps. */
  #known: (readonly Head[] | undefined)[] = [];

  constructor(timesOf: TimesOf) {
    this.#timesOf = timesOf;
  }

  clear(): void {
    this.#known = [];
  }

  /** `isFirst` of its piece: then a line that belongs to what stands above goes on with it, before all others. */
  head(source: number, line: number, {end, isFirst}: {end: number; isFirst: boolean}): Head | undefined {
    if (line >= end) return undefined;
    let head = this.#at(source, line);
    if (head === undefined) {
      this.#known[source] = headsOf(source, line, this.#timesOf(source, line, Math.min(LINES, end - line)));
      head = this.#at(source, line);
    }
    return isFirst && head?.isStart === false ? {...head, time: Number.NEGATIVE_INFINITY} : head;
  }

  /** The time of a line that was read already. */
  timeAt(source: number, line: number): number | undefined {
    return this.#at(source, line)?.time;
  }

  #at(source: number, line: number): Head | undefined {
    const known = this.#known[source];
    return known?.[line - (known[0]?.line ?? 0)];
  }
}

export function headsOf(source: number, first: number, times: readonly (number | undefined)[]): readonly Head[] {
  let time = Number.NEGATIVE_INFINITY;
  return times.map((own, offset) => {
    time = Math.max(time, own ?? time);
    return {source, line: first + offset, time, isStart: own !== undefined};
  });
}

/** The earliest first, each with the lines that belong to it; of two at one time, that of the first log. */
export function merged(queues: readonly (readonly Head[])[]): Ordered[] {
  const all: Ordered[] = [];
  const at = queues.map(() => 0);
  for (;;) {
    let best = -1;
    for (const [source, queue] of queues.entries()) {
      const head = queue[at[source] ?? 0];
      const known = best === -1 ? undefined : queues[best]?.[at[best] ?? 0];
      if (head !== undefined && (known === undefined || head.time < known.time)) best = source;
    }
    const queue = queues[best];
    if (queue === undefined) return all;
    do {
      const next = queue[at[best] ?? 0];
      if (next !== undefined) all.push({source: next.source, line: next.line});
      at[best] = (at[best] ?? 0) + 1;
    } while (queue[at[best] ?? 0]?.isStart === false);
  }
}
