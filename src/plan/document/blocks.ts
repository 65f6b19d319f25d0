/** The blocks of a Markdown document, with their lines: what all later passes read. */

/** One line of running text. It keeps its markup, but has no indentation and no marks of lists or quotations. */
export type TextLine = {line: number; text: string};

/** `line` and `endLine` are 1-based lines of the document. */
export type Block = {line: number; endLine: number} & (
  | {kind: 'heading'; depth: number; text: string}
  | {kind: 'paragraph'; lines: readonly TextLine[]}
  /** `unclosed`: it has no closing marks, so it runs to the end of what holds it. */
  | {kind: 'code-block'; info: string; body: readonly TextLine[]; indented: boolean; unclosed?: true}
  | {kind: 'list'; ordered: boolean; items: readonly Item[]}
  | {kind: 'table'; rows: readonly {line: number; cells: readonly string[]}[]}
  | {kind: 'quote'; blocks: readonly Block[]}
  | {kind: 'html'; text: string}
  | {kind: 'front-matter'; text: string}
  | {kind: 'break'}
);

export type CodeBlock = Extract<Block, {kind: 'code-block'}>;
export type Paragraph = Extract<Block, {kind: 'paragraph'}>;

/** `ticked` is absent when the item is not a task. `text` is its first paragraph, `blocks` are what follows. */
export type Item = {
  line: number;
  endLine: number;
  ticked?: boolean;
  text: readonly TextLine[];
  blocks: readonly Block[];
};

/** The lines as one text. */
export function textOfLines(lines: readonly {text: string}[], between = ' '): string {
  return lines.map(({text}) => text).join(between);
}

/** The lines of the paragraphs among the blocks. */
export function proseLines(blocks: readonly Block[]): TextLine[] {
  return blocks.flatMap(block => (block.kind === 'paragraph' ? block.lines : []));
}

/** All blocks, with those in lists and quotations; each before what it holds. */
export function allBlocks(blocks: readonly Block[]): readonly Block[] {
  const found: Block[] = [];
  addAll(blocks, found);
  return found;
}

function addAll(blocks: readonly Block[], found: Block[]): void {
  for (const block of blocks) {
    found.push(block);
    if (block.kind === 'list') for (const item of block.items) addAll(item.blocks, found);
    else if (block.kind === 'quote') addAll(block.blocks, found);
  }
}

/** Whether a sentence directly above such a block leads to it. */
export function isLedTo(kind: Block['kind'] | 'alternatives' | undefined): boolean {
  return /^(?:code-block|list|table|alternatives)$/.test(kind ?? '');
}

/** The lines that hold text: no code marks, no empty lines, no rules of tables. */
export function linesWithText(blocks: readonly Block[]): TextLine[] {
  return blocks.flatMap(textOf).filter(({text}) => /[\p{L}\p{N}]/u.test(text) && !/^\s*(?:`{3}|~{3})/.test(text));
}

function textOf(block: Block): readonly TextLine[] {
  switch (block.kind) {
    case 'paragraph':
      return block.lines;
    case 'code-block':
      return block.body;
    case 'list':
      return block.items.flatMap(({text, blocks}) => [...text, ...blocks.flatMap(textOf)]);
    case 'table':
      return block.rows.map(({line, cells}) => ({line, text: cells.join(' – ')}));
    case 'quote':
      return block.blocks.flatMap(textOf);
    default:
      return [];
  }
}
