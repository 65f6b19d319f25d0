/** Doubts about general rules: sentences, wherever they stand, that say how other parts of the document are carried out. */
import {isRun} from '../../action-traits.ts';
import type {Block} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import {outsideCode} from '../../document/source-lines.ts';
import {isDone} from '../../doubt.ts';
import {hostNamesIn, placeIn} from '../../phrases/host-mentions.ts';
import {commandsOf, type Plan, type Section, type Step} from '../../plan.ts';
import {userIn} from '../../words/named-users.ts';
import {phrase, topicPattern} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {allLabels, type Label} from '../order/labels.ts';
import {restricts, saysElsewhere} from '../remarks/restricting.ts';
import {carriersOf, marksIn} from './marks.ts';
import {isInOrder, isOnlyBefore, labelNamed, type Named, namedLabels, numbersIn} from './numbers.ts';
import {rowNotesIn} from './row-notes.ts';
import {asksForMore, looksNamedIn, type Said, sentencesOf, setsPartsApart} from './sentences.ts';

type Given = {
  plan: Plan;
  lines: LineIndex;
  labels: ReadonlyMap<string, Named>;
  ends: ReadonlyMap<number, number>;
  judged: ReadonlySet<number>;
  /** Whether an open doubt shows the sentence already. */
  isAsked(said: Said): boolean;
  isAskedAt(line: number): boolean;
};

/**
 * They wait on what the sentence governs: the lines that carry its mark, the parts whose numbers it names, or else the
 * section that it stands in or above.
 */
export function generalDoubts(
  plan: Plan,
  blocks: readonly Block[],
  lines: LineIndex,
  isAsked: (line: number, text?: string) => boolean,
): FoundDoubt[] {
  const all = sentencesOf(blocks);
  const given: Given = {
    plan,
    lines,
    labels: namedLabels(allLabels(plan), lines.sectionAt),
    ends: new Map(endsOfItems(blocks)),
    judged: new Set(plan.rules.map(rule => rule.line)),
    isAsked: ({line, text}) => isAsked(line, text),
    isAskedAt: line => isAsked(line),
  };
  const isWork = (line: number) => lines.stepsAt(line).some(step => isRun(step) && startsAt(step, line));
  const marks = marksIn(all, lines.isForeign, isWork);
  const ofMarks = marks.map(({name, line, says}) => {
    const carriers = carriersOf({name, line, says}, plan.source);
    return {line, doubts: ofParts(`what is marked "${name}"`, {line, text: says}, carriers, given)};
  });
  const ofRows = rowNotesIn(blocks).map(({name, line, says, rows}) => ({
    line,
    doubts: ofParts(`what is marked "${name}"`, {line, text: says}, rows, given),
  }));
  const legends = new Set([...ofMarks, ...ofRows].flatMap(({line, doubts}) => (doubts.length > 0 ? line : [])));
  return [
    ...[...ofMarks, ...ofRows].flatMap(({doubts}) => doubts),
    ...all.flatMap(said => {
      if (legends.has(said.line)) return [];
      return isWork(said.line) && !isLabelled(said) ? [] : ofSentence(said, given, isWork(said.line));
    }),
  ];
}

function isLabelled({text}: Said): boolean {
  return /\d/.test(text);
}

function ofSentence(said: Said, given: Given, isWork: boolean): FoundDoubt[] {
  const {line, text, isLead} = said;
  const look = looksNamedIn(text);
  const alike = look === 'italics' || look === 'bold' ? linesIn(look, line, given.plan.source) : [];
  if (alike.length > 0) return ofParts(`what is written in ${look}`, said, alike, given);
  const named = namedIn(said, given);
  if (named.length > 0) return named.length === 1 && isNearby(said, named) ? [] : ofNumbers(said, named, given);
  const elsewhere = isWork ? [] : elsewhereIn(said, given);
  if (elsewhere.length > 0) return saysMoreOf('this', said, elsewhere, given.lines);
  const isPlaced = placeIn(text) !== undefined || userIn(said.raw) !== undefined;
  if (isWork || isLead || (look === undefined && !setsPartsApart(text, isPlaced)) || CASE_OF_FAULT.test(text))
    return [];
  return ofWhole(said, given);
}

/** "If a command fails, repeat it": the run stops there, and asks. */
const CASE_OF_FAULT = phrase`\<${'condition'}\s[^,]*\<${'goes-wrong'}\>`;

/** Whether it stands in the part that it names, or directly at it. */
function isNearby({line}: Said, [first]: readonly Label[]): boolean {
  return first !== undefined && line >= first.line && line <= first.endLine;
}

function namedIn({line, text}: Said, given: Given): Label[] {
  const bare = text.replace(CASE, ' ');
  const found = labelsIn(bare, line, given);
  const lineOf = (name: string) => found.find(label => label.name === name)?.line;
  const isReordered = found.length > 1 && isInOrder(bare, lineOf) === false;
  const isPlain = isInOrder(bare, lineOf) === true || (found.length === 1 && isOnlyBefore(bare));
  const isMore = !isPlain && (asksForMore(bare) || restricts({text: bare, at: 'above'}));
  return isReordered || isMore ? found : [];
}

function labelsIn(text: string, line: number, {labels, lines}: Given): Label[] {
  const section = lines.sectionAt(line)?.id;
  return numbersIn(text, name => labels.has(name)).flatMap(name => labelNamed(line, section, labels.get(name)) ?? []);
}

/** "Step 3 runs on app-2": the steps of the parts it names that would run in another place. */
function elsewhereIn(said: Said, given: Given): Step[] {
  if (given.isAsked(said)) return [];
  const parts = labelsIn(said.text.replace(CASE, ' '), said.line, given);
  const steps = parts.length === 0 ? [] : parts.flatMap(({line}) => stepsOf(line, given));
  return steps.filter(step => saysElsewhere(said.text, step, hostNamesIn(given.plan.source)));
}

/** "If step 3 was done, …" asks nothing of step 3. */
const CASE = phrase`\<${'condition'}\s(?:[^,:;]|:(?=\d))*[,:]`;

function ofNumbers(said: Said, labels: readonly Label[], given: Given): FoundDoubt[] {
  const {lines} = given;
  const from = lines.sectionAt(said.line)?.use;
  // A way back that names a part of the deploy sends nobody there.
  const governs = (at: number) => {
    const use = lines.sectionAt(at)?.use;
    return isDone(from) ? use === from : isDone(use);
  };
  if (given.isAsked(said) || isAgain(said, labels, given)) return [];
  const parts = labels.filter(({line}) => governs(line)).map(({line}) => line);
  // Without words, "only if step 7 was begun" may be said of the item that it stands in as well.
  return ofParts('this', said, lines.isForeign && parts.length > 0 ? [...parts, said.line] : parts, given);
}

/** "Repeat 3-6 for each site" behind them, where a person is shown or asked: it changes nothing of them. */
function isAgain({line, text}: Said, labels: readonly Label[], {lines, isAskedAt}: Given): boolean {
  if (!REPEATS.test(text) || SKIPS.test(text) || labels.some(label => label.line >= line)) return false;
  return isAskedAt(line) || lines.stepsAt(line).some(({action}) => action.kind === 'manual');
}

const SKIPS = topicPattern('skip-it');
const REPEATS = phrase`\<(?:${'redirects'}|${'repeats'})(?!\p{L})`;

/** One for each section with steps on those lines that the run would do by itself. */
function ofParts(
  what: string,
  {line, text}: Pick<Said, 'line' | 'text'>,
  parts: readonly number[],
  given: Given,
): FoundDoubt[] {
  const steps = new Set(parts.flatMap(at => stepsOf(at, given)).toSorted((a, b) => a.line - b.line));
  return saysMoreOf(what, {line, text}, [...steps], given.lines);
}

/** One for each section. `steps`: by line. */
export function saysMoreOf(
  what: string,
  {line, text}: Pick<Said, 'line' | 'text'>,
  steps: readonly Step[],
  lines: LineIndex,
): FoundDoubt[] {
  return [...Map.groupBy(steps, ({section}) => section)].flatMap(([id, own]) => {
    const [first] = own;
    if (first === undefined || !isDone(lines.byId.get(id)?.use)) return [];
    const at = own.length === 1 ? `line ${first.line}` : `lines ${own.map(one => one.line).join(', ')}`;
    return {
      code: 'condition-assumed' as const,
      line: first.line,
      section: id,
      steps: own.map(one => one.id),
      message: `line ${line} says more of ${what}, and ${at} would run all the same: "${shown(text)}"`,
      because: shown(text),
      settle: 'confirm that it always runs, once, where it stands, do it by hand, or leave it out',
    };
  });
}

function ofWhole(said: Said, {plan, lines, judged, isAsked}: Given): FoundDoubt[] {
  const {line, text} = said;
  const governed = governedBy(line, plan, lines);
  if (governed === undefined || isAsked(said) || judged.has(line)) return [];
  return [
    {
      code: 'not-read',
      line,
      section: governed.id,
      steps: [],
      message: `line ${line} says how parts of this document are carried out, and nothing was read from it: "${shown(text)}"`,
      because: shown(text),
      settle: 'do as it says by hand, leave it out, or confirm that they run once, as they stand',
    },
  ];
}

/** Its own section, where something runs; else the next one that runs something; else the first. */
function governedBy(line: number, {sections}: Plan, lines: LineIndex): Section | undefined {
  const own = lines.sectionAt(line);
  const runs = (section: Section) =>
    section.use === (own?.use === 'rollback' ? 'rollback' : 'run') && lines.stepsIn(section.id).some(isRun);
  if (own !== undefined && runs(own)) return own;
  // What a part says that nothing runs of, as a footnote, is for the whole.
  const isAbove = own === undefined || isDone(own.use);
  return (isAbove ? sections.find(section => section.line > line && runs(section)) : undefined) ?? sections.find(runs);
}

function startsAt(step: Step, line: number): boolean {
  return step.line === line || commandsOf(step).some(command => command.line === line);
}

/** Of a title, all steps below it; of an item, those inside too. */
function stepsOf(line: number, {lines, ends, plan}: Given): readonly Step[] {
  const section = lines.sectionAt(line);
  if (section?.line === line) {
    const next = plan.sections.find(one => one.line > line && one.depth <= section.depth);
    return lines.stepsBetween(line, (next?.line ?? plan.source.length + 1) - 1).filter(isRun);
  }
  const inside = lines.stepsBetween(line, ends.get(line) ?? line);
  const own = lines.stepsAt(line).filter(step => startsAt(step, line));
  return [...new Set([...own, ...inside])].filter(isRun);
}

function endsOfItems(blocks: readonly Block[]): [number, number][] {
  return blocks.flatMap(block => {
    if (block.kind === 'quote') return endsOfItems(block.blocks);
    if (block.kind !== 'list') return [];
    return block.items.flatMap(item => [[item.line, item.endLine] as [number, number], ...endsOfItems(item.blocks)]);
  });
}

function linesIn(look: 'italics' | 'bold', told: number, source: readonly string[]): number[] {
  const pattern = look === 'bold' ? BOLD : SLANTED;
  return [...outsideCode(source)].flatMap(({line, text}) => (line !== told && pattern.test(text) ? [line] : []));
}

const BOLD = /(?:\*\*|__|<(?:b|strong)>)\S/i;
const SLANTED = /<(?:i|em)>|(?:^|[^*\p{L}\d])\*[^\s*][^*]*\*(?!\*)|(?:^|[^_\p{L}\d`])_[^\s_][^_`]*_(?![_\p{L}\d])/iu;

function shown(text: string): string {
  return plainText(text).slice(0, SHOWN_MAX);
}

const SHOWN_MAX = 200;
