/** Reads what stands under one heading, block by block. */
import {compact} from '../../../text/compact.ts';
import type {Block} from '../../document/blocks.ts';
import {insideHtml} from '../../document/embedded.ts';
import {plainText} from '../../document/inline.ts';
import {sectionKey} from '../../outline/section-marks.ts';
import {isNumberedPart} from '../../outline/section-role.ts';
import {readMarks} from '../../phrases/marks.ts';
import {readCadence} from '../../phrases/quantity.ts';
import type {Draft, Place} from '../draft.ts';
import {walkAlternatives} from '../items/alternatives.ts';
import {withFencesInItems} from '../items/fences-of-items.ts';
import {enterSection, enterTopSection} from '../places/contexts.ts';
import {placeOfHeading} from '../places/section-places.ts';
import {noteLoginBefore} from '../places/sections-on-host.ts';
import {addRules} from '../rules.ts';
import {add, addBlanks, byHand, directivesIn, type Owner, ownerAt} from '../steps.ts';
import {readTable} from '../tables/tables.ts';
import {walkFence} from './walk-fences.ts';
import {walkList} from './walk-lists.ts';
import {walkParagraph} from './walk-paragraphs.ts';
import {ASIDE, aroundNow, openWalk, TOLD, type Walk} from './walk-state.ts';

/** Reads what stands under one heading into the draft. */
export function walkSection(draft: Draft, place: Place, isOnHost = false): void {
  const {section, top, titles} = place.node;
  enterTopSection(draft.shells, top, isOnHost);
  enterSection(draft.shells, section.id, section.parent, placeOfHeading(titles[0] ?? ''));
  const {loginBefore} = draft.shells;
  const first = draft.steps.length;
  const before = draft.steps.length + draft.rules.length;
  const walk = openWalk(draft, place, readCadence(section.title));
  walkBlocks(walk, place.node.blocks);
  noteLoginBefore(draft, loginBefore, first);
  const isEmpty = draft.steps.length + draft.rules.length === before;
  if (isEmpty && isTold(walk)) tell(walk);
  else addGate(walk, before);
}

/** Prose alone is something to do where work is described, and where a heading counts it. */
function isTold({place, prose}: Walk): boolean {
  const {section, hasParts, preamble, blocks} = place.node;
  if (hasParts) return false;
  const isNumbered = !preamble && (isNumberedPart(section.title) || /^\d+(?:\.\d+)*[.):]\s/.test(section.title));
  // A heading that counts a step and says all of it.
  if (blocks.length === 0) return isNumbered && (TOLD.includes(section.role) || section.role === 'other');
  if (prose.every(({text}) => sectionKey(text) !== undefined)) return false;
  if (TOLD.includes(section.role) || JUDGED.test(section.role)) return true;
  return section.role === 'other' && isNumbered;
}

const JUDGED = /^(?:monitor|validate|criteria)$/;

function tell({draft, place, prose}: Walk): void {
  const {section} = place.node;
  const told = prose.filter(({text}) => sectionKey(text) === undefined);
  const owner = ofSection(place, told.at(-1)?.line ?? section.line);
  const lines = told.map(line => plainText(line.text));
  const isJudged = JUDGED.test(section.role);
  const rules = isJudged ? told.flatMap(({line, text}) => [...addRules(draft, place, plainText(text), line, {})]) : [];
  const step = byHand(owner, lines, []);
  add(
    draft,
    place,
    owner,
    rules.length === 0 ? step : {...step, action: {kind: 'rule', rules: rules.map(rule => rule.id)}},
  );
}

function ofSection(place: Place, endLine: number): Owner {
  const {section} = place.node;
  const owner = ownerAt(section.title, section.line, endLine);
  const gate = readMarks(section.title).gate === true ? {gate: true as const} : {};
  const {condition, owner: who, scope} = section;
  return {
    ...owner,
    marks: {
      ...owner.marks,
      ...gate,
      ...compact({owner: who, scope, condition}),
    },
  };
}

/** "Go/No-Go decision": when all under it is done, somebody still has to say go. */
function addGate(walk: Walk, before: number): void {
  const {draft, place} = walk;
  const {section, preamble} = place.node;
  if (preamble || ASIDE.includes(section.role) || /^(?:triggers|criteria|rollback)$/.test(section.role)) return;
  if (readMarks(section.title).gate !== true) return;
  const own = draft.steps
    .slice(before - draft.rules.length < 0 ? 0 : -GATE_STEPS_MAX)
    .filter(step => step.section === section.id);
  if (own.some(step => step.gate === true || step.action.kind === 'choice')) return;
  const owner = ofSection(place, section.line);
  add(draft, place, owner, byHand(owner, [], []));
}

/** A gate stands among the last steps of its section. */
const GATE_STEPS_MAX = 60;

function walkBlocks(walk: Walk, given: readonly Block[]): void {
  const blocks = withFencesInItems(given);
  for (let index = 0; index < blocks.length; ) {
    const taken = walkAlternatives(walk, blocks, index, walkBlock);
    if (taken === 0) walkBlock(walk, blocks[index] as Block);
    index += Math.max(1, taken);
  }
}

/** "Comments:" over a row of underscores, which to Markdown is a rule between parts. */
function fillRule({draft, place, label}: Walk, line: number): void {
  const text = draft.lines[line - 1] ?? '';
  if (label !== undefined && /^\s*_{5,}\s*$/.test(text)) {
    addBlanks(draft, place, [{line, text: `${label.text}: ${text.trim()}`}], place.node.preamble);
  }
}

function walkBlock(walk: Walk, block: Block): void {
  const {draft} = walk;
  const wasAfterFence = walk.afterFence;
  walk.afterFence = false;
  switch (block.kind) {
    case 'paragraph':
      walkParagraph(walk, block.lines, wasAfterFence);
      return;
    case 'list':
      walkList(walk, block, wasAfterFence);
      break;
    case 'fence':
      walkFence(walk, block, inner => walkBlocks(walk, inner));
      break;
    case 'table':
      readTable(draft, walk.place, block, aroundNow(walk));
      break;
    case 'html': {
      walk.directives = {...walk.directives, ...directivesIn(draft, block.text, block.line)};
      const inside = insideHtml(block.text, block.line);
      if (inside.length === 0) return;
      walkBlocks(walk, inside);
      break;
    }
    case 'quote':
      walkBlocks(walk, block.blocks);
      return;
    case 'heading':
      // Only in what is quoted or stands in a fence; a heading of the document begins a section.
      walk.label = {text: plainText(block.text), line: block.line};
      return;
    case 'break':
      fillRule(walk, block.line);
      return;
    case 'front-matter':
      return;
  }
  walk.directives = {};
  walk.label = undefined;
}
