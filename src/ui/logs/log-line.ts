/** Makes one line of log text fit for one row of the screen. Log text is untrusted, so only colours are kept. */
import {graphemes} from '../../text/graphemes.ts';
import type {Pattern} from '../../text/pattern.ts';
import {evenSigns} from '../../text/uneven-signs.ts';
import {displayWidth, sliceColumns} from '../../text/width.ts';

export type Paint = (text: string) => string;

/** A longer line is cut before it is measured; nobody scrolls further to the right. */
export const LINE_LENGTH_MAX = 1000;
const TAB_STOP = 8;

const plainAscii = /^[\x20-\x7e]*$/;
// Longest forms first: string sequences (OSC, DCS, APC, PM, SOS) up to their end, CSI, then two-character escapes.
const escapeSequence =
  /\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)|(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*(?:[\x40-\x7e]|$)|\x1b[\x20-\x2f]*[\x30-\x7e]?|[\x90\x98\x9d-\x9f][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)/g;
const colourSequence = /^\x1b\[[0-9;:]*m$/;
const colourSequences = /\x1b\[[0-9;:]*m/g;
// C0, DEL, C1, line separators, marks that turn the reading direction of what follows, and joiners and variants that
// terminals measure differently.
const invisible =
  /[\x00-\x08\x0a-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ufe00-\ufe0f]/gu;

/**
 * Text with no control character and no escape sequence but colours: `\r` progress keeps what was written last, tabs
 * become spaces, blinking and hidden text become plain.
 */
export function cleanLine(raw: string): string {
  if (raw.length <= LINE_LENGTH_MAX && plainAscii.test(raw)) return raw;
  const written = afterLastReturn(raw);
  const short = written.length > LINE_LENGTH_MAX * 4 ? written.slice(0, LINE_LENGTH_MAX * 4) : written;
  const coloured = short
    .replace(escapeSequence, sequence => (colourSequence.test(sequence) ? harmless(sequence) : ''))
    .replace(invisible, '');
  const even = evenSigns(coloured);
  return capped(even.includes('\t') ? expandTabs(even) : even);
}

/** The same without colours, for matching and for terminals that have none. */
export function plainText(clean: string): string {
  return clean.includes('\x1b') ? clean.replace(colourSequences, '') : clean;
}

type Fit = {
  /** Columns scrolled away at the left. */
  from?: number;
  /** The sign in the last column of a line that is cut; already coloured, one column wide. */
  ellipsis?: string;
};

/** Exactly `width` columns of a clean line. Open colours are closed. */
export function fitLine(clean: string, width: number, {from = 0, ellipsis = ''}: Fit = {}): string {
  if (width <= 0) return '';
  if (plainAscii.test(clean)) {
    const goesOn = ellipsis !== '' && clean.length > from + width;
    return goesOn ? clean.slice(from, from + width - 1) + ellipsis : clean.slice(from, from + width).padEnd(width);
  }
  const goesOn = ellipsis !== '' && displayWidth(clean) > from + width;
  const room = goesOn ? width - 1 : width;
  return padded(sliceColumns(clean, from, from + room), room) + (goesOn ? ellipsis : '');
}

/** A clean line cut into rows of at most `width` columns; at least one row. */
export function wrapLine(clean: string, width: number): string[] {
  if (width <= 0) return [''];
  const total = displayWidth(clean);
  if (total <= width) return [clean];
  const rows: string[] = [];
  for (let from = 0; from < total; ) {
    const row = sliceColumns(clean, from, from + width);
    rows.push(row);
    // A wide character that does not fit moves to the next row; one wider than the row itself is passed over.
    from += Math.max(1, displayWidth(row));
  }
  return rows;
}

/** Colours every match of `pattern`, over the line's own colours. */
export function highlight(clean: string, pattern: Pattern, paint: Paint): string {
  const ranges = pattern.ranges(plainText(clean), MATCHES_PER_LINE_MAX);
  if (ranges.length === 0) return clean;
  let offset = 0;
  let colours = '';
  let text = '';
  for (const part of clean.split(/(\x1b\[[0-9;:]*m)/)) {
    if (part.startsWith('\x1b')) {
      colours = /^\x1b\[0*m$/.test(part) ? '' : colours + part;
      text += part;
      continue;
    }
    text += paintRanges(part, offset, ranges, match => paint(match) + colours);
    offset += part.length;
  }
  return text;
}

/** Without the characters `from … to-1` of its text; its colours stay. */
export function withoutText(clean: string, from: number, to: number): string {
  if (!clean.includes('\x1b')) return clean.slice(0, from) + clean.slice(to);
  let offset = 0;
  let text = '';
  for (const part of clean.split(/(\x1b\[[0-9;:]*m)/)) {
    if (part.startsWith('\x1b')) {
      text += part;
      continue;
    }
    text += part.slice(0, Math.max(0, from - offset)) + part.slice(Math.max(0, to - offset));
    offset += part.length;
  }
  return text;
}

const MATCHES_PER_LINE_MAX = 100;

function paintRanges(
  part: string,
  offset: number,
  ranges: readonly {from: number; to: number}[],
  paint: Paint,
): string {
  let text = '';
  let at = 0;
  for (const range of ranges) {
    const from = Math.max(0, range.from - offset);
    const to = Math.min(part.length, range.to - offset);
    if (to <= from) continue;
    text += part.slice(at, from) + paint(part.slice(from, to));
    at = to;
  }
  return text + part.slice(at);
}

function afterLastReturn(raw: string): string {
  const end = raw.replace(/[\r\n]+$/, '');
  return end.slice(end.lastIndexOf('\r') + 1);
}

// Blink (5, 6) distracts and hidden text (8) deceives; everything else is a colour or a weight.
function harmless(sequence: string): string {
  const codes = sequence.slice(2, -1).split(';');
  const kept: string[] = [];
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? '';
    const extended = code === '38' || code === '48' || code === '58';
    const length = extended ? (codes[i + 1] === '5' ? 3 : codes[i + 1] === '2' ? 5 : 1) : 1;
    if (extended || !/^0*[568]$/.test(code)) kept.push(...codes.slice(i, i + length));
    i += length - 1;
  }
  return kept.length > 0 ? `\x1b[${kept.join(';')}m` : '';
}

function expandTabs(coloured: string): string {
  let column = 0;
  let text = '';
  for (const part of coloured.split(/(\t|\x1b\[[0-9;:]*m)/)) {
    if (part === '\t') {
      const spaces = TAB_STOP - (column % TAB_STOP);
      text += ' '.repeat(spaces);
      column += spaces;
    } else {
      text += part;
      if (!part.startsWith('\x1b')) column += displayWidth(part);
    }
  }
  return text;
}

function capped(clean: string): string {
  if (clean.length <= LINE_LENGTH_MAX) return clean;
  return plainAscii.test(clean) ? clean.slice(0, LINE_LENGTH_MAX) : sliceColumns(clean, 0, LINE_LENGTH_MAX);
}

function padded(text: string, width: number): string {
  const missing = width - displayWidth(text);
  if (missing >= 0) return text + ' '.repeat(missing);
  // slice-ansi and the measure of the screen may disagree about an exotic cluster; the row must not be wider whatever it holds.
  return stripToWidth(plainText(text), width);
}

function stripToWidth(plain: string, width: number): string {
  let kept = '';
  for (const {segment} of graphemes(plain)) {
    if (displayWidth(kept + segment) > width) break;
    kept += segment;
  }
  return kept + ' '.repeat(Math.max(0, width - displayWidth(kept)));
}
