/** Which lines of a log have come, so that none comes twice when its newest part is asked for again. Pure. */

/** For each container, pod or service: when its newest line was written (epoch µs), and the lines of that moment. */
export type LogPosition = {streams: Readonly<Record<string, {since: number; seen: readonly string[]}>>};

/** `name`: what wrote it, where a tool follows several; `at`: epoch µs. */
export type LogMoment = {name: string; at: number};

/** This much of a line, with its time, tells it from others. */
const KEY_LENGTH = 120;
/** How many lines of each stream are remembered, and how far back: they may come a little out of order. */
const SEEN_MAX = 4000;
const SEEN_US = 5_000_000;
/** A stream that has been silent for longer than this has nothing behind the others. */
const SILENT_US = 600_000_000;

/** The lines that have come, by what wrote them. */
export function seenStreams(from: LogPosition | undefined) {
  const streams = new Map(
    Object.entries(from?.streams ?? {}).map(([name, {since, seen}]) => [name, seenLines(since, seen)]),
  );
  return {
    since(): number | undefined {
      const newest = Math.max(...[...streams.values()].map(({last}) => last()));
      const begins = [...streams.values()].filter(({last}) => last() >= newest - SILENT_US).map(({since}) => since());
      return begins.length === 0 ? undefined : Math.min(...begins);
    },
    comesAgain() {
      for (const stream of streams.values()) stream.comesAgain();
    },
    /** Whether it has not come before. */
    add({name, at}: LogMoment, line: string): boolean {
      const stream = streams.get(name) ?? seenLines(at, []);
      streams.set(name, stream);
      return stream.add(at, `${line.length} ${line.slice(0, KEY_LENGTH)}`);
    },
    position(): LogPosition | undefined {
      if (streams.size === 0) return undefined;
      return {streams: Object.fromEntries([...streams].map(([name, stream]) => [name, stream.position()]))};
    },
  };
}

/** `first`: nothing before it is wanted. */
function seenLines(first: number, seen: readonly string[]) {
  let keys = seen.map(key => ({at: first, key}));
  let last = first;
  /** Lines from there on come again, and these of them have come before. */
  let begin = Number.NEGATIVE_INFINITY;
  const expected = new Map<string, number>();

  const since = () => Math.max(first, last - SEEN_US, keys.length < SEEN_MAX ? 0 : (keys.at(-SEEN_MAX)?.at ?? 0));
  function comesAgain(): void {
    begin = since();
    keys = keys.slice(-SEEN_MAX);
    expected.clear();
    for (const {at, key} of keys) if (at >= begin) expected.set(key, (expected.get(key) ?? 0) + 1);
  }
  if (seen.length > 0) comesAgain();
  return {
    since,
    comesAgain,
    last: () => last,
    add(at: number, key: string): boolean {
      // Asked for whole seconds, some tools give more.
      if (at < begin) return false;
      begin = Number.NEGATIVE_INFINITY;
      const left = expected.get(key) ?? 0;
      if (left > 0) {
        expected.set(key, left - 1);
        return false;
      }
      last = at;
      keys.push({at, key});
      if (keys.length > 2 * SEEN_MAX) keys = keys.slice(-SEEN_MAX);
      return true;
    },
    position: () => ({since: last, seen: keys.filter(({at}) => at === last).map(({key}) => key)}),
  };
}
