/** Writes the console's own words: in theme colours, without control characters, in ASCII where needed. */
import {asciiOnly} from '../../text/ascii.ts';
import {cut, tame, wrap} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';

export type TextWriter = {
  theme: Theme;
  glyphs: Glyphs;
  /** Number of columns to write on. */
  width: number;
  write(token: ThemeToken, text: string): string;
  /** The text without colour, for callers that colour it themselves. */
  plain(text: string): string;
  /** The text in as many rows as it needs, each with `indent` before it. */
  rows(token: ThemeToken, text: string, indent?: string): string[];
  /** The text in at most so many rows; the last one ends with an ellipsis where there is more of it. */
  rowsWithin(token: ThemeToken, text: string, most: number): string[];
  /** `── next ─────────`, over the whole width. */
  rule(title: string): string;
};

/** For rows that are measured and not shown: colours take no columns. */
export const COLOURLESS: Theme = {name: 'none', depth: 'none', paint: (_, text) => text, page: ''};

export function textWriter(theme: Theme, glyphs: Glyphs, width: number): TextWriter {
  const plain = (text: string) => plainFor(text, glyphs);
  const write = (token: ThemeToken, text: string) => theme.paint(token, plain(text));
  return {
    theme,
    glyphs,
    width,
    write,
    plain,
    rows: (token, text, indent = '') =>
      wrap(plain(text), width - indent.length).map(row => indent + theme.paint(token, row)),
    rowsWithin: (token, text, most) => {
      const rows = wrap(plain(text), width);
      const last = rows.length > most ? [cut(rows.splice(most - 1).join(' '), width, glyphs.ellipsis)] : [];
      return [...rows, ...last].map(row => theme.paint(token, row));
    },
    rule: title => {
      const tail = glyphs.horizontal.repeat(Math.max(0, width - title.length - 4));
      return `${write('border', glyphs.horizontal.repeat(2))} ${write('accent', title)} ${write('border', tail)}`;
    },
  };
}

/** Any text without characters that move the cursor, and in ASCII where the terminal needs it. */
export function plainFor(text: string, {ascii}: Glyphs): string {
  return ascii ? asciiOnly(tame(text)) : tame(text);
}
