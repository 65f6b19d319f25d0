/** What is running now, or what the step under the cursor printed. Reads only the lines that can be seen. */

import {useMemo} from 'react';
import {useStore} from 'zustand';
import type {StoreApi} from 'zustand/vanilla';
import type {Lookup} from '../../plan/script.ts';
import type {RunState} from '../../run/state.ts';
import {cutStart, displayWidth} from '../format.ts';
import {rowFitter, rowMaker} from '../logs/styled-line.ts';
import {useLook} from '../logs/use-look.ts';
import {sourceOf, useGrowth, useSpoolTick} from '../logs/use-spool.ts';
import type {Session} from '../session.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme} from '../terminal/theme.ts';
import {OUTPUT_SOURCE, scrollOf, type ViewState} from '../view-state.ts';
import {linkBanner, standWords} from '../widgets/pane-words.ts';
import {Panel} from '../widgets/panel.tsx';
import {penFor} from '../widgets/pen.ts';
import {visibleRows} from '../widgets/scroll-view.ts';
import {followedBy, ownLines} from './output-lines.ts';
import {lookupFor, placeOf, printedRange, type Subject, subjectOf} from './output-subject.ts';

export type PaneProps = {
  session: Session;
  view: StoreApi<ViewState>;
  width: number;
  height: number;
  focused: boolean;
  glyphs: Glyphs;
  theme: Theme;
  /** Epoch ms. */
  now: number;
};

const PANEL_NUMBER = 2;
/** Columns of a title row that belong to neither title nor words at its right end. */
const TITLE_FRAME = 11;
const SHORT_PLACE_MIN = 20;

export function OutputPanel({session, view, width, height, focused, glyphs, theme, now}: PaneProps) {
  const {plan, spool} = session;
  const state = useStore(session.run);
  const cursor = useStore(view, each => each.cursor);
  const scroll = useStore(view, each => scrollOf(each, OUTPUT_SOURCE));
  const paused = useStore(view, each => each.paused);
  useSpoolTick(spool);
  const columns = Math.max(0, width - 4);
  const look = useLook(view, OUTPUT_SOURCE, {theme, glyphs, width: columns});
  const rowsOf = useMemo(() => rowMaker(look), [look]);
  const fitted = useMemo(() => rowFitter(look), [look]);
  const pen = useMemo(() => penFor(theme, glyphs, columns), [theme, glyphs, columns]);
  const lookup = useMemo(() => lookupFor(plan, state.captures), [plan, state.captures]);
  const subject = useMemo(() => subjectOf(plan, state, cursor), [plan, state, cursor]);

  const printed = sourceOf(spool, OUTPUT_SOURCE)?.lines ?? 0;
  const hasPrinted = printed > 0;
  const growth = useGrowth(OUTPUT_SOURCE, printed, !scroll.follow || paused, paused);
  const own = useMemo(
    () => ownLines(subject, {plan, state, lookup, pen}, hasPrinted),
    [subject, plan, state, lookup, pen, hasPrinted],
  );
  const range = printedRange(subject, growth.total);
  const lines = followedBy(own, range, (from, count) => spool.read(OUTPUT_SOURCE, from, count));
  const banner = linkBanner({step: subject.step, running: subject.kind === 'live'}, state.links, now, pen);
  const room = Math.max(0, height - 2 - banner.length);
  const seen = visibleRows(lines, scroll, room, (raw, number) =>
    number < range.to ? rowsOf(raw, number) : fitted(raw),
  );

  const stand = {
    follow: scroll.follow,
    paused,
    unseen: growth.unseen,
    below: seen.below,
    live: subject.kind !== 'record',
  };
  const right = standWords(stand, glyphs);
  const blank = Array.from({length: Math.max(0, room - seen.rows.length)}, () => '');
  return (
    <Panel
      title={`${PANEL_NUMBER} ${shortPlace(pen.plain(titleOf(subject, state, lookup)), width - TITLE_FRAME - displayWidth(right), glyphs.ellipsis)}`}
      right={right}
      {...{width, height, focused, glyphs, theme}}
    >
      {[...seen.rows.map(row => row.text), ...blank, ...banner]}
    </Panel>
  );
}

function titleOf(subject: Subject, state: RunState, lookup: Lookup): string {
  return subject.step === undefined ? 'output' : placeOf(subject.step, state, lookup);
}

/** Of `vps:/srv/app` the ends say most: the host, and the directory itself. */
export function shortPlace(place: string, width: number, ellipsis: string): string {
  if (displayWidth(place) <= width || width < SHORT_PLACE_MIN) return place;
  const [host = ''] = /^[^:/]*:(?=\/)/.exec(place) ?? [];
  return host === '' ? place : host + cutStart(place.slice(host.length), width - displayWidth(host), ellipsis);
}
