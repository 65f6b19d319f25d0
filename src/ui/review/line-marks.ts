/** What each line of the document was read as, for the margin. Worked out once for a plan. Pure. */
import {commandsOf, type Plan, requestsOf, type Step} from '../../plan/plan.ts';
import {expectationsOf, placeOf} from '../../run/operations.ts';

export type LineMark =
  | {kind: 'heading' | 'step' | 'command' | 'alternatives' | 'expectation' | 'gap' | 'note'}
  /** The line takes the following commands to this place: `vps`. */
  | {kind: 'place'; place: string}
  /** The heading or the item of an option: `A`. */
  | {kind: 'option'; letter: string};

const NOTE: LineMark = {kind: 'note'};
const known = new WeakMap<Plan, ReadonlyMap<number, LineMark>>();

/** `line`: 1-based. */
export function lineMark(plan: Plan, line: number): LineMark {
  const marks = known.get(plan) ?? marksOf(plan);
  known.set(plan, marks);
  return marks.get(line) ?? NOTE;
}

/** What is said last of a line wins. */
function marksOf(plan: Plan): ReadonlyMap<number, LineMark> {
  const marks = new Map<number, LineMark>();
  const put = (line: number, mark: LineMark) => marks.set(line, mark);
  for (const {line} of plan.rules) put(line, {kind: 'expectation'});
  for (const step of plan.steps) markStep(plan, step, put);
  for (const {line, blank} of [...plan.meta, ...plan.contacts]) if (blank) put(line, {kind: 'gap'});
  for (const {line} of plan.sections) put(line, {kind: 'heading'});
  for (const {action} of plan.steps) {
    if (action.kind !== 'choice') continue;
    for (const [index, {line}] of action.arms.entries()) put(line, {kind: 'option', letter: letterOf(index)});
  }
  return marks;
}

function letterOf(index: number): string {
  return String.fromCodePoint(('A'.codePointAt(0) ?? 0) + (index % 26));
}

function markStep(plan: Plan, step: Step, put: (line: number, mark: LineMark) => void): void {
  const {action} = step;
  for (const line of step.boxes) put(line, {kind: 'step'});
  for (const {line} of expectationsOf(step)) put(line, {kind: 'expectation'});
  for (const {line, text} of commandsOf(step)) {
    for (let offset = 0; offset < text.split('\n').length; offset++) put(line + offset, {kind: 'command'});
  }
  for (const {line} of requestsOf(step)) put(line, {kind: 'command'});
  if (action.kind === 'tail') put(step.line, {kind: 'command'});
  if (action.kind === 'input') for (const {line} of action.blanks) put(line, {kind: 'gap'});
  if (action.kind === 'sql') {
    for (const {line, text} of action.statements) {
      for (let offset = 0; offset < text.split('\n').length; offset++) put(line + offset, {kind: 'command'});
    }
  }
  markAlternatives(plan, step, put);
  markPlace(plan, step, put);
}

/** The line between two arms is what tells them apart. */
function markAlternatives(plan: Plan, {action}: Step, put: (line: number, mark: LineMark) => void): void {
  if (action.kind !== 'script') return;
  for (const stage of action.stages) {
    if (stage.kind !== 'alternatives') continue;
    for (const {line} of stage.arms.slice(1)) {
      const between = [line, line - 1, line - 2].find(at => SEPARATOR.test(plan.source[at - 1] ?? ''));
      if (between !== undefined) put(between, {kind: 'alternatives'});
    }
  }
}

const SEPARATOR = /^\s*(?:#|\/\/|--)/;
const LOGIN = /^\s*(?:\$\s+)?ssh\s/;

function markPlace(plan: Plan, step: Step, put: (line: number, mark: LineMark) => void): void {
  const place = placeOf(step.action);
  if (place === undefined || place === 'local') return;
  for (let line = step.line; line <= step.endLine; line++) {
    if (LOGIN.test(plan.source[line - 1] ?? '')) put(line, {kind: 'place', place});
  }
}
