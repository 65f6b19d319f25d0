/** What the review still asks: like doubts as one question, and the sections in the order in which to confirm them. Pure. */
import {type Doubt, type DoubtCode, NEVER_RUN, type ReviewState} from '../../plan/doubt.ts';
import type {Plan} from '../../plan/plan.ts';
import {commandsOf} from '../../plan/plan.ts';
import {doubtsOf, readingOf, sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {plural} from '../../text/figures.ts';

export type Reviewing = Pick<RunState, 'review'>;

/** One question about several lines: their doubts have the same words, apart from numbers. */
export type ReviewQuestion = {
  code: DoubtCode;
  message: string;
  doubts: readonly [Doubt, ...Doubt[]];
};

/** `open`: a person must confirm it. `again`: it was confirmed once and is open again. `idle`: it asks nothing. */
export type SectionStand = 'confirmed' | 'again' | 'open' | 'idle';

export function standOf(plan: Plan, state: Reviewing, sectionId: string): SectionStand {
  if (state.review?.confirmed[sectionId] !== undefined) return 'confirmed';
  if (state.review?.reopened[sectionId] !== undefined) return 'again';
  const isAsked = readingOf(plan, sectionId)?.asks === true && !NEVER_RUN.has(sectionUse(plan, state, sectionId));
  return isAsked || doubtsOf(plan, state, sectionId).length > 0 ? 'open' : 'idle';
}

/** Whether a person must confirm the section, also once more. */
export function isToConfirm(plan: Plan, state: Reviewing, sectionId: string): boolean {
  const stand = standOf(plan, state, sectionId);
  return stand === 'open' || stand === 'again';
}

type Asked = {review: ReviewState | undefined; questions: readonly ReviewQuestion[]; order: readonly string[]};

const known = new WeakMap<Plan, Asked>();

/** Computed once for each change of the review, because the header needs it every second. */
function askedIn(plan: Plan, state: Reviewing): Asked {
  const last = known.get(plan);
  if (last !== undefined && last.review === state.review) return last;
  const asked = {review: state.review, questions: groupedDoubts(plan, state), order: inOrderOfWork(plan, state)};
  known.set(plan, asked);
  return asked;
}

/** Every open question of the document. */
export function openQuestions(plan: Plan, state: Reviewing): readonly ReviewQuestion[] {
  return askedIn(plan, state).questions;
}

/** The questions about a section. The doubts of its own lines come first in each. */
export function questionsOf(plan: Plan, state: Reviewing, sectionId: string): readonly ReviewQuestion[] {
  return openQuestions(plan, state).flatMap(question => {
    const [own, others] = [true, false].map(isOwn =>
      question.doubts.filter(({section}) => (section === sectionId) === isOwn),
    );
    const [first, ...more] = own ?? [];
    return first === undefined
      ? []
      : [{...question, message: first.message, doubts: [first, ...more, ...(others ?? [])]}];
  });
}

/** Ids of the sections that still ask: sections with a question first, the gravest doubt before the others, the rollback last. */
export function workLeft(plan: Plan, state: Reviewing): readonly string[] {
  return askedIn(plan, state).order;
}

/** Whether this run still waits for a person to look at the reading. */
export function isReviewOpen(plan: Plan, state: RunState): boolean {
  const {run, closed} = state;
  return run.gated === true && closed === null && plan.proposal !== undefined && workLeft(plan, state).length > 0;
}

/** A number, or a list of numbers such as `43, 44 and 45`. */
const FIGURES = /\d+(?:(?:, | and | to )\d+)*/g;

function groupedDoubts(plan: Plan, state: Reviewing): ReviewQuestion[] {
  const doubts = plan.proposal === undefined ? [] : plan.sections.flatMap(({id}) => doubtsOf(plan, state, id));
  const groups = Map.groupBy(
    doubts,
    ({code, message, proposed}) => `${code} ${proposed} ${message.replaceAll(FIGURES, '#')}`,
  );
  return [...groups.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [{code: first.code, message: first.message, doubts: [first, ...more]}],
  );
}

/** The codes of doubts in the order of harm that a wrong guess does, the worst first. */
const WORST_FIRST: readonly DoubtCode[] = [
  'procedure-assumed',
  'place-assumed',
  'alternatives-assumed',
  'variable-never-set',
  'value-assumed',
  'condition-assumed',
  'role-assumed',
  'not-read',
  'endless-assumed',
  'output-assumed',
  'trigger-assumed',
  'tie-assumed',
  'expectation-assumed',
  'rollback-assumed',
];

function inOrderOfWork(plan: Plan, state: Reviewing): string[] {
  const left = plan.sections.filter(({id}) => isToConfirm(plan, state, id) || doubtsOf(plan, state, id).length > 0);
  const rank = new Map(left.map(({id}) => [id, rankOf(plan, state, id)]));
  return left.map(({id}) => id).sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
}

const NO_QUESTION = 100;
const ROLLBACK_LAST = 1000;

function rankOf(plan: Plan, state: Reviewing, sectionId: string): number {
  const codes = doubtsOf(plan, state, sectionId).map(({code}) => WORST_FIRST.indexOf(code));
  const worst = codes.length === 0 ? NO_QUESTION : Math.min(...codes);
  return worst + (sectionUse(plan, state, sectionId) === 'rollback' ? ROLLBACK_LAST : 0);
}

/** A person must look at the section before confirming it: it destroys something, or `R` runs it. */
export function isGrave(plan: Plan, state: Reviewing, sectionId: string): boolean {
  if (sectionUse(plan, state, sectionId) === 'rollback') return true;
  return plan.steps.some(
    step =>
      step.section === sectionId &&
      (step.destructive !== undefined || commandsOf(step).some(({destructive}) => destructive !== undefined)),
  );
}

/** `6 questions`; without questions the sections that need only a yes: `12 sections`. */
export function askedWords(plan: Plan, state: Reviewing): string {
  const questions = openQuestions(plan, state).length;
  return questions > 0 ? plural(questions, 'question') : plural(workLeft(plan, state).length, 'section');
}
