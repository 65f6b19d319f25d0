/** The palette: an action, a signal or a step, found by a few letters of its name. */
import {asciiOnly} from '../../text/ascii.ts';
import {cut, fitTo, spread, tame} from '../../text/width.ts';
import type {Session} from '../session.ts';
import {paintSelected} from '../terminal/theme.ts';
import type {Overlay} from '../view/view-state.ts';
import {Frame, innerHeight, innerWidth, type OverlayStyle} from './frame.tsx';
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
  const top = Math.max(0, Math.min(overlay.selected - Math.floor(height / 2), entries.length - height));
  const lines = entries.slice(top, top + height).map((entry, index) => {
    const chosen = top + index === overlay.selected;
    const label = glyphs.ascii ? asciiOnly(tame(entry.label)) : tame(entry.label);
    const text = theme.paint(chosen ? 'title' : 'text', cut(label, width - 14, glyphs.ellipsis));
    const right = theme.paint(entry.kind === 'action' ? 'key' : 'muted', entry.right);
    const row = spread(`${theme.paint('accent', chosen ? glyphs.cursor : ' ')} ${text}`, right, width, glyphs.ellipsis);
    return chosen ? paintSelected(theme, fitTo(row, width, glyphs.ellipsis)) : row;
  });
  if (entries.length === 0) lines.push(theme.paint('muted', 'nothing is called that'));
  while (lines.length < height) lines.push('');
  return (
    <Frame title="Find an action, a signal or a step" right={String(entries.length)} width={WIDTH} {...style}>
      {[editorRow(overlay.editor, width, glyphs, theme), '', ...lines]}
    </Frame>
  );
}
