/** Text in columns of a terminal, counted as the terminal counts. Everything that takes plain text also cleans it. */
import sliceAnsi from 'slice-ansi';
import measured from 'string-width';

/** One line without control characters: a document or a server may hold escape sequences, a terminal obeys them. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, run => (/^[\u200c\u200d]+$/u.test(run) ? run : ' '))
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

/** Plain text cut to a width, with an ellipsis where something is missing. */
export function shorten(text: string, width: number): string {
  return clip(oneLine(text), width);
}

/** `shorten`, filled up with spaces to exactly that width. */
export function cell(text: string, width: number): string {
  const fitted = shorten(text, width);
  return fitted + ' '.repeat(Math.max(0, width - widthOf(fitted)));
}

/** `shorten`, aligned right. */
export function rightCell(text: string, width: number): string {
  const fitted = shorten(text, width);
  return ' '.repeat(Math.max(0, width - widthOf(fitted))) + fitted;
}

/** A line that may hold colours, cut to a width. */
export function clip(line: string, width: number): string {
  if (width <= 0) return '';
  if (widthOf(line) <= width) return line;
  return `${NARROW.test(line) ? line.slice(0, width - 1) : sliceAnsi(line, 0, width - 1)}…`;
}

/** Plain text in lines of at most that width, broken at spaces; words longer than a line are broken anywhere. */
export function wrap(text: string, width: number): readonly string[] {
  const limit = Math.max(1, width);
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text)
    .split(' ')
    .flatMap(one => pieces(one, limit))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= limit) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
  }
  return line === '' ? lines : [...lines, line];
}

/** Columns of the widest of them; none are 0 wide. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, widthOf(text)), 0);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Columns it takes. Nearly all text is made of signs of one column, and measuring is slow. */
export function widthOf(text: string): number {
  const bare = text.includes('\u001B') ? text.replaceAll(COLOURS, '') : text;
  return NARROW.test(bare) ? bare.length : measured(text);
}

const COLOURS = /\u001B\[[\d;]*m/g;
const NARROW = /^[ -~\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2190-\u2198\u2500-\u257F]*$/;

function pieces(word: string, limit: number): readonly string[] {
  const cut: string[] = [];
  let rest = word;
  while (widthOf(rest) > limit) {
    // A wide character may not fit at all; then it stands alone and is clipped later.
    const piece = sliceAnsi(rest, 0, limit) || [...rest][0] || '';
    cut.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...cut, rest];
}
