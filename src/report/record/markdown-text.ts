/** Any text as harmless Markdown. */
import {oneLine} from '../../text/width.ts';

/** Longer than anything that a person writes in one go or a verdict says. */
const LENGTH_MAX = 4000;
/** Where other things stand beside it: in a table, or behind a task of the document. The whole of it stands elsewhere. */
const SHORT_MAX = 240;

/** Text of a person or a server as one harmless line of Markdown: no HTML, no comments, no open code spans. */
export function markdownText(text: string, lengthMax = LENGTH_MAX): string {
  const line = oneLine(text);
  const cut = line.length > lengthMax ? `${line.slice(0, lengthMax - 1)}…` : line;
  return cut.replaceAll(/[`\\]|<(?=[a-z!/?])/gi, '\\$&');
}

export function shortMarkdownText(text: string): string {
  return markdownText(text, SHORT_MAX);
}

/** The same inside a table. */
function cellText(text: string): string {
  return shortMarkdownText(text).replaceAll('|', '\\|');
}

/** A table, or nothing when it would be empty. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const row = (cells: readonly string[]) => `| ${cells.map(cellText).join(' | ')} |`;
  return [row(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(row)];
}

/** A code block whose marks are longer than any back-ticks in its lines, so that none of them ends it. */
export function markdownCodeBlock(lines: readonly string[]): readonly string[] {
  const longest = Math.max(2, ...lines.flatMap(line => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const mark = '`'.repeat(longest + 1);
  return [`${mark}text`, ...lines.map(line => line.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').trimEnd()), mark];
}
