/** What the keys of the review do. They send intents, which the engine accepts or refuses; none runs a step. */
import type {Doubt} from '../../../plan/doubt.ts';
import type {Plan} from '../../../plan/plan.ts';
import type {Intent} from '../../../run/event.ts';
import {sectionById, stepById} from '../../../run/plan-index.ts';
import {readingOf} from '../../../run/review.ts';
import {compact} from '../../../text/compact.ts';
import {plural} from '../../../text/figures.ts';
import {
  focusedQuestion,
  isGrave,
  isToConfirm,
  nextToConfirm,
  questionsOf,
  workLeft,
} from '../../review/review-questions.ts';
import {COLUMNS_TWO} from '../../view/layout.ts';
import {type ReviewDone, type ReviewView, reviewAt} from '../../view/review-view.ts';
import {type ConsoleContext, dispatch, ENTER_QUIET_MS, say, send, sendAll} from '../console-context.ts';
import {focusSection, goToLine} from './review-moves.ts';

/** Enter counts only once within this time: the key is held, or was typed ahead. */
const HELD_MS = 200;

/** Opens where it was left. `sectionId`: the section to look at. `isAlone`: there is no run. */
export function openReview(
  context: ConsoleContext,
  {sectionId, isAlone}: {sectionId?: string; isAlone?: true} = {},
): void {
  const {plan, run} = context.session;
  const state = run.getState();
  if (plan.proposal === undefined)
    return say(context, 'there is nothing to review: this plan was read from no document', 'warn');
  const {leftReview: left, cursor} = context.view.getState();
  const isWhereLeft = sectionId === undefined && left !== null && left.cursor === cursor;
  const now = context.now();
  if (isWhereLeft) return open(context, {...left.review, ...compact({isAlone}), since: now, enterAt: 0, over: null});
  const first = workLeft(plan, state)[0] ?? plan.sections[0]?.id;
  const section = sectionId ?? (isAlone === true ? first : (sectionUnderCursor(context) ?? first));
  if (section === undefined) return say(context, 'the document has no section to review', 'warn');
  // A narrow screen begins with the commands, because a person confirms these.
  const pane = context.size().columns < COLUMNS_TWO ? 'run' : 'document';
  const fresh = reviewAt(section, sectionById(plan, section)?.line ?? 1, pane, now);
  const {seen, done} = left?.review ?? fresh;
  const review = {...fresh, seen, done, ...compact({isAlone})};
  open(context, review);
  focusSection(context, review, section);
}

function open(context: ConsoleContext, review: ReviewView): void {
  dispatch(context, {type: 'open', overlay: {kind: 'review', ...review}});
}

/** The section of the step under the cursor, if it waits for the review. Sections with questions come first. */
function sectionUnderCursor({session: {plan, run}, view}: ConsoleContext): string | undefined {
  const {cursor} = view.getState();
  const id = stepById(plan, cursor ?? '')?.section ?? cursor;
  const left = workLeft(plan, run.getState());
  const questions = left.filter(each => questionsOf(plan, run.getState(), each).length > 0);
  return id !== null && left.includes(id) && (questions.length === 0 || questions.includes(id)) ? id : undefined;
}

/** An Enter that was typed ahead was meant for the review. The console ignores it until the key is released. */
export function closeReview(context: ConsoleContext, review: ReviewView): void {
  if (review.isAlone === true) return context.leave({kind: 'detached'});
  dispatch(context, {type: 'quiet', until: context.now() + ENTER_QUIET_MS});
  dispatch(context, {type: 'close'});
}

/**
 * Enter: accepts the proposal of the question on the screen. With the last question it also confirms the section and goes
 * to the next one that asks. `isShown`: the commands and the question are on the screen; else Enter only shows them.
 */
export async function confirmSection(context: ConsoleContext, review: ReviewView, isShown: boolean): Promise<void> {
  const {plan, run} = context.session;
  const now = context.now();
  const sinceEnter = now - review.enterAt;
  dispatch(context, {type: 'review', to: {enterAt: now}});
  if (sinceEnter < HELD_MS) return;
  const {section} = review;
  const state = run.getState();
  const doubts = questionsOf(plan, state, section);
  const next = nextToConfirm(plan, state, section);
  if (isToConfirm(plan, state, section)) {
    const guard = isShown ? graveGuard(context, review, Math.min(sinceEnter, now - review.since)) : NOT_SHOWN;
    if (!isShown) dispatch(context, {type: 'review', to: {pane: 'run', since: now}});
    if (guard !== undefined) return say(context, guard, 'warn');
    if (doubts.length > 1) return takeProposal(context, review);
    if (!(await confirm(context, section))) return;
    remember(context, review, {kind: 'confirmed', sections: [{id: section, doubts: doubts.map(({id}) => id)}]});
  } else if (doubts.length > 0) {
    return say(context, 'it is confirmed, but its question is still open: y, h or m', 'warn');
  }
  goOn(context, review, next);
}

const NOT_SHOWN = 'these commands would run, and this is asked: Enter again confirms it';

/** Why Enter does not confirm a section that destroys something or is the rollback; undefined when it does. */
function graveGuard(context: ConsoleContext, review: ReviewView, lookedMs: number): string | undefined {
  const {plan, run} = context.session;
  if (!isGrave(plan, run.getState(), review.section)) return undefined;
  if (lookedMs < ENTER_QUIET_MS)
    return 'look at it first: it destroys something or is the rollback. Enter again confirms it';
  if (!review.seen.includes(review.section))
    return 'it destroys something or is the rollback: look at all of its commands first (Tab, PgDn)';
  return undefined;
}

/** Answers only the question on the screen. The section is confirmed with its last question. */
async function takeProposal(context: ConsoleContext, review: ReviewView): Promise<void> {
  const {plan, run} = context.session;
  const question = focusedQuestion(plan, run.getState(), review);
  if (question?.proposed === undefined)
    return say(context, 'nothing is proposed here: answer it with y, h or m', 'warn');
  await answerAll(context, review, [question], undefined, `line ${question.line}`);
}

export async function confirm(context: ConsoleContext, sectionId: string): Promise<boolean> {
  return send(context, confirming(context.session.plan, sectionId));
}

function confirming(plan: Plan, sectionId: string): Intent {
  return {type: 'confirm-section', sectionId, reading: readingOf(plan, sectionId)?.reading ?? ''};
}

type Done = ReviewDone extends infer One ? (One extends ReviewDone ? Omit<One, 'section' | 'line'> : never) : never;

/** For `u`, with the place to come back to. */
export function remember(context: ConsoleContext, {section, line}: ReviewView, done: Done): void {
  const {overlay} = context.view.getState();
  if (overlay?.kind !== 'review') return;
  dispatch(context, {type: 'review', to: {done: [...overlay.done, {section, line, ...done}]}});
}

/** `next`: the section that asks next, as it was before this one was confirmed. */
function goOn(context: ConsoleContext, review: ReviewView, next: string | undefined): void {
  const {plan} = context.session;
  if (next === undefined) return sayDone(context);
  focusSection(context, review, next);
  const {title = next, line = 1} = sectionById(plan, next) ?? {};
  say(context, `now: "${title}", line ${line}`, 'good');
}

function sayDone(context: ConsoleContext): void {
  const {places = {}} = context.session.run.getState().review ?? {};
  const waiting = Object.keys(places);
  if (waiting.length > 0)
    return say(context, `nothing else asks; for ${titles(context, waiting)} open the run again`, 'good');
  const next = context.session.placing?.next;
  const then = next === undefined ? 'Esc returns' : `q leaves, then: ${next}`;
  say(context, `everything is confirmed · ${then}`, 'good');
}

/** A: confirms all sections without a question. A grave one only when all of its commands were on the screen. */
export async function confirmClear(context: ConsoleContext, review: ReviewView): Promise<void> {
  const {plan, run} = context.session;
  const state = run.getState();
  const clear = workLeft(plan, state).filter(id => questionsOf(plan, state, id).length === 0);
  const unseen = clear.filter(id => isGrave(plan, state, id) && !review.seen.includes(id));
  const seen = clear.filter(id => !unseen.includes(id));
  const accepted = await sendAll(
    context,
    seen.map(id => confirming(plan, id)),
  );
  const done = seen.slice(0, accepted);
  if (done.length > 0) remember(context, review, {kind: 'confirmed', sections: done.map(id => ({id, doubts: []}))});
  const left = workLeft(plan, run.getState()).filter(id => !done.includes(id));
  const [next] = left;
  if (next === undefined) return sayDone(context);
  if (!left.includes(review.section))
    focusSection(context, review, nextToConfirm(plan, run.getState(), review.section) ?? next);
  const waits =
    unseen.length === 0 ? '' : `; ${unseen.length} not: look first at all commands of: ${titles(context, unseen)}`;
  say(context, `${plural(done.length, 'section')} confirmed${waits}`, done.length > 0 ? 'good' : 'warn');
}

const TITLES_MAX = 3;

export function titles({session: {plan}}: ConsoleContext, ids: readonly string[]): string {
  const named = ids.slice(0, TITLES_MAX).map(id => sectionById(plan, id)?.title ?? id);
  const more = ids.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** y, h, m: answer the question on the screen, and no other. */
export async function answerQuestion(
  context: ConsoleContext,
  review: ReviewView,
  as?: 'ignored' | 'by-hand',
): Promise<void> {
  const {plan, run} = context.session;
  const question = focusedQuestion(plan, run.getState(), review);
  if (question === undefined) return say(context, 'nothing is asked about this section', 'warn');
  await answerAll(context, review, [question], as, `line ${question.line}`);
}

/** `what`: the lines for the message. The cursor goes on to the section's next question. */
export async function answerAll(
  context: ConsoleContext,
  review: ReviewView,
  doubts: readonly Doubt[],
  as: 'ignored' | 'by-hand' | undefined,
  what: string,
): Promise<void> {
  const {plan, run} = context.session;
  const howOf = ({proposed}: Doubt) => (as === undefined ? (proposed ?? 'I have looked at it') : WORDS[as]);
  const accepted = await sendAll(
    context,
    doubts.map(doubt => compact({type: 'settle-doubt' as const, doubtId: doubt.id, how: howOf(doubt), as})),
  );
  const done = doubts.slice(0, accepted).map(({id, section}) => ({id, section}));
  if (done.length === 0) return;
  remember(context, review, {kind: 'answered', doubts: done});
  if (done.length < doubts.length) return;
  const state = run.getState();
  const left = questionsOf(plan, state, review.section);
  const next = focusedQuestion(plan, state, review);
  if (next !== undefined && sectionById(plan, review.section) !== undefined) goToQuestion(context, review, next);
  dispatch(context, {type: 'review', to: {since: context.now()}});
  const then = left.length > 0 ? `${plural(left.length, 'question')} left here` : 'Enter confirms the section';
  const rest = isToConfirm(plan, state, review.section) || left.length > 0 ? ` · ${then}` : '';
  say(context, `${what}: ${as === undefined ? 'answered' : WORDS[as]}${rest}`, 'good');
}

/** The screen does not jump when the question is on it already. */
function goToQuestion(context: ConsoleContext, review: ReviewView, {line, id}: Doubt): void {
  goToLine(context, review, line, {section: review.section, doubt: id});
}

const WORDS = {ignored: 'left out', 'by-hand': 'a person does it'} as const;
