/** Any text as harmless Markdown. */
import {oneLine} from '../../text/width.ts';

const LENGTH_MAX = 240;

/** Text of a person or a server as one harmless line of Markdown: no HTML, no comments, no open code spans. */
export function markdownText(text: string): string {
  const line = oneLine(text);
  const cut = line.length > LENGTH_MAX ? `${line.slice(0, LENGTH_MAX - 1)}…` : line;
  return cut.replaceAll(/[`\\]|<(?=[a-z!/?])/gi, '\\$&');
}

/** The same inside a table. */
function cellText(text: string): string {
  return markdownText(text).replaceAll('|', '\\|');
}

/** A table, or nothing when it would be empty. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const row = (cells: readonly string[]) => `| ${cells.map(cellText).join(' | ')} |`;
  return [row(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(row)];
}

/** A code block with a fence that no line in it can end. */
export function markdownFence(lines: readonly string[]): readonly string[] {
  const longest = Math.max(2, ...lines.flatMap(line => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...lines.map(line => line.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').trimEnd()), fence];
}
