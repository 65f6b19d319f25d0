/** One row over the whole width: what nobody may miss, and the keys that help. Pure. */
import {displayWidth, spread} from '../../text/width.ts';
import type {Session} from '../session.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {Pen} from '../widgets/pen.ts';

/** The text at the left, the useful keys at the right. */
export function bar(token: ThemeToken, text: string, keys: string, {theme, glyphs, width, plain}: Pen): string {
  return theme.paint(token, spread(plain(` ${glyphs.alert} ${text}`), plain(keys), width, glyphs.ellipsis));
}

/** The first pair that fits whole; else the first text, cut, with the first keys that leave it half of the row. */
export function fittingBar(token: ThemeToken, texts: readonly string[], keys: readonly string[], pen: Pen): string {
  const pairs = texts.flatMap(text => keys.map(key => [text, key] as const));
  const least = keys.find(key => displayWidth(key) < pen.width / 2) ?? '';
  const widthOf = (text: string) => displayWidth(pen.plain(text));
  const [text, key] = pairs.find(([text, key]) => widthOf(text) + widthOf(key) + 4 <= pen.width) ?? [texts[0], least];
  return bar(token, text ?? '', key, pen);
}

export type RowProps = {session: Session; pen: Pen};

/** With fewer columns the cause needs those of the step's title, and the way back is its key alone. */
export const WIDE_MIN = 100;

/** A name cut shorter than this says nothing. */
export const NAME_ROOM_MIN = 20;
