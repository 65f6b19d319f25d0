/** Keys of the review. None of them runs anything; `R` is dealt with before any of this. */
import type {Use} from '../../plan/doubt.ts';
import {readingOf} from '../../run/review.ts';
import {focusedRow, openInOrder, type SectionRow, sectionRows} from '../review/review-order.ts';
import type {KeyPress} from '../terminal/terminal-input.ts';
import type {ReviewView} from '../view/review-view.ts';
import {type ConsoleContext, dispatch, say, send} from './console-context.ts';

const USE_KEYS: Readonly<Record<string, Use>> = {
  r: 'run',
  w: 'watch',
  b: 'rollback',
  t: 'triggers',
  x: 'other',
  n: 'reference',
};
const PAGE = 10;
const MOVES: Readonly<Record<string, number>> = {j: 1, down: 1, k: -1, up: -1};
const SCROLLS: Readonly<Record<string, number>> = {
  pagedown: PAGE,
  space: PAGE,
  pageup: -PAGE,
  'ctrl+d': PAGE,
  'ctrl+u': -PAGE,
};
const TABS = 3;

export function openReview(context: ConsoleContext, section: string | null = null): void {
  const {plan} = context.session;
  if (plan.proposal === undefined) return say(context, 'this run was opened without a review', 'warn');
  dispatch(context, {
    type: 'open',
    overlay: {kind: 'review', shown: {section, top: 0, tab: 0, confirmed: [], seen: []}},
  });
}

export function reviewKey(context: ConsoleContext, shown: ReviewView, key: KeyPress): void {
  const {plan, run} = context.session;
  const rows = sectionRows(plan, run.getState());
  const row = focusedRow(rows, shown.section);
  if (row === undefined) return;
  const use = USE_KEYS[key.name];
  if (use !== undefined) return void send(context, {type: 'change-use', sectionId: row.section.id, use});
  const by = MOVES[key.name];
  if (by !== undefined) return moveTo(context, shown, rows[rows.indexOf(row) + by]);
  const scroll = SCROLLS[key.name];
  if (scroll !== undefined) return show(context, {top: shown.top + scroll});
  switch (key.name) {
    case 'enter':
      return void confirm(context, shown, row);
    case 'A':
      return void confirmAll(context, shown);
    case 'u':
      return void undo(context, shown);
    case 'y':
      return void settle(context, row, 'looked at, and it is right');
    case 'h':
      return void settle(context, row, 'a person does it', 'by-hand');
    case 'm':
      return void settle(context, row, 'left out', 'ignored');
    case 'tab':
      return show(context, {tab: ((shown.tab + 1) % TABS) as ReviewView['tab']});
    case 'g':
    case 'home':
      return moveTo(context, shown, rows[0]);
    case 'G':
    case 'end':
      return moveTo(context, shown, rows.at(-1));
    default:
      say(context, 'the keys of the review stand below; Esc returns', 'plain');
  }
}

/** An Enter that was held down in it must reach nothing behind it. */
export function closeReview(context: ConsoleContext): void {
  if (context.onlyReview === true) return context.leave({kind: 'detached'});
  dispatch(context, {type: 'close'});
  dispatch(context, {type: 'quiet', until: context.now() + ENTER_QUIET_MS});
}

/** Keys that are held down come again at least this often. */
export const ENTER_QUIET_MS = 400;

/** Whoever holds Enter down confirms one after the other; what is behind the review never sees these presses. */
async function confirm(context: ConsoleContext, shown: ReviewView, row: SectionRow): Promise<boolean> {
  const {plan, run} = context.session;
  const {section, status} = row;
  if (status === 'confirmed' || status === 'quiet') {
    moveOn(context, shown);
    return true;
  }
  const reading = readingOf(plan, section.id)?.reading ?? '';
  if (run.getState().review?.confirmed[section.id] !== undefined) {
    // It was confirmed; only its questions are open.
    for (const {id, proposed} of row.doubts) {
      if (proposed !== undefined) await send(context, {type: 'settle-doubt', doubtId: id, how: proposed});
    }
    return true;
  }
  const taken = await send(context, {type: 'confirm-section', sectionId: section.id, reading});
  if (!taken) return false;
  moveOn(context, {...shown, confirmed: [...shown.confirmed, section.id]});
  return true;
}

/** To what is open next, in the order of the questions; at the end it stays, and the title says that all is confirmed. */
function moveOn(context: ConsoleContext, shown: ReviewView): void {
  const {plan, run} = context.session;
  const rows = sectionRows(plan, run.getState());
  const [next] = openInOrder(rows).filter(({section}) => section.id !== shown.section);
  show(context, {confirmed: shown.confirmed, section: next?.section.id ?? shown.section, top: 0});
  const left = openInOrder(rows).length;
  say(context, left === 0 ? 'all of it is confirmed' : `${left} left`, left === 0 ? 'good' : 'plain');
}

/**
 * Every section without questions at once. What destroys something, and the rollback, only after it was on the screen:
 * there it stops.
 */
async function confirmAll(context: ConsoleContext, shown: ReviewView): Promise<void> {
  const {plan, run} = context.session;
  const confirmed = [...shown.confirmed];
  for (const row of sectionRows(plan, run.getState())) {
    const {section, status, doubts} = row;
    if ((status !== 'open' && status !== 'again') || doubts.length > 0) continue;
    if (mustBeSeen(context, row) && !shown.seen.includes(section.id)) continue;
    const reading = readingOf(plan, section.id)?.reading ?? '';
    if (!(await send(context, {type: 'confirm-section', sectionId: section.id, reading}))) break;
    confirmed.push(section.id);
  }
  moveOn(context, {...shown, confirmed});
}

function mustBeSeen({session}: ConsoleContext, {section, use}: SectionRow): boolean {
  if (use === 'rollback') return true;
  return session.plan.steps.some(step => step.section === section.id && step.destructive !== undefined);
}

async function undo(context: ConsoleContext, shown: ReviewView): Promise<void> {
  const last = shown.confirmed.at(-1) ?? shown.section;
  if (last === null) return say(context, 'nothing was confirmed here yet', 'warn');
  if (!(await send(context, {type: 'reopen-section', sectionId: last}))) return;
  show(context, {confirmed: shown.confirmed.filter(id => id !== last), section: last, top: 0});
}

/** The first question that holds no proposal; Enter takes those that do. */
async function settle(
  context: ConsoleContext,
  {doubts}: SectionRow,
  how: string,
  as?: 'ignored' | 'by-hand',
): Promise<void> {
  const doubt = doubts.find(({proposed}) => proposed === undefined) ?? doubts[0];
  if (doubt === undefined) return say(context, 'no question is open about this section', 'warn');
  await send(context, {type: 'settle-doubt', doubtId: doubt.id, how, ...(as === undefined ? {} : {as})});
}

function moveTo(context: ConsoleContext, shown: ReviewView, row: SectionRow | undefined): void {
  if (row === undefined) return;
  show(context, {section: row.section.id, top: 0, seen: [...new Set([...shown.seen, row.section.id])]});
}

function show(context: ConsoleContext, to: Partial<ReviewView>): void {
  const seen = to.section === undefined || to.section === null ? {} : {seen: seenWith(context, to)};
  dispatch(context, {type: 'review', to: {...to, ...seen}});
}

function seenWith(context: ConsoleContext, {section, seen}: Partial<ReviewView>): readonly string[] {
  const {overlay} = context.view.getState();
  const before = seen ?? (overlay?.kind === 'review' ? overlay.shown.seen : []);
  return section === undefined || section === null ? before : [...new Set([...before, section])];
}
