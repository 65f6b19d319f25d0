/** Draws the open overlay, by its kind. The smaller overlays are in this file. */
import {useStore} from 'zustand';
import {unreachable} from '../../plan/plan.ts';
import {rollbackHeadline} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {cut, fitTo, spread, wrap} from '../../text/width.ts';
import {sampleList, sampleRow} from '../charts/sample-list.ts';
import {marginLegend} from '../review/margin.ts';
import type {Session} from '../session.ts';
import {type Now, useSecond} from '../terminal/clock.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';
import {KEY_GROUPS, KEYS, type KeyBinding, keyLabels} from '../view/keymap.ts';
import type {Overlay} from '../view/overlay-state.ts';
import {type KeyEntry, REVIEW_KEYS} from '../view/review-keys.ts';
import type {ReviewView} from '../view/review-view.ts';
import {penFor} from '../widgets/pen.ts';
import {AssumedOverlay} from './assumed.tsx';
import {chosenRow, Frame, innerHeight, innerWidth, type OverlayStyle, scrolled, windowTop} from './frame.tsx';
import {IncidentOverlay} from './incident.tsx';
import {AlikeOverlay, PlaceOverlay} from './over-review.tsx';
import {paletteEntries} from './palette-entries.ts';
import {editorRow, PromptOverlay} from './prompt.tsx';
import {rollbackLines} from './rollback-text.ts';

type OverlaysProps = OverlayStyle & {overlay: Overlay; session: Session; now: Now};

/** The open overlay. The review is a screen of its own, so only what lies over it is an overlay. */
export function Overlays({overlay, session, now, ...style}: OverlaysProps) {
  switch (overlay.kind) {
    case 'help':
      return <HelpOverlay top={overlay.top} {...style} />;
    case 'incident':
      return <IncidentOverlay top={overlay.top} session={session} now={now} {...style} />;
    case 'palette':
      return <PaletteOverlay overlay={overlay} session={session} {...style} />;
    case 'prompt':
      return <PromptOverlay overlay={overlay} {...style} />;
    case 'menu':
      return <MenuOverlay overlay={overlay} {...style} />;
    case 'review':
      return <OverReview review={overlay} session={session} {...style} />;
    case 'assumed':
      return <AssumedOverlay overlay={overlay} session={session} {...style} />;
    case 'rollback':
      return <RollbackOverlay top={overlay.top} session={session} now={now} {...style} />;
    case 'samples':
      return <SamplesOverlay overlay={overlay} session={session} {...style} />;
    default:
      return unreachable(overlay);
  }
}

function OverReview({review, session, ...style}: OverlayStyle & {review: ReviewView; session: Session}) {
  const {over} = review;
  switch (over?.kind) {
    case 'help':
      return <HelpOverlay top={over.top} isOfReview {...style} />;
    case 'alike':
      return <AlikeOverlay top={over.top} review={review} session={session} {...style} />;
    case 'place':
      return <PlaceOverlay over={over} review={review} session={session} {...style} />;
    default:
      // What is being typed stands in the last row.
      return null;
  }
}

const HELP_WIDTH = 96;
const KEY_WIDTH = 20;

/** The table of keys; in the review only the keys of the review. */
function HelpOverlay({top, isOfReview = false, ...style}: OverlayStyle & {top: number; isOfReview?: boolean}) {
  const {columns, glyphs, theme} = style;
  const width = innerWidth(columns, HELP_WIDTH);
  const rows = (keys: readonly HelpKey[]) => keys.flatMap(key => keyRows(key, width, glyphs.ellipsis, theme));
  const own = KEY_GROUPS.flatMap(group => [
    theme.paint('title', group),
    ...rows(KEYS.filter(key => key.group === group)),
    '',
  ]);
  const legend = marginLegend(glyphs).map(
    ({sign, token, words}) =>
      `${theme.paint(token, fitTo(sign, KEY_WIDTH))} ${theme.paint('text', penFor(theme, glyphs, width).plain(words))}`,
  );
  const signs = isOfReview ? [theme.paint('title', 'Signs in the margin'), ...legend, ''] : [];
  const words = GLOSSARY.flatMap(([word, means]) => helpRows(word, means, width, glyphs.ellipsis, theme));
  const glossary = isOfReview ? [] : ['', theme.paint('title', 'Words of the verdicts'), ...words];
  const lines = [...(isOfReview ? signs : own), theme.paint('title', 'Review'), ...rows(REVIEW_KEYS), ...glossary];
  const {shown, right} = scrolled(lines, top, innerHeight(style));
  return (
    <Frame title="Keys" right={right} width={HELP_WIDTH} {...style}>
      {shown}
    </Frame>
  );
}

type HelpKey = KeyEntry & Pick<KeyBinding, 'where'>;

function keyRows(key: HelpKey, width: number, ellipsis: string, theme: Theme): string[] {
  const where = key.where ? ` (${key.where.join(', ')})` : '';
  return helpRows(keyLabels(key), key.help + where, width, ellipsis, theme);
}

function helpRows(name: string, text: string, width: number, ellipsis: string, theme: Theme): string[] {
  const named = theme.paint('key', fitTo(name, KEY_WIDTH, ellipsis));
  return wrap(text, width - KEY_WIDTH - 1).map(
    (row, index) => `${index === 0 ? named : ' '.repeat(KEY_WIDTH)} ${theme.paint('text', row)}`,
  );
}

const GLOSSARY: readonly (readonly [word: string, means: string])[] = [
  ['not measured', 'nothing measures it: the bindings tie no probe to the rule (blind)'],
  ['not judged', 'before the deploy, after a rollback, or outside its hours (disarmed)'],
  ['measuring', 'too few readings for a verdict yet (warming)'],
  ['ok', 'within its bound'],
  ['watch', 'past its target, short of its limit, or not sure on which side: a person decides (grey)'],
  ['past limit', 'but not yet as many times in a row as it takes: 2 of 3 (breached)'],
  ['TRIPPED', 'past its limit often enough: a rollback trigger then holds the run'],
  ['(rollback >1500)', 'a limit past which the checklist asks for the rollback; (alert >80): for a look'],
  ['READY 4/6', 'of 6 parts of the rollback, 4 were proved on their hosts'],
];

const MENU_WIDTH = 72;

/** A question that is answered by picking. The key before an item picks it at once. */
function MenuOverlay({overlay, ...style}: OverlayStyle & {overlay: Extract<Overlay, {kind: 'menu'}>}) {
  const {menu, selected} = overlay;
  const pen = penFor(style.theme, style.glyphs, innerWidth(style.columns, MENU_WIDTH));
  const items = menu.items.map(({label, key}, index) => {
    const chosen = index === selected;
    const text = cut(pen.plain(label), pen.width - 6, pen.glyphs.ellipsis);
    const row = `${pen.write('key', (key ?? ' ').padEnd(2))} ${pen.write(chosen ? 'title' : 'text', text)}`;
    return chosenRow(row, chosen, pen);
  });
  // The first line of an alarm says what is wrong.
  const tokenOf = (index: number) => (!menu.danger ? 'muted' : index === 0 ? 'bad' : 'text');
  const lines = menu.lines.flatMap((line, index) => pen.rows(tokenOf(index), line));
  return (
    <Frame
      title={pen.plain(menu.title)}
      width={MENU_WIDTH}
      {...(menu.danger ? {border: 'border.danger' as const} : {})}
      {...style}
    >
      {[...lines, ...(lines.length > 0 ? [''] : []), ...items]}
    </Frame>
  );
}

const ROLLBACK_WIDTH = 96;

/** The rollback: countdown, exact commands, progress of each step, and result. */
function RollbackOverlay({session, top, now, ...style}: OverlayStyle & {session: Session; top: number; now: Now}) {
  const {columns, glyphs, theme} = style;
  const state = useStore(session.run);
  const at = useSecond(now);
  const pen = penFor(theme, glyphs, innerWidth(columns, ROLLBACK_WIDTH));
  const lines = rollbackLines(session.plan, state, pen, at);
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

/** An action, a signal or a step, found by a few letters of its name. */
function PaletteOverlay({
  overlay,
  session,
  ...style
}: OverlayStyle & {overlay: Extract<Overlay, {kind: 'palette'}>; session: Session}) {
  const {columns, glyphs, theme} = style;
  const width = innerWidth(columns, PALETTE_WIDTH);
  const height = Math.max(3, Math.min(PALETTE_ROWS_MAX, innerHeight(style) - 2));
  const entries = paletteEntries(session.plan, session.run.getState(), overlay.editor.text);
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
    <Frame title="Find an action, a signal or a step" right={String(entries.length)} width={PALETTE_WIDTH} {...style}>
      {[editorRow(overlay.editor, pen), '', ...lines]}
    </Frame>
  );
}
