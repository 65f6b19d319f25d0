/** Reads a document: offers each part to the recognisers in order; the first that recognises it reads it. */
import type {Bindings} from '../bindings-file/types.ts';
import {type Block, type Item, textOfLines} from '../document/blocks.ts';
import type {SectionNode} from '../outline/sections.ts';
import type {NamedPlace} from '../phrases/host-mentions.ts';
import {readMarks} from '../phrases/marks.ts';
import {readCadence} from '../phrases/quantity.ts';
import {referencesInTable} from '../phrases/reference-values.ts';
import {optionSections} from './choices.ts';
import {enteringSection} from './code/session-scopes.ts';
import {inSection, startingWhere} from './code/where.ts';
import {CODE_BLOCKS} from './code-blocks.ts';
import {
  type Found,
  type FoundStep,
  type ListFacts,
  labelsFound,
  notesFound,
  type Parts,
  type Reader,
  type Recogniser,
  readInOrder,
  readInside,
  type Setting,
  type Table,
  type Thing,
  thenRead,
  withoutLabel,
  withStep,
} from './found.ts';
import {listFactsOf, workIn} from './item-shapes.ts';
import {ITEMS} from './items.ts';
import {alternativesAt, LISTS} from './lists.ts';
import {withDirectives, withoutHints} from './make-steps.ts';
import {OTHERS} from './other-blocks.ts';
import {PARAGRAPHS} from './paragraphs.ts';
import {placeOfHeading} from './places/section-places.ts';
import {withBlocksInText, withCodeBlocksInItems, withOwnCommands} from './procedures.ts';
import {loginAssumed, SECTIONS, sectionsOnHost} from './sections.ts';
import {LINES} from './sentences.ts';
import {goesOn, settingForParts} from './settings.ts';
import {TABLES, tablePart} from './tables/tables.ts';

/** Every known way in which people write checklists, in the order in which they are tried. */
export const RECOGNISERS: readonly Recogniser[] = [
  ...SECTIONS,
  ...LISTS,
  ...ITEMS,
  ...CODE_BLOCKS,
  ...TABLES,
  ...PARAGRAPHS,
  ...LINES,
  ...OTHERS,
];

const BY_PART = Map.groupBy(RECOGNISERS, ({on}) => on);

/** What the first recogniser that recognises the part reads; undefined when none does. */
function tryRecognisers<On extends keyof Parts>(
  on: On,
  part: Parts[On],
  setting: Setting,
  [line, endLine]: readonly [line: number, endLine: number],
): Found | undefined {
  for (const recogniser of BY_PART.get(on) ?? []) {
    const found = recogniser.read(part as never, setting, READER);
    if (found === undefined) continue;
    const mark: Thing = {kind: 'read', line, endLine, by: recogniser.name};
    return {...found, things: [mark, ...found.things]};
  }
  return undefined;
}

function readPart<On extends keyof Parts>(
  on: On,
  part: Parts[On],
  setting: Setting,
  at: Pick<Block, 'line' | 'endLine'>,
) {
  return tryRecognisers(on, part, setting, [at.line, at.endLine]) ?? {things: [], setting};
}

const READER: Reader = {
  blocks: readBlocks,
  items: (items, setting, list) => {
    const together = list === undefined ? undefined : listFactsOf(list);
    return readInOrder(items, setting, (item, here, index) =>
      readInside(here, conditionGoingOn(items, index) ?? {}, inside => readItem(item, inside, together)),
    );
  },
  tables: (blocks, setting) =>
    readInOrder(
      blocks.filter(block => block.kind === 'table'),
      setting,
      (table, here) => readInside(here, {}, inside => readTable(table, inside)),
    ),
  line: (part, setting) => tryRecognisers('line', part, setting, [part.line, part.line]),
  text: (part, setting) => {
    const line = part.lines[0]?.line ?? 0;
    return readPart('text', part, setting, {line, endLine: part.lines.at(-1)?.line ?? line});
  },
};

function readBlocks(given: readonly Block[], setting: Setting): Found {
  const blocks = withCodeBlocksInItems(
    given.flatMap((block): Block[] =>
      block.kind === 'paragraph' ? withBlocksInText(block.lines, setting.lines) : [block],
    ),
  );
  const groups: (Block | {kind: 'alternatives'; part: Parts['alternatives']; line: number; endLine: number})[] = [];
  for (let index = 0; index < blocks.length; ) {
    const block = blocks[index] as Block;
    const part = alternativesAt(blocks, index);
    const last = part?.arms.at(-1)?.block ?? block;
    groups.push(part === undefined ? block : {kind: 'alternatives', part, line: block.line, endLine: last.endLine});
    index += part === undefined ? 1 : 2 * part.arms.length - 1;
  }
  return readInOrder(groups, setting, (group, here, index) => {
    const at: Setting = {...here, afterCommands: here.ran, ran: false, below: groups[index + 1]?.kind};
    return group.kind === 'alternatives'
      ? withoutLabel(readPart('alternatives', group.part, at, group))
      : readBlock(group, at);
  });
}

function readBlock(block: Block, setting: Setting): Found {
  switch (block.kind) {
    case 'paragraph':
      return thenRead(withDirectives(block.lines, setting), here => readPart('paragraph', block, here, block));
    case 'list':
      return withoutLabel(readInside(setting, {}, () => readPart('list', block, settingForParts(setting), block)));
    case 'table':
      return withoutLabel(readInside(setting, {}, () => readTable(block, settingForParts(setting))));
    case 'code-block':
      return withoutLabel(readPart('code-block', block, setting, block));
    case 'front-matter':
      return {things: [], setting};
    default:
      return readPart(block.kind, block, setting, block);
  }
}

function readItem(given: Item, setting: Setting, list: ListFacts | undefined): Found {
  const item = withOwnCommands(given, setting.lines);
  const raw = textOfLines(item.text);
  const codeBlocks = item.blocks.filter(block => block.kind === 'code-block');
  return readPart('item', {item, list, raw, inner: workIn(item), codeBlocks}, setting, item);
}

/** "3. If the snapshots are gone: on db1 …", "4. and on app1 …": the case of an item holds for those that go on from it. */
function conditionGoingOn(items: readonly Item[], index: number): Pick<Setting, 'condition'> | undefined {
  const textAt = (place: number) => textOfLines(items[place]?.text ?? []);
  let at = index;
  while (at > 0 && index - at < GOING_ON_MAX && goesOn(textAt(at))) at -= 1;
  const condition = at === index ? undefined : readMarks(textAt(at)).condition;
  return condition === undefined ? undefined : {condition};
}

const GOING_ON_MAX = 20;

function readTable(table: Table, setting: Setting): Found {
  const part = tablePart(table);
  const values = part === undefined ? [] : referencesInTable(table);
  const references = values.map((value): Thing => ({kind: 'reference', value}));
  return thenRead({things: [...labelsFound(table.rows.slice(0, 1)), ...references], setting}, here =>
    part === undefined ? {things: [], setting: here} : readPart('table', part, here, table),
  );
}

/** Everything that is found in a document, from top to bottom. */
export function readSections(
  nodes: readonly SectionNode[],
  lines: readonly string[],
  bindings: Bindings,
): readonly Thing[] {
  const [first] = nodes;
  if (first === undefined) return [];
  const {arms, choices} = optionSections(nodes);
  const onHost = sectionsOnHost(lines, nodes);
  const places = new Map<string, NamedPlace | undefined>();
  const chains = new Map<string, readonly string[]>();
  const start: Setting = {
    ...NOTHING_SAID,
    lines,
    node: first,
    arm: undefined,
    where: startingWhere(bindings, lines),
    before: undefined,
  };
  return readInOrder(nodes, start, (node, {where, before}) => {
    const {id, parent} = node.section;
    const around = parent === undefined ? undefined : places.get(parent);
    const section = {ids: [id, ...(chains.get(parent ?? '') ?? [])], titles: node.titles, role: node.section.role};
    chains.set(id, section.ids);
    const here = inSection(
      enteringSection(where, {section, top: node.top, isOnHost: onHost.has(node.top)}),
      placeOfHeading(node.titles[0] ?? '', where.names),
      around,
    );
    const setting = {...start, node, arm: arms.get(id), where: here, before, everyMs: readCadence(node.section.title)};
    const found = readSection(node, setting, choices.get(id));
    places.set(id, found.setting.where.sectionPlace);
    return found;
  }).things;
}

const NOTHING_SAID = {
  label: undefined,
  afterCommands: false,
  ran: false,
  directives: {},
  everyMs: undefined,
  hours: undefined,
  condition: undefined,
  scope: undefined,
  role: undefined,
  assumed: undefined,
  title: undefined,
  judged: false,
  below: undefined,
  row: undefined,
} satisfies Partial<Setting>;

/** Reads one section. `choice`: the choice of which this section is the first option. */
function readSection(node: SectionNode, start: Setting, choice: FoundStep | undefined): Found {
  const asked: Found = choice === undefined ? {things: [], setting: start} : withStep(start, choice);
  const {things, setting} = readBlocks(node.blocks, asked.setting);
  const isTold = !node.hasParts && !things.some(({kind}) => kind === 'step' || kind === 'rule');
  const body: Found = {things: withProseSettled(things, isTold), setting};
  const assumed = loginAssumed(start.lines, start.where.loginBefore, body.things);
  const {line} = node.section;
  const whole = readPart('section', {node, things: body.things}, withoutHints(body.setting), {line, endLine: line});
  return {things: [...asked.things, ...body.things, ...assumed, ...whole.things], setting: whole.setting};
}

/** Settles what was asked in prose. `isTold`: the whole section is one step, told in prose. */
function withProseSettled(things: readonly Thing[], isTold: boolean): readonly Thing[] {
  return things.flatMap(thing => {
    if (thing.kind !== 'asked') return [thing];
    return isTold ? notesFound(thing.lines) : [{kind: 'step' as const, step: thing.step}, ...labelsFound(thing.lines)];
  });
}
