/** The log panel: one log at a time, the others as tabs. It reads only the visible lines. */
import {useEffect, useMemo, useRef, useState} from 'react';
import {useStore} from 'zustand';
import type {RunState} from '../../run/state.ts';
import {compact} from '../../text/compact.ts';
import {displayWidth, wrap} from '../../text/width.ts';
import type {Spool, SpoolSource} from '../session.ts';
import {OUTPUT_SOURCE, scrollOf, type ViewState} from '../view/view-state.ts';
import {grouped, matchWords, type StreamDown, standColour, standWords, streamBanner} from '../widgets/pane-words.ts';
import {Panel, type PaneProps} from '../widgets/panel.tsx';
import {type Pen, penFor} from '../widgets/pen.ts';
import {type Lines, type Place, visibleRows} from '../widgets/scroll-view.ts';
import {createLineFilter, type LineFilter} from './line-filter.ts';
import {compilePattern} from './patterns.ts';
import {rowMaker} from './styled-line.ts';
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
  const look = useLook(view, id, {theme, glyphs, width: columns});
  const rowsOf = useMemo(() => rowMaker(look), [look]);
  const growth = useGrowth(id, source?.lines ?? 0, !scroll.follow || paused, paused);
  const filtering = useLineFilter(spool, id, filters, {from: source?.gone ?? 0, to: growth.total});
  const down = useDown(source, links, now);

  const banner = [...filterBanner(filtering, growth.total - (source?.gone ?? 0), pen), ...streamBanner(down, now, pen)];
  const room = Math.max(0, height - 2 - banner.length);
  const {lines, place} = linesOf(spool, id, {from: firstShown(source), to: growth.total}, scroll, filtering);
  const seen = visibleRows(lines, place, room, rowsOf);
  const rows = seen.rows.length > 0 ? seen.rows.map(row => row.text) : emptyText(source, growth.total, filtering, pen);
  const stand = {follow: scroll.follow, paused, unseen: growth.unseen, below: seen.below, live: true};
  const found = useMatchCount(spool, id, look, {from: firstShown(source), to: growth.total});
  const words = [matchWords(look.typed, found, glyphs), standWords(stand, glyphs)];
  const title = `${PANEL_NUMBER} ${tabs(sources, source, columns, pen)}`;
  return (
    <Panel
      title={title}
      right={pen.plain(rightTitle(source, filters, words, columns - displayWidth(title) - 4))}
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

/** `1 204 lines/s · &timeout · /ERROR 3/41 · PAUSED · 30 new`. Where room is short, the rate is left out first. */
function rightTitle(
  source: SpoolSource | undefined,
  {keep, hide}: ViewState['filters'],
  [search = '', stand = '']: readonly string[],
  room: number,
): string {
  if (source === undefined) return '';
  const unit = Math.round(source.linesPerSecond) === 1 ? 'line/s' : 'lines/s';
  const rate = source.linesPerSecond < 0.5 ? '' : `${grouped(source.linesPerSecond)} ${unit}`;
  const filter = [keep === undefined ? '' : `&${keep}`, hide === undefined ? '' : `!${hide}`];
  const joined = (parts: readonly string[]) => parts.filter(part => part !== '').join(' · ');
  const rest = stand === 'following' ? [] : [stand];
  const choices = [
    [rate, ...filter, search, stand],
    [...filter, search, stand],
    [...filter, search, ...rest],
  ];
  const texts = [...choices, [search, ...rest]].map(joined);
  return texts.find(text => displayWidth(text) <= room) ?? joined(search === '' ? [stand] : [search]);
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

function filterBanner(filtering: Filtering | undefined, total: number, pen: Pen): string[] {
  if (filtering?.busy !== true || total === 0) return [];
  const share = Math.floor((100 * filtering.filter.scanned()) / total);
  return [pen.write('muted', `looking through ${grouped(total)} lines: ${share} %`)];
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
    `${pen.write('key', '&')} ${pen.write('muted', 'keeps other lines')}  ${pen.write('key', '!')} ${pen.write('muted', 'hides other lines')}  ${pen.write('key', 'Esc')} ${pen.write('muted', 'shows all')}`,
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

const NEXT_PIECE_MS = 16;

type Filtering = {filter: LineFilter; busy: boolean};

/**
 * The filtered lines of one log, searched one piece for each frame. Undefined when no filter is set. `from`, `to`: which
 * lines there are to show.
 */
function useLineFilter(
  spool: Spool,
  source: string,
  {keep, hide}: {keep?: string | undefined; hide?: string | undefined},
  {from: first, to}: {from: number; to: number},
): Filtering | undefined {
  const filter = useMemo(() => {
    const keeps = compilePattern(keep);
    const hides = compilePattern(hide);
    if (keeps === undefined && hides === undefined) return undefined;
    return createLineFilter(
      (from, count) => spool.read(source, from, count),
      compact({
        keep: keeps,
        hide: hides,
      }),
    );
  }, [spool, source, keep, hide]);
  const [, setPiece] = useState(0);
  const busy = filter?.advance(to, first) ?? false;
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setPiece(piece => piece + 1), NEXT_PIECE_MS);
    return () => clearTimeout(timer);
  });
  return filter === undefined ? undefined : {filter, busy};
}
