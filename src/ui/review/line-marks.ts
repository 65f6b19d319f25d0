/** The marks in the margin: how each line was read, the host it logs in to, and lines that exclude each other. Pure. */
import type {ReviewState} from '../../plan/doubt.ts';
import type {Plan, Step} from '../../plan/plan.ts';
import {placeOf} from '../../run/operations.ts';
import {sectionUse} from '../../run/review.ts';
import {type LineAs, lineMargin} from '../../run/wording/line-margin.ts';
import type {Reviewing} from './review-questions.ts';

export type LineMark =
  | {kind: LineAs}
  /** A login: the following commands run on this host, such as `vps`. */
  | {kind: 'place'; place: string}
  /** The heading or list item of an option. `letter`: `A`. */
  | {kind: 'option'; letter: string}
  /** A separator between two ways to do one thing: `# OR`. */
  | {kind: 'alternatives'};

type Marks = ReadonlyMap<number, LineMark>;
type Known = {uses: ReviewState['uses'] | undefined; marks: Marks};

const known = new WeakMap<Plan, Known>();

/** Marks by line number, 1-based. They are computed once for a plan and the uses of its sections. */
export function lineMarks(plan: Plan, state: Reviewing): Marks {
  const uses = state.review?.uses;
  const last = known.get(plan);
  if (last !== undefined && last.uses === uses) return last.marks;
  const marks = new Map<number, LineMark>();
  for (const {line, as} of lineMargin(plan, ({id}) => sectionUse(plan, state, id))) marks.set(line, {kind: as});
  for (const step of plan.steps) {
    markOptions(step, marks);
    markAlternatives(plan, step, marks);
    markPlace(plan, step, marks);
  }
  known.set(plan, {uses, marks});
  return marks;
}

function markOptions({action}: Step, marks: Map<number, LineMark>): void {
  if (action.kind !== 'choice') return;
  for (const [index, {line}] of action.arms.entries()) marks.set(line, {kind: 'option', letter: letterOf(index)});
}

const FIRST_LETTER = 65;
const LETTERS = 26;

function letterOf(index: number): string {
  return String.fromCodePoint(FIRST_LETTER + (index % LETTERS));
}

const SEPARATOR = /^\s*(?:#|\/\/|--)/;
const LOGIN = /^\s*(?:\$\s+)?ssh\s/;

function markAlternatives(plan: Plan, {action}: Step, marks: Map<number, LineMark>): void {
  if (action.kind !== 'script') return;
  for (const stage of action.stages) {
    if (stage.kind !== 'alternatives') continue;
    for (const {line} of stage.arms.slice(1)) {
      const between = [line, line - 1, line - 2].find(at => SEPARATOR.test(plan.source[at - 1] ?? ''));
      if (between !== undefined) marks.set(between, {kind: 'alternatives'});
    }
  }
}

function markPlace(plan: Plan, step: Step, marks: Map<number, LineMark>): void {
  const place = placeOf(step.action);
  if (place === undefined || place === 'local') return;
  for (let line = step.line; line <= step.endLine; line++) {
    if (LOGIN.test(plan.source[line - 1] ?? '')) marks.set(line, {kind: 'place', place});
  }
}
