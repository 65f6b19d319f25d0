/** Reads a list under a heading. */
import {traitsOf} from '../../action-traits.ts';
import type {Block, Fence, Item} from '../../document/blocks.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {sectionKey} from '../../outline/section-marks.ts';
import {hasBlank} from '../../phrases/blanks.ts';
import {readExpectations} from '../../phrases/expectations.ts';
import {readMarks} from '../../phrases/marks.ts';
import {introducesBounds} from '../../phrases/measure-leads.ts';
import {readThresholds} from '../../phrases/thresholds.ts';
import type {Expectation} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {speaksOf} from '../../words/vocabulary.ts';
import {replaceStep} from '../draft.ts';
import {addOptionItems} from '../items/alternatives.ts';
import {addRadio, isRadio} from '../items/choices.ts';
import {readContacts} from '../items/contacts.ts';
import {readInlineChoice} from '../items/inline-choices.ts';
import {holdsWork, isTask, textOf} from '../items/item-shapes.ts';
import {readItem} from '../items/items.ts';
import {wholeCommand} from '../items/whole-commands.ts';
import {addBlanks} from '../steps.ts';
import {noteNotRun} from './walk-fences.ts';
import {aroundNow, type Walk} from './walk-state.ts';

export function walkList(walk: Walk, list: Extract<Block, {kind: 'list'}>, afterFence: boolean): void {
  const {draft, place, label} = walk;
  const {role} = place.node.section;
  if (role === 'contacts') {
    for (const item of list.items) if (isTask(item) || holdsWork(item)) readItem(draft, place, item, aroundNow(walk));
    const told = list.items.filter(item => !isTask(item) && !holdsWork(item));
    readContacts(draft, place, told, list.ordered, label?.text);
    return;
  }
  if (isRadio(label?.text, list.items, role === 'notes') && label !== undefined) {
    addRadio(draft, place, label, list.items);
    return;
  }
  if (addOptionItems(walk, list.items)) return;
  const isReasons = role === 'rollback' && aroundNow(walk).role === 'trigger';
  for (const item of list.items) {
    if (afterFence && isResult(item) && takeResult(walk, item)) continue;
    if (isTask(item) || isReasons || isStep(walk, item, list)) readItem(draft, place, item, aroundNow(walk));
    else tellItem(walk, item);
  }
}

function tellItem(walk: Walk, item: Item): void {
  const {draft, place, prose} = walk;
  for (const fence of fencesIn(item)) noteNotRun(walk, fence);
  const blanks = item.text.filter(({text}) => hasBlank(text));
  if (blanks.length > 0) addBlanks(draft, place, blanks, place.node.preamble);
  prose.push(...item.text);
}

function fencesIn(item: Item): Fence[] {
  return item.blocks.flatMap(block => {
    if (block.kind === 'fence') return [block];
    return block.kind === 'list' ? block.items.flatMap(fencesIn) : [];
  });
}

/** Which items without a box are something to do. */
function isStep({place, label}: Walk, item: Item, {ordered, items}: Extract<Block, {kind: 'list'}>): boolean {
  const {role} = place.node.section;
  if (holdsTask(item)) return true;
  if (role === 'reference' || role === 'notes') return false;
  if (role === 'triggers' || role === 'criteria') return true;
  const raw = textOf(item);
  if (sectionKey(raw) !== undefined) return false;
  if (holdsWork(item) || readInlineChoice(raw) !== undefined) return true;
  if (ordered) return role !== 'other' || isInstruction(place.node.preamble, item, items) || commandsIn(item);
  const isJudged = role === 'verify' || (label !== undefined && introducesBounds(label.text));
  const marks = readMarks(raw);
  if (marks.gate === true || (marks.owner !== undefined && PREFIXED.test(plainText(raw)))) return true;
  if (role === 'monitor' || role === 'validate') return /[<>≤≥]\s*\d/.test(raw);
  // "Verify:" over bullets with bounds: each is looked at, those without one by a person.
  return (
    isJudged && items.some(one => !isTask(one) && readThresholds(textOf(one), one.line).some(({op}) => op !== '='))
  );
}

/** "RelEng: pushes to the mirrors". */
const PREFIXED = /^(?:\[[^\]]+\]|[\p{L}\p{N}&/ -]{2,30}:)\s+\S/u;

function commandsIn(item: Item): boolean {
  return item.text.some(({text}) => codeSpans(text).some(looksLikeCommand));
}

/** Of a section without a role: counted sentences are instructions, a counted list of links is a table of contents. */
function isInstruction(isHead: boolean, item: Item, items: readonly Item[]): boolean {
  const isWork = !isHead || items.some(one => holdsWork(one) || commandsIn(one));
  return isWork && items.length > 1 && !/^\s*\[[^\]]+\]\([^)]*\)\s*$/.test(textOf(item));
}

function holdsTask(item: Item): boolean {
  return item.blocks.some(block => block.kind === 'list' && block.items.some(one => isTask(one) || holdsTask(one)));
}

/** A box under a fence that only says what its output is: "- [ ] Returns 301 redirect". */
function isResult(item: Item): boolean {
  if (item.blocks.length > 0 || wholeCommand(textOf(item)) !== undefined) return false;
  if (commandsIn(item)) return false;
  const stated = resultsOf(item);
  if (!isTask(item)) return stated.length > 0 && SHOULD.test(textOf(item));
  return (
    stated.length > 0 &&
    stated.every(({readable, check}) => readable && check !== undefined) &&
    RESULT.test(plainText(textOf(item)))
  );
}

/** A bullet there says it in words as well: "All counts should be equal". A person judges what cannot be checked. */
function resultsOf(item: Item): readonly Expectation[] {
  return readExpectations(isTask(item) ? textOf(item) : `# ${textOf(item)}`, item.line);
}

const SHOULD = speaksOf('should');

/** It begins with what comes out, not with what to do. */
const RESULT =
  /^(?:returns?|responds?|should|shows?|prints?|outputs?|expect(?:ed)?|http|status|version|exit code|count|response|output|result|no (?:output|rows)|0 |zero |all |devuelve|muestra|debe|esperad[oa]|liefert|zeigt|gibt|sollte|erwartet)/i;

/** The fence's step answers for the box: its evidence ticks it. */
function takeResult({draft, place}: Walk, item: Item): boolean {
  const last = draft.steps.at(-1);
  if (last === undefined || last.section !== place.node.section.id || !traitsOf(last.action).judged) return false;
  const stated = resultsOf(item);
  replaceStep(draft, last.id, step => ({
    ...step,
    boxes: item.ticked === undefined ? step.boxes : [...step.boxes, item.line],
    expectations: [...step.expectations, ...stated],
    endLine: Math.max(step.endLine, item.endLine),
  }));
  return true;
}
