/** The rows above and below the panes of the review: how far it is, and the useful keys. Pure. */

import {isUnread} from '../../plan/doubt.ts';
import type {Plan} from '../../plan/plan.ts';
import {reviewProgress, sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {plural} from '../../text/figures.ts';
import {cut, displayWidth, fitTo, spread} from '../../text/width.ts';
import type {Session} from '../session.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import {paintBadge, type Theme, type ThemeToken} from '../terminal/theme.ts';
import {keyLabel} from '../view/keymap.ts';
import type {Editor} from '../view/line-editor.ts';
import {REVIEW_KEYS, type ReviewActionId, USE_OF_KEY} from '../view/review-key-table.ts';
import {REVIEW_PANES, type ReviewOverlay, type ReviewPane, type ReviewView} from '../view/review-view.ts';
import type {StatusMessage} from '../view/view-state.ts';
import {type Hint, hintText, messageText} from '../widgets/last-row.ts';
import {plainFor} from '../widgets/themed-text.ts';
import {titleOf} from './document-position.ts';
import {askedWords, focusedQuestion, isToConfirm, openQuestions, questionsOf, workLeft} from './review-questions.ts';

type BarStyle = {columns: number; glyphs: Glyphs; theme: Theme};

/** `12 of 40 sections confirmed · 2 questions left`, with the title at the left as far as there is room. */
export function headRow(plan: Plan, state: RunState, review: ReviewView, style: BarStyle): string {
  const {columns, glyphs, theme} = style;
  const {confirmed, total, done} = reviewProgress(plan, state);
  const isWide = columns >= WIDE;
  const between = ` ${glyphs.separator} `;
  const parts: [ThemeToken, string][] = [
    total === 0
      ? ['warn', 'nothing would run']
      : [done ? 'good' : 'text', `${confirmed} of ${total} ${isWide ? 'sections ' : ''}confirmed`],
    questionsPart(plan, state, isWide),
    ...(isWide ? ([['muted', procedureText(plan)]] as [ThemeToken, string][]) : []),
  ];
  const shown = parts
    .map(([token, text]) => theme.paint(token, plainFor(text, glyphs)))
    .join(theme.paint('muted', between));
  const bar = progressBar(confirmed, total, style);
  const badge = paintBadge(theme, 'badge', review.isAlone === true ? ' T-MINUS review ' : ' REVIEW ');
  const room = columns - displayWidth(shown) - displayWidth(bar) - displayWidth(badge) - 6;
  const title = plainFor(plan.subtitle ?? plan.title, glyphs);
  const name = room < TITLE_MIN ? '' : theme.paint('title', cut(title, room, glyphs.ellipsis));
  return spread(` ${badge} ${name}`, `${bar} ${shown} `, columns, glyphs.ellipsis);
}

const WIDE = 120;
const TITLE_MIN = 8;

function questionsPart(plan: Plan, state: RunState, isWide: boolean): [ThemeToken, string] {
  const questions = openQuestions(plan, state);
  const unread = questions.filter(isUnread).length;
  if (questions.length === 0) return ['muted', 'no questions'];
  const also = isWide && unread > 0 ? ` (${plural(unread, 'line')} not read)` : '';
  return ['warn', `${plural(questions.length, 'question')} left${also}`];
}

/** Ten cells, for at most 80 columns five. */
function progressBar(confirmed: number, total: number, {columns, glyphs, theme}: BarStyle): string {
  const cells = columns > 80 ? 10 : 5;
  const full = total === 0 ? 0 : Math.floor((confirmed / total) * cells);
  const [on, off, left, right] = glyphs.ascii ? ['#', '-', '[', ']'] : ['━', '┄', '', ''];
  return left + theme.paint('good', on.repeat(full)) + theme.paint('muted', off.repeat(cells - full)) + right;
}

function procedureText({proposal}: Plan): string {
  return `procedure: ${proposal?.procedure ?? 'whole document'}`;
}

const TABS: Readonly<Record<ReviewPane, string>> = {sections: 'Sections', document: 'Document', run: 'What would run'};

/** The panes as tabs, for a narrow terminal. The open one has brackets as well as colour. */
export function tabsRow(plan: Plan, {pane, section}: ReviewView, {columns, glyphs, theme}: BarStyle): string {
  const tabs = REVIEW_PANES.map(each =>
    each === pane ? theme.paint('badge', `[${TABS[each]}]`) : theme.paint('text', ` ${TABS[each]} `),
  );
  const row = ` ${tabs.join(' ')}  ${theme.paint('key', 'Tab')} `;
  const name = plainFor(titleOf(plan, section, glyphs), glyphs);
  const room = columns - displayWidth(row) - 4;
  const shown = room < TITLE_MIN ? '' : ` ${theme.paint('title', cut(name, room, glyphs.ellipsis))} `;
  const line = theme.paint('border', glyphs.horizontal.repeat(Math.max(0, columns - displayWidth(row + shown))));
  return fitTo(row + line + shown, columns, glyphs.ellipsis);
}

/** The last row: the text that is being typed, a fresh message, or the useful keys. */
export function hintRow(
  session: Session,
  state: RunState,
  review: ReviewView,
  {columns, glyphs, theme, status, now}: BarStyle & {status: StatusMessage | null; now: number},
): string {
  const typed = typedRow(review.over, {columns, glyphs, theme});
  if (typed !== undefined) return typed;
  const message = messageText(status, {width: columns - 2, now, glyphs, theme});
  const over = review.over === null ? undefined : OVERLAY_HINTS[review.over.kind];
  if (over !== undefined)
    return fitTo(` ${message ?? hintText(over, [['Esc', 'back']], columns - 2, theme)}`, columns, glyphs.ellipsis);
  const isDriver = state.driver === session.consoleId;
  const hints = isDriver ? driverHints(session.plan, state, review) : OBSERVER.map(id => hintOf(id));
  const last: Hint[] = [
    hintOf('help'),
    ...(review.isAlone === true ? [] : [['R', 'roll back'] as Hint]),
    ['Esc', review.isAlone === true ? 'leave' : 'return'],
  ];
  return fitTo(` ${message ?? hintText(hints, last, columns - 2, theme)}`, columns, glyphs.ellipsis);
}

/** Of a list that lies over the panes: its keys, because those of the panes do nothing there. */
const OVERLAY_HINTS: Partial<Record<ReviewOverlay['kind'], readonly Hint[]>> = {
  help: [['j k', 'scroll']],
  alike: [['j k', 'scroll']],
  place: [
    ['Enter', 'set'],
    [`${keyLabel('down')} ${keyLabel('up')}`, 'choose'],
    ['letters', 'narrow the list'],
  ],
};

const TYPED = {
  search: ['/', 'Enter finds, Esc ends'],
  'go-to': [':', 'a line, or part of a title; Enter goes'],
} as const;

function typedRow(over: ReviewOverlay | null, {columns, glyphs, theme}: BarStyle): string | undefined {
  if (over?.kind !== 'search' && over?.kind !== 'go-to') return undefined;
  const [lead, told] = TYPED[over.kind];
  const left = `${theme.paint('key', ` ${lead}`)}${editorText(over.editor, {glyphs, theme})}`;
  return spread(left, theme.paint('muted', `${told} `), columns, glyphs.ellipsis);
}

function editorText({text, at}: Editor, {glyphs, theme}: Pick<BarStyle, 'glyphs' | 'theme'>): string {
  const [before, after] = [plainFor(text.slice(0, at), glyphs), plainFor(text.slice(at), glyphs)];
  return theme.paint('text', before) + theme.paint('accent', glyphs.textCursor) + theme.paint('text', after);
}

const OBSERVER: readonly ReviewActionId[] = [
  'down',
  'up',
  'section-next',
  'question-next',
  'search',
  'go-to',
  'next-pane',
];

/** The most useful first: what Enter does now, where the next question is, moving, and the use of the section. */
function driverHints(plan: Plan, state: RunState, review: ReviewView): readonly Hint[] {
  const clear = workLeft(plan, state).filter(id => questionsOf(plan, state, id).length === 0).length;
  const hasQuestions = openQuestions(plan, state).length > 0;
  return [
    enterHint(plan, state, review),
    ...(hasQuestions ? [['] [', 'questions'] as Hint] : []),
    ['J K', 'sections'],
    hintOf('undo'),
    ...(clear > 0 ? [['A', `confirm ${plural(clear, 'section')} without a question`] as Hint] : []),
    hintOf('next-pane'),
    hintOf('search'),
    hintOf('go-to'),
    ...(review.search === '' ? [] : [['; ,', 'matches'] as Hint]),
    ...hintsOfUse(plan, state, review),
  ];
}

/** What Enter does just now. */
function enterHint(plan: Plan, state: RunState, review: ReviewView): Hint {
  const question = focusedQuestion(plan, state, review);
  if (!isToConfirm(plan, state, review.section)) return ['Enter', 'next'];
  if (question === undefined) return ['Enter', 'confirm'];
  if (question.proposed === undefined) return [question.steps.length === 0 ? 'y' : 'y h m', 'answer'];
  return ['Enter', questionsOf(plan, state, review.section).length === 1 ? 'yes, confirm' : 'yes'];
}

const USES = Object.keys(USE_OF_KEY) as (keyof typeof USE_OF_KEY)[];

/** The uses that the section does not have. */
function hintsOfUse(plan: Plan, state: RunState, {section}: ReviewView): readonly Hint[] {
  const use = sectionUse(plan, state, section);
  return USES.filter(id => USE_OF_KEY[id] !== use).map(id => hintOf(id));
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
    ['text', total === 0 ? ' nothing would run' : ` ${confirmed} of ${total} sections confirmed`],
    done ? ['good', ' everything is confirmed'] : ['warn', ` ${askedWords(plan, state)}`],
    ['key', ` ${way}`],
    ['muted', ' enlarge the window to 60x16 to review'],
  ];
  return lines.map(([token, text]) => fitTo(theme.paint(token, plainFor(text, glyphs)), columns, glyphs.ellipsis));
}
