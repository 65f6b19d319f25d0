/** A question that is answered by picking one of a few. */
import {asciiOnly} from '../../text/ascii.ts';
import {cut, fitTo, tame, wrap} from '../../text/width.ts';
import {paintSelected} from '../terminal/theme.ts';
import type {Overlay} from '../view/view-state.ts';
import {Frame, innerWidth, type OverlayStyle} from './frame.tsx';

const WIDTH = 72;

/** A question answered by picking; the letter in front picks at once. */
export function MenuOverlay({overlay, ...style}: OverlayStyle & {overlay: Extract<Overlay, {kind: 'menu'}>}) {
  const {columns, glyphs, theme} = style;
  const {menu, selected} = overlay;
  const width = innerWidth(columns, WIDTH);
  const clean = (text: string) => (glyphs.ascii ? asciiOnly(tame(text)) : tame(text));
  const items = menu.items.map(({label, key}, index) => {
    const chosen = index === selected;
    const mark = theme.paint('accent', chosen ? glyphs.cursor : ' ');
    const text = theme.paint(chosen ? 'title' : 'text', cut(clean(label), width - 6, glyphs.ellipsis));
    const row = `${mark} ${theme.paint('key', (key ?? ' ').padEnd(2))} ${text}`;
    return chosen ? paintSelected(theme, fitTo(row, width, glyphs.ellipsis)) : row;
  });
  const lines = menu.lines
    .flatMap(line => wrap(clean(line), width))
    .map(line => theme.paint(menu.danger ? 'text' : 'muted', line));
  return (
    <Frame
      title={clean(menu.title)}
      width={WIDTH}
      {...(menu.danger ? {border: 'border.danger' as const} : {})}
      {...style}
    >
      {[...lines, ...(lines.length > 0 ? [''] : []), ...items]}
    </Frame>
  );
}
