/** Answers questions about one list item: is it a task, work, a name, a result, which commands does it hold? */
import {once} from '../../text/memoize.ts';
import {allBlocks, type CodeBlock, type Item} from '../document/blocks.ts';
import {codeSpans, plainText} from '../document/inline.ts';
import {sectionKey} from '../outline/section-marks.ts';
import {hasBlank, withoutBlanks} from '../phrases/blanks.ts';
import {consequencesIn} from '../phrases/consequences.ts';
import {decisionIn, introducesBounds} from '../phrases/decisions.ts';
import {readExpectations} from '../phrases/expectations.ts';
import {readMarks} from '../phrases/marks.ts';
import {readThresholds} from '../phrases/thresholds.ts';
import type {Expectation, SectionRole} from '../plan.ts';
import {commandsAmong, quotesCommand} from '../shell/command-likeness.ts';
import {isOrder, leadsToCases, orderIn, startsByItself} from '../words/orders.ts';
import {phrase, topicPattern} from '../words/vocabulary.ts';
import {readInlineChoice} from './choices.ts';
import type {List, ListFacts, Setting} from './found.ts';
import {wholeCommand} from './inline-commands.ts';
import {isAlerting, roleInWords} from './rules.ts';
import {WORK_ROLES} from './settings.ts';

export function isTask(item: Item): boolean {
  return item.ticked !== undefined;
}

export function nestedItems(item: Item): Item[] {
  return item.blocks.flatMap(block => (block.kind === 'list' ? [...block.items] : []));
}

export function otherNestedItems(item: Item, tasks: readonly Item[]): Item[] {
  return nestedItems(item).filter(child => !tasks.includes(child));
}

/** The title of nested work: the task's for "Command: `make a`" below "Restart it"; of a single bullet, both titles. */
export function titleBelow(title: string, child: Item, count: number): string | undefined {
  const raw = textOf(child);
  if (!isTask(child) && COMMAND_LABEL.test(plainText(raw.replaceAll(/`[^`]*`/g, '')))) return title;
  const own = titleOf(raw, inlineCommands(raw));
  return isTask(child) || count > 1 || own === '' ? undefined : `${title}: ${own}`;
}

/** Only says that a command follows. */
const COMMAND_LABEL = phrase`^\W*${'command'}\W*$`;

/** Whether it may be left out: "(optional) warm the cache". */
export function isConditional(item: Item): boolean {
  return readMarks(textOf(item)).condition !== undefined;
}

/** Nested items that are work: tasks, code blocks, whole commands. */
export function workIn(item: Item): Item[] {
  return nestedItems(item).filter(child => isTask(child) || holdsWork(child));
}

/** Whether an item holds a code block or a task, or is nothing but a command. */
export function holdsWork(item: Item): boolean {
  return (
    item.blocks.some(
      block =>
        block.kind === 'code-block' ||
        (block.kind === 'list' && block.items.some(one => isTask(one) || holdsWork(one))),
    ) || wholeCommand(textOf(item)) !== undefined
  );
}

export function commandsOfItem(raw: string, role: SectionRole): string[] {
  if (role === 'criteria' || role === 'notes') return [];
  const whole = wholeCommand(raw);
  return whole === undefined ? inlineCommands(raw) : [whole];
}

export function isBlankItem(item: Item, raw: string): boolean {
  return hasBlank(raw) || (raw === '' && item.blocks[0]?.kind === 'break');
}

export function textOf(item: Item): string {
  return item.text
    .map(line => line.text)
    .join(' ')
    .trim();
}

/** Keeps back-ticks: a step that checks names reads the names from them. */
export function textOfItem(item: Item): string {
  return [textOf(item), ...nestedItems(item).map(textOfItem)].filter(text => text !== '').join('; ');
}

/** The title of a task: without its command, blanks, and a colon at the end. */
export function titleOf(raw: string, commands: readonly string[]): string {
  // A command inside a sentence is part of the sentence: "`ping x` must answer".
  if (commands.some(code => MORE_BEHIND.test(raw.slice(raw.indexOf(`\`${code}\``) + code.length + 2))))
    return plainText(raw);
  const withoutCommands = commands.reduce((text, code) => text.replace(`\`${code}\``, ''), raw);
  const shown = withoutBlanks(withoutCommands).replaceAll(/^\s*[:：–—-]\s+|\s*[:：]\s*$/g, '');
  return shown === '' ? plainText(raw) : shown;
}

/** Words behind a command, except in brackets. */
const MORE_BEHIND = /^\s+[\p{L}]{2,}.*\p{L}/u;

/** The commands in a task: `git tag v1`, but not `.env`, a path or a name, and none in text that forbids them. */
export function inlineCommands(raw: string): string[] {
  if (BANNED.test(raw)) return [];
  const otherwise = OTHERWISE.exec(raw)?.index ?? 0;
  return commandsAmong(codeSpans(otherwise === 0 ? raw : raw.slice(0, otherwise)), raw);
}

/** The following commands are for a failure: "Tests pass; otherwise run `make revert`", "(if it fails, `make b`)". */
const OTHERWISE =
  /\b(?:otherwise|or else|if not|if (?:it|this|that|they|any) (?:fails?|do(?:es)? not|do(?:es)?n['’]t))\b/i;

/** A name with a remark, and nothing to do: `DATABASE_URL` (Supabase connection string). */
export function isName(item: Item): boolean {
  const raw = textOf(item);
  return item.blocks.length === 0 && /^`[^`\s]+`\s*(?:[(:–—-].*)?$/.test(raw) && inlineCommands(raw).length === 0;
}

export function codeBlocksIn(item: Item): CodeBlock[] {
  return allBlocks(item.blocks).filter(block => block.kind === 'code-block');
}

export function listFactsOf({ordered, items}: List): ListFacts {
  return {
    ordered,
    count: items.length,
    allBounds: once(() => items.every(one => statesBound(one))),
    hasBound: once(() => items.some(one => !isTask(one) && statesBound(one))),
    hasWork: once(() => items.some(one => holdsWork(one) || mentionsCommand(one))),
  };
}

/** Whether an item without a box is something to do. */
export function isStep(item: Item, list: ListFacts, {node, label}: Setting): boolean {
  const {role} = node.section;
  if (holdsTask(item)) return true;
  if (role === 'reference' || role === 'notes') return false;
  if (isRollbackDecision(item)) return true;
  if (role === 'triggers' || role === 'criteria') return true;
  const raw = textOf(item);
  if (sectionKey(raw) !== undefined) return false;
  if (holdsWork(item) || readInlineChoice(raw) !== undefined) return true;
  if (label !== undefined && startsByItself(label.text)) return false;
  if (list.ordered) return role !== 'other' || isInstruction(node.preamble, item, list) || mentionsCommand(item);
  if (isOrderItem(item, role) && !(label !== undefined && leadsToCases(label.text))) return true;
  const isLed = label !== undefined && (introducesBounds(label.text) || roleInWords(label.text) !== undefined);
  const isOfBounds = role !== 'prepare' && role !== 'rollback' && !node.preamble;
  const isJudged = role === 'verify' || isLed || (isOfBounds && list.allBounds());
  const marks = readMarks(raw);
  if (marks.gate === true || (marks.owner !== undefined && PREFIXED.test(plainText(raw)))) return true;
  if (role === 'monitor' || role === 'validate') return /[<>≤≥]\s*\d/.test(raw) || statesBound(item);
  if (role === 'other' && isAlerting(node.section)) return statesBound(item, true);
  // "Verify:" above bullets with bounds: each bullet is checked, those without a bound by a person.
  return isJudged && list.hasBound();
}

function statesBound(item: Item, asTrouble = false): boolean {
  const states = (text: string, trouble: boolean) =>
    readThresholds(text, item.line, trouble).some(({op}) => op !== '=');
  const text = textOf(item);
  return states(text, asTrouble) || consequencesIn(plainText(text)).some(({when}) => states(when, true));
}

/** Whether a list holds reasons to roll back without saying so: no item is work, and one names a bound. */
export function holdsReasons(items: readonly Item[]): boolean {
  if (items.some(item => isTask(item) || holdsWork(item) || mentionsCommand(item) || isOrder(textOf(item))))
    return false;
  return items.some(item =>
    readThresholds(textOf(item), item.line, true).some(({op, unit}) => op.startsWith('>') && /^(?:%|ms)$/.test(unit)),
  );
}

/** Whether the item is a question whose answer is the rollback. */
export function isRollbackDecision(item: Item): boolean {
  return decisionIn(plainText(textOf(item)))?.rollsBack === true || answersOf(item).length > 0;
}

/** "Can we fix it?" with "No: roll back" and "Yes: stay" below it. */
export function answersOf(item: Item): {line: number; text: string}[] {
  const question = plainText(textOf(item));
  if (!/[?？]$/.test(question)) return [];
  const answers = nestedItems(item).map(child => ({
    line: child.line,
    text: `${question} ${plainText(textOf(child))}`,
  }));
  return answers.some(({text}) => decisionIn(text)?.rollsBack === true) ? answers : [];
}

/** Whether an item asks for something, in a section of work: "Tell the team channel". */
export function isOrderItem(item: Item, role: SectionRole): boolean {
  const text = plainText(textOf(item));
  return WORK_ROLES.includes(role) && orderIn(text) !== undefined && readExpectations(text, item.line).length === 0;
}

/** An owner before the work: "RelEng: pushes to the mirrors". */
const PREFIXED = /^(?:\[[^\]]+\]|[\p{L}\p{N}&/ -]{2,30}:)\s+\S/u;

function mentionsCommand(item: Item): boolean {
  return item.text.some(({text}) => quotesCommand(text));
}

/** In a section without a role, numbered sentences are work; a numbered list of links is a table of contents. */
function isInstruction(isHead: boolean, item: Item, list: ListFacts): boolean {
  return (!isHead || list.hasWork()) && list.count > 1 && !/^\s*\[[^\]]+\]\([^)]*\)\s*$/.test(textOf(item));
}

function holdsTask(item: Item): boolean {
  return allBlocks(item.blocks).some(block => block.kind === 'list' && block.items.some(isTask));
}

/** Whether a box below a code block only states its result: "- [ ] Returns 301 redirect". */
export function isResult(item: Item): boolean {
  if (item.blocks.length > 0 || wholeCommand(textOf(item)) !== undefined) return false;
  if (mentionsCommand(item)) return false;
  const stated = resultsOf(item);
  if (!isTask(item)) return stated.length > 0 && SHOULD.test(textOf(item));
  return (
    stated.length > 0 &&
    stated.every(({readable, check}) => readable && check !== undefined) &&
    RESULT.test(plainText(textOf(item)))
  );
}

/** Its expectations. Bullets may say them in words, for a person to judge: "All counts should be equal". */
export function resultsOf(item: Item): readonly Expectation[] {
  return readExpectations(isTask(item) ? textOf(item) : `# ${textOf(item)}`, item.line);
}

const SHOULD = topicPattern('should');

/** Text that begins with a result, and not with an order. */
const RESULT = phrase`^(?:http|${'result'})`;
const BANNED = phrase`\<(?:${'never'}|${'avoid'})\>`;
