/** Finds the sentences that say of parts of the document itself how they are carried out: "skip the boxes marked (M)". */

import {leadsOn} from '../../../text/leads-on.ts';
import {memoize, memoizeObject} from '../../../text/memoize.ts';
import type {Block, TextLine} from '../../document/blocks.ts';
import {phrase, piece} from '../../words/vocabulary.ts';

/**
 * `raw`: with its markup. `text`: without code and emphasis. `isBegin`: it begins a paragraph. `isAhead`: code, a list or
 * a table stands directly below its text. `follows`: another one of the same text stands before it. `cells`: of its row,
 * and `head` above its own.
 */
export type Said = {
  line: number;
  raw: string;
  text: string;
  isLead: boolean;
  isBegin: boolean;
  isAhead: boolean;
  follows: boolean;
  cells?: readonly string[];
  head?: string;
};

/** All sentences outside of blocks of code and headings, with the line on which each begins. */
export const sentencesOf = memoizeObject(splitBlocks);

function splitBlocks(blocks: readonly Block[]): readonly Said[] {
  return blocks.flatMap((block, index): readonly Said[] => {
    if (block.kind === 'quote') return splitBlocks(block.blocks);
    if (block.kind === 'paragraph')
      return split(block.lines, LED.has(blocks[index + 1]?.kind)).map((said, at) => ({...said, isBegin: at === 0}));
    if (block.kind === 'list')
      return block.items.flatMap(({text, blocks: below}) => [
        ...split(text, LED.has(below[0]?.kind)),
        ...splitBlocks(below),
      ]);
    if (block.kind !== 'table') return [];
    const heads = block.rows[0]?.cells ?? [];
    return block.rows
      .slice(1)
      .flatMap(({line, cells}) =>
        cells.map((raw, index) => ({...sentence(line, raw), cells, head: heads[index] ?? ''})),
      );
  });
}

const LED: ReadonlySet<Block['kind'] | undefined> = new Set<Block['kind'] | undefined>(['code-block', 'list', 'table']);

function split(lines: readonly TextLine[], leads: boolean): Said[] {
  const found: {line: number; raw: string}[] = [];
  let isOpen = false;
  for (const [at, {line, text}] of lines.entries()) {
    for (const [index, raw] of text.slice(0, LENGTH_MAX).split(SENTENCES).entries()) {
      const last = isOpen && index === 0 ? found.pop() : undefined;
      found.push(last === undefined ? {line, raw} : {line: last.line, raw: `${last.raw} ${raw}`});
    }
    // "Fail over: `pumpctl failover`", and on the next line "Skip it after 04:00."
    const isCut = /`\s*$/.test(text) && /^\p{Lu}/u.test(lines[at + 1]?.text ?? '');
    isOpen = !ENDS.test(text) && !isCut;
  }
  return found.map(({line, raw}, index) => ({
    ...sentence(line, raw),
    follows: index > 0,
    isAhead: leads,
    isLead: leads && index === found.length - 1 && leadsOn(raw),
  }));
}

const LENGTH_MAX = 1500;
/** A dot behind a figure or a single letter belongs to a label. */
const SENTENCES = /(?<=[^\d.]\S[.!?][*_)"”»]{0,3})\s+|(?<=;)\s+/u;
const ENDS = /[.!?;][*_)"”»]{0,3}\s*$/;

function sentence(line: number, raw: string): Said {
  const text = raw
    .slice(0, LENGTH_MAX)
    .replaceAll(/`[^`]*\s[^`]*`/g, ' ')
    .replaceAll(/[`~]|\*\*|__/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return {line, raw, text, isLead: false, isBegin: false, isAhead: false, follows: false};
}

/** "the steps", "each command". */
const PARTS = piece`\<(?:${'own-parts'}|(?:${'each-of'}|${'any-of'}|${'only'})\s+(?:\p{L}+\s+)?${'own-part'})\>`;
const APART = piece`(?:${'sets-apart'}|${'never'}|${'only'}|${'optional'}|${'times-over'}|${'repeats'})`;

/** Whether it says of some parts that they are done otherwise than once, where they stand. `isPlaced`: it also says where or as whom. */
export function setsPartsApart(text: string, isPlaced: boolean): boolean {
  if (!NAMES_PARTS.test(text)) return false;
  return IS_APART.test(text) || (!isPlaced && CARRIED.test(text) && HANGS.test(text));
}

const NAMES_PARTS = phrase`${PARTS}`;
const IS_APART = phrase`\<(?:${'sets-apart'}|${'never'}|${'optional'}|${'times-over'})\>`;
const CARRIED = phrase`\<${'carried-out'}\>`;
const HANGS = phrase`\<(?:${'hangs-on'}|${'may-hang'}|${'only'}|${'do-first'}|${'before-what'})\>`;

/** Whether a text that names a mark says more than that it is there. */
export const asksForMore = memoize(saysMore);

function saysMore(text: string): boolean {
  return MORE.test(text);
}

const MORE = phrase`\<(?:${APART}|${'hangs-on'}|${'may-hang'}|${'do-first'}|${'before-what'}|${'wait'}|${'ask-people'}|${'by-hand-or-tool'}|${'later'})\>`;

/** Whether it may hold back a part that it names: until when, in what case, by whom, or not at all. */
export function holdsBack(text: string): boolean {
  return HOLDS.test(text) && text.split(/\s+/).length >= WORDS_MIN;
}

/** "Stop workers" is the title of something. */
const WORDS_MIN = 3;
/** "Minden first, because it is smaller": at the beginning, and with a pause behind it. */
const FIRST = piece`^\W*(?:\p{L}+\W+){1,4}${'do-first'}\W*(?:$|[.,;:–—])`;
const HOLDS = phrase`\<(?:${'holds-back'}|${'only'}|${'never'}|${'hangs-on'}|${'optional'}|${'sets-apart'}|${'calls-off'}|${'later-only'}|${'later-lead'}|${'later-day'}|${'once-done'})\>|${FIRST}`;

/** Whether it names parts by how they are written: "everything in italics", "the grey lines". */
export const looksNamedIn = memoize(findLooks);

function findLooks(text: string): 'italics' | 'bold' | 'colour' | undefined {
  if (!asksForMore(text)) return undefined;
  if (ITALICS.test(text)) return 'italics';
  if (BOLD.test(text)) return 'bold';
  return COLOURED.test(text) ? 'colour' : undefined;
}

const ITALICS = phrase`\<${'in-italics'}\>`;
const BOLD = phrase`\<${'in-bold'}\>`;
const COLOURED = phrase`\<(?:${'coloured'}\s+${'own-parts'}|${'own-parts'}\s+(?:\p{L}+\s+){0,2}${'coloured'})\>`;

/** Whether it speaks of parts that carry a mark. */
export function speaksOfMarks(text: string): boolean {
  return NAMES_PARTS.test(text) || MARKED.test(text);
}

const MARKED = phrase`\<${'marked-as'}\>`;

/** The word with which parts are marked: "all boxes tagged `slow`". */
export function markWordIn(text: string): string | undefined {
  return NAMES_PARTS.test(text) ? MARK_WORD.exec(text)?.[1] : undefined;
}

const MARK_WORD = phrase`\<${'marked-as'}\s+(?:(?:${'as-user'}|${'by-user'}|${'the'})\s+){0,2}["'“„«([_*]*([\p{L}\d][\p{L}\d-]{0,19})`;
