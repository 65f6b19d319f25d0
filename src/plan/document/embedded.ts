/** Markdown inside something else: a checklist in a fence, tasks between HTML tags. */
import type {Block, Item, TextLine} from './blocks.ts';
import {readMarkdown} from './markdown.ts';

/** The blocks of such a text; their lines are those of the whole document. */
export function readEmbedded(body: readonly TextLine[]): Block[] {
  const first = body[0]?.line ?? 1;
  return readMarkdown(body.map(({text}) => text)).map(block => shiftBlock(block, first - 1));
}

/** The Markdown between HTML tags where no blank line stands between tag and Markdown. */
export function markdownInHtml(text: string, line: number): Block[] {
  if (!/^\s*(?:[-*+]|\d+[.)])\s/m.test(text) && !/^\s*(?:`{3}|~{3})/m.test(text)) return [];
  const body = text.split('\n').map((one, index) => ({line: line + index, text: withoutTags(one)}));
  return readEmbedded(body);
}

function withoutTags(text: string): string {
  return /^\s*<!--/.test(text) ? '' : text.replaceAll(/<\/?[a-z][^<>`]*>/gi, '').trimEnd();
}

function shiftBlock(block: Block, by: number): Block {
  const at = {line: block.line + by, endLine: block.endLine + by};
  const shift = (lines: readonly TextLine[]) => lines.map(({line, text}) => ({line: line + by, text}));
  switch (block.kind) {
    case 'paragraph':
      return {...block, ...at, lines: shift(block.lines)};
    case 'fence':
      return {...block, ...at, body: shift(block.body)};
    case 'list':
      return {...block, ...at, items: block.items.map(item => shiftItem(item, by))};
    case 'table':
      return {...block, ...at, rows: block.rows.map(({line, cells}) => ({line: line + by, cells}))};
    case 'quote':
      return {...block, ...at, blocks: block.blocks.map(inner => shiftBlock(inner, by))};
    default:
      return {...block, ...at};
  }
}

function shiftItem(item: Item, by: number): Item {
  return {
    ...item,
    line: item.line + by,
    endLine: item.endLine + by,
    text: item.text.map(({line, text}) => ({line: line + by, text})),
    blocks: item.blocks.map(block => shiftBlock(block, by)),
  };
}
