/** The palette: an action, a signal or a step, found by a few letters of its name. */
import {cut, spread} from '../../text/width.ts';
import type {Session} from '../session.ts';
import type {Overlay} from '../view/view-state.ts';
import {penFor} from '../widgets/pen.ts';
import {chosenRow, Frame, innerHeight, innerWidth, type OverlayStyle, windowTop} from './frame.tsx';
import {paletteEntries} from './palette-entries.ts';
import {editorRow} from './prompt.tsx';

const WIDTH = 80;
const ROWS_MAX = 18;

/** Find anything by a few letters of its name. */
export function PaletteOverlay({
  overlay,
  session,
  ...style
}: OverlayStyle & {overlay: Extract<Overlay, {kind: 'palette'}>; session: Session}) {
  const {columns, glyphs, theme} = style;
  const width = innerWidth(columns, WIDTH);
  const height = Math.max(3, Math.min(ROWS_MAX, innerHeight(style) - 2));
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
    <Frame title="Find an action, a signal or a step" right={String(entries.length)} width={WIDTH} {...style}>
      {[editorRow(overlay.editor, pen), '', ...lines]}
    </Frame>
  );
}
