/** What is found while a document is read, and the setting in which the next thing is read. All of it values. */
import type {Block, Fence, Item, TextLine} from '../document/blocks.ts';
import type {Assumed} from '../doubt.ts';
import type {SectionNode} from '../outline/sections.ts';
import type {Hours} from '../phrases/first-hours.ts';
import type {Blank, Contact, Expectation, MetaEntry, ReferenceValue, Rule, RuleRole, Step} from '../plan.ts';
import type {Problem} from '../problem.ts';
import type {Action, ChoiceArm} from '../script.ts';
import type {Where} from './code/where.ts';

/** What holds for the next thing that is read. It is passed on and handed back, and never changed. */
export type Setting = {
  readonly lines: readonly string[];
  readonly node: SectionNode;
  /** It stands under an option of this choice. */
  readonly arm: Under | undefined;
  readonly where: Where;
  /** The last step of the document so far. */
  readonly before: FoundStep | undefined;
  /** The bold line, or the sentence ending in a colon, just above. */
  readonly label: Label | undefined;
  /** Commands stand right above; and in the block that is read now. */
  readonly afterCommands: boolean;
  readonly ran: boolean;
  /** From comments, for the next step. */
  readonly directives: Directives;
  readonly everyMs: number | undefined;
  readonly hours: Hours | undefined;
  /** "If the canary is the issue:": holds for what follows, up to the next label. */
  readonly condition: string | undefined;
  /** The same of where: "Only on staging:". */
  readonly scope: string | undefined;
  /** What bounds are for, when a label says so: "Alert if:". */
  readonly role: RuleRole | undefined;
  /** Why bounds are taken for that, where no words say so. */
  readonly assumed: string | undefined;
  /** What the next step is called, where its own text is only a label: "Command:". */
  readonly title: string | undefined;
  /** What follows is looked at and judged. */
  readonly judged: boolean;
  /** What stands right below. */
  readonly below: Block['kind'] | 'alternatives' | undefined;
  /** Line of the table of steps that is read. */
  readonly row: number | undefined;
};

export type Label = {text: string; line: number};
export type Directives = Readonly<Record<string, string>>;

/** Steps, rules and blanks get their names when all has been found; until then they are known by themselves. */
export type FoundStep = Omit<Step, 'id' | 'action' | 'arm'> & {
  readonly action: FoundAction;
  readonly arm?: Under;
  /** Line of the table that it is a row of. */
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
  /** Says more of a step that stands above: what it must give, which boxes it answers for. */
  | {kind: 'evidence'; of: FoundStep; boxes: readonly number[]; expectations: readonly Expectation[]; endLine: number}
  /** The step only asked what another one gives the answers to. */
  | {kind: 'answered'; of: FoundStep}
  | {kind: 'meta'; entry: MetaEntry}
  | {kind: 'contact'; contact: Contact}
  | {kind: 'incident'; text: string; line: number}
  | {kind: 'reference'; value: ReferenceValue}
  | {kind: 'problem'; problem: Problem}
  | {kind: 'doubt'; doubt: Assumed; of: FoundStep}
  /** `by`: name of the recogniser that read these lines. */
  | {kind: 'read'; line: number; endLine: number; by: string}
  /** Running text that asks for nothing. */
  | {kind: 'note'; line: number; text: string}
  /** Running text that asks for something: a step of its own, unless its section is told in prose alone. */
  | {kind: 'asked'; lines: readonly TextLine[]; step: FoundStep}
  /** Names what stands below it, or shows something. */
  | {kind: 'label'; line: number};

/** `setting`: for what stands below. */
export type Found = {things: readonly Thing[]; setting: Setting};

/** The parts of a document that recognisers look at. */
export type Parts = {
  section: {node: SectionNode; things: readonly Thing[]};
  fence: Fence;
  list: List;
  item: ItemPart;
  table: TablePart;
  /** Blocks of which one is done, with what they are called. */
  alternatives: {arms: readonly {title: string; block: Block}[]; ors: readonly TextLine[]};
  paragraph: {lines: readonly TextLine[]};
  line: {line: number; text: string; before: TextLine | undefined};
  /** What is left of a paragraph. `whole`: all of it. */
  text: {lines: readonly TextLine[]; whole: boolean};
  html: Extract<Block, {kind: 'html'}>;
  quote: Extract<Block, {kind: 'quote'}>;
  heading: Extract<Block, {kind: 'heading'}>;
  break: Extract<Block, {kind: 'break'}>;
};
export type List = Extract<Block, {kind: 'list'}>;
export type Table = Extract<Block, {kind: 'table'}>;

/** `list`: it stands in one that may tell as well as ask; absent where it is known to be something to do. */
export type ItemPart = {
  item: Item;
  list: Together | undefined;
  raw: string;
  /** What is nested in it and is something to do by itself. */
  inner: readonly Item[];
  fences: readonly Fence[];
};

/** What the items of a list say together. Each of them asks for it, so that it is looked at once. */
export type Together = {
  ordered: boolean;
  count: number;
  /** Every item states a bound; one without a box does. */
  allBounds: () => boolean;
  hasBound: () => boolean;
  hasWork: () => boolean;
};

/** A column may mean several things: "Checks" are steps beside a command and metrics beside a target. */
export type Column = {head: string; kinds: readonly ColumnKind[]};
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
  | 'rollback';
export type Row = Table['rows'][number];
/** `head`: the first row, which names the columns; `rows`: the others. */
export type TablePart = {head: Row; columns: readonly Column[]; rows: readonly Row[]; isOfSteps: boolean};

/** Reads what stands inside of something. */
export type Reader = {
  blocks(blocks: readonly Block[], setting: Setting): Found;
  items(items: readonly Item[], setting: Setting, list?: List): Found;
  tables(blocks: readonly Block[], setting: Setting): Found;
  /** `left`: no recogniser read it as something by itself. */
  line(part: Parts['line'], setting: Setting): Found | undefined;
  text(part: Parts['text'], setting: Setting): Found;
};

/** One way in which people write checklists. `example`: real text that it reads. Undefined: it is something else. */
export type Recogniser<Part extends keyof Parts = keyof Parts> = {
  [On in Part]: {
    name: string;
    example: string;
    on: On;
    read(part: Parts[On], setting: Setting, reader: Reader): Found | undefined;
  };
}[Part];

/** One after the other: each is read where the one before has led. */
export function inTurn<Part>(
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

/** The second is read where the first has led. */
export function andThen(first: Found, read: (setting: Setting) => Found): Found {
  const second = read(first.setting);
  return {...second, things: [...first.things, ...second.things]};
}

/** What is read in a setting of its own moves on where the next command runs, and nothing else. */
export function within(outer: Setting, inner: Partial<Setting>, read: (setting: Setting) => Found): Found {
  const {things, setting} = read({...outer, ...inner});
  return {things, setting: {...outer, where: setting.where, before: setting.before}};
}

export function rulesFound(rules: readonly FoundRule[]): Thing[] {
  return rules.map(rule => ({kind: 'rule', rule}));
}

/** `isTold`: all of the section is one step, told in its prose. */
export function askedResolved(things: readonly Thing[], isTold: boolean): readonly Thing[] {
  return things.flatMap(thing => {
    if (thing.kind !== 'asked') return [thing];
    return isTold ? notesFound(thing.lines) : [{kind: 'step' as const, step: thing.step}, ...labelsFound(thing.lines)];
  });
}

export function notesFound(lines: readonly TextLine[]): Thing[] {
  return lines.map(({line, text}) => ({kind: 'note', line, text}));
}

/** Lines that name or show something, and are no prose. */
export function labelsFound(lines: readonly {line: number}[]): Thing[] {
  return lines.map(({line}) => ({kind: 'label', line}));
}

export function problemsFound(problems: readonly Problem[]): Thing[] {
  return problems.map(problem => ({kind: 'problem', problem}));
}

export function stepsIn(things: readonly Thing[]): FoundStep[] {
  return things.flatMap(thing => (thing.kind === 'step' ? [thing.step] : []));
}
