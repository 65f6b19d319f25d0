/** The types of the reader: what a recogniser finds, and the setting in which the next part is read. */
import type {Block, CodeBlock, Item, TextLine} from '../document/blocks.ts';
import type {Assumed} from '../doubt.ts';
import type {SectionNode} from '../outline/sections.ts';
import type {Hours} from '../phrases/time-marks.ts';
import type {Blank, Contact, Expectation, MetaEntry, ReferenceValue, Rule, RuleRole, Step} from '../plan.ts';
import type {Problem} from '../problem.ts';
import type {Action, ChoiceArm} from '../script.ts';
import type {Where} from './code/where.ts';

/** What holds for the next part. It is passed on and returned, and never changed. */
export type Setting = {
  readonly lines: readonly string[];
  readonly node: SectionNode;
  /** The option of a choice in which it stands. */
  readonly arm: Under | undefined;
  readonly where: Where;
  /** The last step so far. */
  readonly before: FoundStep | undefined;
  /** The bold line, or the sentence with a colon at its end, directly above. */
  readonly label: Label | undefined;
  /** `afterCommands`: commands stand directly above. `ran`: the current block has commands. */
  readonly afterCommands: boolean;
  readonly ran: boolean;
  /** Directives in comments, for the next step. */
  readonly directives: Directives;
  readonly everyMs: number | undefined;
  readonly hours: Hours | undefined;
  /** "If the canary is the issue:" holds for what follows, until the next label. */
  readonly condition: string | undefined;
  /** "Only on staging:" holds as long. */
  readonly scope: string | undefined;
  /** The role of bounds, when a label gives it: "Alert if:". */
  readonly role: RuleRole | undefined;
  /** Why bounds got that role, where no words give it; it becomes a doubt. */
  readonly assumed: string | undefined;
  /** The title of the next step, where its own text is only a label: "Command:". */
  readonly title: string | undefined;
  /** Bounds that follow are judged. */
  readonly judged: boolean;
  /** The kind of the block directly below. */
  readonly below: Block['kind'] | 'alternatives' | undefined;
  /** Line of the table of steps that is being read. */
  readonly row: number | undefined;
};

export type Label = {text: string; line: number};
export type Directives = Readonly<Record<string, string>>;

/** Found steps, rules and blanks get their ids at the end (`assemble.ts`); until then they are identified as objects. */
export type FoundStep = Omit<Step, 'id' | 'action' | 'arm'> & {
  readonly action: FoundAction;
  readonly arm?: Under;
  /** Line of the table in which it is a row. */
  readonly row?: number;
};
export type FoundRule = Omit<Rule, 'id'>;
export type FoundBlank = Omit<Blank, 'id'>;
export type FoundArm = Omit<ChoiceArm, 'id' | 'steps'> & {id?: string};
export type FoundAction =
  | Exclude<Action, {kind: 'rule' | 'input' | 'choice'}>
  | {kind: 'rule'; rules: readonly FoundRule[]}
  | {kind: 'input'; blanks: readonly FoundBlank[]}
  | {kind: 'choice'; arms: readonly FoundArm[]};
export type Under = {choice: FoundStep; arm: string};

export type Thing =
  | {kind: 'step'; step: FoundStep}
  | {kind: 'rule'; rule: FoundRule}
  /** More about a step above: its expectations, and boxes that it ticks. */
  | {kind: 'evidence'; of: FoundStep; boxes: readonly number[]; expectations: readonly Expectation[]; endLine: number}
  /** The step only asked a question, whose answers were found later. */
  | {kind: 'answered'; of: FoundStep}
  | {kind: 'meta'; entry: MetaEntry}
  | {kind: 'contact'; contact: Contact}
  | {kind: 'incident'; text: string; line: number}
  | {kind: 'reference'; value: ReferenceValue}
  | {kind: 'problem'; problem: Problem}
  | {kind: 'doubt'; doubt: Assumed; of: FoundStep}
  /** `by`: name of the recogniser that read the lines. */
  | {kind: 'read'; line: number; endLine: number; by: string}
  /** Running text that asks for nothing. */
  | {kind: 'note'; line: number; text: string}
  /** Running text that asks for something. It is a step, unless its whole section is told in prose. */
  | {kind: 'asked'; lines: readonly TextLine[]; step: FoundStep}
  /** A line that names what is below it, or shows something. */
  | {kind: 'label'; line: number};

/** `setting`: for the part that follows. */
export type Found = {things: readonly Thing[]; setting: Setting};

/** The parts of a document that recognisers are offered. */
export type Parts = {
  section: {node: SectionNode; things: readonly Thing[]};
  'code-block': CodeBlock;
  list: List;
  item: ItemPart;
  table: TablePart;
  /** Blocks of which one is done, with their titles. `ors`: the lines between them. */
  alternatives: {arms: readonly {title: string; block: Block}[]; ors: readonly TextLine[]};
  paragraph: {lines: readonly TextLine[]};
  line: {line: number; text: string; before: TextLine | undefined};
  /** The lines of a paragraph that no recogniser of lines took. `whole`: all lines are left. */
  text: {lines: readonly TextLine[]; whole: boolean};
  html: Extract<Block, {kind: 'html'}>;
  quote: Extract<Block, {kind: 'quote'}>;
  heading: Extract<Block, {kind: 'heading'}>;
  break: Extract<Block, {kind: 'break'}>;
};
export type List = Extract<Block, {kind: 'list'}>;
export type Table = Extract<Block, {kind: 'table'}>;

/** `list`: the list around it, if that may also inform; absent where the item is known to be work. */
export type ItemPart = {
  item: Item;
  list: ListFacts | undefined;
  raw: string;
  /** Nested items that are work themselves. */
  inner: readonly Item[];
  codeBlocks: readonly CodeBlock[];
};

/** Facts about all items of a list, each computed once. */
export type ListFacts = {
  ordered: boolean;
  count: number;
  /** `allBounds`: every item states a bound. `hasBound`: one without a box does. `hasWork`: one is work. */
  allBounds: () => boolean;
  hasBound: () => boolean;
  hasWork: () => boolean;
};

/**
 * "Checks" names steps beside a command, and metrics beside a target. `isCode`: no cell is marked as code, and each is
 * nothing but a command. `reason`: "bad → go back".
 */
export type Column = {head: string; kinds: readonly ColumnKind[]; isCode: boolean};
export type ColumnKind =
  | 'step'
  | 'command'
  | 'expected'
  | 'status'
  | 'time'
  | 'place'
  | 'owner'
  | 'metric'
  | 'target'
  | 'alert'
  | 'trigger'
  | 'contact'
  | 'case'
  | 'signature'
  | 'number'
  | 'rollback'
  | 'reason';
export type Row = Table['rows'][number];
/** `head`: the row with the headers. */
export type TablePart = {head: Row; columns: readonly Column[]; rows: readonly Row[]; isOfSteps: boolean};

/** Reads the contents of a part. `line` gives undefined where no recogniser of lines took it. */
export type Reader = {
  blocks(blocks: readonly Block[], setting: Setting): Found;
  items(items: readonly Item[], setting: Setting, list?: List): Found;
  tables(blocks: readonly Block[], setting: Setting): Found;
  line(part: Parts['line'], setting: Setting): Found | undefined;
  text(part: Parts['text'], setting: Setting): Found;
};

/**
 * One way in which people write checklists. `example`: real text that it reads, run as a test. `read` gives undefined
 * when the part is something else.
 */
export type Recogniser<Part extends keyof Parts = keyof Parts> = {
  [On in Part]: {
    name: string;
    example: string;
    on: On;
    read(part: Parts[On], setting: Setting, reader: Reader): Found | undefined;
  };
}[Part];

/** Reads the parts in order; each with the setting that the previous one returned. */
export function readInOrder<Part>(
  parts: readonly Part[],
  setting: Setting,
  read: (part: Part, setting: Setting, index: number) => Found,
): Found {
  let last: Found = {things: [], setting};
  const things = parts.flatMap((part, index) => {
    last = read(part, last.setting, index);
    return last.things;
  });
  return {...last, things};
}

/** Reads a second part with the setting that the first returned. */
export function thenRead(first: Found, read: (setting: Setting) => Found): Found {
  const second = read(first.setting);
  return {...second, things: [...first.things, ...second.things]};
}

/** Reads with a changed setting. */
export function readInside(outer: Setting, inner: Partial<Setting>, read: (setting: Setting) => Found): Found {
  const {things, setting} = read({...outer, ...inner});
  return {things, setting: goOn(outer, setting)};
}

/** The outer setting behind something inside it: only the place and the last step are kept of the changes. */
export function goOn(outer: Setting, {where, before}: Setting): Setting {
  return {...outer, where, before};
}

/** The same behind commands, for what stands directly below them. */
export function goOnBehindCommands(outer: Setting, {things, setting}: Found): Found {
  return {things, setting: {...goOn(outer, setting), ran: true}};
}

export function withWhere(setting: Setting, where: Where): Setting {
  return {...setting, where};
}

export function withStep(setting: Setting, step: FoundStep): Found {
  return {things: [{kind: 'step', step}], setting: {...setting, before: step}};
}

/** A label and directives hold only for the block directly below. */
export function withoutLabel({things, setting}: Found): Found {
  return {things, setting: {...setting, label: undefined, directives: {}}};
}

export function rulesFound(rules: readonly FoundRule[]): Thing[] {
  return rules.map(rule => ({kind: 'rule', rule}));
}

export function notesFound(lines: readonly TextLine[]): Thing[] {
  return lines.map(({line, text}) => ({kind: 'note', line, text}));
}

/** Lines that name or show something and are no prose. */
export function labelsFound(lines: readonly {line: number}[]): Thing[] {
  return lines.map(({line}) => ({kind: 'label', line}));
}

export function problemsFound(problems: readonly Problem[]): Thing[] {
  return problems.map(problem => ({kind: 'problem', problem}));
}

export function stepsIn(things: readonly Thing[]): FoundStep[] {
  return things.flatMap(thing => (thing.kind === 'step' ? [thing.step] : []));
}
