/** What a console on a live run shows, and what the replay of that run shows at the same moments. */
import {createStore} from 'zustand/vanilla';
import type {attachTo} from '../../src/commands/engine-process.ts';
import type {PastSession} from '../../src/commands/replay/past-session.ts';
import {liveSession} from '../../src/commands/terminal/live-session.ts';
import type {Recorded} from '../../src/run/event.ts';
import {evolve} from '../../src/run/evolve.ts';
import type {RunState} from '../../src/run/state.ts';
import type {Spool, SpoolSource} from '../../src/ui/session.ts';
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

/**
 * Takes frames until the run is closed, and one of that. While one is drawn nothing new reaches the console, and its
 * clock stands still: on a busy machine drawing takes longer than the next event.
 */
export async function filmLive(connection: Connection): Promise<Film> {
  let standing: {at: number; sources: readonly SpoolSource[]} | undefined;
  const session = liveSession(connection);
  const run = createStore<RunState>(() => connection.store.getState());
  const spool: Spool = {...session.spool, sources: () => standing?.sources ?? session.spool.sources()};
  const waiting: Recorded[] = [];
  let isTaking = false;
  /** What was decided at one moment comes together, and is drawn before the next. */
  const take = async () => {
    if (isTaking) return;
    isTaking = true;
    while (standing === undefined && waiting[0] !== undefined) {
      const {at} = waiting[0];
      const end = waiting.findIndex(event => event.at !== at);
      const together = waiting.splice(0, end === -1 ? waiting.length : end);
      const news = together.filter(({seq}) => seq > run.getState().seq);
      run.setState(
        news.reduce((state, event) => evolve(session.plan, state, event), run.getState()),
        true,
      );
      await drawn();
    }
    isTaking = false;
  };
  connection.onEvents(events => {
    waiting.push(...events);
    void take();
  });
  // The engine of a closed run is gone before its last events are drawn here.
  const taken = async () => {
    while (waiting.length > 0) await drawn();
  };
  const onLost: typeof session.onLost = listener => session.onLost(detail => void taken().then(() => listener(detail)));
  const now = () => standing?.at ?? Date.now();
  const opened = run.getState().seq;
  const screen = await renderOnScreen({...session, run, spool, onLost}, {now});
  const frames: Frame[] = [];
  for (let isOver = false; !isOver; ) {
    await taken();
    isOver = run.getState().closed !== null;
    // A replay ends with the last event.
    const at = isOver ? run.getState().lastAt : Date.now();
    const sources = session.spool.sources();
    for (const moment of [at - BACK_MS, at]) {
      standing = {at: moment, sources};
      tellTime(now);
    }
    await screen.type(REDRAW);
    frames.push({seq: run.getState().seq, lines: linesOf(spool), at, cells: await screen.cells()});
    standing = undefined;
    await take();
  }
  await screen.leave();
  return {opened, frames};
}

/** So many of them, or as many as there are, from the first to the last: each holds every event of its moment, and more than the one before. */
export function marksOf(frames: readonly Frame[], events: readonly Recorded[], count: number): readonly Frame[] {
  const whole = frames.filter(({seq, at}) => events.filter(event => event.at <= at).length === seq);
  const distinct = whole.filter(({seq}, index) => whole[index - 1]?.seq !== seq);
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
    const own = {seq: player.run.getState().seq, lines: linesOf(spool)};
    played.push({...own, at: player.now(), cells: await screen.cells()});
  }
  await screen.leave();
  return played;
}

/** React has drawn what was changed before. */
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
