/** Markdown inside something else: a checklist in a code block, tasks between HTML tags, the markup of a wiki. */
import type {Block, Item, TextLine} from './blocks.ts';
import {holdsParts, markdownOfHtml} from './html.ts';
import {readMarkdown} from './markdown.ts';
import {markdownOfWiki} from './wiki-markup.ts';

/** The blocks of a document, whatever its markup, and what each of its lines is in Markdown. */
export function readDocument(source: readonly string[]): {blocks: Block[]; lines: readonly string[]} {
  const written = markdownOfWiki(source);
  if (written === undefined) return {blocks: readMarkdown(source), lines: source};
  const lines = source.map(() => '');
  for (const {line, text} of written) if (/[^\s|-]/.test(text)) lines[line - 1] = text;
  return {blocks: readEmbedded(written), lines};
}

/** The blocks of such a text; their lines are those of the whole document. */
export function readEmbedded(body: readonly TextLine[]): Block[] {
  const lineOf = (line: number) => body[line - 1]?.line ?? body.at(-1)?.line ?? line;
  return readMarkdown(body.map(({text}) => text)).map(block => placed(block, lineOf));
}

/**
 * What HTML holds: its own items, code and cells, or Markdown where no blank line stands between tag and Markdown.
 * What a comment holds is hidden from readers, so it was taken out of the document.
 */
export function markdownInHtml(html: string, line: number): Block[] {
  const text = html.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, comment => comment.replaceAll(/[^\n]/g, ''));
  if (holdsParts(text)) return readEmbedded(markdownOfHtml(text, line));
  if (!/^\s*(?:[-*+]|\d+[.)])\s/m.test(text) && !/^\s*(?:`{3}|~{3})/m.test(text)) return [];
  const body = text.split('\n').map((one, index) => ({line: line + index, text: withoutTags(one)}));
  return readEmbedded(body);
}

function withoutTags(text: string): string {
  return text.replaceAll(/<\/?[a-z][^<>`]*>/gi, '').trimEnd();
}

type LineOf = (line: number) => number;

function placed(block: Block, lineOf: LineOf): Block {
  const at = {line: lineOf(block.line), endLine: lineOf(block.endLine)};
  switch (block.kind) {
    case 'paragraph':
      return {...block, ...at, lines: linesPlaced(block.lines, lineOf)};
    case 'code-block':
      return {...block, ...at, body: linesPlaced(block.body, lineOf)};
    case 'list':
      return {...block, ...at, items: block.items.map(item => itemPlaced(item, lineOf))};
    case 'table':
      return {...block, ...at, rows: block.rows.map(({line, cells}) => ({line: lineOf(line), cells}))};
    case 'quote':
      return {...block, ...at, blocks: block.blocks.map(inner => placed(inner, lineOf))};
    default:
      return {...block, ...at};
  }
}

function itemPlaced(item: Item, lineOf: LineOf): Item {
  return {
    ...item,
    line: lineOf(item.line),
    endLine: lineOf(item.endLine),
    text: linesPlaced(item.text, lineOf),
    blocks: item.blocks.map(block => placed(block, lineOf)),
  };
}

function linesPlaced(lines: readonly TextLine[], lineOf: LineOf): TextLine[] {
  return lines.map(({line, text}) => ({line: lineOf(line), text}));
}
