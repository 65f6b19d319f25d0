/** The parts of a Markdown document: what the reader works on. */

/** One line of running text: markup kept, indentation and container marks removed. */
export type TextLine = {line: number; text: string};

/** `line` and `endLine` are 1-based lines of the document. */
export type Block = {line: number; endLine: number} & (
  | {kind: 'heading'; depth: number; text: string}
  | {kind: 'paragraph'; lines: readonly TextLine[]}
  /** `unclosed`: it runs to the end of what holds it, and nobody meant that. */
  | {kind: 'fence'; info: string; body: readonly TextLine[]; indented: boolean; unclosed?: true}
  | {kind: 'list'; ordered: boolean; items: readonly Item[]}
  | {kind: 'table'; rows: readonly {line: number; cells: readonly string[]}[]}
  | {kind: 'quote'; blocks: readonly Block[]}
  | {kind: 'html'; text: string}
  | {kind: 'front-matter'; text: string}
  | {kind: 'break'}
);

export type Fence = Extract<Block, {kind: 'fence'}>;

/** `ticked` is absent when the item is no task. `text` is its first paragraph, `blocks` what follows. */
export type Item = {
  line: number;
  endLine: number;
  ticked?: boolean;
  text: readonly TextLine[];
  blocks: readonly Block[];
};
