/** What an item of a list holds, before it is made into anything. */
import {once} from '../../text/memoize.ts';
import type {Fence, Item} from '../document/blocks.ts';
import {codeSpans, plainText} from '../document/inline.ts';
import {sectionKey} from '../outline/section-marks.ts';
import {hasBlank, withoutBlanks} from '../phrases/blanks.ts';
import {decisionIn, introducesBounds} from '../phrases/decisions.ts';
import {readExpectations} from '../phrases/expectations.ts';
import {type HostNames, hostLedTo, type NamedPlace, placeOfTitle} from '../phrases/host-mentions.ts';
import {readMarks} from '../phrases/marks.ts';
import {readThresholds} from '../phrases/thresholds.ts';
import type {Expectation, SectionRole} from '../plan.ts';
import {looksLikeCommand} from '../shell/command-likeness.ts';
import {askedIn, isOrder, leadsToCases, startsByItself} from '../words/told-sentences.ts';
import {anyOf, speaksOf, wholeWords} from '../words/vocabulary.ts';
import {WordPattern} from '../words/word-pattern.ts';
import {readInlineChoice} from './choices.ts';
import type {List, Setting, Together} from './found.ts';
import {wholeCommand} from './inline-commands.ts';
import {isAlerting, roleInWords} from './rules.ts';
import {TOLD} from './settings.ts';

export function isTask(item: Item): boolean {
  return item.ticked !== undefined;
}

export function nestedItems(item: Item): Item[] {
  return item.blocks.flatMap(block => (block.kind === 'list' ? [...block.items] : []));
}

/** What is nested beside the work. */
export function besides(item: Item, tasks: readonly Item[]): Item[] {
  return nestedItems(item).filter(child => !tasks.includes(child));
}

/** "Command: `make a`" below "Restart it" is called what the task is called; another single bullet adds to that. */
export function titleBelow(title: string, child: Item, count: number): string | undefined {
  const raw = textOf(child);
  if (!isTask(child) && COMMAND_LABEL.test(plainText(raw.replaceAll(/`[^`]*`/g, '')))) return title;
  const own = titleOf(raw, inlineCommands(raw));
  return isTask(child) || count > 1 || own === '' ? undefined : `${title}: ${own}`;
}

/** It only says that a command follows. */
const COMMAND_LABEL = new WordPattern(String.raw`^\W*${anyOf('command')}\W*$`, 'iu');

/** "(optional) warm the cache": it may be left out. */
export function isSometimes(item: Item): boolean {
  return readMarks(textOf(item)).condition !== undefined;
}

/** What is nested in an item and is something to do by itself: tasks, fences, whole commands. */
export function workIn(item: Item): Item[] {
  return nestedItems(item).filter(child => isTask(child) || holdsWork(child));
}

/** A list item without a box that holds a fence, a task, or nothing but a command. */
export function holdsWork(item: Item): boolean {
  return (
    item.blocks.some(
      block =>
        block.kind === 'fence' || (block.kind === 'list' && block.items.some(one => isTask(one) || holdsWork(one))),
    ) || wholeCommand(textOf(item)) !== undefined
  );
}

/** "Rollback: `helm rollback web`" in a step of the deployment is for later. */
export function takesBack(raw: string, role: SectionRole): boolean {
  return role !== 'rollback' && TAKES_BACK.test(plainText(raw));
}

const TAKES_BACK = new WordPattern(String.raw`^\W*(?:to )?${anyOf('rollback')}[\w ]*[:：–—-]`, 'iu');

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

/** Back-ticks stay: a step bound to check names reads them from here. */
export function textOfItem(item: Item): string {
  return [textOf(item), ...nestedItems(item).map(textOfItem)].filter(text => text !== '').join('; ');
}

/** The task as it is shown: without the command it holds, blanks and the colon before what follows. */
export function titleOf(raw: string, commands: readonly string[]): string {
  // In the middle of a sentence the command is a part of it: "`ping x` must answer".
  if (commands.some(code => MORE_BEHIND.test(raw.slice(raw.indexOf(`\`${code}\``) + code.length + 2))))
    return plainText(raw);
  const withoutCommands = commands.reduce((text, code) => text.replace(`\`${code}\``, ''), raw);
  const shown = withoutBlanks(withoutCommands).replace(/\s*[:：]\s*$/, '');
  return shown === '' ? plainText(raw) : shown;
}

/** Words behind a command, other than in brackets or about what comes out. */
const MORE_BEHIND = /^\s+[\p{L}]{2,}.*\p{L}/u;

/** `git tag v1` in a task is to be run; `.env`, a path or a name is not, nor is what must never be run. */
export function inlineCommands(raw: string): string[] {
  if (BANNED.test(raw)) return [];
  const otherwise = OTHERWISE.exec(raw)?.index ?? 0;
  return codeSpans(otherwise === 0 ? raw : raw.slice(0, otherwise)).filter(looksLikeCommand);
}

/** "Tests pass; otherwise run `make revert`", "`make a` (if it fails, `make b`)": that is for when it went wrong. */
const OTHERWISE =
  /\b(?:otherwise|or else|if not|if (?:it|this|that|they|any) (?:fails?|do(?:es)? not|do(?:es)?n['’]t))\b/i;

/** `DATABASE_URL` (Supabase connection string): a name with a remark, nothing to do by itself. */
export function isName(item: Item): boolean {
  const raw = textOf(item);
  return item.blocks.length === 0 && /^`[^`\s]+`\s*(?:[(:–—-].*)?$/.test(raw) && inlineCommands(raw).length === 0;
}

/** Where the words of an item say that it is done; what its commands are called says nothing. */
export function placeOfItem(item: Item, names: HostNames): NamedPlace | undefined {
  const told = textOf(item).replaceAll(/`[^`]*`/g, '…');
  return hostLedTo(plainText(told), names, true) ?? placeOfTitle(told);
}

export function fencesIn(item: Item): Fence[] {
  return item.blocks.flatMap(block => {
    if (block.kind === 'fence') return [block];
    return block.kind === 'list' ? block.items.flatMap(fencesIn) : [];
  });
}

export function togetherOf({ordered, items}: List): Together {
  return {
    ordered,
    count: items.length,
    allBounds: once(() => items.every(one => statesBound(one))),
    hasBound: once(() => items.some(one => !isTask(one) && statesBound(one))),
    hasWork: once(() => items.some(one => holdsWork(one) || mentionsCommand(one))),
  };
}

/** Which items without a box are something to do. */
export function isStep(item: Item, list: Together, {node, label}: Setting): boolean {
  const {role} = node.section;
  if (holdsTask(item)) return true;
  if (role === 'reference' || role === 'notes') return false;
  if (decides(item)) return true;
  if (role === 'triggers' || role === 'criteria') return true;
  const raw = textOf(item);
  if (sectionKey(raw) !== undefined) return false;
  if (holdsWork(item) || readInlineChoice(raw) !== undefined) return true;
  if (label !== undefined && startsByItself(label.text)) return false;
  if (list.ordered) return role !== 'other' || isInstruction(node.preamble, item, list) || mentionsCommand(item);
  if (asksFor(item, role) && !(label !== undefined && leadsToCases(label.text))) return true;
  const isLed = label !== undefined && (introducesBounds(label.text) || roleInWords(label.text) !== undefined);
  const isOfBounds = role !== 'prepare' && role !== 'rollback' && !node.preamble;
  const isJudged = role === 'verify' || isLed || (isOfBounds && list.allBounds());
  const marks = readMarks(raw);
  if (marks.gate === true || (marks.owner !== undefined && PREFIXED.test(plainText(raw)))) return true;
  if (role === 'monitor' || role === 'validate') return /[<>≤≥]\s*\d/.test(raw) || statesBound(item);
  if (role === 'other' && isAlerting(node.section)) return statesBound(item, true);
  // "Verify:" over bullets with bounds: each is looked at, those without one by a person.
  return isJudged && list.hasBound();
}

function statesBound(item: Item, asTrouble = false): boolean {
  return readThresholds(textOf(item), item.line, asTrouble).some(({op}) => op !== '=');
}

/** Reasons to roll back without a word that says so: nothing to do in any item, and what one names is too much. */
export function holdsReasons(items: readonly Item[]): boolean {
  if (items.some(item => isTask(item) || holdsWork(item) || mentionsCommand(item) || isOrder(textOf(item))))
    return false;
  return items.some(item =>
    readThresholds(textOf(item), item.line, true).some(({op, unit}) => op.startsWith('>') && /^(?:%|ms)$/.test(unit)),
  );
}

/** A question whose answer is the rollback, wherever it stands. */
export function decides(item: Item): boolean {
  return decisionIn(plainText(textOf(item)))?.rollsBack === true || answersOf(item).length > 0;
}

/** "Can we fix it?", and below it "No: roll back", "Yes: stay". */
export function answersOf(item: Item): {line: number; text: string}[] {
  const question = plainText(textOf(item));
  if (!/[?？]$/.test(question)) return [];
  const answers = nestedItems(item).map(child => ({
    line: child.line,
    text: `${question} ${plainText(textOf(child))}`,
  }));
  return answers.some(({text}) => decisionIn(text)?.rollsBack === true) ? answers : [];
}

/** "Tell the team channel", where work is described. */
export function asksFor(item: Item, role: SectionRole): boolean {
  const text = plainText(textOf(item));
  return TOLD.includes(role) && askedIn(text) !== undefined && readExpectations(text, item.line).length === 0;
}

/** "RelEng: pushes to the mirrors". */
const PREFIXED = /^(?:\[[^\]]+\]|[\p{L}\p{N}&/ -]{2,30}:)\s+\S/u;

function mentionsCommand(item: Item): boolean {
  return item.text.some(({text}) => codeSpans(text).some(looksLikeCommand));
}

/** Of a section without a role: counted sentences are instructions, a counted list of links is a table of contents. */
function isInstruction(isHead: boolean, item: Item, list: Together): boolean {
  return (!isHead || list.hasWork()) && list.count > 1 && !/^\s*\[[^\]]+\]\([^)]*\)\s*$/.test(textOf(item));
}

function holdsTask(item: Item): boolean {
  return item.blocks.some(block => block.kind === 'list' && block.items.some(one => isTask(one) || holdsTask(one)));
}

/** A box under a fence that only says what its output is: "- [ ] Returns 301 redirect". */
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

/** A bullet there says it in words as well: "All counts should be equal". A person judges what cannot be checked. */
export function resultsOf(item: Item): readonly Expectation[] {
  return readExpectations(isTask(item) ? textOf(item) : `# ${textOf(item)}`, item.line);
}

const SHOULD = speaksOf('should');

/** It begins with what comes out, not with what to do. */
const RESULT = new WordPattern(
  `^(?:returns?|responds?|should|shows?|prints?|outputs?|expect(?:ed)?|http|status|version|exit code|count|response|output|result|no (?:output|rows)|0 |zero |all |${anyOf('result')})`,
  'iu',
);
const BANNED = wholeWords(`(?:${anyOf('never')}|avoid|instead of)`);
