/** The hand-over, on one screen: the note, what comes next, what is open, and the way back. */
import {useStore} from 'zustand';
import {plural} from '../../text/figures.ts';
import {cut} from '../../text/width.ts';
import type {Session} from '../session.ts';
import {type Now, useSecond} from '../terminal/clock.ts';
import {type TextWriter, textWriter} from '../widgets/themed-text.ts';
import {Frame, innerHeight, innerWidth, type OverlayStyle, scrolled} from './frame.tsx';
import {handOverLines, writtenText} from './hand-over-text.ts';

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
  const writer = textWriter(theme, glyphs, innerWidth(columns, columns));
  const room = innerHeight(style);
  const {consoleId, plan} = session;
  const shown = page(handOverLines(plan, state, handOver, {writer, at, room, consoleId}), top, room, writer);
  const title = writer.plain(
    cut(`Hand-over from ${writtenText(handOver)}`, writer.width - TITLE_SPARE, glyphs.ellipsis),
  );
  const isBad = handOver.taken === undefined;
  return (
    <Frame title={title} width={columns} border={isBad ? 'border.danger' : 'border.focused'} {...style}>
      {shown}
    </Frame>
  );
}

/** Where it is cut, the last row says so. */
function page(lines: readonly string[], top: number, room: number, writer: TextWriter): string[] {
  if (lines.length <= room) return [...lines, ...Array.from({length: room - lines.length}, () => '')];
  const {shown} = scrolled(lines, top, room - 1);
  const below = lines.length - (room - 1) - Math.min(top, lines.length - (room - 1));
  return [...shown, writer.write('key', below > 0 ? `${plural(below, 'more line')} below: j` : 'the end; k goes back')];
}
