/** Which parts of the reading a person has confirmed, and which steps must not run by themselves until then. Pure. */
import {type Doubt, NEVER_RUN, type ReviewState, type SectionReading, type Use} from '../plan/doubt.ts';
import type {Plan, Rule, Step} from '../plan/plan.ts';
import {doubtsIn, readingById, sectionById} from './plan-index.ts';
import type {RunState} from './state.ts';

/** Nobody has confirmed anything yet. */
export const NO_REVIEW: ReviewState = {confirmed: {}, uses: {}, settled: {}, reopened: {}};

type Reviewed = Pick<RunState, 'review'>;
type Gated = Reviewed & {run: Pick<RunState['run'], 'gated'>};

/** What a section is for in this run: what a person said, or else what T-Minus proposed. */
export function sectionUse(plan: Plan, {review}: Reviewed, sectionId: string): Use {
  return review?.uses[sectionId] ?? sectionById(plan, sectionId)?.use ?? 'reference';
}

/** Doubts about a section that nobody has settled, in the document's order. */
function openDoubts(plan: Plan, {review}: Reviewed, sectionId: string): readonly Doubt[] {
  return doubtsIn(plan, sectionId).filter(({id}) => review?.settled[id] === undefined);
}

/**
 * Open doubts about a section, as far as they matter for its use. A section that never runs has one question only:
 * whether that is right. Once a person has said what it is for, it has none.
 */
export function doubtsOf(plan: Plan, state: Reviewed, sectionId: string): readonly Doubt[] {
  const use = sectionUse(plan, state, sectionId);
  const isIdle = NEVER_RUN.has(use);
  const isSaid = state.review?.uses[sectionId] !== undefined;
  const isAsked = ({code, proposed}: Doubt) =>
    code === 'procedure-assumed' || (code === 'role-assumed' && proposed === use && !isSaid);
  return openDoubts(plan, state, sectionId).filter(doubt => !isIdle || isAsked(doubt));
}

/** Doubts about a section that a person has settled. */
export function answeredDoubts(plan: Plan, {review}: Reviewed, sectionId: string): readonly Doubt[] {
  return doubtsIn(plan, sectionId).filter(({id}) => review?.settled[id] !== undefined);
}

/** A person has confirmed the section, or nothing in it needs to be confirmed. */
function isSectionConfirmed(plan: Plan, state: Reviewed, sectionId: string): boolean {
  if (state.review?.confirmed[sectionId] !== undefined) return true;
  const reading = readingOf(plan, sectionId);
  return reading?.asks !== true;
}

export function readingOf(plan: Plan, sectionId: string): SectionReading | undefined {
  return readingById(plan, sectionId);
}

/** Why a step runs only when a person presses Enter on it. `text`: one line for an operator. */
export type Unconfirmed = {section: string; line: number; doubts: readonly Doubt[]; text: string};

/** Undefined when the step may run by itself. In a run that was opened before there was a review, every step may. */
export function unconfirmed(plan: Plan, state: Gated, step: Step): Unconfirmed | undefined {
  if (state.run.gated !== true) return undefined;
  const {section} = step;
  const doubts = openDoubts(plan, state, section).filter(({steps}) => steps.length === 0 || steps.includes(step.id));
  const isConfirmed = isSectionConfirmed(plan, state, section);
  if (isConfirmed && doubts.length === 0) return undefined;
  const known = sectionById(plan, section);
  const title = known?.title ?? section;
  const line = known?.line ?? step.line;
  const [first] = doubts;
  const why =
    isConfirmed && first !== undefined
      ? `line ${first.line} is not settled: ${first.message}`
      : `section "${title}" (line ${line}) is not confirmed${reopenedText(state, section)}`;
  return {section, line, doubts, text: why};
}

function reopenedText({review}: Reviewed, section: string): string {
  const because = review?.reopened[section]?.because;
  return because === undefined ? '' : ` any more: ${because}`;
}

/** Why the first of these steps may not run by itself; undefined when all of them may. */
export function firstUnconfirmed(plan: Plan, state: Gated, steps: readonly Step[]): Unconfirmed | undefined {
  for (const step of steps) {
    const open = unconfirmed(plan, state, step);
    if (open !== undefined) return open;
  }
  return undefined;
}

/** How a person settled a doubt about the step: it is left out, or done by hand. The engine then performs no part of it. */
export function answeredAs(plan: Plan, {review}: Reviewed, {id}: Step): 'ignored' | 'by-hand' | undefined {
  const settled = Object.entries(review?.settled ?? {}).filter(([, {as}]) => as !== undefined);
  if (settled.length === 0) return undefined;
  const doubts = (plan.proposal?.doubts ?? []).filter(({steps}) => steps.includes(id));
  const answers = settled.flatMap(([doubt, {as}]) => (doubts.some(one => one.id === doubt) ? (as ?? []) : []));
  return answers.includes('ignored') ? 'ignored' : answers[0];
}

/** Whether a rule may start a rollback: its section and the signal that feeds it are confirmed. */
export function mayRuleAct(plan: Plan, state: Gated, rule: Rule): boolean {
  if (state.run.gated !== true) return rule.tie?.by !== 'guess';
  if (!isSectionConfirmed(plan, state, rule.section)) return false;
  const open = openDoubts(plan, state, rule.section).filter(({rules = []}) => rules.includes(rule.id));
  const isGuess = rule.tie?.by === 'guess';
  return open.length === 0 && (!isGuess || hasSettledTie(plan, state, rule));
}

function hasSettledTie({proposal}: Plan, {review}: Reviewed, {id}: Rule): boolean {
  const ties = (proposal?.doubts ?? []).filter(({code, rules = []}) => code === 'tie-assumed' && rules.includes(id));
  return ties.length > 0 && ties.every(doubt => review?.settled[doubt.id] !== undefined);
}

/** How far the review is: sections that need to be confirmed (`total`), those that are, and how many doubts are open. */
export function reviewProgress(
  plan: Plan,
  state: Reviewed,
): {confirmed: number; total: number; doubts: number; done: boolean} {
  const asking = (plan.proposal?.readings ?? []).filter(
    ({asks, section}) => asks && !NEVER_RUN.has(sectionUse(plan, state, section)),
  );
  const confirmed = asking.filter(({section}) => state.review?.confirmed[section] !== undefined).length;
  const doubts = plan.sections.reduce((sum, {id}) => sum + doubtsOf(plan, state, id).length, 0);
  return {confirmed, total: asking.length, doubts, done: confirmed === asking.length && doubts === 0};
}
