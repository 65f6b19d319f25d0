/** The log panel: one log at a time, the others as tabs. It reads only the visible lines. */
import {Box} from 'ink';
import {useMemo} from 'react';
import {useStore} from 'zustand';
import type {StoreApi} from 'zustand/vanilla';
import {compact} from '../../text/compact.ts';
import type {LogSource} from '../../text/log-text.ts';
import {displayWidth} from '../../text/width.ts';
import type {Session, Spool} from '../session.ts';
import {ENDS, SIDES} from '../view/layout.ts';
import {OUTPUT_SOURCE, scrollOf, type ViewState} from '../view/view-state.ts';
import {matchWords, silentSince, standColour, standWords, stoppedWords, streamBanner} from '../widgets/pane-words.ts';
import {Panel, type PaneProps} from '../widgets/panel.tsx';
import {type Lines, type Place, visibleRows} from '../widgets/scroll-view.ts';
import {noteShownRows} from '../widgets/shown-rows.ts';
import {type TextWriter, textWriter} from '../widgets/themed-text.ts';
import {useNewErrors} from './errors-by-kind.ts';
import {chipRow, type Filtering, placeAmong, useLineFilter, usePieces} from './filter-row.ts';
import {passingLines} from './filtered-lines.ts';
import {barFoot, levelBar, scrollEdge, useLevels} from './level-bar.ts';
import {BOOKMARK, marksIn, useMoments} from './line-marks.ts';
import {logRows, namesOf} from './log-rows.ts';
import {emptyText, rightTitle, tabs} from './log-words.ts';
import {MERGED_SOURCE, type MergedLogs, mergedLogs} from './merged-log.ts';
import {selectedRow, selectedWords} from './selected-rows.ts';
import {useDown} from './stream-down.ts';
import {type Look, rowMaker} from './styled-line.ts';
import {useTimes} from './time-column.ts';
import {type MatchCount, useGrowth, useLook, useMatchCount, useSpoolTick} from './use-lines.ts';

const PANEL_NUMBER = 4;

/** With fewer rows there is no room for a second log. */
const SPLIT_ROWS_MIN = 10;

/** One log, or two of them, one above the other. */
export function LogsPanel(props: PaneProps) {
  const {session, view, height, focused} = props;
  const split = useStore(view, each => each.split);
  const chosen = useStore(view, each => each.source);
  useSpoolTick(session.spool);
  if (split === null || height < SPLIT_ROWS_MIN) return <LogPane {...props} chosen={chosen} isNewTold />;
  const {upper, lower} = halves(height);
  return (
    <Box flexDirection="column" flexShrink={0}>
      <LogPane {...props} chosen={chosen} height={upper} focused={focused && !split.isFocused} isNewTold from={0} />
      <LogPane
        {...props}
        chosen={split.source}
        height={lower}
        focused={focused && split.isFocused}
        isNewTold={false}
        from={upper}
      />
    </Box>
  );
}

function halves(height: number): {upper: number; lower: number} {
  const upper = Math.ceil(height / 2);
  return {upper, lower: height - upper};
}

/** How many rows the half with this source's keys has, borders included. */
export function shownHeight(split: ViewState['split'], height: number): number {
  if (split === null || height < SPLIT_ROWS_MIN) return height;
  return split.isFocused ? halves(height).lower : halves(height).upper;
}

/** Whether the row, counted from the top of the panel, is in the half with the second log. */
export function isLowerHalf(split: ViewState['split'], height: number, row: number): boolean {
  return split !== null && height >= SPLIT_ROWS_MIN && row >= halves(height).upper;
}

/** `chosen`: id of the log. `isNewTold`: new errors of all logs are told here. `from`: row of the panel where a half begins. */
type LogPaneProps = PaneProps & {chosen: string | null; isNewTold: boolean; from?: number};

function LogPane({session, view, chosen, isNewTold, from, ...style}: LogPaneProps) {
  const {width, height, focused, glyphs, theme, now} = style;
  const {spool} = session;
  const filters = useStore(view, each => each.filters);
  const paused = useStore(view, each => each.paused);
  const anySelection = useStore(view, each => each.selection);
  const merged = useMerged(spool, chosen, now);
  const sources = logSources(spool);
  const real = sources.filter(each => each.id !== MERGED_SOURCE);
  const source = sources.find(each => each.id === chosen) ?? sources[0];
  const id = source?.id ?? '';
  const scroll = useStore(view, each => scrollOf(each, id));
  const selection = anySelection?.source === id ? anySelection : null;
  const columns = Math.max(0, width - SIDES);
  const writer = useMemo(() => textWriter(theme, glyphs, columns), [theme, glyphs, columns]);
  const names = merged && namesOf(merged, real, writer);
  const times = useTimes(session, view, id, {total: source?.lines ?? 0, now});
  const room = columns - times.width - (names?.width ?? 0);
  const look = useLook(view, id, {theme, glyphs, width: Math.max(0, room), withoutTime: times.width > 0});
  const rowsOf = useMemo(() => rowMaker(look), [look]);
  const growth = useGrowth(id, source?.lines ?? 0, !scroll.follow || paused, paused);
  const kept = {from: source?.gone ?? 0, to: growth.total};
  const filtering = useLineFilter(passingLines(spool, id, filters), kept);
  const down = useDown(session, source, real, now);
  const fresh = useNewErrors(session, real, writer);
  const banner = [
    ...(isNewTold ? fresh : []),
    ...chipRow(filters, filtering, kept.to - kept.from, writer),
    ...streamBanner(down, writer),
  ];
  const rows = Math.max(0, height - ENDS - banner.length);
  const {lines, place} = linesOf(spool, id, {from: firstShown(source), to: growth.total}, scroll, filtering);
  const seen = visibleRows(lines, place, rows, rowsOf);
  const zoneOf = (index: number) => merged?.at(index)?.zoneMs ?? times.settings.zoneMs;
  const texts =
    seen.rows.length > 0
      ? logRows(seen, lines, {names, settings: times.settings, zoneOf}, writer).map((text, row) =>
          selectedRow(text, seen.rows[row]?.number ?? -1, selection, writer),
        )
      : emptyText(source, growth.total, filtering, writer);
  const places = Array.from({length: rows}, (_, row) => {
    const line = seen.rows[row]?.number;
    return source === undefined || line === undefined ? undefined : {source: id, line};
  });
  noteShownRows(view, 'logs', places, from);
  const stand = {follow: scroll.follow, paused, unseen: growth.unseen, below: seen.below, live: true};
  const found = useFound(session, view, id, look, {kept, filtering, from: firstShown(source)});
  const standing = selection === null ? (mergingWords(merged) ?? standWords(stand, glyphs)) : selectedWords(selection);
  const lostAt = useStore(view, each => each.lost?.at);
  const since = silentSince(down, lostAt);
  const stopped = stoppedWords(standing, since);
  const words = [matchWords(look.typed, found, glyphs), stopped];
  const title = `${isNewTold ? `${PANEL_NUMBER} ` : ''}${tabs(sources, source, columns, writer)}`;
  const bar = levelBar(spool, id, kept, {rows, writer});
  const foot = barFoot(bar);
  useLevels(spool, merged === undefined ? [id] : real.map(each => each.id), kept.to);
  return (
    <Panel
      title={title}
      right={writer.plain(
        rightTitle(
          since === undefined ? source : source && {...source, linesPerSecond: 0},
          words,
          columns - displayWidth(title) - 4,
        ),
      )}
      rightColour={since === undefined ? standColour(stand) : 'bad'}
      {...(down === undefined ? {} : {border: 'border.danger' as const})}
      {...{width, height, focused, glyphs, theme}}
      margin={useMargin(session, view, id, {seen, now, writer})}
      {...(foot === undefined ? {} : {foot})}
      bar={bar}
      edge={scrollEdge(shownLines(seen), kept, {rows, writer, focused, isDown: down !== undefined})}
    >
      {[...texts.slice(0, rows), ...Array.from({length: Math.max(0, rows - texts.length)}, () => ''), ...banner]}
    </Panel>
  );
}

/** All logs by time, when they are shown: more lines are put in order with each frame. */
function useMerged(spool: Spool, chosen: string | null, now: number): MergedLogs | undefined {
  const merged = chosen === MERGED_SOURCE ? mergedLogs(spool) : undefined;
  usePieces(merged?.advance(now) ?? false);
  return merged;
}

function mergingWords(merged: MergedLogs | undefined): string | undefined {
  const share = merged?.share() ?? 1;
  return share < 1 ? `putting lines in order, ${Math.floor(100 * share)} %` : undefined;
}

type Shown = {kept: {from: number; to: number}; filtering: Filtering | undefined; from: number};

/** How many lines match the search, among those that pass. */
function useFound(
  {spool}: Session,
  view: StoreApi<ViewState>,
  id: string,
  look: Look,
  {kept, filtering, from}: Shown,
): MatchCount | undefined {
  const filters = useStore(view, each => each.filters);
  const inAll = useMatchCount(filtering === undefined ? spool : undefined, id, look, {...kept, from});
  const inShown = useLineFilter(look.search && passingLines(spool, id, filters, look.search), kept);
  return inAll ?? placeAmong(inShown, look.current, kept.to - kept.from);
}

/** A letter or a sign in front of each line that is marked. */
function useMargin(
  {spool, run}: Session,
  view: StoreApi<ViewState>,
  id: string,
  {seen, now, writer}: {seen: Seen; now: number; writer: TextWriter},
): readonly string[] {
  const bookmarks = useStore(view, each => each.bookmarks);
  const timeline = useStore(run, state => state.timeline);
  const deployStartedAt = useStore(run, state => state.deployStartedAt);
  const deployEndedAt = useStore(run, state => state.deployEndedAt);
  const moments = useMoments(spool, id, compact({timeline, deployStartedAt, deployEndedAt}), now);
  const marks = marksIn(spool, id, moments, bookmarks);
  return seen.rows.map(({number, part}) => {
    const mark = part > 0 ? undefined : marks.get(number);
    return mark === undefined
      ? ' '
      : writer.write(mark.token, mark.sign === BOOKMARK ? writer.glyphs.bookmark : mark.sign);
  });
}

type Seen = ReturnType<typeof visibleRows>;

function shownLines({rows}: Seen): {from: number; to: number} {
  return {from: rows[0]?.number ?? 0, to: (rows.at(-1)?.number ?? -1) + 1};
}

/** All sources of the spool except the output of the steps; of several, also all as one. */
export function logSources(spool: Spool): readonly LogSource[] {
  const logs = spool.sources().filter(source => source.id !== OUTPUT_SOURCE);
  const merged = logs.length > 1 ? mergedLogs(spool)?.source() : undefined;
  return merged === undefined ? logs : [...logs, merged];
}

/** The last of the lines that are gone says so. */
export function firstShown(source: LogSource | undefined): number {
  return Math.max(0, (source?.gone ?? 0) - 1);
}

/** The scroll position is an absolute line number, so that it stays when a filter changes. */
function linesOf(
  spool: Spool,
  id: string,
  range: {from: number; to: number},
  place: Place,
  filtering: Filtering | undefined,
): {lines: Lines; place: Place} {
  if (filtering === undefined) {
    return {lines: {...range, read: (from, count) => spool.read(id, from, count)}, place};
  }
  const {filter} = filtering;
  return {lines: filter.lines(), place: {follow: place.follow, top: filter.indexFrom(place.top)}};
}
