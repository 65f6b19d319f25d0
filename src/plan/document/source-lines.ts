/** Reads from the source lines what the Markdown parser does not give: front matter, table cells, last lines. */
import type {TextLine} from './blocks.ts';

/** The line of the closing dashes, where a document begins with settings between `---` lines. */
export function frontMatterEnd(lines: readonly string[]): number | undefined {
  if (!DASHES.test(lines[0] ?? '')) return undefined;
  const end = lines.slice(1, FRONT_MATTER_LINES_MAX).findIndex(line => DASHES.test(line));
  return end === -1 ? undefined : end + 2;
}

const DASHES = /^---[ \t]*$/;
const FRONT_MATTER_LINES_MAX = 2000;

/** The last line between `line` and `end` that is not blank. */
export function lastTextLine(lines: readonly string[], line: number, end: number): number {
  let last = end;
  while (last > line && /^\s*$/.test(lines[last - 1] ?? '')) last -= 1;
  return last;
}

/** `- > 20 support tickets`: CommonMark reads a quotation, its author means a bound. */
export function boundInQuote(line: number, source = ''): TextLine | undefined {
  const match = /^\s*(?:[-*+]|\d+[.)])\s+(>\s*=?\s*[\d.].*)$/.exec(source);
  return match?.[1] === undefined ? undefined : {line, text: match[1].trim()};
}

/**
 * The cells of a table row, without marks of lists and quotations before it. The backslash of an escaped bar is
 * removed, in code too: `df \| tail` runs `df
 * tail`.
 */
export function cellsOf(source = ''): string[] {
  const row = source.replace(/^(?:\s|>|(?:[-*+]|\d{1,9}[.)])\s)+/, '').trim();
  const cells = Array.from(row.matchAll(/((?:\\.|[^|])*)(?:\||$)/g), ([, cell = '']) => cell);
  return cells.slice(row.startsWith('|') ? 1 : 0, -1).map(cell => cell.replaceAll('\\|', '|').trim());
}

/** Cuts a very long line of running text, so that no pattern takes long on it. A command is never cut. */
export function cutLongLine(text: string): string {
  return text.length > LINE_CHARACTERS_MAX ? text.slice(0, LINE_CHARACTERS_MAX) : text;
}

const LINE_CHARACTERS_MAX = 20_000;
