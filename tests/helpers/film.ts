/** What a console on a live run shows, and what the replay of that run shows at the same moments. */
import {createStore} from 'zustand/vanilla';
import type {attachTo} from '../../src/commands/engine-process.ts';
import type {PastSession} from '../../src/commands/replay/past-session.ts';
import {liveSession} from '../../src/commands/terminal/live-session.ts';
import {OUTPUT_SOURCE} from '../../src/journal/spool/error-lines.ts';
import type {Recorded} from '../../src/run/event.ts';
import {evolve} from '../../src/run/evolve.ts';
import type {RunState} from '../../src/run/state.ts';
import type {LogSource} from '../../src/text/log-text.ts';
import type {Spool} from '../../src/ui/session.ts';
import {tellTime} from '../../src/ui/terminal/clock.ts';
import {type Cell, renderOnScreen} from './screen.ts';

/** A frame that holds all events up to `seq` and none behind it, drawn at `at`. `lines`: of each log, when it was drawn. */
export type Frame = {seq: number; at: number; cells: Cell[][]; lines: Readonly<Record<string, number>>};

/** `opened`: the last event that the console knew when it was opened; its cursor went along with the run from there. */
export type Film = {opened: number; frames: readonly Frame[]};

type Connection = NonNullable<Awaited<ReturnType<typeof attachTo>>>;

const REDRAW = '\f';
/** What shows a clock is drawn when its second (or longer pace) turns. Put back and on, it is drawn at this very moment. */
const BACK_MS = 60_000;

/** A frame is taken after so many moments at which something was decided, and one when the run is closed. */
const MOMENTS_A_FRAME = 4;

/**
 * Takes frames until the run is closed. The console is told of one moment after the other, as fast as it draws: its clock
 * is that of the moment, and of the logs it knows what had come by then. So a frame never holds half of a moment, and a
 * busy machine takes the same frames later.
 */
export async function filmLive(connection: Connection): Promise<Film> {
  const session = liveSession(connection);
  const run = createStore<RunState>(() => connection.store.getState());
  const opened = run.getState().seq;
  const waiting: Recorded[] = [];
  let told = () => {};
  connection.onEvents(events => {
    waiting.push(...events);
    told();
  });
  let at = run.getState().lastAt;
  let sources = await sourcesAt(session.spool, at);
  const listeners = new Set<() => void>();
  const spool: Spool = {
    ...session.spool,
    sources: () => sources,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  let end = () => {};
  const over = new Promise<void>(resolve => {
    end = resolve;
  });
  // The engine of a closed run is gone before its last events are drawn here.
  const onLost: typeof session.onLost = listener => session.onLost(detail => void over.then(() => listener(detail)));
  let backMs = 0;
  const now = () => at - backMs;
  // Its reader learns how far the logs have grown from those that it tells.
  const stop = session.spool.subscribe(() => {});
  const screen = await renderOnScreen({...session, run, spool, onLost}, {now});
  const frames: Frame[] = [];
  // A run that is rolled back was closed before.
  for (let moments = 1, isOver = false; !isOver; moments += 1) {
    const together = await nextMoment(waiting, listener => {
      told = listener;
    });
    at = together[0]?.at ?? at;
    const news = together.filter(({seq}) => seq > run.getState().seq);
    run.setState(
      news.reduce((state, event) => evolve(session.plan, state, event), run.getState()),
      true,
    );
    await drawn();
    isOver = news.some(({type}) => type === 'run-closed');
    if (moments % MOMENTS_A_FRAME !== 0 && !isOver) continue;
    sources = await sourcesAt(session.spool, at);
    for (const listener of listeners) listener();
    for (backMs of [BACK_MS, 0]) tellTime(now);
    await screen.type(REDRAW);
    await screen.still();
    frames.push({seq: run.getState().seq, lines: linesOf(spool), at, cells: await screen.cells()});
  }
  end();
  stop();
  await screen.leave();
  return {opened, frames};
}

/** What was decided at one moment. Only an event that is younger, or the last one of the run, shows that this is all of it. */
async function nextMoment(waiting: Recorded[], onTold: (listener: () => void) => void): Promise<readonly Recorded[]> {
  const isWhole = () => waiting.some(({at, type}) => at !== waiting[0]?.at || type === 'run-closed');
  while (!isWhole()) await new Promise<void>(onTold);
  const end = waiting.findIndex(({at}) => at !== waiting[0]?.at);
  return waiting.splice(0, end === -1 ? waiting.length : end);
}

/**
 * The logs as they stood then: when a line came is kept to the second. Since when a log is followed from which no line
 * has come yet is not recorded.
 */
async function sourcesAt(spool: Spool, at: number): Promise<readonly LogSource[]> {
  const all = await Promise.all(
    spool.sources().map(async source => ({
      ...source,
      lines: Math.min(source.lines, (await spool.lineAfter(source.id, at)) ?? source.lines),
    })),
  );
  return all.filter(({id, lines}) => id === OUTPUT_SOURCE || lines > 0);
}

/** So many of them, or as many as there are, from the first to the last: each holds more events than the one before. */
export function marksOf(frames: readonly Frame[], count: number): readonly Frame[] {
  const distinct = frames.filter(({seq}, index) => frames[index - 1]?.seq !== seq);
  const last = Math.min(count, distinct.length) - 1;
  return distinct.filter((_, index) =>
    Array.from({length: last + 1}, (__, mark) =>
      Math.round((mark * (distinct.length - 1)) / Math.max(1, last)),
    ).includes(index),
  );
}

/**
 * The replay at the moments of the frames, one after the other on one screen. When a line of a log came is kept to the
 * second: of the lines of that second, those that the live console had already are shown. The replay is opened where
 * the live console was.
 */
export async function filmReplay(
  {session, player}: PastSession,
  frames: readonly Frame[],
  openedAt: number,
): Promise<readonly Frame[]> {
  let lines: Readonly<Record<string, number>> = {};
  const {spool} = session;
  const upTo = (id: string, all: number) => Math.min(all, lines[id] ?? all);
  const sources = () => spool.sources().map(source => ({...source, lines: upTo(source.id, source.lines)}));
  const shown = {...session, spool: {...spool, sources}};
  const seek = (frame: Frame) => {
    lines = frame.lines;
    player.seek(frame.at);
  };
  player.seek(openedAt);
  let backMs = 0;
  const now = () => player.now() - backMs;
  const screen = await renderOnScreen(shown, {now});
  const played: Frame[] = [];
  for (const frame of frames) {
    // Moment by moment, as it is played: the cursor goes along with the run, and charts keep the scale of a peak.
    for (let next = player.nextMoment(); next > player.now() && next < frame.at; next = player.nextMoment()) {
      player.seek(next);
      await drawn();
    }
    seek(frame);
    for (backMs of [BACK_MS, 0]) tellTime(now);
    await screen.type(REDRAW);
    await screen.still();
    const own = {seq: player.run.getState().seq, lines: linesOf(spool)};
    played.push({...own, at: player.now(), cells: await screen.cells()});
  }
  await screen.leave();
  return played;
}

/** React has begun to draw what was changed before; of what comes quickly one after the other it may draw the last only. */
function drawn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

function linesOf(spool: Spool): Readonly<Record<string, number>> {
  return Object.fromEntries(spool.sources().map(({id, lines}) => [id, lines]));
}

/**
 * What a replay shows otherwise: who sits at this console, what its keys do, and the rate of a log. A dialog that asks
 * its driver for something (the sign-off at the end) is not among them: neither console is the driver's.
 */
const OTHERWISE: readonly RegExp[] = [
  // A replay belongs to nobody who was there: who observes it, and who drove, is told from outside. Where these words
  // are longer, fewer verdicts stand before them.
  /(?: \+\d+ more)?\s+(?:you (?:observe|drive)|\S+(?: \([^)]+\))? (?:observes|drives))(?: · \S+(?: \([^)]+\))? (?:observes|drives))*\s*$/g,
  // Over about two seconds, of lines whose time is known to the second.
  /─+ (?:\d+ lines?\/s · )?following ─/g,
];

/** It has the keys of a console and what it is told, or those of a replay; its clock is the same. */
const LAST_ROW = [/^.*?(?=\d\d:\d\d:\d\dZ\s*$|$)/g];

/** Where they differ in what must not: `row:column-column live | replay`. */
export function differences(live: Frame, played: Frame): readonly string[] {
  const scaled = rowsOfOtherScale(live.cells, played.cells);
  return live.cells.flatMap((row, y) => {
    const other = played.cells[y] ?? [];
    const end = scaled.get(y) ?? row.length;
    const ranges = rangesOf(y === live.cells.length - 1 ? LAST_ROW : OTHERWISE, row, other);
    const isOtherwise = (x: number) => x >= end || ranges.some(({from, to}) => x >= from && x < to);
    const columns = row.flatMap((cell, x) => (isOtherwise(x) || isSame(cell, other[x]) ? [] : [x]));
    const [from, to] = [columns[0], columns.at(-1)];
    if (from === undefined || to === undefined) return [];
    const [here, there] = [row, other].map(cells => textOf(cells.slice(from, to + 1)));
    return [`${y}:${from}-${to} ${here} | ${there}`];
  });
}

type Range = {from: number; to: number};

/** The columns of what both rows say, each in its own way. */
function rangesOf(patterns: readonly RegExp[], row: readonly Cell[], other: readonly Cell[]): readonly Range[] {
  return patterns.flatMap(pattern => {
    const [here = [], there = []] = [row, other].map(cells => [...textOf(cells).matchAll(pattern)]);
    if (here.length !== there.length) return [];
    return here.flatMap((match, index) => {
      const pair = [match, there[index] ?? match];
      const ends = pair.map(({0: text, index: start}) => start + text.length);
      return {from: Math.min(...pair.map(({index: start}) => start)), to: Math.max(...ends)};
    });
  });
}

/** The letter of an event beside a line of a log stands there once the times of the lines were read again. */
function isSame(cell: Cell, other: Cell | undefined): boolean {
  return (
    (cell.sign === other?.sign && cell.look === other.look) || (cell.sign === ' ' && /^[A-Z]$/.test(other?.sign ?? ''))
  );
}

const AXIS_WIDTH = 7;
/** The row of the title and its verdict, and the row of the value. */
const CHART_HEAD = 2;

/**
 * Of charts that have another scale, the rows of the picture, as the column at which it begins by row: a scale is kept
 * for 30 s after a peak was drawn, so it depends on which pictures were drawn, and a console draws at most 20 in a
 * second. Title, verdict, value and frame are compared in any case.
 */
function rowsOfOtherScale(live: Frame['cells'], played: Frame['cells']): ReadonlyMap<number, number> {
  const scaled = new Map<number, number>();
  for (const [top, row] of live.entries()) {
    const left = textOf(row).lastIndexOf('╭─');
    if (left < row.length / 2 || textOf(played[top] ?? []).lastIndexOf('╭─') !== left) continue;
    const bottom = live.findIndex((cells, y) => y > top && cells[left]?.sign === '╰');
    const picture = Array.from(
      {length: Math.max(0, bottom - top - CHART_HEAD)},
      (_, index) => top + CHART_HEAD + index,
    );
    const axis = (cells: Frame['cells'], y: number) => textOf((cells[y] ?? []).slice(left + 1, left + AXIS_WIDTH));
    if (picture.some(y => axis(live, y) !== axis(played, y))) for (const y of picture) scaled.set(y, left);
  }
  return scaled;
}

/** One sign a cell: an index in it is a column. */
function textOf(cells: readonly Cell[]): string {
  return cells.map(({sign}) => sign.charAt(0) || ' ').join('');
}
