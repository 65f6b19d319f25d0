/** The output panel: what runs now, or the output of the step under the cursor. It reads only the visible lines. */
import {useMemo} from 'react';
import {useStore} from 'zustand';
import type {Lookup} from '../../plan/script.ts';
import {shownLookup} from '../../run/requests/lookups.ts';
import type {RunState} from '../../run/state.ts';
import {awaitedLink} from '../../run/wording/lost-links.ts';
import {cut, cutStart, displayWidth} from '../../text/width.ts';
import {useNewestError} from '../logs/errors-by-kind.ts';
import {selectedRow, selectedWords} from '../logs/selected-rows.ts';
import {rowFitter, rowMaker} from '../logs/styled-line.ts';
import {sourceOf, useGrowth, useLook, useMatchCount, useSpoolTick} from '../logs/use-lines.ts';
import {ENDS, SIDES} from '../view/layout.ts';
import {OUTPUT_SOURCE, scrollOf} from '../view/view-state.ts';
import {
  boxBanner,
  linkBanner,
  lostLinkWords,
  matchWords,
  type Shown,
  silentSince,
  standColour,
  standWords,
  stoppedWords,
} from '../widgets/pane-words.ts';
import {Panel, type PaneProps} from '../widgets/panel.tsx';
import {visibleRows} from '../widgets/scroll-view.ts';
import {noteShownRows} from '../widgets/shown-rows.ts';
import {textWriter} from '../widgets/themed-text.ts';
import {failedHead} from './failed-head.ts';
import {followedBy, ownLines} from './output-lines.ts';
import {lacks, placeText, printedRange, type Subject, subjectOf} from './output-subject.ts';

const PANEL_NUMBER = 2;
/** Columns that the borders and spaces of a title row take. */
const TITLE_FRAME = 11;
const SHORT_PLACE_MIN = 20;

export function OutputPanel({session, view, width, height, focused, glyphs, theme}: PaneProps) {
  const {plan, spool, elsewhere} = session;
  const state = useStore(session.run);
  const cursor = useStore(view, each => each.cursor);
  const scroll = useStore(view, each => scrollOf(each, OUTPUT_SOURCE));
  const paused = useStore(view, each => each.paused);
  const anySelection = useStore(view, each => each.selection);
  const selection = anySelection?.source === OUTPUT_SOURCE ? anySelection : null;
  useSpoolTick(spool);
  const columns = Math.max(0, width - SIDES);
  const look = useLook(view, OUTPUT_SOURCE, {theme, glyphs, width: columns});
  const rowsOf = useMemo(() => rowMaker(look), [look]);
  const fitted = useMemo(() => rowFitter(look), [look]);
  const writer = useMemo(() => textWriter(theme, glyphs, columns), [theme, glyphs, columns]);
  const {captures} = state;
  const lookup = useMemo(() => shownLookup(plan, {captures}), [plan, captures]);
  const subject = useMemo(() => subjectOf(plan, state, cursor), [plan, state, cursor]);

  const lostAt = useStore(view, each => each.lost?.at);
  const observing = state.driver !== session.consoleId;
  const {lines: printed = 0, gone} = sourceOf(spool, OUTPUT_SOURCE) ?? {};
  const hasPrinted = printed > 0;
  const isMissing = elsewhere !== undefined && lacks(subject, printed);
  const growth = useGrowth(OUTPUT_SOURCE, printed, !scroll.follow || paused, paused);
  const own = useMemo(
    () => ownLines(subject, {plan, state, lookup, writer, elsewhere, lostAt, observing}, {hasPrinted, isMissing}),
    [subject, plan, state, lookup, writer, elsewhere, lostAt, observing, hasPrinted, isMissing],
  );
  const range = printedRange(subject, growth.total, gone);
  const shownStep = shownOf(subject, state);
  const since = silentSince(lostLinkWords(shownStep, state.links, glyphs), lostAt);
  const banner = [...linkBanner(shownStep, state.links, writer), ...boxBanner(state.run.box, subject.step, writer)];
  const read = (from: number, count: number) => spool.read(OUTPUT_SOURCE, from, count);
  const lines = followedBy(own, range, read);
  const logged = useNewestError(session);
  const inside = Math.max(0, height - ENDS - banner.length);
  const head = failedHead(subject, {plan, state, writer, logged, read}, inside);
  const room = Math.max(0, inside - head.length);
  const seen = visibleRows(lines, scroll, room, (raw, number) =>
    number < range.to ? rowsOf(raw, number) : fitted(raw),
  );

  noteShownRows(view, 'output', [
    ...head.map(() => undefined),
    ...seen.rows.map(({number}) => (number < range.to ? {source: OUTPUT_SOURCE, line: number} : undefined)),
  ]);
  const stand = {
    follow: scroll.follow,
    paused,
    unseen: growth.unseen,
    below: seen.below,
    live: subject.kind !== 'record',
  };
  const found = useMatchCount(spool, OUTPUT_SOURCE, look, range);
  const shown = focused || (found?.matches ?? 0) > 0 ? matchWords(look.typed, found, glyphs) : '';
  const standing = stoppedWords(selection === null ? standWords(stand, glyphs) : selectedWords(selection), since);
  const right = [shown, standing].filter(words => words !== '').join(` ${glyphs.separator} `);
  const name = writer.plain(titleOf(subject, state, lookup));
  const blank = Array.from({length: Math.max(0, room - seen.rows.length)}, () => '');
  return (
    <Panel
      title={titleBeside(name, right, {width, glyphs, isSilent: since !== undefined})}
      right={right}
      rightColour={since === undefined ? standColour(stand) : 'bad'}
      {...(banner.length > 0 ? {border: 'border.danger' as const} : {})}
      {...{width, height, focused, glyphs, theme}}
    >
      {[
        ...head,
        ...seen.rows.map(({text, number}) => selectedRow(text, number, selection, writer)),
        ...blank,
        ...banner,
      ]}
    </Panel>
  );
}

function shownOf({kind, step}: Subject, state: RunState): Shown {
  return {step, running: kind === 'live', awaits: step && awaitedLink(state, step)};
}

function titleOf(subject: Subject, state: RunState, lookup: Lookup): string {
  return subject.step === undefined ? 'output' : placeText(subject.step, state, lookup);
}

type TitleRow = Pick<PaneProps, 'width' | 'glyphs'> & {isSilent: boolean};

/** That nothing comes is worth more than the end of a name. */
function titleBeside(title: string, right: string, {width, glyphs: {ellipsis}, isSilent}: TitleRow): string {
  const room = width - TITLE_FRAME - displayWidth(right);
  const place = shortPlace(title, room, ellipsis);
  return `${PANEL_NUMBER} ${isSilent ? cut(place, room, ellipsis) : place}`;
}

/** Shortens `vps:/srv/a/b/app` in the middle and keeps the host and the last directories. */
export function shortPlace(place: string, width: number, ellipsis: string): string {
  if (displayWidth(place) <= width || width < SHORT_PLACE_MIN) return place;
  const [host = ''] = /^[^:/]*:(?=\/)/.exec(place) ?? [];
  return host === '' ? place : host + cutStart(place.slice(host.length), width - displayWidth(host), ellipsis);
}
