/** What the Markdown parser does not give, read from the lines of the source. */
import type {TextLine} from './blocks.ts';

/** Lines between dashes at the start of a document are settings: the line of the second dashes. */
export function frontMatterEnd(lines: readonly string[]): number | undefined {
  if (!DASHES.test(lines[0] ?? '')) return undefined;
  const end = lines.slice(1, FRONT_MATTER_LINES_MAX).findIndex(line => DASHES.test(line));
  return end === -1 ? undefined : end + 2;
}

const DASHES = /^---[ \t]*$/;
const FRONT_MATTER_LINES_MAX = 2000;

/** The last line from `line` to `end` on which something stands. */
export function lastTextLine(lines: readonly string[], line: number, end: number): number {
  let last = end;
  while (last > line && /^\s*$/.test(lines[last - 1] ?? '')) last -= 1;
  return last;
}

/** `- > 20 support tickets` is a quotation for CommonMark; for its author it is a bound. */
export function comparison(line: number, source = ''): TextLine | undefined {
  const match = /^\s*(?:[-*+]|\d+[.)])\s+(>\s*=?\s*[\d.].*)$/.exec(source);
  return match?.[1] === undefined ? undefined : {line, text: match[1].trim()};
}

/**
 * The cells of a row, without the marks of the lists and quotations around it. What keeps a bar from ending its cell is
 * no part of the text, in code neither: `df \| tail` runs `df | tail`.
 */
export function cellsOf(source = ''): string[] {
  const row = source.replace(/^(?:\s|>|(?:[-*+]|\d{1,9}[.)])\s)+/, '').trim();
  const cells = Array.from(row.matchAll(/((?:\\.|[^|])*)(?:\||$)/g), ([, cell = '']) => cell);
  return cells.slice(row.startsWith('|') ? 1 : 0, -1).map(cell => cell.replaceAll('\\|', '|').trim());
}

/** A line longer than this is cut where it is running text: nothing is to be read in it. A command never is. */
export function shortened(text: string): string {
  return text.length > LINE_CHARACTERS_MAX ? text.slice(0, LINE_CHARACTERS_MAX) : text;
}

const LINE_CHARACTERS_MAX = 20_000;
