/** What each line of the document was read as: the only file of the review that knows where the plan keeps it. Pure. */
import type {ReviewState} from '../../plan/doubt.ts';
import {commandsOf, type Plan, type Step} from '../../plan/plan.ts';
import {placeOf} from '../../run/operations.ts';
import {sectionUse} from '../../run/review.ts';
import {type LineAs, lineMargin} from '../../run/wording/line-margin.ts';
import type {Reviewing} from './review-questions.ts';

/** `step`: id of the step that the line belongs to. */
export type LineReading = {step?: string} & (
  | {as: LineAs}
  /** A login: the following commands run on this host, such as `vps`. */
  | {as: 'login'; place: string}
  /** The heading or list item of an option. `letter`: `A`. */
  | {as: 'option'; letter: string}
  /** A separator between two ways to do one thing: `# OR`. */
  | {as: 'or'}
);

type Readings = ReadonlyMap<number, LineReading>;

const known = new WeakMap<Plan, {uses: ReviewState['uses'] | undefined; readings: Readings}>();

/** By line number, 1-based. They are computed once for a plan and the uses of its sections. */
export function lineReadings(plan: Plan, state: Reviewing): Readings {
  const uses = state.review?.uses;
  const last = known.get(plan);
  if (last !== undefined && last.uses === uses) return last.readings;
  const readings = new Map<number, LineReading>();
  for (const {line, ...read} of lineMargin(plan, ({id}) => sectionUse(plan, state, id))) readings.set(line, read);
  for (const step of plan.steps) {
    markOptions(step, readings);
    markAlternatives(plan, step, readings);
    markLogins(plan, step, readings);
  }
  known.set(plan, {uses, readings});
  return readings;
}

type Marked = Map<number, LineReading>;

function markOptions({id, action}: Step, readings: Marked): void {
  if (action.kind !== 'choice') return;
  for (const [index, {line}] of action.arms.entries())
    readings.set(line, {as: 'option', letter: letterOf(index), step: id});
}

const FIRST_LETTER = 65;
const LETTERS = 26;

function letterOf(index: number): string {
  return String.fromCodePoint(FIRST_LETTER + (index % LETTERS));
}

const SEPARATOR = /^\s*(?:#|\/\/|--)/;
const LOGIN = /^\s*(?:\$\s+)?ssh\s/;

function markAlternatives(plan: Plan, {id, action}: Step, readings: Marked): void {
  if (action.kind !== 'script') return;
  for (const stage of action.stages) {
    if (stage.kind !== 'alternatives') continue;
    for (const {line} of stage.arms.slice(1)) {
      const between = [line, line - 1, line - 2].find(at => SEPARATOR.test(plan.source[at - 1] ?? ''));
      if (between !== undefined) readings.set(between, {as: 'or', step: id});
    }
  }
}

/** A login stands alone on its line; with a command behind it, it is that command which runs there. */
function markLogins(plan: Plan, step: Step, readings: Marked): void {
  const place = placeOf(step.action);
  if (place === undefined || place === 'local') return;
  const own = new Set(commandsOf(step).map(({line}) => line));
  for (let line = step.line; line <= step.endLine; line++) {
    const read = readings.get(line)?.step;
    if (own.has(line) || (read !== undefined && read !== step.id)) continue;
    if (LOGIN.test(plan.source[line - 1] ?? '')) readings.set(line, {as: 'login', place, step: step.id});
  }
}
