/** The rows above and below the panes of the review: how far it is, and the useful keys. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {sectionById} from '../../run/plan-index.ts';
import {reviewProgress} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {cut, displayWidth, fitTo, spread} from '../../text/width.ts';
import type {Session} from '../session.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';
import {keyLabel} from '../view/keymap.ts';
import {REVIEW_KEYS, type ReviewActionId} from '../view/review-keys.ts';
import {REVIEW_PANES, type ReviewPane, type ReviewView} from '../view/review-view.ts';
import type {StatusMessage} from '../view/view-state.ts';
import {type Hint, hintText, messageText} from '../widgets/last-row.ts';
import {plainFor} from '../widgets/pen.ts';
import {askedWords, isToConfirm, openQuestions} from './review-questions.ts';
import {focusedQuestion} from './run-pane.ts';

type BarStyle = {columns: number; glyphs: Glyphs; theme: Theme};

/** `12 of 40 sections confirmed · 2 questions · 3 not read`, with the title at the left as far as there is room. */
export function headRow(plan: Plan, state: RunState, review: ReviewView, style: BarStyle): string {
  const {columns, glyphs, theme} = style;
  const {confirmed, total, done} = reviewProgress(plan, state);
  const questions = openQuestions(plan, state);
  const unread = questions.filter(({code}) => code === 'not-read').reduce((sum, {doubts}) => sum + doubts.length, 0);
  const between = ` ${glyphs.separator} `;
  const parts: [ThemeToken, string][] = [
    [done ? 'good' : 'text', `${confirmed} of ${total} sections confirmed`],
    questions.length === 0 ? ['muted', 'no questions'] : ['warn', askedWords(plan, state)],
    ...(unread === 0 ? [] : ([['warn', `${unread} not read`]] as [ThemeToken, string][])),
    ...(columns < WIDE ? [] : ([['muted', procedureText(plan)]] as [ThemeToken, string][])),
  ];
  const shown = parts
    .map(([token, text]) => theme.paint(token, plainFor(text, glyphs)))
    .join(theme.paint('muted', between));
  const isAlone = review.isAlone === true;
  const badge = theme.paint('badge', isAlone ? ' T-MINUS review ' : ' REVIEW ');
  const title = plainFor(
    isAlone ? (plan.subtitle ?? plan.title) : (sectionById(plan, review.section)?.title ?? ''),
    glyphs,
  );
  const room = columns - displayWidth(shown) - displayWidth(badge) - 5;
  const name = room < 8 ? '' : theme.paint('title', cut(title, room, glyphs.ellipsis));
  return spread(` ${badge} ${name}`, `${shown} `, columns, glyphs.ellipsis);
}

const WIDE = 120;

function procedureText({proposal}: Plan): string {
  return `procedure: ${proposal?.procedure ?? 'whole document'}`;
}

const TABS: Readonly<Record<ReviewPane, string>> = {sections: 'Sections', document: 'Document', run: 'What would run'};

/** The panes as tabs, for a terminal where only one fits. The open one has brackets as well as colour. */
export function tabsRow(front: ReviewPane, {columns, glyphs, theme}: BarStyle): string {
  const tabs = REVIEW_PANES.map(pane =>
    pane === front ? theme.paint('badge', `[${TABS[pane]}]`) : theme.paint('text', ` ${TABS[pane]} `),
  );
  const row = ` ${tabs.join(' ')}  ${theme.paint('key', 'Tab')} `;
  const line = theme.paint('border', glyphs.horizontal.repeat(Math.max(0, columns - displayWidth(row))));
  return fitTo(row + line, columns, glyphs.ellipsis);
}

/** The last row: a fresh message, or the useful keys. */
export function hintRow(
  session: Session,
  state: RunState,
  review: ReviewView,
  {columns, glyphs, theme, status, now}: BarStyle & {status: StatusMessage | null; now: number},
): string {
  const ids = state.driver === session.consoleId ? driverHints(session, state, review) : OBSERVER;
  const last: Hint[] = [
    hintOf('help'),
    ...(review.isAlone === true ? [] : [['R', 'roll back'] as Hint]),
    ['Esc', review.isAlone === true ? 'leave' : 'return'],
  ];
  const isAsked = isToConfirm(session.plan, state, review.section);
  const hints = ids.map((id): Hint => (id === 'confirm' && !isAsked ? [hintOf(id)[0], 'next'] : hintOf(id)));
  const message = messageText(status, {width: columns - 2, now, glyphs, theme});
  return fitTo(` ${message ?? hintText(hints, last, columns - 2, theme)}`, columns, glyphs.ellipsis);
}

const OBSERVER: readonly ReviewActionId[] = ['down', 'up', 'next-pane', 'page-down', 'question-next'];
const USES: readonly ReviewActionId[] = [
  'use-run',
  'use-watch',
  'use-rollback',
  'use-triggers',
  'use-other',
  'use-never',
  'one-of',
];

/** The most useful keys first: confirm, answer the question, change the use. */
function driverHints({plan, placing}: Session, state: RunState, review: ReviewView): readonly ReviewActionId[] {
  const question = focusedQuestion(plan, state, review);
  const answers: ReviewActionId[] = question === undefined ? [] : ['yes'];
  if (question?.code === 'place-assumed' && placing !== undefined) answers.push('place');
  if (question?.doubts.some(({steps}) => steps.length > 0)) answers.push('by-hand', 'ignore');
  return ['confirm', ...answers, 'confirm-clear', 'undo', 'next-pane', ...USES];
}

function hintOf(id: ReviewActionId): Hint {
  const {keys, hint} = REVIEW_KEYS.find(key => key.id === id) ?? REVIEW_KEYS[0];
  return [keyLabel(keys[0]), hint];
}

/** The whole review on a screen too small for panes. */
export function cardRows(plan: Plan, state: RunState, review: ReviewView, style: BarStyle): string[] {
  const {columns, glyphs, theme} = style;
  const {confirmed, total, done} = reviewProgress(plan, state);
  const way = review.isAlone === true ? 'Esc leave' : 'Esc return  R roll back';
  const lines: [ThemeToken, string][] = [
    ['badge', ' REVIEW '],
    ['text', ` ${confirmed} of ${total} sections confirmed`],
    done ? ['good', ' everything is confirmed'] : ['warn', ` ${askedWords(plan, state)}`],
    ['key', ` ${way}`],
    ['muted', ' enlarge the window to 60x16 to review'],
  ];
  return lines.map(([token, text]) => fitTo(theme.paint(token, plainFor(text, glyphs)), columns, glyphs.ellipsis));
}
