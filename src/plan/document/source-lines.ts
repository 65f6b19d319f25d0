/** Reads from the source lines what the Markdown parser does not give: front matter, table cells, last lines. */
import {matchesOf} from '../../text/matches.ts';
import type {TextLine} from './blocks.ts';

/** The line of the closing dashes, where a document begins with settings between `---` lines. */
export function frontMatterEnd(lines: readonly string[]): number | undefined {
  if (!DASHES.test(lines[0] ?? '')) return undefined;
  const end = lines.slice(1, FRONT_MATTER_LINES_MAX).findIndex(line => DASHES.test(line));
  return end === -1 ? undefined : end + 2;
}

const DASHES = /^---[ \t]*$/;
const FRONT_MATTER_LINES_MAX = 2000;

/** For each line, the last one up to it that is not blank; 0 where all are blank. At 0 stands no line. */
export function lastTextLines(lines: readonly string[]): readonly number[] {
  const last = [0];
  for (const [index, text] of lines.entries()) last.push(/^\s*$/.test(text) ? (last[index] ?? 0) : index + 1);
  return last;
}

/** Whether a line opens or closes fenced code. */
export function isFence(text = ''): boolean {
  return FENCE.test(text);
}

/** Whether it closes fenced code: marks, and nothing behind them. */
export function isFenceEnd(text = ''): boolean {
  return /^\s*(?:`{3,}|~{3,})\s*$/.test(text);
}

const FENCE = /^\s*(?:`{3}|~{3})/;

/** The lines with text outside of fenced code, from one line to another; with `by` -1 upwards. */
export function* outsideCode(
  source: readonly string[],
  from = 1,
  to = source.length,
  by: 1 | -1 = 1,
): Generator<TextLine> {
  let isCode = false;
  for (let line = from; by === 1 ? line <= to : line >= to; line += by) {
    const text = source[line - 1] ?? '';
    if (isFence(text)) isCode = !isCode;
    else if (!isCode && text.trim() !== '') yield {line, text};
  }
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
  const cells = matchesOf(row, /((?:\\.|[^|])*)(?:\||$)/g).map(([, cell = '']) => cell);
  return cells.slice(row.startsWith('|') ? 1 : 0, -1).map(cell => cell.replaceAll('\\|', '|').trim());
}

/** Cuts a very long line of running text, so that no pattern takes long on it. A command is never cut. */
export function cutLongLine(text: string): string {
  return text.length > LINE_CHARACTERS_MAX ? text.slice(0, LINE_CHARACTERS_MAX) : text;
}

const LINE_CHARACTERS_MAX = 20_000;
