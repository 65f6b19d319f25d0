/** The right pane of the review: the commands of the section, and below them the question that the keys answer. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {readingOf} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {localClock} from '../../text/times.ts';
import {displayWidth, wrap} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {ReviewView} from '../view/review-view.ts';
import {plainFor} from '../widgets/pen.ts';
import {openQuestions, questionsOf, type ReviewQuestion, standOf} from './review-questions.ts';
import {changeLines, commandsEnd, linesText, questionLines, type RunLine, runLines} from './run-rows.ts';
import type {ReviewStyle} from './section-rows.ts';

type RunPane = {
  rows: readonly string[];
  /** Number of rows below the last visible one. */
  below: number;
  /** Number of rows by which the pane can be scrolled. */
  scrollable: number;
  /** The last command is visible or was scrolled past, so a person has had all commands on the screen. */
  showsAll: boolean;
};

/** The greatest share of the pane that the question may take. */
const QUESTION_SHARE = 0.6;
/** More lines than this are not listed but only counted. */
const LINES_MAX = 2000;

/** `width` and `height` in `style` are the size of the content, without borders. */
export function runPane(plan: Plan, state: RunState, view: ReviewView, style: ReviewStyle): RunPane {
  const {width, height} = style;
  const asked = askedLines(plan, state, view, style);
  const lines = [...reopenedLines(plan, state, view.section), ...runLines(plan, state, view.section)];
  const shownLines = lines.slice(0, LINES_MAX);
  if (lines.length > LINES_MAX)
    shownLines.push({lead: '', text: `and ${lines.length - LINES_MAX} more`, token: 'muted'});
  if (lines.length === 0) shownLines.push({lead: '', text: 'nothing runs here', token: 'muted'});
  const rows = shownLines.flatMap(line => wrappedRows(line, width, style));
  const needed = shownLines.slice(0, commandsEnd(shownLines)).flatMap(line => wrappedRows(line, width, style)).length;
  const room = Math.max(1, height - asked.length);
  const top = Math.max(0, Math.min(view.runTop, rows.length - room));
  const seen = rows.slice(top, top + room);
  while (seen.length < room) seen.push('');
  return {
    rows: [...seen, ...asked],
    below: Math.max(0, rows.length - top - room),
    scrollable: Math.max(0, rows.length - room),
    showsAll: needed <= top + room,
  };
}

/** The question about the focused section that the keys answer. */
export function focusedQuestion(plan: Plan, state: RunState, view: ReviewView): ReviewQuestion | undefined {
  const questions = questionsOf(plan, state, view.section);
  return questions[Math.min(view.question, questions.length - 1)];
}

function reopenedLines(plan: Plan, {review}: RunState, section: string): readonly RunLine[] {
  const reopened = review?.reopened[section];
  if (reopened === undefined) return [];
  const lines = changeLines(reopened.because, reopened.before, readingOf(plan, section)?.reads ?? []);
  return [...lines, {lead: '', text: '', token: 'text'}];
}

function askedLines(plan: Plan, state: RunState, view: ReviewView, style: ReviewStyle): string[] {
  const {width, height} = style;
  const questions = questionsOf(plan, state, view.section);
  const question = focusedQuestion(plan, state, view);
  if (question === undefined) return standLines(plan, state, view.section, style);
  const count =
    questions.length === 1
      ? 'question'
      : `question ${Math.min(view.question, questions.length - 1) + 1} of ${questions.length}`;
  const rows = questionLines(question).flatMap(line => wrappedRows(line, width, style));
  const most = Math.max(3, Math.floor(height * QUESTION_SHARE) - 1);
  // The keys are the last row and are always shown.
  const shown = rows.length > most ? [...rows.slice(0, most - 1), ...rows.slice(-1)] : rows;
  return [rule(`${count}, ${linesText(question.doubts)}`, style), ...shown];
}

function standLines(plan: Plan, state: RunState, section: string, style: ReviewStyle): string[] {
  const {text, token} = standText(plan, state, section, style.glyphs);
  return [rule('', style), ...wrappedRows({lead: '', text, token}, style.width, style)];
}

function standText(
  plan: Plan,
  state: RunState,
  section: string,
  {passed, separator}: Glyphs,
): {text: string; token: ThemeToken} {
  const confirmed = state.review?.confirmed[section];
  if (confirmed !== undefined) {
    const {by, at, unseen} = confirmed;
    const how = unseen === true ? 'accepted unseen' : 'confirmed';
    return {text: `${passed} ${how} by ${by} ${separator} ${localClock(at)}`, token: unseen === true ? 'warn' : 'good'};
  }
  if (standOf(plan, state, section) === 'idle') return {text: 'nothing to confirm here', token: 'muted'};
  const left = openQuestions(plan, state).length;
  return {text: `Enter confirms it${left === 0 ? '' : ` ${separator} questions elsewhere: ${left}`}`, token: 'key'};
}

function rule(title: string, {width, glyphs, theme}: ReviewStyle): string {
  const words = title === '' ? '' : ` ${title} `;
  const tail = glyphs.horizontal.repeat(Math.max(0, width - displayWidth(words) - 2));
  return theme.paint('border', glyphs.horizontal.repeat(2)) + theme.paint('warn', words) + theme.paint('border', tail);
}

/** A line as rows of at most `width` columns; an empty line is one row. */
export function wrappedRows(
  {lead, text, token}: RunLine,
  width: number,
  {glyphs, theme}: Pick<ReviewStyle, 'glyphs' | 'theme'>,
): string[] {
  if (text === '') return [''];
  return text.split('\n').flatMap((part, first) =>
    wrap(plainFor(part, glyphs), width - lead.length).map((row, index) => {
      const before = first + index === 0 ? lead : ' '.repeat(lead.length);
      return theme.paint('muted', before) + theme.paint(token, row);
    }),
  );
}
