import type {Directives} from './apply-directives.ts';
import {hasBlank, readBlanks, withoutBlanks} from './blanks.ts';
import {looksLikeCommand} from './commands.ts';
import {type Draft, type Place, replaceStep} from './draft.ts';
import {readExpectations} from './expectations.ts';
import {conditionIn, readCommands} from './fences.ts';
import {codeSpans, plainText} from './inline.ts';
import type {Block, Item, TextLine} from './markdown.ts';
import type {Expectation, Rule, SectionRole} from './plan.ts';
import {readCadence, readWindow} from './quantity.ts';
import {addRules, addSpokenTrigger} from './rules.ts';
import {add, addFence, addInput, addReading, byHand, directivesIn, isFence, type Owner, settingOf} from './steps.ts';

/** What the item or heading around says about all it holds. */
export type Around = {everyMs?: number; windowMs?: number; directives: Directives};

/** One task, ordered item or bullet, and everything nested in it. */
export function readItem(draft: Draft, place: Place, item: Item, around: Around): void {
  const {role} = place.node.section;
  const raw = item.text.map(line => line.text).join(' ');
  if (role === 'triggers') {
    readTrigger(draft, place, item, raw);
    return;
  }
  const owner = ownerOf(draft, item, raw, around);
  const nested = nestedItems(item);
  const tasks = nested.filter(isTask);
  const commands = role === 'criteria' || role === 'notes' ? [] : inlineCommands(raw);
  const fences = item.blocks.filter(isFence);
  if (tasks.length > 0 && fences.length === 0 && commands.length === 0) {
    if (tasks.every(isName)) addNames(draft, place, owner, tasks);
    else readGroup(draft, place, item, owner, tasks);
    return;
  }
  if (fences.length > 0) addFences(draft, place, owner, fences);
  else if (commands.length > 0) addInline(draft, place, item, owner, commands);
  else if (hasBlank(raw)) addInput(draft, place, owner, readBlanks(draft, raw, item.line, false));
  else addRuleOrManual(draft, place, item, owner, raw);
  for (const task of tasks) readItem(draft, place, task, around);
}

export function isTask(item: Item): boolean {
  return item.ticked !== undefined;
}

export function nestedItems(item: Item): Item[] {
  return item.blocks.flatMap(block => (block.kind === 'list' ? [...block.items] : []));
}

/** Every line of an item that is a trigger, nested ones too. */
function readTrigger(draft: Draft, place: Place, item: Item, raw: string): void {
  const text = plainText(raw);
  const nested = nestedItems(item);
  if (text !== '' && (nested.length === 0 || !text.endsWith(':'))) {
    const rules = addRules(draft, place, text, item.line, {});
    if (rules.length === 0) addSpokenTrigger(draft, place, text, item.line);
  }
  for (const child of nested) readTrigger(draft, place, child, child.text.map(line => line.text).join(' '));
}

function ownerOf(draft: Draft, item: Item, raw: string, around: Around): Owner {
  const bullets = nestedItems(item).filter(child => !isTask(child));
  const prose = item.blocks.flatMap(block => (block.kind === 'paragraph' ? [...block.lines] : []));
  const html = item.blocks.filter((block): block is Extract<Block, {kind: 'html'}> => block.kind === 'html');
  const directives = Object.assign(
    {...around.directives},
    ...item.text.map(line => directivesIn(draft, line.text, line.line)),
    ...html.map(block => directivesIn(draft, block.text, block.line)),
  ) as Directives;
  const everyMs = readCadence(raw) ?? around.everyMs;
  const windowMs = cadenceWindow(raw) ?? around.windowMs;
  const condition = conditionIn(plainText(raw));
  const stated = statedBy(raw, item, prose);
  return {
    title: titleOf(raw, inlineCommands(raw)) || 'Untitled',
    line: item.line,
    endLine: item.endLine,
    boxes: isTask(item) ? [item.line] : [],
    instructions: [...proseOf(prose, stated), ...bullets.map(textOfItem)],
    expectations: stated,
    directives,
    ...(everyMs === undefined ? {} : {everyMs}),
    ...(windowMs === undefined ? {} : {windowMs}),
    ...(condition === undefined ? {} : {condition}),
  };
}

function statedBy(raw: string, item: Item, prose: readonly TextLine[]): Expectation[] {
  return [...readExpectations(raw, item.line), ...prose.flatMap(({line, text}) => readExpectations(text, line))];
}

function proseOf(prose: readonly TextLine[], stated: readonly Expectation[]): string[] {
  return prose
    .filter(({line, text}) => text !== '' && !stated.some(one => one.line === line))
    .map(({text}) => plainText(text));
}

/** Back-ticks stay: a step bound to check names reads them from here. */
function textOfItem(item: Item): string {
  const own = item.text
    .map(line => line.text)
    .join(' ')
    .trim();
  return [own, ...nestedItems(item).map(textOfItem)].filter(text => text !== '').join('; ');
}

function cadenceWindow(raw: string): number | undefined {
  const window =
    readCadence(raw) === undefined ? undefined : readWindow(raw.replace(/\b(?:every|cada)\s+[\d\w]+\s+\w+/i, ''));
  return window === undefined ? undefined : window.toMs - window.fromMs;
}

/** The task as it is shown: without the command it holds, blanks and the colon before what follows. */
function titleOf(raw: string, commands: readonly string[]): string {
  const withoutCommands = commands.reduce((text, code) => text.replace(`\`${code}\``, ''), raw);
  const shown = withoutBlanks(withoutCommands).replace(/\s*[:：]\s*$/, '');
  return shown === '' ? plainText(raw) : shown;
}

/** `git tag v1` in a task is to be run; `.env`, a path or a name is not, nor is what must never be run. */
function inlineCommands(raw: string): string[] {
  if (/\b(?:never|do not|don't|avoid|instead of|nunca)\b/i.test(raw)) return [];
  return codeSpans(raw).filter(looksLikeCommand);
}

function addFences(draft: Draft, place: Place, owner: Owner, fences: readonly Extract<Block, {kind: 'fence'}>[]): void {
  fences.forEach((fence, index) => {
    const last = index === fences.length - 1;
    const line = index === 0 ? owner.line : fence.line;
    addFence(draft, place, fence, {
      ...owner,
      line,
      boxes: last ? owner.boxes : [],
      expectations: last ? owner.expectations : [],
    });
  });
}

function addInline(draft: Draft, place: Place, item: Item, owner: Owner, commands: readonly string[]): void {
  const lineOf = (code: string) => item.text.find(({text}) => text.includes(code))?.line ?? item.line;
  const lines = commands.map(text => ({kind: 'command' as const, line: lineOf(text), text}));
  const {readings} = readCommands(draft, place, lines, owner.directives['host']);
  if (readings.length === 0) add(draft, place, owner, byHand(owner, commands, []));
  readings.forEach((reading, index) => {
    addReading(draft, place, owner, reading, index, readings.length);
  });
}

const MEASURED: readonly SectionRole[] = ['verify', 'monitor', 'validate', 'criteria'];

function addRuleOrManual(draft: Draft, place: Place, item: Item, owner: Owner, raw: string): void {
  const bullets = nestedItems(item).filter(child => !isTask(child));
  const measured = MEASURED.includes(place.node.section.role);
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
    kind: 'rule',
    action: {kind: 'rule', rules: ids},
  });
}

/** `DATABASE_URL` (Supabase connection string): a name with a remark, nothing to do by itself. */
function isName(item: Item): boolean {
  const raw = item.text
    .map(line => line.text)
    .join(' ')
    .trim();
  return item.blocks.length === 0 && /^`[^`\s]+`\s*(?:[(:–—-].*)?$/.test(raw) && inlineCommands(raw).length === 0;
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
  const {everyMs, windowMs, directives} = owner;
  const around: Around = {
    directives,
    ...(everyMs === undefined ? {} : {everyMs}),
    ...(windowMs === undefined ? {} : {windowMs}),
  };
  for (const task of tasks) readItem(draft, place, task, around);
  const last = draft.steps.length > before ? draft.steps.at(-1) : undefined;
  if (last === undefined || !isTask(item)) return;
  replaceStep(draft, last.id, step => ({...step, boxes: [item.line, ...step.boxes].sort((a, b) => a - b)}));
}
