/** Finds the lines around the commands of a step: its own text, prose and comments above, comments among them, text below. */

import {leadsOn} from '../../text/leads-on.ts';
import {memoize} from '../../text/memoize.ts';
import {allBlocks, type Block} from '../document/blocks.ts';
import {plainText} from '../document/inline.ts';
import {isFenceEnd} from '../document/source-lines.ts';
import {isDay} from '../phrases/declared-machines.ts';
import {type HostNames, hostNamesIn} from '../phrases/host-mentions.ts';
import {conditionBelow} from '../phrases/marks.ts';
import {commandsOf, type Plan, requestsOf, type Step} from '../plan.ts';
import {quotesCommand} from '../shell/command-likeness.ts';
import {phrase} from '../words/vocabulary.ts';
import type {LineIndex} from './found-doubt.ts';

/** `item`: an item of a list. `prose`: a line of a paragraph. `comment`: a comment in the block. */
export type Lead = {line: number; text: string; as: 'item' | 'prose' | 'comment'};

/** The lines that lead to a step. */
export type Leads = (step: Step) => readonly Lead[];

type Text = {source: readonly string[]; lines: LineIndex; code: ReadonlySet<number>; names: HostNames};

/** Several checks need the same lines, so they are found once. */
export function leadsIn({source, steps}: Plan, blocks: readonly Block[], lines: LineIndex): Leads {
  const text: Text = {source, lines, code: new Set(linesOfCode(blocks)), names: hostNamesIn(source)};
  const known = new Map<Step, readonly Lead[]>();
  return step => {
    const found = known.get(step) ?? leadsOf(step, text).map(lead => withoutConditionBelow(lead, steps));
    known.set(step, found);
    return found;
  };
}

/** "`df -h /` needs 3 GB free. If not:" without the case of the items below it, which wait for it. */
function withoutConditionBelow(lead: Lead, steps: readonly Step[]): Lead {
  const {rest, words} = lead.as === 'item' ? conditionBelow(lead.text) : {};
  const isTaken = words !== undefined && steps.some(({condition}) => condition?.startsWith(words));
  return isTaken && rest !== undefined ? {...lead, text: rest} : lead;
}

function linesOfCode(blocks: readonly Block[]): number[] {
  return allBlocks(blocks).flatMap(block =>
    block.kind === 'code-block' && !block.indented ? block.body.map(({line}) => line) : [],
  );
}

function leadsOf(step: Step, given: Text): Lead[] {
  const {source, lines} = given;
  const commands = [...commandsOf(step), ...requestsOf(step)].map(({line}) => line);
  const statement = step.action.kind === 'sql' ? step.action.statements[0]?.line : undefined;
  const first = Math.min(...commands, statement ?? step.line);
  const last = Math.max(first, ...commands);
  const isNamed =
    step.title !== lines.byId.get(step.section)?.title && !CODE_MARK.test((source[step.line - 1] ?? '').trim());
  const own = isNamed ? [leadAt(step.line, given)] : [];
  // Comments of a query say what it looks for, so they are left out.
  const among = step.action.kind === 'sql' ? [] : commentsIn(first, last, source);
  return [...own, ...leadsAbove(first, step, given), ...among];
}

function leadAt(line: number, {source, code, names}: Text): Lead {
  const text = source[line - 1] ?? '';
  if (COMMENT.test(text.trim()) && code.has(line)) return {line, text: wordsWithoutCode(text.trim()), as: 'comment'};
  return {line, text: wordsWithoutCode(withHosts(text, names)), as: ITEM.test(text) ? 'item' : 'prose'};
}

const ITEM = /^[\s>]*(?:[-*+]|\d+[.)]|\|)\s/;

/** 0 where no item begins. */
function indentOfItem(text = ''): number {
  return ITEM.test(text) ? indentOf(text) : 0;
}

/** Whether a line above an item is indented as what stands in the item before it. */
function isInItemAbove(above = '', item = ''): boolean {
  if (indentOfItem(above) > indentOfItem(item)) return true;
  return ITEM.test(item) && /^\s*[^\s>|]/.test(above) && indentOf(above) > indentOf(item);
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/** Tried on one word after the other: as a part of a long line, it would be looked for from each of its letters. */
const ADDRESS = /.(?:\.\w{2,}|:\/\/)/;

/** "On `db1`:" names a place, though it stands in code. */
function withHosts(text: string, names: HostNames): string {
  return text.replaceAll(/`([^`]*)`/g, (code, inside: string) =>
    names.has(inside.toLowerCase()) || isDay(inside) ? inside : code,
  );
}

/** The text without code, addresses and marks, because names in those say nothing about what to do. */
const wordsWithoutCode = memoize(readWordsWithoutCode);

function readWordsWithoutCode(text: string): string {
  const bare = text.replaceAll(/`[^`]*`/g, ' ').replaceAll(/\S+/g, word => (ADDRESS.test(word) ? ' ' : word));
  return plainText(bare.replace(/^[>\s*+-]+|^\s*\d+[.)]\s+/, '').replace(/^(?:#|--|\/\/)\s*/, ''));
}

const LINES_ABOVE_MAX = 12;
const PROSE_LINES_MAX = 3;

/**
 * The comments above the first command in its block, and the prose above the block, up to a heading or another step.
 */
function leadsAbove(first: number, step: Step, given: Text): Lead[] {
  const {source, lines, code} = given;
  const found: Lead[] = [];
  let isInBlock = code.has(first);
  for (let line = first - 1; line > Math.max(0, first - LINES_ABOVE_MAX) && found.length < PROSE_LINES_MAX; line -= 1) {
    const text = (source[line - 1] ?? '').trim();
    if (text === '') continue;
    // Nothing above a bold title leads to the commands below it.
    if (/^(?:\*\*|__)/.test(text) && lines.byId.get(step.section)?.line === line) break;
    if (CODE_MARK.test(text)) {
      if (!isInBlock) break;
      isInBlock = false;
    } else if (isInBlock) {
      if (step.action.kind !== 'sql' && COMMENT.test(text) && !EXPECTED.test(text))
        found.push({line, text: wordsWithoutCode(text), as: 'comment'});
    } else {
      if (/^#{1,6}\s|^\|/.test(text) || isOfOther(line, step, lines)) break;
      // "  - undo: …" above an item belongs to the item before it.
      if (line < step.line && isInItemAbove(source[line - 1], source[step.line - 1])) break;
      // A quotation with its own command is about that command.
      if (/^>/.test(text) && quotesCommand(text) && !/^\s*>/.test(source[first - 1] ?? '')) break;
      found.push(leadAt(line, given));
    }
  }
  return found;
}

/** Whether the line belongs to another step: as its title, a command, or its text for a person. */
function isOfOther(line: number, {id}: Step, lines: LineIndex): boolean {
  return lines.stepsAt(line).some(other => {
    if (other.id === id) return false;
    const own = [...commandsOf(other), ...requestsOf(other)];
    return other.line === line || own.length === 0 || own.some(command => command.line === line);
  });
}

const CODE_MARK = /^(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?(?:```|~~~)/;
const COMMENT = /^(?:#(?!!)|--|\/\/)\s*\S/;
const EXPECTED = phrase`^(?:#|--|\/\/)\s*(?:${'comment-expects'}|(?:${'output'})\s*:|${'answers'}\>|${'or'}\>|${'alternatively'})`;

/** The comments among and behind the commands. */
function commentsIn(first: number, last: number, source: readonly string[]): Lead[] {
  const found: Lead[] = [];
  for (let line = first; line <= Math.min(last, first + COMMANDS_MAX); line += 1) {
    const text = (source[line - 1] ?? '').trim();
    const comment = COMMENT.test(text) ? text : /\s(#\s+\S.*)$/.exec(text)?.[1];
    if (comment !== undefined && !EXPECTED.test(comment))
      found.push({line, text: wordsWithoutCode(comment), as: 'comment'});
  }
  return found;
}

const COMMANDS_MAX = 200;

/**
 * The text directly below the commands, behind the end of their block and one empty line, unless it belongs to something
 * else. `byPeople`: also what a person does, as a step of its own.
 */
export function linesBelow(step: Step, {source}: Plan, {stepsAt, sectionAt}: LineIndex, byPeople = false): Lead[] {
  const own = [...commandsOf(step), ...requestsOf(step)].map(({line}) => line);
  let line = Math.max(step.line, ...own) + 1;
  if (isFenceEnd(source[line - 1])) line += 1;
  if ((source[line - 1] ?? '').trim() === '') line += 1;
  const text = source[line - 1] ?? '';
  if (TITLE_OR_ITEM.test(text) || leadsOn(text) || sectionAt(line)?.line === line) return [];
  const isOther = (other: Step) => other.id !== step.id && !(byPeople && other.action.kind === 'manual');
  if (own.includes(line) || stepsAt(line).some(isOther)) return [];
  return [{line, text: text.replaceAll(/`[^`]*`/g, ' '), as: 'prose'}];
}

const TITLE_OR_ITEM = /^\s*(?:#|[-*+|]\s|\d+[.)]\s|`{3}|~{3})/;
