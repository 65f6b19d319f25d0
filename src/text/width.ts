/** Width of text in columns of a terminal: measure, cut, fill, wrap, and clean what would move the cursor. */
import sliceAnsi from 'slice-ansi';
import stringWidth from 'string-width';

/** Signs that every terminal draws in one column. Nearly all text is made of them, and to measure the rest is slow. */
const NARROW = /^[ -~\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2190-\u2198\u2500-\u257F]*$/;
const PRINTABLE_ASCII = /^[ -~]*$/;
const COLOURS = /\u001B\[[\d;:]*m/g;

/** Columns that the text takes; colour codes take none. */
export function displayWidth(text: string): number {
  const bare = text.includes('\u001B') ? text.replaceAll(COLOURS, '') : text;
  return NARROW.test(bare) ? bare.length : stringWidth(bare);
}

/** Columns of the widest text; 0 when there is none. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0);
}

/** Columns `from` up to `to` of a line that may hold colours. A wide sign at the edge that does not fit is left out. */
export function sliceColumns(line: string, from: number, to?: number): string {
  return sliceAnsi(line, from, to);
}

/** At most `width` columns of a line that may hold colours; the ellipsis shows that something was cut. */
export function cut(line: string, width: number, ellipsis = '…'): string {
  if (width <= 0) return '';
  if (displayWidth(line) <= width) return line;
  if (width <= ellipsis.length) return ellipsis.slice(0, width);
  const room = width - ellipsis.length;
  return (NARROW.test(line) ? line.slice(0, room) : sliceAnsi(line, 0, room)) + ellipsis;
}

/** Keeps the end instead of the beginning: for paths, and for what is being typed. */
export function cutStart(line: string, width: number, ellipsis = '…'): string {
  const total = displayWidth(line);
  if (width <= 0) return '';
  if (total <= width) return line;
  return ellipsis + sliceAnsi(line, total - width + ellipsis.length);
}

/** Exactly `width` columns: cut, or filled up with spaces. A wide sign that would cross the edge becomes a space. */
export function fitTo(line: string, width: number, ellipsis = '…'): string {
  const shown = cut(line, width, ellipsis);
  return shown + missing(shown, width);
}

/** The same, aligned right. */
export function fitRight(line: string, width: number, ellipsis = '…'): string {
  const shown = cut(line, width, ellipsis);
  return missing(shown, width) + shown;
}

function missing(shown: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(shown)));
}

/** `left` and `right` at the two ends of `width` columns. The right one stays whole, the left one gives way. */
export function spread(left: string, right: string, width: number, ellipsis = '…'): string {
  const rightWidth = displayWidth(right);
  if (rightWidth === 0) return fitTo(left, width, ellipsis);
  if (rightWidth + 1 >= width) return fitTo(right, width, ellipsis);
  return `${fitTo(left, width - rightWidth - 1, ellipsis)} ${right}`;
}

/**
 * Text of a document or a server for a row of known width: tabs and line ends become spaces; control signs, marks that
 * turn the reading direction, and joiners and variants that terminals measure differently are taken out.
 */
export function tame(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  return text.replace(/[\t\r\n\u2028\u2029]+/g, ' ').replace(/[\p{Cc}\p{Cf}]|[\uFE00-\uFE0F]/gu, '');
}

/**
 * Text of anybody as one line for a record: control signs become spaces, and spaces in a row become one. Joiners stay:
 * Persian and Hindi are misspelt without them, and a record does not stand in columns.
 */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, run => (/^[\u200c\u200d]+$/u.test(run) ? run : ' '))
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

/** Plain text of anybody, cut to a width. */
export function shorten(text: string, width: number): string {
  return cut(tame(oneLine(text)), width);
}

/** `shorten`, filled up to exactly that width. */
export function cell(text: string, width: number): string {
  return fitTo(tame(oneLine(text)), width);
}

/** `shorten`, filled up and aligned right. */
export function rightCell(text: string, width: number): string {
  return fitRight(tame(oneLine(text)), width);
}

/** Plain text of anybody in rows of at most `width` columns, broken at spaces; longer words are broken anywhere. */
export function wrap(text: string, width: number): string[] {
  const limit = Math.max(1, width);
  const rows: string[] = [];
  let row = '';
  for (const word of tame(text).split(/\s+/)) {
    for (const piece of pieces(word, limit)) {
      const longer = row === '' ? piece : `${row} ${piece}`;
      if (displayWidth(longer) <= limit) {
        row = longer;
        continue;
      }
      if (row !== '') rows.push(row);
      row = piece;
    }
  }
  if (row !== '') rows.push(row);
  return rows;
}

function pieces(word: string, limit: number): readonly string[] {
  if (word === '') return [];
  const cuts: string[] = [];
  let rest = word;
  while (displayWidth(rest) > limit) {
    // A sign wider than the row itself goes alone: something must come off, or this would never end.
    const piece = sliceAnsi(rest, 0, limit) || ([...rest][0] ?? rest);
    cuts.push(piece);
    rest = rest.slice(piece.length);
  }
  return rest === '' ? cuts : [...cuts, rest];
}
