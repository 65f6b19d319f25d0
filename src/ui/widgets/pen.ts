/** Writes the console's own words among log text: in theme colours, tamed, in ASCII where it must be. */
import {asciiOnly} from '../../text/ascii.ts';
import {tame} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';

export type Pen = {
  theme: Theme;
  glyphs: Glyphs;
  /** Columns there are to write on. */
  width: number;
  write(token: ThemeToken, text: string): string;
  /** For places that colour it themselves. */
  plain(text: string): string;
  /** `── next ─────────`, over the whole width. */
  rule(title: string): string;
};

export function penFor(theme: Theme, glyphs: Glyphs, width: number): Pen {
  const plain = (text: string) => (glyphs.ascii ? asciiOnly(tame(text)) : tame(text));
  const write = (token: ThemeToken, text: string) => theme.paint(token, plain(text));
  return {
    theme,
    glyphs,
    width,
    write,
    plain,
    rule: title => {
      const tail = glyphs.horizontal.repeat(Math.max(0, width - title.length - 4));
      return `${write('border', glyphs.horizontal.repeat(2))} ${write('accent', title)} ${write('border', tail)}`;
    },
  };
}
