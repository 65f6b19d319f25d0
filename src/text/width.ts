/** Width of text in terminal columns: measure, cut, fill, wrap, and remove what would move the cursor. */
import sliceAnsi from 'slice-ansi';
import stringWidth from 'string-width';
import {NARROW} from './graphemes.ts';
import {evenSigns} from './uneven-signs.ts';

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

/** Columns `from` up to `to` of a line that may hold colours. A wide character that crosses an edge is left out. */
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

/** Cuts the beginning and keeps the end: for paths, and for text that is being typed. */
export function cutStart(line: string, width: number, ellipsis = '…'): string {
  const total = displayWidth(line);
  if (width <= 0) return '';
  if (total <= width) return line;
  return ellipsis + sliceAnsi(line, total - width + ellipsis.length);
}

/** Exactly `width` columns: cut, or filled with spaces. A wide character that would cross the edge becomes a space. */
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

/** `left` and `right` at the two ends of `width` columns. Only `left` is cut where there is too little room. */
export function spread(left: string, right: string, width: number, ellipsis = '…'): string {
  const rightWidth = displayWidth(right);
  if (rightWidth === 0) return fitTo(left, width, ellipsis);
  if (rightWidth + 1 >= width) return fitTo(right, width, ellipsis);
  return `${fitTo(left, width - rightWidth - 1, ellipsis)} ${right}`;
}

/**
 * Makes text of a document or a server fit for a row of known width: tabs and line ends become spaces. Control
 * characters, direction marks, joiners and variant selectors are removed, because terminals measure them differently.
 */
export function tame(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  return evenSigns(text.replace(/[\t\r\n\u2028\u2029]+/g, ' ').replace(/[\p{Cc}\p{Cf}]|[\uFE00-\uFE0F]/gu, ''));
}

/**
 * Makes any text one line for a record: control characters become spaces, and several spaces become one. Joiners stay:
 * Persian and Hindi are misspelt without them, and a record has no columns.
 */
export function oneLine(text: string): string {
  const tamed = PRINTABLE_ASCII.test(text)
    ? text
    : text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, run => (/^[\u200c\u200d]+$/u.test(run) ? run : ' '));
  return tamed.replaceAll(/ {2,}/g, ' ').trim();
}

/** Any text as one plain line, cut to a width. */
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

/** Any text in rows of at most `width` columns, broken at spaces. A word that is too long is broken anywhere. */
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
    // A character wider than the row gets a row of its own: otherwise this loop would never end.
    const piece = sliceAnsi(rest, 0, limit) || ([...rest][0] ?? rest);
    cuts.push(piece);
    rest = rest.slice(piece.length);
  }
  return rest === '' ? cuts : [...cuts, rest];
}
