/** Splits shell text into logical lines: commands, comments, blanks. */
import {compact} from '../../text/compact.ts';
import {countBelow} from '../../text/count-below.ts';
import type {TextLine} from '../document/blocks.ts';
import {phrase} from '../words/vocabulary.ts';
import {eachChild, parseShell, type SyntaxNode, type Tree} from './grammar.ts';
import {promptOf} from './prompts.ts';

/**
 * One logical line. Continuations, open quotes, here-documents and `if … fi` are one command.
 * `trailing`: the comment behind a command. `output`: what it printed when somebody copied it from a console. `broken`:
 * it is no valid shell, for this reason, and cannot run. `prompt`: the prompt before it (`deploy@web`, `$`), and the `directory` in it. `opens`:
 * the lines behind it are typed into the console that it opens.
 */
export type ShellLine =
  | {kind: 'blank'; line: number}
  | {kind: 'comment'; line: number; text: string}
  | {
      kind: 'command';
      line: number;
      text: string;
      trailing?: string;
      output?: readonly TextLine[];
      broken?: string;
      prompt?: string;
      directory?: string;
      opens?: true;
    };

/** Reads the body of a code block. Where commands have prompts, the lines between them are their output. */
export function readShell(body: readonly TextLine[]): ShellLine[] {
  return body.some(({text}) => promptOf(text)?.kind === 'shell') ? readSession(body) : readLines(body);
}

/** A line of prose may hold a quote that nothing closes. How often reading starts again behind such a line. */
const FRESH_STARTS_MAX = 24;

function readLines(body: readonly TextLine[]): ShellLine[] {
  const found: ShellLine[] = [];
  let from = 0;
  for (let starts = 0; from < body.length; starts += 1) {
    const read = readUntilBroken(body, from, starts >= FRESH_STARTS_MAX);
    found.push(...read.lines);
    from = read.next;
  }
  return found;
}

type Span = {from: number; to: number; end: number};

/** `lastly`: a broken command takes all following lines. */
function readUntilBroken(body: readonly TextLine[], from: number, lastly: boolean): {lines: ShellLine[]; next: number} {
  const texts = body.slice(from).map(({text}) => text);
  const starts = lineStarts(texts);
  // A separator line (`-----`) is no command: the grammar gets a comment of the same length.
  const tree = parseShell(texts.map(text => (SEPARATOR.test(text) ? text.replace(/\S/, '#') : text)).join('\n'));
  const spans = spansOf(tree, starts);
  const broken = tree.error === undefined ? undefined : brokenLine(tree, tree.error.at, spans, starts);
  const whole = broken === undefined ? spans : spans.filter(span => span.to < broken);
  const lines = assembled(body, from, texts, starts, whole, broken ?? texts.length);
  if (broken === undefined || tree.error === undefined) return {lines, next: body.length};
  const takesRest = lastly || (tree.error.open && !isProse(texts[broken] ?? ''));
  const end = takesRest ? texts.length : broken + 1;
  const first = texts.findIndex((one, index) => index >= broken && one.trim() !== '');
  if (first === -1 || first >= end) return {lines, next: from + end};
  const rest = texts.slice(first, end).join('\n').trim();
  const line = body[from + first]?.line ?? 0;
  lines.push(commentOf(rest, line) ?? {kind: 'command', line, text: rest, broken: tree.error.message});
  return {lines, next: from + end};
}

/** Separator lines, and an `OR` without a `#`. */
const SEPARATOR = /^\s*(?:[-=_*~.]{3,}|…)\s*$/;
const BARE_OR = phrase`^\s*[-=*(]*\s*${'or-comment'}\s*[-=*):]*\s*$`;

/** A sentence and not a command. Only behind a sentence is it safe to read on as if it were not there. */
function isProse(text: string): boolean {
  return /^\s*(?:[-*•>]\s+)?[A-Z¿¡][\p{L}\p{M}'’]*,?\s+[\p{L}(]/u.test(text) && !/[|;&]{1,2}\s|\s-{1,2}\w/.test(text);
}

function lineStarts(texts: readonly string[]): number[] {
  let at = 0;
  return texts.map(text => {
    const start = at;
    at += text.length + 1;
    return start;
  });
}

/** The physical lines of each statement; statements that share a line are joined. */
function spansOf(tree: Tree, starts: readonly number[]): Span[] {
  const found: Span[] = [];
  const holdsDocuments = tree.text.includes('<<');
  for (const statement of tree.script.commands) {
    const end = holdsDocuments ? Math.max(statement.end, documentsEnd(statement)) : statement.end;
    const span = {
      from: lineAt(starts, statement.pos),
      to: lineAt(starts, Math.max(statement.pos, end - 1)),
      end: statement.end,
    };
    const last = found.at(-1);
    if (last !== undefined && span.from <= last.to) {
      last.to = Math.max(last.to, span.to);
      last.end = span.end;
    } else found.push(span);
  }
  return found;
}

/** The end of its last here-document, which the grammar does not count as part of the statement. */
function documentsEnd(statement: SyntaxNode): number {
  let end = 0;
  const visit = (node: SyntaxNode) => {
    if (node.type === 'HereDoc') end = Math.max(end, node.closing?.end ?? node.body.end);
    else if (node.type !== 'Word' && node.type !== 'Assignment') eachChild(node, visit);
  };
  visit(statement);
  return end;
}

function lineAt(starts: readonly number[], offset: number): number {
  return Math.max(0, countBelow(starts, offset + 1) - 1);
}

/** The first line of the broken part: the start of the statement around the error, or the line of the error. */
function brokenLine({script}: Tree, at: number, spans: readonly Span[], starts: readonly number[]): number {
  const met = lineAt(starts, at);
  const unclosed = script.commands.find(({pos, end}) => pos <= at && end <= pos);
  if (unclosed !== undefined) return Math.min(met, lineAt(starts, unclosed.pos));
  return spans.find(span => span.from <= met && met <= span.to)?.from ?? met;
}

function assembled(
  body: readonly TextLine[],
  from: number,
  texts: readonly string[],
  starts: readonly number[],
  spans: readonly Span[],
  until: number,
): ShellLine[] {
  const found: ShellLine[] = [];
  let next = 0;
  for (let index = 0; index < until; index += 1) {
    const line = body[from + index]?.line ?? 0;
    const text = texts[index] ?? '';
    const span = spans[next];
    if (span?.from === index) {
      found.push(commandOf(texts, line, span, starts));
      index = span.to;
      next += 1;
    } else if (text.trim() === '' || SEPARATOR.test(text)) found.push({kind: 'blank', line});
    else {
      const broken = 'text that is no command';
      found.push(commentOf(text, line) ?? {kind: 'command', line, text: text.trim(), broken});
    }
  }
  return found;
}

function commentOf(text: string, line: number): ShellLine | undefined {
  const trimmed = text.trim();
  if (BARE_OR.test(trimmed)) return {kind: 'comment', line, text: 'OR'};
  return trimmed.startsWith('#') && !trimmed.includes('\n')
    ? {kind: 'comment', line, text: trimmed.replace(/^#+!?\s*/, '')}
    : undefined;
}

function commandOf(
  texts: readonly string[],
  line: number,
  {from, to, end}: Span,
  starts: readonly number[],
): ShellLine {
  const text = texts.slice(from, to + 1).join('\n');
  const separate = commentOf(text, line);
  if (separate !== undefined) return separate;
  if (text.length > COMMAND_CHARACTERS_MAX) {
    return {kind: 'command', line, text: text.trim(), broken: 'its length'};
  }
  if (from !== to) return {kind: 'command', line, text: text.trim()};
  const own = end - (starts[from] ?? 0);
  const behind = /^[\s;&]*?\s#+(.*)$/.exec(text.slice(own));
  if (behind === null) return {kind: 'command', line, text: text.trim()};
  const trailing = (behind[1] ?? '').trim();
  return compact({
    kind: 'command',
    line,
    text: text.slice(0, own).trim(),
    trailing: trailing === '' ? undefined : trailing,
  });
}

const COMMAND_CHARACTERS_MAX = 128 * 1024; // no system accepts a longer command line

/** A command with a prompt that continues over more lines than this was probably never closed. */
const CONTINUED_LINES_MAX = 40;
const OUTPUT_LINES_MAX = 40;

function readSession(body: readonly TextLine[]): ShellLine[] {
  const found: ShellLine[] = [];
  const shown = new Map<string, string | undefined>();
  for (let index = 0; index < body.length; ) {
    const {line, text} = body[index] ?? {line: 0, text: ''};
    const prompt = promptOf(text);
    if (prompt?.kind === 'shell') {
      const next = commandEnd(body, index, prompt.rest);
      const rest = body.slice(index + 1, next).map(one => ({...one, text: one.text.replace(/^> /, '')}));
      const who = prompt.name ?? '$';
      // The same directory again, behind a `cd`, was copied from the prompt before it.
      const directory = shown.get(who) === prompt.directory ? undefined : prompt.directory;
      shown.set(who, prompt.directory);
      const first = (one: ShellLine) => (one.line === line ? {prompt: who, directory} : {prompt: who});
      const read = readLines([{line, text: prompt.rest}, ...rest]);
      found.push(...read.map(one => (one.kind === 'command' ? compact({...one, ...first(one)}) : one)));
      index = next;
      continue;
    }
    const at = found.findLastIndex(one => one.kind !== 'blank');
    const last = found[at];
    if (text.trim() === '') found.push({kind: 'blank', line});
    else if (last?.kind === 'command' && prompt !== undefined) {
      if (last.prompt !== prompt.name) found[at] = {...last, opens: true};
      found.push({kind: 'command', line, text: prompt.rest, prompt: prompt.name ?? prompt.kind});
    } else if (last?.kind === 'command' && !/^\s*#\s/.test(text)) found[at] = withOutput(last, {line, text});
    else found.push(commentOf(text, line) ?? {kind: 'comment', line, text: text.trim()});
    index += 1;
  }
  return found;
}

function withOutput(command: Extract<ShellLine, {kind: 'command'}>, printed: TextLine): ShellLine {
  const output = command.output ?? [];
  return output.length >= OUTPUT_LINES_MAX ? command : {...command, output: [...output, printed]};
}

function commandEnd(body: readonly TextLine[], start: number, first: string): number {
  let text = first;
  for (let end = start + 1; ; end += 1) {
    const next = body[end]?.text;
    if (next === undefined || end - start > CONTINUED_LINES_MAX || promptOf(next)?.kind === 'shell') return end;
    if (parseShell(text).error?.open !== true && !/(?:^|[^\\])(?:\\\\)*\\$/.test(text)) return end;
    text = `${text}\n${next.replace(/^> /, '')}`;
  }
}
