/** Lines of a log that are marked: by a person, and by what the run did at that time. */
import {useEffect, useState} from 'react';
import type {RunState} from '../../run/state.ts';
import type {Spool} from '../session.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {LinePlace} from '../view/log-view.ts';
import {MERGED_SOURCE, mergedLogs} from './merged-log.ts';

/** `sign`: one letter in the margin. */
export type Mark = {sign: string; text: string; token: ThemeToken};

type Moment = Mark & {at: number};
type Happened = Pick<RunState, 'timeline' | 'deployStartedAt' | 'deployEndedAt'>;

/** What the run did that is marked in the logs. */
function runMoments({timeline, deployStartedAt, deployEndedAt}: Happened): readonly Moment[] {
  const deploy: Moment[] = [];
  if (deployStartedAt !== undefined)
    deploy.push({at: deployStartedAt, sign: 'D', text: 'the deploy began', token: 'chart.deploy'});
  if (deployEndedAt !== undefined)
    deploy.push({at: deployEndedAt, sign: 'E', text: 'the deploy ended', token: 'chart.deploy'});
  const others = timeline.flatMap(({type, at, text}): Moment[] => {
    if (type === 'trigger-fired') return [{at, sign: 'T', text: 'a trigger tripped', token: 'bad'}];
    const isRollback = type === 'phase-changed' && text.startsWith('rolling-back');
    return isRollback ? [{at, sign: 'R', text: 'the rollback began', token: 'chart.deploy'}] : [];
  });
  return [...deploy, ...others];
}

/** Where each moment stands in each log, as far as that is known. */
const found = new WeakMap<Spool, Map<string, number>>();

function linesOf(spool: Spool): Map<string, number> {
  const lines = found.get(spool) ?? new Map<string, number>();
  found.set(spool, lines);
  return lines;
}

/** The first line after each moment is looked for; in what is merged it may move while lines come late. */
export function useMoments(spool: Spool, source: string, state: Happened, now: number): readonly Moment[] {
  const moments = runMoments(state);
  const [, setFound] = useState(0);
  const asked = moments.map(({at}) => at).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: with time there may be a line that was not there
  useEffect(() => {
    const lines = linesOf(spool);
    for (const {at} of moments) {
      const key = `${source} ${at}`;
      if (lines.has(key) && source !== MERGED_SOURCE) continue;
      void spool.lineAfter(source, at).then(line => {
        if (line === undefined || lines.get(key) === line) return;
        lines.set(key, line);
        setFound(times => times + 1);
      });
    }
  }, [spool, source, asked, now]);
  return moments;
}

export const BOOKMARK = 'bookmark';

/** By line of this source. A bookmark stands in its log, and in all of them by time as well. */
export function marksIn(
  spool: Spool,
  source: string,
  moments: readonly Moment[],
  bookmarks: readonly LinePlace[],
): ReadonlyMap<number, Mark> {
  const lines = linesOf(spool);
  const marks = new Map<number, Mark>();
  for (const place of bookmarks) {
    const line = source === MERGED_SOURCE ? mergedLogs(spool)?.indexOf(place.source, place.line) : place.line;
    if (line === undefined || (source !== MERGED_SOURCE && place.source !== source)) continue;
    marks.set(line, {sign: BOOKMARK, text: 'bookmark', token: 'accent'});
  }
  for (const moment of moments) {
    const line = lines.get(`${source} ${moment.at}`);
    if (line !== undefined) marks.set(line, moment);
  }
  return marks;
}

/** The log and the line in it that a line of this source comes from. */
export function ownPlace(spool: Spool, {source, line}: LinePlace): LinePlace {
  const merged = source === MERGED_SOURCE ? mergedLogs(spool)?.at(line) : undefined;
  return merged === undefined ? {source, line} : {source: merged.source, line: merged.line};
}

/** All marks of this source in order; those of the run are looked for anew. */
export async function eachMark(
  spool: Spool,
  source: string,
  state: Happened,
  bookmarks: readonly LinePlace[],
): Promise<readonly (Mark & {line: number})[]> {
  const moments = runMoments(state);
  const lines = linesOf(spool);
  for (const {at} of moments) {
    const line = await spool.lineAfter(source, at);
    if (line !== undefined) lines.set(`${source} ${at}`, line);
  }
  return [...marksIn(spool, source, moments, bookmarks)]
    .map(([line, mark]) => ({...mark, line}))
    .toSorted((a, b) => a.line - b.line);
}
