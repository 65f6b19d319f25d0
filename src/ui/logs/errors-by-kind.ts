/** Kinds of error lines in all logs, and which of them are new since the deploy began. Read piece by piece. */
import {useStore} from 'zustand';
import type {LogSource} from '../../text/log-text.ts';
import {displayWidth} from '../../text/width.ts';
import type {Session, Spool} from '../session.ts';
import {keyOf} from '../view/keymap.ts';
import {grouped} from '../widgets/pane-words.ts';
import type {TextWriter} from '../widgets/themed-text.ts';
import {createSignatures, type Signature, type Signatures} from './error-signatures.ts';
import {usePieces} from './filter-row.ts';
import {timeEnd} from './line-time.ts';
import {cleanLine, plainText} from './log-line.ts';
import {levelOf} from './log-patterns.ts';
import {TRACEBACK_HEAD} from './newest-errors.ts';
import {useSpoolTick} from './use-lines.ts';

type ErrorKind = Signature & {source: string};

type ErrorKinds = {
  /** Reads on, for a few milliseconds. `deployAt`: epoch ms. Returns true while lines are left. */
  advance(sources: readonly {id: string; lines: number; gone?: number}[], deployAt: number | undefined): boolean;
  /** New ones first. */
  list(): readonly ErrorKind[];
  /** Logs that have no line from before the deploy: nothing in them can be called new. */
  unknownBefore(): readonly string[];
};

/**
 * `marker`: the first line since the deploy; undefined while there is none. `before`: so many lines came before that.
 * `askedAt`: when that was asked.
 */
type Source = {signatures: Signatures; next: number; marker: number | undefined; before: number; askedAt: number};

const TURN_MS = 4;
const PIECE = 200;
const ASK_EVERY_MS = 500;

const remembered = new WeakMap<Spool, ErrorKinds>();

export function errorKinds(spool: Spool): ErrorKinds {
  const known = remembered.get(spool) ?? createErrorKinds(spool);
  remembered.set(spool, known);
  return known;
}

function createErrorKinds(spool: Spool): ErrorKinds {
  const sources = new Map<string, Source>();

  function of(id: string): Source {
    const known = sources.get(id) ?? {
      signatures: createSignatures(),
      next: 0,
      marker: undefined,
      before: 0,
      askedAt: Number.NEGATIVE_INFINITY,
    };
    sources.set(id, known);
    return known;
  }

  /** Up to which line may be read: it must be known of each whether it came before the deploy. */
  function limitOf(id: string, source: Source, lines: number, deployAt: number | undefined): number {
    if (deployAt === undefined || source.marker !== undefined) return lines;
    const now = performance.now();
    if (now - source.askedAt < ASK_EVERY_MS) return source.before;
    source.askedAt = now;
    void spool.lineAfter(id, deployAt).then(line => {
      source.marker = line;
      source.before = line ?? lines;
    });
    return source.before;
  }

  function readPiece(id: string, source: Source, limit: number): void {
    const raws = spool.read(id, source.next, Math.min(PIECE, limit - source.next));
    for (const [offset, raw] of raws.entries()) {
      const plain = plainText(cleanLine(raw));
      if (levelOf(plain) !== 'error' || TRACEBACK_HEAD.test(plain)) continue;
      const line = source.next + offset;
      // Without any line from before, everything would be new.
      const isNew = source.marker !== undefined && source.marker > 0 && line >= source.marker;
      source.signatures.add(plain.slice(timeEnd(plain) ?? 0), line, isNew);
    }
    source.next += Math.max(1, raws.length);
  }

  return {
    advance(all, deployAt) {
      const until = performance.now() + TURN_MS;
      let isLeft = false;
      for (const {id, lines, gone = 0} of all) {
        const source = of(id);
        source.next = Math.max(source.next, gone);
        const limit = limitOf(id, source, lines, deployAt);
        while (source.next < limit && performance.now() < until) readPiece(id, source, limit);
        isLeft ||= source.next < limit;
      }
      return isLeft;
    },
    list() {
      const kinds = [...sources].flatMap(([source, {signatures}]) =>
        signatures.list().map(kind => ({...kind, source})),
      );
      return kinds.sort((a, b) => Number(b.isNew) - Number(a.isNew) || b.count - a.count);
    },
    unknownBefore: () => [...sources].filter(([, {marker}]) => marker === 0).map(([id]) => id),
  };
}

/** The newest error line of a kind that is new since the deploy, most likely the cause of what fails now, and the title of its log. */
export function useNewestError({run, spool}: Session): {text: string; log: string} | undefined {
  const deployAt = useStore(run, state => state.deployStartedAt);
  useSpoolTick(spool);
  usePieces(errorKinds(spool).advance(spool.sources(), deployAt));
  return newestRead(spool);
}

/** The same, as far as the logs have been read by what shows them. */
export function newestRead(spool: Spool): {text: string; log: string} | undefined {
  const fresh = errorKinds(spool)
    .list()
    .filter(({isNew}) => isNew);
  const found = fresh.map(({source, last}) => {
    const line = plainText(cleanLine(spool.read(source, last, 1)[0] ?? ''));
    const log = spool.sources().find(({id}) => id === source)?.title ?? source;
    return {text: line.slice(timeEnd(line) ?? 0).trim(), log};
  });
  return found.findLast(({text}) => namesException(text)) ?? found.at(-1);
}

/** `ImportError: …` says more than a line that only reports a failure. */
export function namesException(line: string): boolean {
  return EXCEPTION.test(line);
}

const EXCEPTION = /^[\w.]*(?:Error|Exception)\b/;

/** `2 new kinds of errors since the deploy, in 41 lines · D lists them`: as long as there are some. */
export function useNewErrors(
  {run, spool}: Session,
  sources: readonly LogSource[],
  writer: TextWriter,
): readonly string[] {
  const deployAt = useStore(run, state => state.deployStartedAt);
  const kinds = errorKinds(spool);
  usePieces(kinds.advance(sources, deployAt));
  const fresh = kinds.list().filter(({isNew}) => isNew);
  if (fresh.length === 0) return [];
  const lines = grouped(fresh.reduce((sum, {count}) => sum + count, 0));
  const what = fresh.length === 1 ? '1 new kind of error' : `${grouped(fresh.length)} new kinds of errors`;
  const short = `${writer.glyphs.alert} ${what} since the deploy`;
  const long = `${short}, in ${lines} ${lines === '1' ? 'line' : 'lines'}`;
  const does = 'lists them';
  const room = writer.width - keyOf('new-errors').length - does.length - 3;
  const text = displayWidth(long) <= room ? long : short;
  return [`${writer.write('bad', text)}  ${writer.write('key', keyOf('new-errors'))} ${writer.write('muted', does)}`];
}
