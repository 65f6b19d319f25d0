/** Reads one task, ordered item or bullet. */
import {compact} from '../../../text/compact.ts';
import type {Block, Fence, Item, TextLine} from '../../document/blocks.ts';
import {readEmbedded} from '../../document/embedded.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {idAt} from '../../ids.ts';
import {readBlanks} from '../../phrases/blanks.ts';
import {readExpectations} from '../../phrases/expectations.ts';
import {hoursOf} from '../../phrases/first-hours.ts';
import {readMarks} from '../../phrases/marks.ts';
import {introducesBounds} from '../../phrases/measure-leads.ts';
import {readCadence} from '../../phrases/quantity.ts';
import type {Blank, Expectation, Rule, SectionRole} from '../../plan.ts';
import type {Directives} from '../apply-directives.ts';
import type {Around} from '../around.ts';
import {type Draft, type Place, replaceStep} from '../draft.ts';
import {readCommands} from '../fences/fences.ts';
import {checklistIn} from '../fences/procedures.ts';
import {goTo} from '../places/contexts.ts';
import {addRules, addSpokenTrigger} from '../rules.ts';
import {add, addInput, addReading, byHand, directivesIn, isFence, type Owner, settingOf} from '../steps.ts';
import {readTable} from '../tables/tables.ts';
import {addParts, noteNotRun} from '../walk/walk-fences.ts';
import {withOwnCommands} from './fences-of-items.ts';
import {linesOfCodes} from './inline-arms.ts';
import {addInlineChoice, readInlineChoice} from './inline-choices.ts';
import {
  commandsOfItem,
  holdsWork,
  inlineCommands,
  isBlankItem,
  isName,
  isTask,
  nestedItems,
  placeOfItem,
  takesBack,
  textOfItem,
  titleOf,
  workIn,
} from './item-shapes.ts';

/** One task, ordered item or bullet, and everything nested in it. */
export function readItem(draft: Draft, place: Place, given: Item, around: Around): void {
  const item = withOwnCommands(given);
  const {role} = place.node.section;
  const raw = item.text.map(line => line.text).join(' ');
  if (role === 'triggers' || around.role === 'trigger') {
    readTrigger(draft, place, item, raw);
    return;
  }
  const choice = readInlineChoice(`${isTask(item) ? '[ ] ' : ''}${raw}`) ?? readInlineChoice(raw);
  const owner = ownerOf(draft, place, item, raw, around);
  const inner = workIn(item);
  if (choice !== undefined && inner.length === 0 && !item.blocks.some(isFence)) {
    addInlineChoice(draft, place, choice, {line: item.line, text: raw}, owner.boxes);
    return;
  }
  const commands = takesBack(raw, role) ? [] : commandsOfItem(raw, role);
  const fences = item.blocks.filter(isFence);
  if (inner.length > 0 && fences.length === 0 && commands.length === 0) {
    const tasks = inner.filter(isTask);
    if (tasks.length === inner.length && tasks.every(isName)) addNames(draft, place, owner, tasks);
    else readGroup(draft, place, item, owner, inner);
  } else {
    if (fences.length > 0) addFencesThere(draft, place, item, owner, fences, around);
    else if (commands.length > 0) addInline(draft, place, item, owner, commands);
    else if (isBlankItem(item, raw)) addInput(draft, place, owner, readItemBlanks(draft, item, raw));
    else addRuleOrManual(draft, place, item, owner, raw, around.judged === true || introducesBounds(raw));
    for (const part of inner) readItem(draft, place, part, {...around, directives: {}});
  }
  for (const table of item.blocks) if (table.kind === 'table') readTable(draft, place, table, around);
}

function readItemBlanks(draft: Draft, item: Item, raw: string): Blank[] {
  const blanks = readBlanks(draft, raw, item.line, false);
  return blanks.length > 0 ? blanks : [{id: idAt(draft, 'B', item.line), label: 'value', line: item.line}];
}

/** Every line of an item that is a trigger, nested ones too. */
function readTrigger(draft: Draft, place: Place, item: Item, raw: string): void {
  const text = plainText(raw);
  const nested = nestedItems(item);
  for (const fence of item.blocks.filter(isFence)) noteNotRun({draft, place}, fence);
  if (text !== '' && (nested.length === 0 || !text.endsWith(':'))) {
    const rules = addRules(draft, place, text, item.line, {role: 'trigger'});
    if (rules.length === 0) addSpokenTrigger(draft, place, text, item.line);
  }
  for (const child of nested) readTrigger(draft, place, child, child.text.map(line => line.text).join(' '));
}

function ownerOf(draft: Draft, place: Place, item: Item, raw: string, around: Around): Owner {
  const bullets = nestedItems(item).filter(child => !isTask(child) && !holdsWork(child));
  const prose = item.blocks.flatMap(block => (block.kind === 'paragraph' ? [...block.lines] : []));
  const html = item.blocks.filter((block): block is Extract<Block, {kind: 'html'}> => block.kind === 'html');
  const directives = Object.assign(
    {...around.directives},
    ...item.text.map(line => directivesIn(draft, line.text, line.line)),
    ...html.map(block => directivesIn(draft, block.text, block.line)),
  ) as Directives;
  const everyMs = readCadence(raw) ?? around.everyMs;
  const hours = hoursOf(raw, place.node.section) ?? around.hours;
  const marks = readMarks(raw);
  const condition = marks.condition ?? around.condition;
  const stated = statedBy(raw, item, prose);
  return compact({
    title: titleOf(raw, inlineCommands(raw)) || place.node.section.title,
    line: item.line,
    endLine: item.endLine,
    boxes: isTask(item) ? [item.line] : [],
    instructions: [...proseOf(prose, stated), ...bullets.map(textOfItem)],
    expectations: stated,
    directives,
    everyMs,
    hours,
    role: around.role,
    marks: compact({
      scope: around.scope,
      ...marks,
      ...(condition === undefined ? {} : {condition}),
    }),
  });
}

function statedBy(raw: string, item: Item, prose: readonly TextLine[]): Expectation[] {
  return [...readExpectations(raw, item.line), ...prose.flatMap(({line, text}) => readExpectations(text, line))];
}

function proseOf(prose: readonly TextLine[], stated: readonly Expectation[]): string[] {
  return prose
    .filter(({line, text}) => text !== '' && !stated.some(one => one.line === line))
    .map(({text}) => plainText(text));
}

/** "5. Test it from outside" is done here, whoever is logged in where; what logs in itself says where it is. */
function addFencesThere(
  draft: Draft,
  place: Place,
  item: Item,
  owner: Owner,
  fences: readonly Fence[],
  around: Around,
) {
  const {login, said, inside} = draft.shells;
  const there = placeOfItem(item);
  if (there?.here !== true) {
    addFences(draft, place, owner, fences, around);
    return;
  }
  goTo(draft.shells, there);
  const entered = draft.shells.login;
  addFences(draft, place, owner, fences, around);
  if (draft.shells.login === entered) Object.assign(draft.shells, {login, said, inside});
}

function addFences(draft: Draft, place: Place, owner: Owner, given: readonly Fence[], around: Around): void {
  const inside = new Map(given.map(fence => [fence, checklistIn(fence, owner.title)]));
  const fences = given.filter(fence => inside.get(fence) === undefined);
  if (fences.length === 0) add(draft, place, owner, byHand(owner, [], []));
  for (const block of [...inside.values()].flatMap(body => (body === undefined ? [] : readEmbedded(body)))) {
    if (block.kind === 'list') for (const item of block.items) readItem(draft, place, item, around);
  }
  fences.forEach((fence, index) => {
    const last = index === fences.length - 1;
    const line = index === 0 ? owner.line : fence.line;
    addParts({draft, place}, fence, {
      ...owner,
      line,
      boxes: last ? owner.boxes : [],
      expectations: last ? owner.expectations : [],
    });
  });
}

function addInline(draft: Draft, place: Place, item: Item, owner: Owner, commands: readonly string[]): void {
  const lineOf = (code: string) => item.text.find(({text}) => text.includes(code))?.line ?? item.line;
  const lines = linesOfCodes(item.text.map(({text}) => text).join(' '), commands, lineOf);
  const {login, said, inside} = draft.shells;
  const there = placeOfItem(item);
  // "Restart it on the worker box" says where for this one, whoever is logged in where.
  if (there !== undefined) goTo(draft.shells, there);
  const {readings} = readCommands(draft, place, lines, owner.directives['host']);
  if (there !== undefined) Object.assign(draft.shells, {login, said, inside});
  if (readings.length === 0) add(draft, place, owner, byHand(owner, commands, []));
  readings.forEach((reading, index) => {
    addReading(draft, place, owner, reading, index, readings.length);
  });
}

/** Elsewhere than where things are measured a figure alone may be a setting. */
const COMPARED = /(?:^|[^-=])[<>≤≥]\s*=?\s*\d/;

const MEASURED: readonly SectionRole[] = ['verify', 'monitor', 'validate', 'criteria'];

function addRuleOrManual(draft: Draft, place: Place, item: Item, owner: Owner, raw: string, judged: boolean): void {
  const bullets = nestedItems(item).filter(child => !isTask(child));
  const {role} = place.node.section;
  const measured = judged || MEASURED.includes(role) || ((role === 'other' || role === 'deploy') && COMPARED.test(raw));
  const texts = [{text: raw, line: item.line}, ...bullets.map(child => ({text: textOfItem(child), line: child.line}))];
  const rules: Rule[] = measured
    ? texts.flatMap(({text, line}) => [...addRules(draft, place, text, line, settingOf(owner))])
    : [];
  if (rules.length === 0) {
    add(draft, place, owner, byHand(owner, [], []));
    return;
  }
  const ids = rules.map(rule => rule.id);
  const ruled = new Set(rules.map(rule => rule.line));
  const expectations = owner.expectations.filter(expectation => !ruled.has(expectation.line));
  add(draft, place, owner, {
    ...byHand({...owner, expectations}, [], []),
    action: {kind: 'rule', rules: ids},
  });
}

/** A list of names is one check with a box for each. */
function addNames(draft: Draft, place: Place, owner: Owner, tasks: readonly Item[]): void {
  const expectations = tasks.flatMap(task => {
    const raw = task.text.map(line => line.text).join(' ');
    const negated = /\bnot (?:committed|tracked|checked in|in (?:git|the repo))\b/i.exec(raw);
    return negated === null
      ? []
      : [{text: `${codeSpans(raw)[0] ?? raw} ${negated[0]}`, line: task.line, readable: false}];
  });
  const named: Owner = {
    ...owner,
    boxes: [...owner.boxes, ...tasks.map(task => task.line)],
    instructions: [...owner.instructions, ...tasks.map(textOfItem)],
    expectations: [...owner.expectations, ...expectations],
  };
  add(draft, place, named, byHand(named, [], []));
}

/** Tasks under a task: each is a step, and the last of them also answers for the box of the group. */
function readGroup(draft: Draft, place: Place, item: Item, owner: Owner, tasks: readonly Item[]): void {
  const before = draft.steps.length;
  const {everyMs, hours, directives, marks} = owner;
  const around: Around = compact({
    directives,
    everyMs,
    hours,
    role: owner.role,
    condition: marks?.condition === undefined ? undefined : marks.condition,
    scope: marks?.scope === undefined ? undefined : marks.scope,
  });
  for (const task of tasks) readItem(draft, place, task, around);
  const last = draft.steps.length > before ? draft.steps.at(-1) : undefined;
  if (last === undefined || !isTask(item)) return;
  replaceStep(draft, last.id, step => ({...step, boxes: [item.line, ...step.boxes].sort((a, b) => a - b)}));
}
