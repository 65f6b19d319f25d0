/** Draws the open overlay, by its kind. The smaller overlays are in this file. */

import {useState} from 'react';
import {useStore} from 'zustand';
import type {StoreApi} from 'zustand/vanilla';
import {unreachable} from '../../plan/plan.ts';
import {rollbackHeadline} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {cut, spread} from '../../text/width.ts';
import {sampleList, sampleRow} from '../charts/sample-list.ts';
import {newestErrors} from '../logs/newest-errors.ts';
import {trippedValues} from '../rules/tripped-values.ts';
import type {Session} from '../session.ts';
import {type Now, useSecond} from '../terminal/clock.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {Overlay} from '../view/overlay-state.ts';
import type {ReviewView} from '../view/review-view.ts';
import type {ViewState} from '../view/view-state.ts';
import {type Pen, penFor} from '../widgets/pen.ts';
import {AssumedOverlay} from './assumed.tsx';
import {chosenRow, Frame, innerHeight, innerWidth, type OverlayStyle, scrolled, windowTop} from './frame.tsx';
import {HandOverOverlay} from './hand-over.tsx';
import {HelpOverlay, ReviewHelp} from './help.tsx';
import {HostsOverlay} from './hosts.tsx';
import {IncidentOverlay} from './incident.tsx';
import {paletteEntries} from './palette-entries.ts';
import {editorRow, PromptOverlay} from './prompt.tsx';
import {AlikeOverlay, PlaceOverlay} from './review-overlays.tsx';
import {rollbackLines} from './rollback-text.ts';
import {SignOffOverlay} from './sign-off.tsx';
import {whyRollBack} from './why-roll-back.ts';

type OverlaysProps = OverlayStyle & {overlay: Overlay; session: Session; view: StoreApi<ViewState>; now: Now};

/** The open overlay. The review is a screen of its own, so only what lies over it is an overlay. */
export function Overlays({overlay, session, view, now, ...style}: OverlaysProps) {
  switch (overlay.kind) {
    case 'help':
      return <HelpOverlay overlay={overlay} {...style} />;
    case 'incident':
      return <IncidentOverlay top={overlay.top} session={session} now={now} {...style} />;
    case 'hand-over':
      return <HandOverOverlay top={overlay.top} session={session} now={now} {...style} />;
    case 'sign-off':
      return <SignOffOverlay overlay={overlay} {...style} />;
    case 'palette':
      return <PaletteOverlay overlay={overlay} session={session} view={view} {...style} />;
    case 'prompt':
      return <PromptOverlay overlay={overlay} {...style} />;
    case 'menu':
      return <MenuOverlay overlay={overlay} session={session} {...style} />;
    case 'review':
      return <OverReview review={overlay} session={session} {...style} />;
    case 'assumed':
      return <AssumedOverlay overlay={overlay} session={session} {...style} />;
    case 'rollback':
      return <RollbackOverlay top={overlay.top} session={session} now={now} {...style} />;
    case 'samples':
      return <SamplesOverlay overlay={overlay} session={session} {...style} />;
    case 'hosts':
      return <HostsOverlay overlay={overlay} session={session} {...style} />;
    default:
      return unreachable(overlay);
  }
}

function OverReview({review, session, ...style}: OverlayStyle & {review: ReviewView; session: Session}) {
  const {over} = review;
  switch (over?.kind) {
    case 'help':
      return <ReviewHelp top={over.top} {...style} />;
    case 'alike':
      return <AlikeOverlay top={over.top} review={review} session={session} {...style} />;
    case 'place':
      return <PlaceOverlay over={over} review={review} session={session} {...style} />;
    default:
      // What is being typed stands in the last row.
      return null;
  }
}

const MENU_WIDTH = 72;

/** A question that is answered by picking. The key before an item picks it at once. */
function MenuOverlay({
  overlay,
  session,
  ...style
}: OverlayStyle & {overlay: Extract<Overlay, {kind: 'menu'}>; session: Session}) {
  const {menu, selected} = overlay;
  const {tripped} = menu;
  const live = useStore(session.run, state => (tripped ? trippedValues(session.plan, state, tripped) : ''));
  const pen = penFor(style.theme, style.glyphs, innerWidth(style.columns, MENU_WIDTH));
  const items = menu.items.map(({label, key}, index) => {
    const chosen = index === selected;
    const text = cut(pen.plain(label), pen.width - 6, pen.glyphs.ellipsis);
    const row = `${pen.write('key', (key ?? ' ').padEnd(2))} ${pen.write(chosen ? 'title' : 'text', text)}`;
    return chosenRow(row, chosen, pen);
  });
  // The first line of an alarm says what is wrong.
  const tokenOf = (index: number) => (!menu.danger ? 'muted' : index === 0 ? 'bad' : 'text');
  const lines = menu.lines.flatMap((line, index): [ThemeToken, string][] => [
    [tokenOf(index), line],
    ...(index === 0 && live !== '' ? [['title', live] as [ThemeToken, string]] : []),
    ...(index === 0 && menu.error !== undefined ? [['log.error', menu.error] as [ThemeToken, string]] : []),
  ]);
  const shown = fittingRows(lines, pen, innerHeight(style) - items.length - 1);
  return (
    <Frame
      title={pen.plain(menu.title)}
      width={MENU_WIDTH}
      {...(menu.danger ? {border: 'border.danger' as const} : {})}
      {...style}
    >
      {[...shown, ...(shown.length > 0 ? [''] : []), ...items]}
    </Frame>
  );
}

/**
 * What is picked from stays whole, and what decides stands first: where there is no room for all of every text, each has
 * one row; where there is none for that either, the last ones are left out.
 */
function fittingRows(lines: readonly [ThemeToken, string][], pen: Pen, room: number): string[] {
  const whole = lines.flatMap(([token, text]) => pen.rows(token, text));
  if (whole.length <= room) return whole;
  return lines
    .filter(([, text]) => text !== '')
    .slice(0, Math.max(0, room))
    .map(([token, text]) => pen.write(token, cut(pen.plain(text), pen.width, pen.glyphs.ellipsis)));
}

const ROLLBACK_WIDTH = 96;

/** The rollback: countdown, exact commands, progress of each step, and result. */
function RollbackOverlay({session, top, now, ...style}: OverlayStyle & {session: Session; top: number; now: Now}) {
  const {columns, glyphs, theme} = style;
  const state = useStore(session.run);
  const at = useSecond(now);
  const pen = penFor(theme, glyphs, innerWidth(columns, ROLLBACK_WIDTH));
  const [lastError] = useState(() => newestErrors(session.spool, 1)[0]);
  const lines = rollbackLines(session.plan, state, pen, at, whyRollBack(session.plan, state, lastError, pen));
  const {shown, right} = scrolled(lines, top, innerHeight(style));
  return (
    <Frame title={titleOf(state)} right={right} width={ROLLBACK_WIDTH} border={borderOf(state)} {...style}>
      {shown}
    </Frame>
  );
}

function titleOf({rollback}: RunState): string {
  if (rollback.status === 'counting') return 'ROLL BACK?';
  if (rollback.status !== 'finished') return 'ROLLBACK';
  return rollbackHeadline(rollback);
}

function borderOf({rollback}: RunState): ThemeToken {
  return rollback.status === 'finished' && rollback.result === 'rolled-back' ? 'border.focused' : 'border.danger';
}

/** The samples behind a chart, newest first; Enter shows the log lines of that second. */
function SamplesOverlay({
  overlay,
  session,
  ...style
}: OverlayStyle & {overlay: Extract<Overlay, {kind: 'samples'}>; session: Session}) {
  const {columns, glyphs, theme} = style;
  const {plan} = session;
  const state = useStore(session.run);
  const width = innerWidth(columns, columns);
  const pen = penFor(theme, glyphs, width);
  const narrow = penFor(theme, glyphs, width - 2);
  const {signal, at} = overlay;
  const samples = sampleList(state, signal);
  const found = at === null ? 0 : samples.findIndex(sample => sample.at <= at);
  const selected = found < 0 ? samples.length - 1 : found;
  const source = plan.signals?.[signal]?.what;
  const head = source === undefined ? [] : [pen.write('muted', source), ''];
  const height = innerHeight(style) - head.length;
  const top = windowTop(selected, samples.length, height);
  const lines = samples
    .slice(top, top + height)
    .map((sample, index) => chosenRow(sampleRow(plan, state, sample, narrow), top + index === selected, pen));
  if (lines.length === 0) lines.push(pen.write('muted', 'nothing has been measured yet'));
  while (lines.length < height) lines.push('');
  const failed = samples.filter(({error}) => error !== undefined).length;
  const count = `${samples.length} samples${failed === 0 ? '' : `, ${failed} failed`}`;
  return (
    <Frame title={`Samples of ${pen.plain(signal)}`} right={count} width={columns} {...style}>
      {[...head, ...lines]}
    </Frame>
  );
}

const PALETTE_WIDTH = 80;
const PALETTE_ROWS_MAX = 18;

/** Whatever has a name, found by a few letters of it. */
function PaletteOverlay({
  overlay,
  session,
  view,
  ...style
}: OverlayStyle & Pick<OverlaysProps, 'session' | 'view'> & {overlay: Extract<Overlay, {kind: 'palette'}>}) {
  const {columns, glyphs, theme} = style;
  const width = innerWidth(columns, PALETTE_WIDTH);
  const height = Math.max(3, Math.min(PALETTE_ROWS_MAX, innerHeight(style) - 2));
  const settings = useStore(view, each => each.settings);
  const times = useStore(view, each => each.times);
  const entries = paletteEntries(session, {settings, times}, overlay.editor.text);
  const pen = penFor(theme, glyphs, width);
  const top = windowTop(overlay.selected, entries.length, height);
  const lines = entries.slice(top, top + height).map((entry, index) => {
    const chosen = top + index === overlay.selected;
    const label = pen.write(chosen ? 'title' : 'text', cut(pen.plain(entry.label), width - 14, glyphs.ellipsis));
    const right = theme.paint(entry.kind === 'action' ? 'key' : 'muted', entry.right);
    return chosenRow(spread(label, right, width - 2, glyphs.ellipsis), chosen, pen);
  });
  if (entries.length === 0) lines.push(theme.paint('muted', 'nothing is called that'));
  while (lines.length < height) lines.push('');
  return (
    <Frame
      title="Find an action, a log, a signal, a setting or a step"
      right={String(entries.length)}
      width={PALETTE_WIDTH}
      {...style}
    >
      {[editorRow(overlay.editor, pen), '', ...lines]}
    </Frame>
  );
}
