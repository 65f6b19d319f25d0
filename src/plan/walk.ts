import type {Directives} from './apply-directives.ts';
import {hasBlank, readBlanks} from './blanks.ts';
import {addRadio, isRadio} from './choices.ts';
import {looksLikeCommand} from './command-likeness.ts';
import {enterTopSection} from './contexts.ts';
import type {Draft, Place} from './draft.ts';
import {codeSpans, plainText, readInline} from './inline.ts';
import {type Around, isTask, readItem} from './items.ts';
import type {Block, Item, TextLine} from './markdown.ts';
import {readCadence} from './quantity.ts';
import {referencesIn, referencesInTable} from './references.ts';
import {add, addBlanks, addFence, addInput, byHand, directivesIn, expectOfLast, ownerAt} from './steps.ts';

/** Reads what stands under one heading into the draft. */
export function walkSection(draft: Draft, place: Place): void {
  const {section, top, blocks} = place.node;
  enterTopSection(draft.shells, top);
  const before = draft.steps.length + draft.rules.length;
  const everyMs = readCadence(section.title);
  const walk: Walk = {draft, place, label: undefined, prose: [], directives: {}, afterFence: false, everyMs};
  for (const block of blocks) walkBlock(walk, block);
  const added = draft.steps.length + draft.rules.length - before;
  if (added === 0 && walk.prose.length > 0 && TOLD.test(section.role)) {
    const owner = ownerAt(section.title, section.line, walk.prose.at(-1)?.line ?? section.line);
    add(
      draft,
      place,
      owner,
      byHand(
        owner,
        walk.prose.map(line => plainText(line.text)),
        [],
      ),
    );
  }
}

/** Under such headings prose alone is something to do. */
const TOLD = /^(?:prepare|deploy|verify|rollback)$/;

type Walk = {
  draft: Draft;
  place: Place;
  /** The bold line, or the sentence ending in a colon, just above. */
  label: {text: string; line: number} | undefined;
  prose: TextLine[];
  /** From a comment, for the next step. */
  directives: Directives;
  afterFence: boolean;
  everyMs: number | undefined;
};

function walkBlock(walk: Walk, block: Block): void {
  const {draft} = walk;
  const wasAfterFence = walk.afterFence;
  walk.afterFence = false;
  switch (block.kind) {
    case 'paragraph':
      walkParagraph(walk, block.lines, wasAfterFence);
      return;
    case 'list':
      walkList(walk, block);
      break;
    case 'fence':
      walkFence(walk, block);
      break;
    case 'table':
      draft.references.push(...referencesInTable(block));
      break;
    case 'html':
      walk.directives = {...walk.directives, ...directivesIn(draft, block.text, block.line)};
      return;
    case 'quote':
      for (const inner of block.blocks) walkBlock(walk, inner);
      return;
    case 'heading':
      walk.label = {text: plainText(block.text), line: block.line};
      return;
    case 'break':
    case 'front-matter':
      return;
  }
  walk.label = undefined;
  walk.directives = {};
}

function walkParagraph(walk: Walk, lines: readonly TextLine[], afterFence: boolean): void {
  const {draft, place} = walk;
  const {role} = place.node.section;
  for (const {line, text} of lines) {
    const inline = readInline(text);
    if (role === 'contacts') readContact(draft, text, line);
    else if (inline.lead !== undefined && (inline.rest !== '' || hasBlank(text)) && keepsMeta(place)) {
      const blank = hasBlank(text);
      draft.meta.push({key: inline.lead, value: blank ? '' : inline.rest, line, blank});
    }
  }
  if (lines.some(({text}) => hasBlank(text))) {
    if (role !== 'contacts') addBlanks(draft, place, lines, place.node.preamble);
    return;
  }
  if (afterFence && expectOfLast(draft, lines)) return;
  const last = lines.at(-1);
  const inline = readInline(last?.text ?? '');
  walk.label =
    last !== undefined && (inline.strong || /[:：]$/.test(inline.text))
      ? {text: inline.text.replace(/\s*[:：]$/, ''), line: last.line}
      : undefined;
  walk.prose.push(...lines);
}

/** `**Key:** value` lines describe the deployment at the head of a document and in its notes. */
function keepsMeta(place: Place): boolean {
  return place.node.preamble || /^(?:notes|reference|other)$/.test(place.node.section.role);
}

function walkFence(walk: Walk, fence: Extract<Block, {kind: 'fence'}>): void {
  const {draft, place, label} = walk;
  const {section} = place.node;
  const references = fence.info === '' ? referencesIn(fence) : [];
  draft.references.push(...references);
  if (references.length > 0 || fence.indented) return;
  if (/^(?:contacts|reference|triggers|criteria)$/.test(section.role) || isNote(walk, fence)) {
    walk.prose.push(...fence.body);
    return;
  }
  const title = label?.text ?? section.title;
  const owner = ownerAt(title, label?.line ?? fence.line, fence.endLine);
  const condition = owner.condition ?? ownerAt(section.title, 0, 0).condition;
  addFence(draft, place, fence, {
    ...owner,
    directives: walk.directives,
    ...(walk.everyMs === undefined ? {} : {everyMs: walk.everyMs}),
    ...(condition === undefined ? {} : {condition}),
  });
  walk.afterFence = true;
}

/** Text in a fence that is no program: a template, sample output, room for notes. */
function isNote(walk: Walk, fence: Extract<Block, {kind: 'fence'}>): boolean {
  if (walk.place.node.section.role === 'notes') return true;
  if (
    /^(?:json|ya?ml|toml|ini|html|xml|markdown|md|text|txt|diff|output|log|conf|nginx|terraform|hcl|promql|env|js|ts|typescript|javascript|python|py|dockerfile)\b/i.test(
      fence.info,
    )
  )
    return true;
  return (
    fence.info === '' &&
    !fence.body.some(
      ({text}) =>
        looksLikeCommand(text.replace(/^\s*\$\s+/, '')) ||
        /^\s*(?:select|insert|update|delete|create|alter|drop|with)\s/i.test(text),
    )
  );
}

function walkList(walk: Walk, list: Extract<Block, {kind: 'list'}>): void {
  const {draft, place, label} = walk;
  const {role} = place.node.section;
  if (role === 'contacts') {
    walkContacts(walk, list);
    return;
  }
  if (isRadio(label?.text, list.items, role === 'notes') && label !== undefined) {
    addRadio(draft, place, label, list.items);
    return;
  }
  const around: Around = {directives: walk.directives, ...(walk.everyMs === undefined ? {} : {everyMs: walk.everyMs})};
  for (const item of list.items) {
    if (isTask(item) || isStep(item, list.ordered, role)) readItem(draft, place, item, around);
    else {
      const blanks = item.text.filter(({text}) => hasBlank(text));
      if (blanks.length > 0) addBlanks(draft, place, blanks, place.node.preamble);
      walk.prose.push(...item.text);
    }
  }
}

/** Which items without a box are something to do. */
function isStep(item: Item, ordered: boolean, role: Place['node']['section']['role']): boolean {
  if (role === 'reference' || role === 'notes') return false;
  if (role === 'triggers' || role === 'criteria') return true;
  if (item.blocks.some(block => block.kind === 'fence' || (block.kind === 'list' && block.items.some(isTask))))
    return true;
  if (ordered) return role !== 'other' || item.text.some(({text}) => codeSpans(text).some(looksLikeCommand));
  const raw = item.text
    .map(({text}) => text)
    .join(' ')
    .trim();
  if (/^`[^`]+`$/.test(raw) && codeSpans(raw).some(looksLikeCommand)) return true;
  return role === 'monitor' || role === 'validate' ? /[<>≤≥]\s*\d/.test(raw) : false;
}

function walkContacts(walk: Walk, list: Extract<Block, {kind: 'list'}>): void {
  const {draft, place, label} = walk;
  const open: TextLine[] = [];
  for (const item of list.items) {
    for (const {line, text} of item.text) {
      if (list.ordered) draft.incident.push({text: plainText(text), line});
      else if (readContact(draft, text, line)?.blank === true) open.push({line, text});
    }
  }
  const blanks = open
    .flatMap(({line, text}) => readBlanks(draft, text, line, false))
    .map(({computed: _, ...blank}) => blank);
  const [first] = blanks;
  if (first === undefined) return;
  addInput(
    draft,
    place,
    ownerAt(label?.text ?? place.node.section.title, first.line, blanks.at(-1)?.line ?? first.line),
    blanks,
  );
}

/** `Developer: ____`, `**On-Call:** Ana, 555-0100`. A name in the bindings fills the blank. */
function readContact(draft: Draft, text: string, line: number): {blank: boolean} | undefined {
  const match = /^([^:]{2,60}):\s*(.*)$/.exec(plainText(text.replaceAll(/(?:\\?_){3,}/g, ' ')));
  const role = match?.[1]?.trim();
  if (role === undefined || (match?.[2] === '' && !hasBlank(text))) return undefined;
  const bound = Object.entries(draft.bindings.contacts).find(([key]) => key.toLowerCase() === role.toLowerCase())?.[1];
  const blank = bound === undefined && hasBlank(text);
  draft.contacts.push({role, name: bound ?? (blank ? '' : (match?.[2] ?? '').trim()), line, blank});
  return {blank};
}
