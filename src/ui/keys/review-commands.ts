/** What the keys of the review do. They send intents, which the engine accepts or refuses; none runs a step. */
import type {Doubt, Use} from '../../plan/doubt.ts';
import type {Plan} from '../../plan/plan.ts';
import {sectionById, stepById} from '../../run/plan-index.ts';
import {answeredDoubts, doubtsOf, readingOf, sectionUse} from '../../run/review.ts';
import {compact} from '../../text/compact.ts';
import {plural} from '../../text/figures.ts';
import {isGrave, isToConfirm, questionsOf, workLeft} from '../review/review-questions.ts';
import {focusedQuestion} from '../review/run-pane.ts';
import {linesText} from '../review/run-rows.ts';
import {COLUMNS_TWO} from '../view/layout.ts';
import {type ReviewView, reviewAt} from '../view/review-view.ts';
import {type ConsoleContext, dispatch, ENTER_QUIET_MS, say, send} from './console-context.ts';

/** Enter counts only once within this time: the key is held, or was typed ahead. */
const HELD_MS = 200;

/** `sectionId`: the section to begin with; absent: the one that must be confirmed next. `isAlone`: there is no run. */
export function openReview(
  context: ConsoleContext,
  {sectionId, isAlone}: {sectionId?: string; isAlone?: true} = {},
): void {
  const {plan, run} = context.session;
  const state = run.getState();
  if (plan.proposal === undefined)
    return say(context, 'there is nothing to review: this plan was read from no document', 'warn');
  const asking = sectionUnderCursor(context);
  const section = sectionId ?? asking ?? workLeft(plan, state)[0] ?? plan.sections[0]?.id;
  if (section === undefined) return say(context, 'the document has no section to review', 'warn');
  // A narrow screen begins with the commands, because a person confirms these.
  const pane = context.size().columns < COLUMNS_TWO ? 'run' : 'document';
  const overlay = {kind: 'review' as const, ...reviewAt(section, pane, context.now()), ...compact({isAlone})};
  dispatch(context, {type: 'open', overlay});
}

/** The section of the step under the cursor, if it waits for the review. Sections with questions come first. */
function sectionUnderCursor({session: {plan, run}, view}: ConsoleContext): string | undefined {
  const {cursor} = view.getState();
  const id = stepById(plan, cursor ?? '')?.section ?? cursor;
  const left = workLeft(plan, run.getState());
  const questions = left.filter(each => doubtsOf(plan, run.getState(), each).length > 0);
  return id !== null && left.includes(id) && (questions.length === 0 || questions.includes(id)) ? id : undefined;
}

/** An Enter that was typed ahead was meant for the review. The console ignores it until the key is released. */
export function closeReview(context: ConsoleContext, review: ReviewView): void {
  if (review.isAlone === true) return context.leave({kind: 'detached'});
  dispatch(context, {type: 'quiet', until: context.now() + ENTER_QUIET_MS});
  dispatch(context, {type: 'close'});
}

export function focusSection(context: ConsoleContext, section: string): void {
  const to = {section, documentTop: null, runTop: 0, question: 0, since: context.now()};
  dispatch(context, {type: 'review', to});
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
  if (isToConfirm(plan, state, section)) {
    const guard = isShown ? graveGuard(context, review, Math.min(sinceEnter, now - review.since)) : NOT_SHOWN;
    if (!isShown) dispatch(context, {type: 'review', to: {pane: 'run', since: now}});
    if (guard !== undefined) return say(context, guard, 'warn');
    if (questionsOf(plan, state, section).length > 1) return takeProposal(context, review);
    if (!(await confirm(context, section))) return;
    remember(context, [section]);
  } else if (doubtsOf(plan, state, section).length > 0) {
    return say(context, 'it is confirmed, but its question is still open: y, h or m', 'warn');
  }
  goOn(context, [section]);
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
  if (question?.doubts[0].proposed === undefined)
    return say(context, 'nothing is proposed here: answer it with y, h or m', 'warn');
  const own = question.doubts.filter(({section}) => section === review.section);
  if (!(await settle(context, own))) return;
  const left = questionsOf(plan, run.getState(), review.section).length;
  dispatch(context, {type: 'review', to: {documentTop: null, since: context.now()}});
  say(context, `${linesText(own)}: answered · ${plural(left, 'question')} left here`, 'good');
}

async function confirm(context: ConsoleContext, sectionId: string): Promise<boolean> {
  const reading = readingOf(context.session.plan, sectionId)?.reading ?? '';
  return send(context, {type: 'confirm-section', sectionId, reading});
}

function remember(context: ConsoleContext, sections: readonly string[]): void {
  const {overlay} = context.view.getState();
  if (overlay?.kind !== 'review' || sections.length === 0) return;
  dispatch(context, {type: 'review', to: {confirmed: [...overlay.confirmed, sections]}});
}

/** `done`: sections that were confirmed just now; the engine's events about them may still be on the way. */
function goOn(context: ConsoleContext, done: readonly string[]): void {
  const {plan, run} = context.session;
  const next = workLeft(plan, run.getState()).find(id => !done.includes(id));
  if (next === undefined) return sayDone(context);
  focusSection(context, next);
}

function sayDone(context: ConsoleContext): void {
  const {overlay} = context.view.getState();
  const isAlone = overlay?.kind === 'review' && overlay.isAlone === true;
  say(context, `everything is confirmed · Esc ${isAlone ? 'leaves' : 'returns'}`, 'good');
}

/** A: confirms all sections without a question. A grave one only when all of its commands were on the screen. */
export async function confirmClear(context: ConsoleContext, review: ReviewView): Promise<void> {
  const {plan, run} = context.session;
  const state = run.getState();
  const clear = workLeft(plan, state).filter(id => doubtsOf(plan, state, id).length === 0);
  const unseen = clear.filter(id => isGrave(plan, state, id) && !review.seen.includes(id));
  const done: string[] = [];
  for (const id of clear.filter(each => !unseen.includes(each))) {
    if (!(await confirm(context, id))) break;
    done.push(id);
  }
  remember(context, done);
  goOn(context, done);
  if (workLeft(plan, run.getState()).every(id => done.includes(id))) return;
  const waits = unseen.length === 0 ? '' : `; look first at all commands of: ${titles(context, unseen)}`;
  say(context, `${plural(done.length, 'section')} confirmed${waits}`, done.length > 0 ? 'good' : 'warn');
}

function titles({session: {plan}}: ConsoleContext, ids: readonly string[]): string {
  return ids.map(id => sectionById(plan, id)?.title ?? id).join(', ');
}

/** u: takes back what the last key press confirmed; else the confirmation or the answers of the focused section. */
export async function undo(context: ConsoleContext, review: ReviewView): Promise<void> {
  const {plan, run} = context.session;
  const isConfirmed = (id: string) => run.getState().review?.confirmed[id] !== undefined;
  const isAnswered = (id: string) => answeredDoubts(plan, run.getState(), id).length > 0;
  const isSaid = (id: string) => isConfirmed(id) || isAnswered(id);
  const own = isSaid(review.section) ? [review.section] : [];
  const isHalf = !isConfirmed(review.section) && isAnswered(review.section);
  const last = isHalf ? undefined : review.confirmed.at(-1);
  const back = last ?? own;
  if (back.length === 0) return say(context, 'nothing was confirmed here, so nothing can be taken back', 'warn');
  for (const sectionId of back.toReversed()) {
    if (isSaid(sectionId) && !(await send(context, {type: 'reopen-section', sectionId}))) return;
  }
  if (last !== undefined) dispatch(context, {type: 'review', to: {confirmed: review.confirmed.slice(0, -1)}});
  focusSection(context, back[0] ?? review.section);
  say(context, `taken back: ${titles(context, back)}`, 'good');
}

export async function changeUse(context: ConsoleContext, {section}: ReviewView, use: Use): Promise<void> {
  if (await send(context, {type: 'change-use', sectionId: section, use})) {
    say(context, `${titles(context, [section])} is for ${use} now`, 'good');
  }
}

/** o: of several sections beside each other that do the same, this one is taken; the others do not run. */
export async function takeOne(context: ConsoleContext, {section}: ReviewView): Promise<void> {
  const {plan, run} = context.session;
  const state = run.getState();
  const own = sectionById(plan, section);
  if (own === undefined) return;
  const beside = plan.sections.filter(
    ({id, parent, depth}) => id !== section && parent === own.parent && depth === own.depth,
  );
  const purposeNow = (id: string) => sectionUse(plan, state, id);
  const taken = [section, ...beside.map(({id}) => id)].map(purposeNow).find(use => use === 'run' || use === 'rollback');
  const others = beside.filter(({id}) => purposeNow(id) === taken);
  if (taken === undefined || others.length === 0)
    return say(context, 'no section beside this one does the same', 'warn');
  const change = async (id: string, use: Use) =>
    purposeNow(id) === use || (await send(context, {type: 'change-use', sectionId: id, use}));
  for (const id of within(plan, section)) if (purposeNow(id) === 'other' && !(await change(id, taken))) return;
  for (const {id: other} of others) {
    for (const id of within(plan, other)) if (purposeNow(id) === taken && !(await change(id, 'other'))) return;
  }
  for (const {id, code} of doubtsOf(plan, run.getState(), section)) {
    if (code === 'alternatives-assumed')
      await send(context, {type: 'settle-doubt', doubtId: id, how: 'this one is taken'});
  }
  say(
    context,
    `${titles(context, [section])} is taken, ${plural(others.length, 'section')} beside it ${others.length === 1 ? 'is' : 'are'} not`,
    'good',
  );
}

/** Ids of the section and of all sections inside it. */
function within({sections}: Plan, root: string): readonly string[] {
  const inside = new Set([root]);
  for (const {id, parent} of sections) if (parent !== undefined && inside.has(parent)) inside.add(id);
  return [...inside];
}

/** y answers for every line of the question; h and m only for the lines of this section. */
export async function answerQuestion(
  context: ConsoleContext,
  review: ReviewView,
  as?: 'ignored' | 'by-hand',
): Promise<void> {
  const {plan, run} = context.session;
  const question = focusedQuestion(plan, run.getState(), review);
  if (question === undefined) return say(context, 'nothing is asked about this section', 'warn');
  const answered = question.doubts.filter(({section}) => as === undefined || section === review.section);
  if (!(await settle(context, answered, as))) return;
  say(context, `${linesText(answered)}: ${as === undefined ? 'answered' : WORDS[as]}`, 'good');
}

async function settle(context: ConsoleContext, doubts: readonly Doubt[], as?: 'ignored' | 'by-hand'): Promise<boolean> {
  for (const {id, proposed} of doubts) {
    const how = as === undefined ? (proposed ?? 'I have looked at it') : WORDS[as];
    if (!(await send(context, compact({type: 'settle-doubt', doubtId: id, how, as})))) return false;
  }
  return true;
}

const WORDS = {ignored: 'left out', 'by-hand': 'a person does it'} as const;
