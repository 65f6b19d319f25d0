/** All logs as one, by time: a source of the spool like any other, which is read, searched and filtered by its lines. */
import {countWhile} from '../../text/count-below.ts';
import type {LineMoment, LineTally, LogSource} from '../../text/log-text.ts';
import type {Pattern} from '../../text/pattern.ts';
import type {Spool} from '../session.ts';
import {OUTPUT_SOURCE} from '../view/view-state.ts';
import {Merge} from './merge-order.ts';
import {isDated, timeOfLine, zoneOf} from './time-column.ts';

export const MERGED_SOURCE = 'merged:';

export type MergedLogs = {
  /** Puts more lines in order, for a few milliseconds. `now`: epoch ms. Returns true while some are left. */
  advance(now: number): boolean;
  source(): LogSource;
  /** The log that a line comes from, its number there, and how far its clock is ahead of UTC. */
  at(index: number): {source: string; line: number; zoneMs: number} | undefined;
  indexOf(source: string, line: number): number;
  /** How many lines of each log stand before this index. */
  before(index: number): ReadonlyMap<string, number>;
  /** The share of all lines that is in order: 0 … 1. */
  share(): number;
};

const known = new WeakMap<Spool, MergedLogs>();

export function mergedLogs(spool: Spool): MergedLogs | undefined {
  return known.get(spool);
}

/** The same spool, of which `MERGED_SOURCE` can be read as well. */
export function withMerged(spool: Spool): Spool {
  const merge = new Merge({
    read: (source, from, count) => spool.read(source, from, count),
    timeOf: (source, line, raw) => clocks.timeOf(source, line, raw),
  });
  const clocks = logClocks(spool);
  const real = () => spool.sources().filter(({id, lines}) => id !== OUTPUT_SOURCE && lines > 0);
  const all: Spool = {
    ...spool,
    read: (source, from, count) =>
      source === MERGED_SOURCE ? merge.read(from, count) : spool.read(source, from, count),
    find: (source, pattern, from, direction, limit) =>
      source === MERGED_SOURCE
        ? findIn(spool, merge, pattern, from, direction)
        : spool.find(source, pattern, from, direction, limit),
    tally: (source, pattern) =>
      source === MERGED_SOURCE ? tallyOf(spool, merge, real(), pattern) : spool.tally(source, pattern),
    async lineAfter(source, at) {
      if (source !== MERGED_SOURCE) return await spool.lineAfter(source, at);
      const lines = await Promise.all(real().map(async ({id}) => ({id, line: await spool.lineAfter(id, at)})));
      const found = lines.flatMap(({id, line}) => (line === undefined ? [] : [merge.indexOf(id, line)]));
      return found.length === 0 ? undefined : Math.min(...found);
    },
  };
  known.set(all, {
    advance(now) {
      const sources = real();
      return clocks.learn(sources, now) ? merge.advance(sources) : true;
    },
    source: () => titled(real(), merge.lines()),
    at(index) {
      const found = merge.at(index);
      return found && {...found, zoneMs: clocks.zoneOf(found.source)};
    },
    indexOf: (source, line) => merge.indexOf(source, line),
    before: index => merge.before(index),
    share: () =>
      merge.lines() /
      Math.max(
        1,
        real().reduce((sum, {lines}) => sum + lines, 0),
      ),
  });
  return all;
}

function titled(sources: readonly LogSource[], lines: number): LogSource {
  const down = sources.filter(({up}) => !up).map(({title, detail}) => (detail === '' ? title : `${title}: ${detail}`));
  const linesPerSecond = sources.reduce((sum, source) => sum + source.linesPerSecond, 0);
  return {
    id: MERGED_SOURCE,
    title: 'all by time',
    lines,
    linesPerSecond,
    up: down.length === 0,
    detail: down.join(', '),
  };
}

const MOMENTS_EVERY_MS = 1000;

/** `moments`: when the lines came, of a log that does not say when they were written. */
type Clock = {zoneMs: number; moments?: readonly LineMoment[]; askedAt: number};

/** What time the lines of each log have. */
function logClocks(spool: Spool) {
  const clocks = new Map<string, Clock>();
  const asked = new Set<string>();
  let at = 0;

  async function ask({id, lines}: LogSource): Promise<void> {
    const clock: Clock = isDated(spool, id, lines)
      ? {zoneMs: await zoneOf(spool, id, at), askedAt: at}
      : {zoneMs: 0, moments: await spool.moments(id), askedAt: at};
    clocks.set(id, clock);
    asked.delete(id);
  }

  return {
    /** Whether the clocks of all of them are known. */
    learn(sources: readonly LogSource[], now: number): boolean {
      at = now;
      for (const source of sources) {
        const clock = clocks.get(source.id);
        const isOld = clock?.moments !== undefined && now - clock.askedAt > MOMENTS_EVERY_MS;
        if (asked.has(source.id) || (clock !== undefined && !isOld)) continue;
        asked.add(source.id);
        void ask(source);
      }
      return sources.every(({id}) => clocks.has(id));
    },
    zoneOf: (id: string) => clocks.get(id)?.zoneMs ?? 0,
    timeOf(id: string, line: number, raw: string): number | undefined {
      const {zoneMs = 0, moments} = clocks.get(id) ?? {};
      if (moments === undefined) return timeOfLine(raw, {now: at, zoneMs})?.at;
      return momentOf(moments, line);
    },
  };
}

function momentOf(moments: readonly LineMoment[], line: number): number {
  const begun = countWhile(moments.length, index => (moments[index]?.line ?? 0) <= line);
  return moments[Math.max(0, begun - 1)]?.at ?? 0;
}

/** Looked through at first, and four times as much each further time: no log is gone through for a match far behind the next. */
const SPAN_FIRST = 20_000;

async function findIn(
  spool: Spool,
  merge: Merge,
  pattern: Pattern,
  from: number,
  direction: 1 | -1,
): Promise<number | undefined> {
  let span = SPAN_FIRST;
  for (let at = from; at >= 0 && at < merge.lines(); span *= 4) {
    const edge = direction === 1 ? Math.min(merge.lines(), at + span) : Math.max(0, at + 1 - span);
    const begin = merge.before(direction === 1 ? at : at + 1);
    const limits = merge.before(edge);
    const found = await Promise.all(
      [...begin].map(async ([id, first]) => {
        const limit = limits.get(id) ?? 0;
        if (direction === 1 ? first >= limit : first <= limit) return [];
        const line = await spool.find(id, pattern, direction === 1 ? first : first - 1, direction, limit);
        const isWithin = line !== undefined && (direction === 1 ? line < limit : line >= limit);
        return isWithin ? [merge.indexOf(id, line)] : [];
      }),
    );
    const hits = found.flat();
    if (hits.length > 0) return direction === 1 ? Math.min(...hits) : Math.max(...hits);
    at = direction === 1 ? edge : edge - 1;
  }
  return undefined;
}

function tallyOf(spool: Spool, merge: Merge, sources: readonly LogSource[], pattern: Pattern): LineTally {
  const tallies = sources.flatMap(({id, lines}) => {
    const tally = spool.tally(id, pattern);
    return tally === undefined ? [] : [{id, lines, tally}];
  });
  const total = Math.max(
    1,
    tallies.reduce((sum, {lines}) => sum + lines, 0),
  );
  return {
    advance: async () => void (await Promise.all(tallies.map(({tally}) => tally.advance()))),
    matches: () => tallies.reduce((sum, {tally}) => sum + tally.matches(), 0),
    share: () => tallies.reduce((sum, {lines, tally}) => sum + (tally.share() * lines) / total, 0),
    upTo(index) {
      const before = merge.before(index + 1);
      let matches = 0;
      for (const {id, tally} of tallies) {
        const lines = before.get(id) ?? 0;
        const counted = lines === 0 ? 0 : tally.upTo(lines - 1);
        if (counted === undefined) return undefined;
        matches += counted;
      }
      return matches;
    },
    stop() {
      for (const {tally} of tallies) tally.stop();
    },
  };
}
