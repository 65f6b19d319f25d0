/** What every line of the document was read as: the margin of `check --lines`, and `lines` of `check --json`. Pure. */
import {isUnread, type Use} from '../../plan/doubt.ts';
import {commandsOf, type Plan, requestsOf, type Section, type Step} from '../../plan/plan.ts';
import {expectationsOf} from '../operations.ts';
import {type LineShape, lineShapes} from './line-shapes.ts';

export type LineAs =
  | 'heading'
  | 'step'
  | 'command'
  | 'instruction'
  | 'expectation'
  | 'threshold'
  | 'trigger'
  | 'gap'
  | 'note'
  | 'sample'
  | 'reference'
  | 'layout'
  | 'not-read';

/** `step`: id of the step that the line belongs to. */
export type MarginLine = {line: number; as: LineAs; step?: string};

type Known = {as: LineAs; step?: string};
type Say = (line: number, as: LineAs, step?: Step) => void;

/** Every line of the document, in order. `purposeOf`: what a section is for, where a person said something else. */
export function lineMargin(plan: Plan, purposeOf: (section: Section) => Use = ({use}) => use): readonly MarginLine[] {
  const lines = plan.markdown ?? plan.source;
  // Behind the last line end there is no line.
  const source = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  const shapes = lineShapes(source);
  const known = knownLines({...plan, source: lines}, shapes);
  const notes = plan.notes === undefined ? undefined : new Set(plan.notes);
  const isTold = (line: number) => notes === undefined || notes.has(line);
  const sections = plan.sections.toSorted((a, b) => a.line - b.line);
  let at = -1;
  return shapes.map((shape, index): MarginLine => {
    const line = index + 1;
    while ((sections[at + 1]?.line ?? Number.POSITIVE_INFINITY) <= line) at += 1;
    const section = sections[at];
    const isReference = section !== undefined && purposeOf(section) === 'reference';
    return {line, ...readAs(shape, known.get(line) ?? untold(shape, isTold(line)), isReference)};
  });
}

/** Nothing in the plan stands for it: somebody has to look at it, unless it was read as a note. */
function untold(shape: LineShape, isTold: boolean): Known {
  if (!isTold) return {as: 'not-read'};
  return {as: shape === 'code-block' ? 'sample' : 'note'};
}

function readAs(shape: LineShape, known: Known, isReference: boolean): Known {
  if (EMPTY.has(shape)) return {as: 'layout'};
  if (known.as === 'heading' || (known.as === 'not-read' && shape !== 'heading')) return known;
  if (shape === 'heading') return {...known, as: 'heading'};
  if (isReference) return {as: 'reference'};
  return known;
}

const EMPTY: ReadonlySet<LineShape> = new Set(['empty', 'code-mark', 'code-gap', 'layout']);

/** What the plan names by line. What is said first of a line counts. */
function knownLines(plan: Plan, shapes: readonly LineShape[]): ReadonlyMap<number, Known> {
  const known = new Map<number, Known>();
  const say: Say = (line, as, step) => {
    if (!known.has(line)) known.set(line, step === undefined ? {as} : {as, step: step.id});
  };
  for (const line of notReadLines(plan)) say(line, 'not-read');
  for (const {line, title} of plan.sections) if (isTitle(plan.source[line - 1], title)) say(line, 'heading');
  const ticked = new Map(plan.steps.flatMap(step => rulesOf(step).map(id => [id, step])));
  for (const {id, line, role} of plan.rules) say(line, role === 'trigger' ? 'trigger' : 'threshold', ticked.get(id));
  for (const step of plan.steps) for (const {line} of expectationsOf(step)) say(line, 'expectation', step);
  for (const {line, code} of plan.proposal?.doubts ?? []) if (code === 'output-assumed') say(line, 'sample');
  sayCommands(plan, commandStarts(plan, shapes), shapes, say);
  for (const step of plan.steps) sayStep(step, say);
  for (const {line, blank} of [...plan.meta, ...plan.contacts]) say(line, blank ? 'gap' : 'note');
  for (const {line} of plan.references) say(line, 'reference');
  for (const {line} of plan.incident ?? []) say(line, 'note');
  for (const step of plan.steps) {
    for (let line = step.line + 1; line <= step.endLine; line += 1) say(line, 'instruction', step);
  }
  return known;
}

/** A section that goes on behind another, "6.1 Pause the queue", has the title of a line further up. */
function isTitle(source = '', title: string): boolean {
  return source.includes(/[\p{L}\p{N}]+/u.exec(title)?.[0] ?? '');
}

/** Lines that nothing in the plan accounts for although they ask for something to be done. */
export function notReadLines({proposal, problems}: Plan): readonly number[] {
  const doubts = (proposal?.doubts ?? []).filter(isUnread);
  const unread = problems.filter(({code}) => code === 'unread-content');
  return [...new Set([...doubts, ...unread].map(({line}) => line))].sort((a, b) => a - b);
}

function sayStep(step: Step, say: Say): void {
  const {action} = step;
  if (action.kind === 'input') for (const {line} of action.blanks) say(line, 'gap', step);
  for (const line of [step.line, ...step.boxes]) say(line, 'step', step);
  if (action.kind === 'choice') for (const {line} of action.arms) say(line, 'step', step);
}

function rulesOf({action}: Step): readonly string[] {
  return action.kind === 'rule' ? action.rules : [];
}

/** Lines at which shell text, a query or a request of a step begins. */
function commandStarts({steps}: Plan, shapes: readonly LineShape[]): ReadonlyMap<number, Step> {
  const starts = new Map<number, Step>();
  for (const step of steps) {
    const {action} = step;
    const lines = [...commandsOf(step), ...requestsOf(step)].map(({line}) => line);
    if (action.kind === 'sql') lines.push(...action.statements.map(({line}) => line));
    if (action.kind === 'tail') lines.push(firstCodeBlock(step, shapes) ?? step.line);
    for (const line of lines) if (!starts.has(line)) starts.set(line, step);
  }
  return starts;
}

function firstCodeBlock({line, endLine}: Step, shapes: readonly LineShape[]): number | undefined {
  for (let at = line; at <= endLine; at += 1) if (shapes[at - 1] === 'code-block') return at;
  return undefined;
}

/**
 * A code block with a command in it holds commands, comments aside: what the command goes on in, and what stands before the
 * first one, such as `ssh deploy@vps`. Behind a prompt (`$ uptime`) it is the lines with a prompt, and the rest is output.
 */
function sayCommands({source}: Plan, starts: ReadonlyMap<number, Step>, shapes: readonly LineShape[], say: Say): void {
  for (const [line, step] of starts) if (shapes[line - 1] !== 'code-block') say(line, 'command', step);
  for (const [from, to] of codeBlocksIn(shapes)) {
    let step: Step | undefined;
    for (let line = from; line <= to && step === undefined; line += 1) step = starts.get(line);
    if (step === undefined) continue;
    let isPrompted = false;
    for (let line = from; line <= to; line += 1) {
      const text = source[line - 1] ?? '';
      step = starts.get(line) ?? step;
      if (starts.has(line)) isPrompted = PROMPT.test(text);
      const goesOn = source[line - 2]?.trimEnd().endsWith('\\') === true;
      if (isPrompted && !PROMPT.test(text) && !goesOn) say(line, 'sample', step);
      else if (goesOn || !COMMENT.test(text)) say(line, 'command', step);
    }
  }
}

/** First and last line of what stands in each code block. */
function codeBlocksIn(shapes: readonly LineShape[]): readonly (readonly [from: number, to: number])[] {
  const codeBlocks: [number, number][] = [];
  for (const [index, shape] of shapes.entries()) {
    if (shape !== 'code-block' && shape !== 'code-gap') continue;
    const last = codeBlocks.at(-1);
    if (last !== undefined && last[1] === index) last[1] = index + 1;
    else codeBlocks.push([index + 1, index + 1]);
  }
  return codeBlocks;
}

const COMMENT = /^\s*(?:#|--(?:\s|$)|\/\/|\/\*|rem\s|$)/i;
const PROMPT = /^\s*(?:[\w.@:~/\\-]*[$%]|PS [^>]*>|>) /;
