/** Draws the open overlay, by its kind. The smaller overlays are in this file. */

import {useStore} from 'zustand';
import type {StoreApi} from 'zustand/vanilla';
import {unreachable} from '../../plan/plan.ts';
import {cut, spread} from '../../text/width.ts';
import {sampleList, sampleRow} from '../charts/sample-list.ts';
import type {Session} from '../session.ts';
import type {Now} from '../terminal/clock.ts';
import type {Overlay} from '../view/overlay-state.ts';
import type {ReviewView} from '../view/review-view.ts';
import type {ViewState} from '../view/view-state.ts';
import {textWriter} from '../widgets/themed-text.ts';
import {AssumedOverlay} from './assumed.tsx';
import {chosenRow, Frame, innerHeight, innerWidth, type OverlayStyle, windowTop} from './frame.tsx';
import {HandOverOverlay} from './hand-over.tsx';
import {HelpOverlay, ReviewHelp} from './help.tsx';
import {HostsOverlay} from './hosts.tsx';
import {IncidentOverlay} from './incident.tsx';
import {MenuOverlay} from './menu.tsx';
import {paletteEntries} from './palette-entries.ts';
import {editorRow, PromptOverlay} from './prompt.tsx';
import {AlikeOverlay, PlaceOverlay} from './review-overlays.tsx';
import {RollbackOverlay} from './rollback.tsx';
import {SignOffOverlay} from './sign-off.tsx';

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
  const writer = textWriter(theme, glyphs, width);
  const narrow = textWriter(theme, glyphs, width - 2);
  const {signal, at} = overlay;
  const samples = sampleList(state, signal);
  const found = at === null ? 0 : samples.findIndex(sample => sample.at <= at);
  const selected = found < 0 ? samples.length - 1 : found;
  const source = plan.signals?.[signal]?.what;
  const head = source === undefined ? [] : [writer.write('muted', source), ''];
  const height = innerHeight(style) - head.length;
  const top = windowTop(selected, samples.length, height);
  const lines = samples
    .slice(top, top + height)
    .map((sample, index) => chosenRow(sampleRow(plan, state, sample, narrow), top + index === selected, writer));
  if (lines.length === 0) lines.push(writer.write('muted', 'nothing has been measured yet'));
  while (lines.length < height) lines.push('');
  const failed = samples.filter(({error}) => error !== undefined).length;
  const count = `${samples.length} samples${failed === 0 ? '' : `, ${failed} failed`}`;
  return (
    <Frame title={`Samples of ${writer.plain(signal)}`} right={count} width={columns} {...style}>
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
  const writer = textWriter(theme, glyphs, width);
  const top = windowTop(overlay.selected, entries.length, height);
  const lines = entries.slice(top, top + height).map((entry, index) => {
    const chosen = top + index === overlay.selected;
    const label = writer.write(chosen ? 'title' : 'text', cut(writer.plain(entry.label), width - 14, glyphs.ellipsis));
    const right = theme.paint(entry.kind === 'action' ? 'key' : 'muted', entry.right);
    return chosenRow(spread(label, right, width - 2, glyphs.ellipsis), chosen, writer);
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
      {[editorRow(overlay.editor, writer), '', ...lines]}
    </Frame>
  );
}
