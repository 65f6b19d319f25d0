/** Finds lines that serve as headings: `**Step 1: Gather**`, `**Option B:**`, `**Rollback:**`. */
import type {Block, Paragraph, TextLine} from '../document/blocks.ts';
import {readInline} from '../document/inline.ts';
import {isNoRollbackReason} from '../phrases/decisions.ts';
import {otherwiseIn} from '../phrases/marks.ts';
import {phrase} from '../words/vocabulary.ts';
import {roleOf} from './section-role.ts';

const NUMBERED = phrase`^(?:${'part'}|${'option'})\s+(?:\d+(?:\.\d+)*|[A-Z])\>`;
/** "Path B: by hand", also without bold: if it were read as text, the choice between the ways would be lost. */
const OPTION = phrase`^${'option'}\s+(?:\d+|[A-Z])(?:\s*[:–—-]\s.*|\s*[:：]?)$`;
const BRANCH = phrase`^${'condition'}\s(?:[^:：]|:(?=\d)){3,90}[:：]$`;
const COUNTED = /^\d+(?:\.\d+)*[.)]?\s+\S[^:：]*$/;
const TITLE_LENGTH_MAX = 100;

/**
 * Whether a line alone in its paragraph numbers a part of the work, or begins a rollback or its reasons. `labelled`:
 * such a label is open, and another label ends it.
 */
export function isPseudoHeading(block: Paragraph, labelled: boolean, inRollback: boolean): boolean {
  const [only, ...others] = block.lines;
  if (only === undefined || others.length > 0) return false;
  const {text, strong} = readInline(only.text);
  if (text.length > TITLE_LENGTH_MAX) return false;
  if (opensTriggers(text) || OPTION.test(text)) return true;
  // Each branch of a rollback is a rollback, because only one of them is meant.
  if (inRollback && BRANCH.test(text) && otherwiseIn(text) === undefined) return true;
  const isLabel = /[:：]$/.test(text) || IS_OPEN.test(text);
  if (strong && (NUMBERED.test(text) || COUNTED.test(text))) return true;
  // "Triggers:", a list, "Procedure:": inside a rollback, a plain label ends what an equally plain label began.
  const ends = labelled && (strong || (inRollback && text.split(/\s+/).length <= LABEL_WORDS_MAX));
  return (strong || isLabel) && (ends || isRollbackLabel(text) || (strong && isCriteria(text)));
}

/** "Back out if", "Roll back when": the reasons follow, with or without a colon. */
const IS_OPEN = phrase`^${'rollback-if'}$`;

const LABEL_WORDS_MAX = 3;

/**
 * Headings of a document without marked headings: a short line that names a role ("INSTALLATION (T-0)", "Rolling
 * out:"), or any short line in a style that the document uses several times ("**Production**", "ON THE NIGHT", "C.
 * Cut-over").
 */
export function isBareHeading(block: Paragraph, bare: ReadonlySet<Block>): boolean {
  const text = bareLine(block);
  if (text === undefined) return false;
  const manner = styleOf(block);
  const isNamed = manner === 'bold' || manner === 'capitals' || /[:：]$/.test(text);
  return bare.has(block) || (isNamed && roleOf(text.replace(/\s*[:：]$/, '')) !== undefined);
}

/**
 * A bold line directly above its text, without an empty line between them, becomes a paragraph of its own where it
 * serves as a heading. `isHeadless`: the document has no marked headings.
 */
export function withTitlesApart(blocks: readonly Block[], isHeadless: boolean): readonly Block[] {
  if (!blocks.some(block => block.kind === 'paragraph' && block.lines.length > 1 && block.lines.some(isBold)))
    return blocks;
  const all = isHeadless ? blocks.flatMap(block => splitAt(block, isBold)) : blocks;
  const titles = all.filter(block => block.kind === 'paragraph' && styleOf(block) === 'bold');
  if (isHeadless && titles.length >= HEADINGS_MIN) return all;
  return blocks.flatMap(block => splitAt(block, line => isBold(line) && isPseudoHeading(alone(line), false, false)));
}

function splitAt(block: Block, isTitle: (line: TextLine) => boolean): Block[] {
  if (block.kind !== 'paragraph' || block.lines.length < 2) return [block];
  const parts: TextLine[][] = [];
  let isOpen = false;
  for (const line of block.lines) {
    const begins = isTitle(line);
    if (begins || !isOpen) parts.push([line]);
    else parts.at(-1)?.push(line);
    isOpen = !begins;
  }
  if (parts.length === 1) return [block];
  return parts.map(lines => ({...block, lines, line: lines[0]?.line ?? block.line, endLine: lines.at(-1)?.line ?? 0}));
}

function alone(line: TextLine): Paragraph {
  return {kind: 'paragraph', line: line.line, endLine: line.line, lines: [line]};
}

/** "**Back**", "**From the old days** (do not run)". */
function isBold({text}: TextLine): boolean {
  const {strong, lead, rest} = readInline(text);
  return strong || (lead !== undefined && /^\([^()]*\)$/.test(rest));
}

/**
 * The lines in a style in which the document has several. Where it has none, those directly above lists are its
 * headings: "post" above "- tell the desk".
 */
export function bareHeadingsIn(blocks: readonly Block[]): ReadonlySet<Block> {
  const styled = Map.groupBy(blocks, block => (block.kind === 'paragraph' ? styleOf(block) : undefined));
  const several = [...styled].flatMap(([style, own]) => (style === undefined || own.length < HEADINGS_MIN ? [] : own));
  if (several.length > 0) return new Set(several);
  const above = blocks.filter((block, index) => block.kind === 'paragraph' && leadsList(block, blocks[index + 1]));
  return new Set(above.length < HEADINGS_MIN ? [] : above);
}

/** A few words that are no sentence, without a colon and without an empty line below: "per box (N = 2, 3)". */
function leadsList(block: Paragraph, next: Block | undefined): boolean {
  const text = bareLine(block);
  const [only] = block.lines;
  return (
    text !== undefined && !/[:：]$/.test(text) && next?.kind === 'list' && next.items[0]?.line === (only?.line ?? 0) + 1
  );
}

const HEADINGS_MIN = 3;

type HeadingStyle = 'bold' | 'capitals' | 'lettered';

function styleOf(block: Paragraph): HeadingStyle | undefined {
  const text = bareLine(block);
  if (text === undefined) return undefined;
  if (block.lines.some(isBold)) return 'bold';
  const words = text.replaceAll(/\([^()]*\)/g, '');
  if (/\p{Lu}{4}/u.test(words) && !/\p{Ll}/u.test(words)) return 'capitals';
  return /^[A-Z][.)]\s+\p{Lu}/u.test(text) && !text.endsWith(':') ? 'lettered' : undefined;
}

/** The line if it stands alone in its paragraph, has few words and is no sentence. */
function bareLine({lines: [only, ...others]}: Paragraph): string | undefined {
  if (only === undefined || others.length > 0) return undefined;
  const {text} = readInline(only.text);
  // "SECTION 6 BACKOUT (vendor to confirm 6.3!!)": the remark is no part of the title.
  const bare = text.replace(/(?<=\S)\s*\([^()]*\)$/, '');
  return bare.split(/\s+/).length > WORDS_MAX || /[.!?,;]$|[`<>=]/.test(bare) ? undefined : text;
}

export function pseudoTitle(block: Paragraph): {title: string; isRole: boolean} {
  const {text} = readInline(block.lines[0]?.text ?? '');
  const title = opensTriggers(text) ? (text.split(/[:：]/)[0] ?? text) : text.replace(/\s*[:：]$/, '');
  return {title, isRole: !NUMBERED.test(text) && (opensTriggers(text) || isRollbackLabel(text) || isCriteria(text))};
}

/** `**Rollback:** run the job "previous"`: heading and content on one line. */
export function labelWithText(block: Paragraph): {title: string; rest: Block} | undefined {
  const [first, ...others] = block.lines;
  if (first === undefined) return undefined;
  const match =
    /^(?:\*\*|__)([^*_]+?)(?:\s*[:：.](?:\*\*|__)|(?:\*\*|__)\s*(?:[:：]|[–—-](?=\s)))\s*(\S.*)$/.exec(first.text) ??
    /^([^:：`*_[\]]{3,60})[:：]\s+(\S.*)$/.exec(first.text) ??
    /^(\p{Lu}[^.:：`*_[\]]{3,40})\.\s+(\S.*)$/u.exec(first.text);
  const title = match?.[1]?.trim();
  if (title === undefined || match?.[2] === undefined || !isRollbackLabel(`${title}:`)) return undefined;
  return {title, rest: {...block, lines: [{line: first.line, text: match[2]}, ...others]}};
}

/** "Criteria for rollback: any of", "Roll back if any of these:". */
function opensTriggers(text: string): boolean {
  const [, title = '', more = ''] = /^([^:：]+)[:：]\s*((?:\p{L}+\s*){1,5})[.:：]?$/u.exec(text) ?? [];
  if (more === '' || !(/[:：]$/.test(text) || ANY_OF.test(more))) return false;
  return title.split(/\s+/).length <= WORDS_MAX && roleOf(title) === 'triggers';
}

const ANY_OF = phrase`\<${'any-of'}`;
const WORDS_MAX = 6;

/** A short line that begins a rollback, its reasons or its non-reasons; a sentence that mentions a rollback is none. */
function isRollbackLabel(text: string): boolean {
  const role = roleOf(text.replace(/\s*[:：]$/, ''));
  return (
    (role === 'rollback' || role === 'triggers' || isNoRollbackReason(text)) && text.split(/\s+/).length <= WORDS_MAX
  );
}

/** "**Success Criteria**" above a list: the list is judged, and is not part of the step above. */
function isCriteria(text: string): boolean {
  return roleOf(text.replace(/\s*[:：]$/, '')) === 'criteria' && text.split(/\s+/).length <= WORDS_MAX;
}
