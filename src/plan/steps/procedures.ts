/** Finds code blocks that hold several steps or a checklist, and commands that belong to the item or text above them. */
import {type Block, type CodeBlock, type Item, type Paragraph, proseLines, type TextLine} from '../document/blocks.ts';
import {looksLikeCommand, quotesCommand} from '../shell/command-likeness.ts';
import {promptOf} from '../shell/prompts.ts';
import {readShell} from '../shell/shell-lines.ts';
import {phrase, topicPattern} from '../words/vocabulary.ts';
import type {List} from './found.ts';
import {wholeCommand} from './inline-commands.ts';

export type CodeBlockPart = {title: string; line: number; codeBlock: CodeBlock};

const NUMBERED = phrase`^(?:${'part'}\s*)?(\d{1,2})\s*[.):–—-]\s*(\S.*)$`;

/**
 * The parts of a code block with numbered comments (`# 1. Stop the service`, `# 2. Restore`); each is a step. Undefined for
 * a code block that is one program: a script, or parts that share variables.
 */
export function numberedParts(codeBlock: CodeBlock): CodeBlockPart[] | undefined {
  if (codeBlock.unclosed === true) return undefined;
  if (codeBlock.body.filter(({text}) => /^\s*#/.test(text)).length < 2) return undefined;
  if (codeBlock.body.some(({text}) => /^\s*(?:#!|set -|[A-Za-z_]\w*=|function\s|[\w-]+\s*\(\)\s*\{)/.test(text)))
    return undefined;
  const heads = readShell(codeBlock.body).flatMap(line => {
    const match = line.kind === 'comment' ? NUMBERED.exec(line.text) : null;
    return match === null ? [] : [{line: line.line, number: Number(match[1]), title: match[2] ?? ''}];
  });
  if (heads.length < 2 || heads.some(({number}, index) => index > 0 && number <= (heads[index - 1]?.number ?? 0)))
    return undefined;
  const first = codeBlock.body[0]?.line ?? codeBlock.line;
  return heads.map(({line, title}, index) => {
    const from = index === 0 ? 0 : line - first;
    const to = (heads[index + 1]?.line ?? Number.POSITIVE_INFINITY) - first;
    const body = codeBlock.body.slice(from, to).filter(one => one.line !== line);
    return {
      title: title.replace(/[\s:：=–—-]+$/, ''),
      line,
      codeBlock: {...codeBlock, endLine: body.at(-1)?.line ?? line, body},
    };
  });
}

/** The Markdown of a code block that holds a checklist or numbered instructions; undefined for others. */
export function checklistIn(codeBlock: CodeBlock, label: string): TextLine[] | undefined {
  const texts = codeBlock.body.map(({text}) => text);
  const tasks = texts.filter(text => TASK.test(text)).length;
  const language = /^[\w+-]*/.exec(codeBlock.info)?.[0]?.toLowerCase() ?? '';
  if (isMessage(texts, label)) return undefined;
  if (SHELLS.test(language)) return tasks === 0 ? undefined : codeBlock.body.map(asCommand);
  if (!/^(?:|text|txt|plain|plaintext|md|markdown)$/.test(language)) return undefined;
  const numbered = texts.filter(text => STEP.test(text)).length;
  const isPlan = tasks > 0 || (numbered >= 2 && !texts.some(text => /^\s*[{<]/.test(text)));
  if (!isPlan || /^(?:md|markdown)$/.test(language)) return undefined;
  return codeBlock.body.map(({line, text}) => ({line, text: asItem(text)}));
}

const TASK = /^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s+\S/;
const STEP = phrase`^\s*(?:${'part'}\s+)?\d{1,2}[.):]\s+[\p{L}\x60*]`;
const SHELLS = /^(?:bash|sh|shell|zsh|console|powershell|pwsh|ps1|cmd|bat|batch)$/;
const MESSAGE = topicPattern('message');
const MAIL_HEAD = phrase`^\s*${'mail-head'}\s*:\s*\S`;

/** A message is written for others, so its boxes are no tasks. */
function isMessage(texts: readonly string[], label: string): boolean {
  return MESSAGE.test(label) || texts.some(text => MAIL_HEAD.test(text));
}

function asCommand({line, text}: TextLine): TextLine {
  const task = /^(\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s+)([^`]+)$/.exec(text);
  return task?.[1] !== undefined && task[2] !== undefined && looksLikeCommand(task[2].trim())
    ? {line, text: `${task[1]}\`${task[2].trim()}\``}
    : {line, text};
}

const NAMED_STEP = phrase`^(\s*)${'part'}\s+(\d{1,2})\s*[.):–—-]\s+`;

/** "Step 2: Stop the service" becomes "2. Stop the service". Four spaces of indentation are no code here. */
function asItem(text: string): string {
  return text
    .replace(NAMED_STEP, (_, before, number) => `${before}${number}. `)
    .replace(/^ {4,}(?=(?:[-*+]|\d+[.)])\s)/, '   ');
}

/**
 * Puts code blocks into the item above them when the author forgot to indent them, which ended the list for Markdown. The
 * list continues behind them.
 */
export function withCodeBlocksInItems(blocks: readonly Block[]): Block[] {
  const found: Block[] = [];
  blocks.forEach((block, index) => {
    const before = found.at(-1);
    if (block.kind === 'code-block' && before?.kind === 'list' && belongsToItem(before, block, blocks[index + 1])) {
      found[found.length - 1] = withCodeBlock(before, block);
    } else found.push(block);
  });
  return found;
}

function belongsToItem(list: List, codeBlock: CodeBlock, after: Block | undefined): boolean {
  const last = list.items.at(-1);
  if (last === undefined || codeBlock.indented || (!list.ordered && last.ticked === undefined)) return false;
  if (last.blocks.some(block => block.kind === 'code-block')) return false;
  // An item with its own command needs no code block.
  if (last.text.some(({text}) => quotesCommand(text))) return false;
  const text = last.text.at(-1)?.text ?? '';
  if (/[:：]\**\s*$/.test(text) && last.blocks.length === 0) return true;
  const adjacent = codeBlock.line === list.endLine + 1;
  if (adjacent) return true;
  if (codeBlock.line !== list.endLine + 2) return false;
  // The checklist continues behind the code block, and the code block does not name its own purpose.
  const isAmong = after?.kind === 'list' && !/^\s*(?:#|--)\s/.test(codeBlock.body[0]?.text ?? '');
  return (list.ordered && list.items.length === 1) || (last.ticked !== undefined && isAmong);
}

function withCodeBlock(list: List, codeBlock: CodeBlock): List {
  const last = list.items.at(-1) as Item;
  const item: Item = {...last, endLine: codeBlock.endLine, blocks: [...last.blocks, codeBlock]};
  return {...list, endLine: codeBlock.endLine, items: [...list.items.slice(0, -1), item]};
}

/**
 * Makes blocks of indented commands below a sentence. Markdown reads them as part of the sentence, but their author
 * meant a block.
 */
export function withBlocksInText(lines: readonly TextLine[], source: readonly string[]): (Paragraph | CodeBlock)[] {
  const found: (Paragraph | CodeBlock)[] = [];
  for (let index = 0; index < lines.length; ) {
    const end = index === 0 ? 0 : blockEnd(lines, index, source);
    const part = lines.slice(index, Math.max(end, index + 1));
    const [from, to] = [part[0]?.line ?? 0, part.at(-1)?.line ?? 0];
    const last = found.at(-1);
    if (end > index) {
      const indent = indentOf(source[from - 1]);
      const body = part.map(({line}) => ({line, text: (source[line - 1] ?? '').slice(indent)}));
      found.push({kind: 'code-block', info: '', indented: true, line: from, endLine: to, body});
    } else if (last?.kind === 'paragraph') {
      found[found.length - 1] = {...last, endLine: to, lines: [...last.lines, ...part]};
    } else found.push({kind: 'paragraph', line: from, endLine: to, lines: part});
    index += part.length;
  }
  return found;
}

/** The line behind the block of commands that begins at `start`; `start` itself when none does. */
function blockEnd(lines: readonly TextLine[], start: number, source: readonly string[]): number {
  const line = lines[start]?.line ?? 0;
  const raw = source[line - 1] ?? '';
  const indent = indentOf(raw);
  if (promptOf(raw) === undefined ? indent < DEEP || !looksLikeCommand(raw.trim()) : indent === 0) return start;
  let end = start + 1;
  while (end < lines.length && indentOf(source[(lines[end]?.line ?? 0) - 1]) >= indent) end += 1;
  return end;
}

const DEEP = 4;

function indentOf(text = ''): number {
  return text.length - text.trimStart().length;
}

/** "1. Pause it" above a paragraph that is only a command: the command belongs to the item. */
export function withOwnCommands(given: Item, source: readonly string[]): Item {
  const [own, ...below] = withBlocksInText(given.text, source);
  const item: Item =
    own?.kind === 'paragraph' && below.length > 0
      ? {...given, text: own.lines, blocks: [...below, ...given.blocks]}
      : given;
  const told = proseLines(item.blocks);
  const isOwn =
    told.length > 0 &&
    item.blocks.every(({kind}) => kind === 'paragraph') &&
    !item.text.some(({text}) => quotesCommand(text)) &&
    told.every(({text}) => /^`[^`]+`$/.test(text.trim()) && wholeCommand(text) !== undefined);
  return isOwn ? {...item, text: [...item.text, ...told], blocks: []} : item;
}
