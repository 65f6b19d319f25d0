/** The log panel: one log at a time, the others as tabs. It reads only the visible lines. */
import {useMemo, useRef} from 'react';
import {useStore} from 'zustand';
import type {RunState} from '../../run/state.ts';
import {displayWidth, wrap} from '../../text/width.ts';
import type {Spool, SpoolSource} from '../session.ts';
import {OUTPUT_SOURCE, scrollOf} from '../view/view-state.ts';
import {grouped, matchWords, type StreamDown, standColour, standWords, streamBanner} from '../widgets/pane-words.ts';
import {Panel, type PaneProps} from '../widgets/panel.tsx';
import {type Pen, penFor} from '../widgets/pen.ts';
import {type Lines, type Place, visibleRows} from '../widgets/scroll-view.ts';
import {chipRow, type Filtering, placeAmong, useLineFilter} from './filter-row.ts';
import {passingLines} from './filtered.ts';
import {useNewErrors} from './new-errors.ts';
import {rowMaker} from './styled-line.ts';
import {type TimeSettings, timeCell, timeOfLine, useTimes} from './time-column.ts';
import {useGrowth, useLook, useMatchCount, useSpoolTick} from './use-lines.ts';

const PANEL_NUMBER = 4;
const NO_LOG_HINT = 'A step that tails a log opens it here; so does every entry under logs: in the bindings file.';

export function LogsPanel({session, view, width, height, focused, glyphs, theme, now}: PaneProps) {
  const {spool} = session;
  const chosen = useStore(view, each => each.source);
  const filters = useStore(view, each => each.filters);
  const paused = useStore(view, each => each.paused);
  const links = useStore(session.run, state => state.links);
  useSpoolTick(spool);
  const sources = logSources(spool);
  const source = sources.find(each => each.id === chosen) ?? sources[0];
  const id = source?.id ?? '';
  const scroll = useStore(view, each => scrollOf(each, id));
  const columns = Math.max(0, width - 4);
  const pen = useMemo(() => penFor(theme, glyphs, columns), [theme, glyphs, columns]);
  const times = useTimes(session, view, id, {total: source?.lines ?? 0, now});
  const look = useLook(view, id, {theme, glyphs, width: columns - times.width, withoutTime: times.width > 0});
  const rowsOf = useMemo(() => rowMaker(look), [look]);
  const growth = useGrowth(id, source?.lines ?? 0, !scroll.follow || paused, paused);
  const kept = {from: source?.gone ?? 0, to: growth.total};
  const filtering = useLineFilter(passingLines(spool, id, filters), kept);
  const down = useDown(source, links, now);

  const banner = [
    ...useNewErrors(session, sources, pen),
    ...chipRow(filters, filtering, kept.to - kept.from, pen),
    ...streamBanner(down, now, pen),
  ];
  const room = Math.max(0, height - 2 - banner.length);
  const {lines, place} = linesOf(spool, id, {from: firstShown(source), to: growth.total}, scroll, filtering);
  const seen = visibleRows(lines, place, room, rowsOf);
  const rows =
    seen.rows.length > 0
      ? withTimes(seen, lines, times.settings, pen)
      : emptyText(source, growth.total, filtering, pen);
  const stand = {follow: scroll.follow, paused, unseen: growth.unseen, below: seen.below, live: true};
  const inAll = useMatchCount(filtering === undefined ? spool : undefined, id, look, {
    ...kept,
    from: firstShown(source),
  });
  const inShown = useLineFilter(look.search && passingLines(spool, id, filters, look.search), kept);
  const found = inAll ?? placeAmong(inShown, look.current, kept.to - kept.from);
  const words = [matchWords(look.typed, found, glyphs), standWords(stand, glyphs)];
  const title = `${PANEL_NUMBER} ${tabs(sources, source, columns, pen)}`;
  return (
    <Panel
      title={title}
      right={pen.plain(rightTitle(source, words, columns - displayWidth(title) - 4))}
      rightColour={standColour(stand)}
      {...(down === undefined ? {} : {border: 'border.danger' as const})}
      {...{width, height, focused, glyphs, theme}}
    >
      {[...rows.slice(0, room), ...Array.from({length: Math.max(0, room - rows.length)}, () => ''), ...banner]}
    </Panel>
  );
}

/** All sources of the spool except the output of the steps. */
export function logSources(spool: Spool): readonly SpoolSource[] {
  return spool.sources().filter(source => source.id !== OUTPUT_SOURCE);
}

// The keys that switch are the brackets around the one that is shown.
function tabs(sources: readonly SpoolSource[], shown: SpoolSource | undefined, columns: number, pen: Pen): string {
  if (shown === undefined) return 'Logs';
  if (sources.length === 1) return pen.plain(shown.title);
  const all = sources
    .map(each => (each === shown ? `[${each.title}]` : `${each.up ? '' : '!'}${each.title}`))
    .join('  ');
  const place = sources.indexOf(shown) + 1;
  return pen.plain(all.length <= columns / 2 ? all : `[${shown.title}] ${place}/${sources.length}`);
}

/** `1 204 lines/s · /ERROR 3/41 · PAUSED · 30 new`. Where room is short, the rate is left out first. */
function rightTitle(
  source: SpoolSource | undefined,
  [search = '', stand = '']: readonly string[],
  room: number,
): string {
  if (source === undefined) return '';
  const unit = Math.round(source.linesPerSecond) === 1 ? 'line/s' : 'lines/s';
  const rate = source.linesPerSecond < 0.5 ? '' : `${grouped(source.linesPerSecond)} ${unit}`;
  const rest = stand === 'following' ? [] : [stand];
  const texts = [
    [rate, search, stand],
    [search, stand],
    [search, ...rest],
  ].map(parts => parts.filter(part => part !== '').join(' · '));
  return texts.find(text => displayWidth(text) <= room) ?? (search === '' ? stand : search);
}

/** The times stand before the first row of their lines. */
function withTimes(seen: ReturnType<typeof visibleRows>, lines: Lines, settings: TimeSettings, pen: Pen): string[] {
  if (settings.mode === 'off') return seen.rows.map(row => row.text);
  const [above] = seen.top > lines.from ? lines.read(seen.top - 1, 1) : [];
  let before = above === undefined ? undefined : timeOfLine(above, settings);
  return seen.rows.map(({raw, part, text}) => {
    const time = part > 0 ? undefined : timeOfLine(raw, settings);
    const cell = pen.write('log.time', timeCell(time, before, settings));
    before = time ?? before;
    return `${cell} ${text}`;
  });
}

/** The last of the lines that are gone says so. */
export function firstShown(source: SpoolSource | undefined): number {
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

/** The lines of a bindings file that fill the panel. */
const LOG_LINES = ['logs:', '  error: { on: HOST, tail: /var/log/NAME/error.log }'];

function emptyText(
  source: SpoolSource | undefined,
  total: number,
  filtering: Filtering | undefined,
  pen: Pen,
): string[] {
  if (source === undefined) {
    return [
      pen.write('text', 'No log is followed yet.'),
      ...wrap(NO_LOG_HINT, pen.width).map(row => pen.write('muted', row)),
      '',
      ...LOG_LINES.map(row => pen.write('command', row)),
    ];
  }
  if (total === 0)
    return [
      pen.write(
        'muted',
        source.up
          ? `${source.title} is open; no line has come yet`
          : `connecting to ${source.title} ${pen.glyphs.ellipsis}`,
      ),
    ];
  if (filtering === undefined || filtering.busy) return [];
  return [
    pen.write('text', `None of ${grouped(total)} lines passes the filter.`),
    `${pen.write('key', '&')} ${pen.write('muted', 'keeps more lines')}  ${pen.write('key', 'F')} ${pen.write('muted', 'lists the filters')}  ${pen.write('key', 'Esc')} ${pen.write('muted', 'takes the newest away')}`,
  ];
}

/** A source is down when it says so, or when the link to its host is down. `since`: from the link, else when first seen here. */
function useDown(source: SpoolSource | undefined, links: RunState['links'], now: number): StreamDown | undefined {
  const since = useRef(new Map<string, number>());
  if (source === undefined) return undefined;
  // Sources are titled `file · host`.
  const link = Object.entries(links).find(([host, {up}]) => !up && source.title.endsWith(` ${host}`))?.[1];
  if (link !== undefined) return {link: true, detail: source.detail || link.detail, since: link.since};
  if (source.up) {
    since.current.delete(source.id);
    return undefined;
  }
  const first = since.current.get(source.id) ?? now;
  since.current.set(source.id, first);
  return {link: false, detail: source.detail, since: first};
}
