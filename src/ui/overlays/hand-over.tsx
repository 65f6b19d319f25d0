/** The hand-over, on one screen: what comes next, what is open, what to look at, and the way back. */
import {useStore} from 'zustand';
import {cut} from '../../text/width.ts';
import {mayTake} from '../questions/hand-overs.ts';
import type {Session} from '../session.ts';
import {type Now, useSecond} from '../terminal/clock.ts';
import {penFor} from '../widgets/pen.ts';
import {Frame, innerHeight, innerWidth, type OverlayStyle, scrolled} from './frame.tsx';
import {handOverLines, writtenText} from './hand-over-text.ts';

/** The row of keys, and the blank row above it. */
const KEY_ROWS = 2;
const TICK_MS = 5000;
/** Blanks and lines between the title and what stands at its right. */
const TITLE_SPARE = 8;

export function HandOverOverlay({
  top,
  session,
  now,
  ...style
}: OverlayStyle & {top: number; session: Session; now: Now}) {
  const {columns, glyphs, theme} = style;
  const state = useStore(session.run);
  const at = useSecond(now, true, TICK_MS);
  const {handOver} = state;
  if (handOver === undefined) return null;
  const pen = penFor(theme, glyphs, innerWidth(columns, columns));
  const room = Math.max(1, innerHeight(style) - KEY_ROWS);
  const {shown, right} = scrolled(handOverLines(session.plan, state, handOver, {pen, at, room}), top, room);
  while (shown.length < room) shown.push('');
  const dot = ` ${glyphs.separator} `;
  const keys = mayTake(session)
    ? ['Enter I have read it and take over', 'Esc later', 'R roll back', 'j k scroll']
    : ['Esc closes this', 'R roll back', 'j k scroll'];
  const title = pen.plain(
    cut(`Hand-over from ${writtenText(handOver, at)}`, pen.width - right.length - TITLE_SPARE, glyphs.ellipsis),
  );
  const isBad = handOver.taken === undefined;
  return (
    <Frame title={title} right={right} width={columns} border={isBad ? 'border.danger' : 'border.focused'} {...style}>
      {[...shown, '', theme.paint('key', cut(keys.join(dot), pen.width, glyphs.ellipsis))]}
    </Frame>
  );
}
