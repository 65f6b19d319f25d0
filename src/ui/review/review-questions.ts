/** What the review still asks: every open doubt is one question; and the sections in the order in which to confirm them. Pure. */
import {type Doubt, type DoubtCode, NEVER_RUN, type ReviewState} from '../../plan/doubt.ts';
import {commandsOf, type Plan, requestsOf, type Step} from '../../plan/plan.ts';
import {altersInPlace, type Command, onlyReads} from '../../plan/script.ts';
import {sectionById} from '../../run/plan-index.ts';
import {doubtsOf, readingOf, sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {plural} from '../../text/figures.ts';
import type {ReviewView} from '../view/review-view.ts';

export type Reviewing = Pick<RunState, 'review'>;

/** `open`: a person must confirm it. `again`: it was confirmed once and is open again. `idle`: it asks nothing. */
export type SectionStand = 'confirmed' | 'again' | 'open' | 'idle';

export function standOf(plan: Plan, state: Reviewing, sectionId: string): SectionStand {
  if (state.review?.confirmed[sectionId] !== undefined) return 'confirmed';
  if (state.review?.reopened[sectionId] !== undefined) return 'again';
  const isAsked = readingOf(plan, sectionId)?.asks === true && !NEVER_RUN.has(sectionUse(plan, state, sectionId));
  return isAsked || questionsOf(plan, state, sectionId).length > 0 ? 'open' : 'idle';
}

/** Its open doubts. A section that the next run runs elsewhere is not asked about in this one. */
export function questionsOf(plan: Plan, state: Reviewing, sectionId: string): readonly Doubt[] {
  return state.review?.places?.[sectionId] === undefined ? doubtsOf(plan, state, sectionId) : [];
}

/** Whether a person must confirm the section, also once more. */
export function isToConfirm(plan: Plan, state: Reviewing, sectionId: string): boolean {
  if (state.review?.places?.[sectionId] !== undefined) return false;
  const stand = standOf(plan, state, sectionId);
  return stand === 'open' || stand === 'again';
}

type Asked = {
  review: ReviewState | undefined;
  questions: readonly Doubt[];
  byLine: ReadonlyMap<number, readonly Doubt[]>;
  order: readonly string[];
};

const known = new WeakMap<Plan, Asked>();

/** Computed once for each change of the review, because the header needs it every second. */
function askedIn(plan: Plan, state: Reviewing): Asked {
  const last = known.get(plan);
  if (last !== undefined && last.review === state.review) return last;
  const doubts = plan.proposal === undefined ? [] : plan.sections.flatMap(({id}) => questionsOf(plan, state, id));
  const questions = doubts.toSorted((a, b) => a.line - b.line);
  const byLine = Map.groupBy(questions, ({line}) => line);
  const asked = {review: state.review, questions, byLine, order: inOrderOfWork(plan, state)};
  known.set(plan, asked);
  return asked;
}

/** Every open question of the document, in its order. Each is about one line. */
export function openQuestions(plan: Plan, state: Reviewing): readonly Doubt[] {
  return askedIn(plan, state).questions;
}

export function questionsAt(plan: Plan, state: Reviewing, line: number): readonly Doubt[] {
  return askedIn(plan, state).byLine.get(line) ?? [];
}

/** The question of the section that the keys answer: the one under the cursor, else the next one below it, else the first. */
export function focusedQuestion(
  plan: Plan,
  state: Reviewing,
  {section, line, doubt}: Pick<ReviewView, 'section' | 'line' | 'doubt'>,
): Doubt | undefined {
  const own = questionsOf(plan, state, section);
  const here = own.filter(each => each.line === line);
  return here.find(({id}) => id === doubt) ?? here[0] ?? own.find(each => each.line > line) ?? own[0];
}

/** A number, or a list of numbers such as `43, 44 and 45`. */
const FIGURES = /\d+(?:(?:, | and | to )\d+)*/g;

/** The open questions with the same words, apart from numbers and the title of the section, and the same proposal; itself among them. */
export function alikeTo(plan: Plan, state: Reviewing, question: Doubt): readonly Doubt[] {
  const key = keyOf(question);
  return openQuestions(plan, state).filter(each => keyOf(each) === key);
}

function keyOf({code, message, proposed}: Doubt): string {
  const told = code === 'role-assumed' && proposed !== undefined ? message.replace(TITLE, '') : message;
  return `${code} ${proposed} ${told.replaceAll(LINES, 'line #').replaceAll(FIGURES, '#')}`;
}

/** "lines 43, 44 run" asks what "line 43 runs" asks. */
const LINES = new RegExp(String.raw`\blines? ${FIGURES.source}(?: (?:runs?|is|are)\b)?`, 'g');
/** The use of each section is asked about in the same words, behind its title. */
const TITLE = /^".*"(?= is taken for )/s;

/** Ids of the sections that still ask: sections with a question first, the gravest doubt before the others, the rollback last. */
export function workLeft(plan: Plan, state: Reviewing): readonly string[] {
  return askedIn(plan, state).order;
}

/**
 * The section to look at after this one: the first of those with the gravest kind of question. Where this one is of that
 * kind too, the next one down the document: so a person who began in the middle goes on from there.
 */
export function nextToConfirm(plan: Plan, state: Reviewing, sectionId: string): string | undefined {
  const left = workLeft(plan, state).filter(id => id !== sectionId);
  const gravest = Math.min(...left.map(id => rankOf(plan, state, id)));
  const alike = left.filter(id => rankOf(plan, state, id) === gravest);
  if (rankOf(plan, state, sectionId) !== gravest) return alike[0];
  const line = sectionById(plan, sectionId)?.line ?? 0;
  return alike.find(id => (sectionById(plan, id)?.line ?? 0) > line) ?? alike[0];
}

/** Whether this run still waits for a person to look at the reading. */
export function isReviewOpen(plan: Plan, state: RunState): boolean {
  const {run, closed} = state;
  return run.gated === true && closed === null && plan.proposal !== undefined && workLeft(plan, state).length > 0;
}

/** The codes of doubts in the order of harm that a wrong guess does, the worst first. */
const WORST_FIRST: readonly DoubtCode[] = [
  'procedure-assumed',
  'place-assumed',
  'user-assumed',
  'alternatives-assumed',
  'variable-never-set',
  'value-assumed',
  'condition-assumed',
  'role-assumed',
  'not-read',
  'note-assumed',
  'endless-assumed',
  'output-assumed',
  'trigger-assumed',
  'tie-assumed',
  'expectation-assumed',
  'rollback-assumed',
];

function inOrderOfWork(plan: Plan, state: Reviewing): string[] {
  const left = plan.sections.filter(({id}) => isToConfirm(plan, state, id) || questionsOf(plan, state, id).length > 0);
  const rank = new Map(left.map(({id}) => [id, rankOf(plan, state, id)]));
  return left.map(({id}) => id).sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
}

const NO_QUESTION = 100;
const ROLLBACK_LAST = 1000;

/** The rollback is looked at last and in its own order. */
function rankOf(plan: Plan, state: Reviewing, sectionId: string): number {
  if (sectionUse(plan, state, sectionId) === 'rollback') return ROLLBACK_LAST;
  const codes = questionsOf(plan, state, sectionId).map(({code}) => WORST_FIRST.indexOf(code));
  return codes.length === 0 ? NO_QUESTION : Math.min(...codes);
}

/** A person must look at the section before confirming it: it destroys or changes what is there, or `R` runs it. */
export function isGrave(plan: Plan, state: Reviewing, sectionId: string): boolean {
  if (sectionUse(plan, state, sectionId) === 'rollback') return true;
  return plan.steps.some(
    step =>
      step.section === sectionId &&
      (step.destructive !== undefined || altersData(step) || commandsOf(step).some(isGraveCommand)),
  );
}

function isGraveCommand({text, destructive}: Command): boolean {
  return destructive !== undefined || altersInPlace(text) !== undefined;
}

function altersData(step: Step): boolean {
  if (step.action.kind === 'sql') return !step.action.statements.every(({text}) => onlyReads(text));
  return requestsOf(step).some(({method}) => /^(?:PUT|PATCH|DELETE)$/i.test(method));
}

/** `6 questions`; without questions the sections that need only a yes: `12 sections`. */
export function askedWords(plan: Plan, state: Reviewing): string {
  const questions = openQuestions(plan, state).length;
  return questions > 0 ? plural(questions, 'question') : plural(workLeft(plan, state).length, 'section');
}
