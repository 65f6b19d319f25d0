/** The pane of commands: what would run in the section, and below it what is asked and what each key does. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {readingOf} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import type {ReviewView} from '../view/review-view.ts';
import {plainFor} from '../widgets/themed-text.ts';
import {type AskedStyle, askedRows} from './asked-rows.ts';
import {broken} from './document-text.ts';
import {changeLines, commandsEnd, type RunLine, runLines} from './run-rows.ts';
import type {ReviewStyle} from './section-rows.ts';

type RunPane = {
  rows: readonly string[];
  /** Index of the first visible row. */
  top: number;
  /** Number of rows below the last visible one. */
  below: number;
  /** Number of rows by which the pane can be scrolled. */
  scrollable: number;
  /** The last command is visible or was scrolled past, so a person has had all commands on the screen. */
  showsAll: boolean;
};

/** More lines than this are not listed but only counted. */
const LINES_MAX = 2000;

/** `width` and `height` in `style` are the size of the content, without borders. */
export function runPane(plan: Plan, state: RunState, view: ReviewView, style: AskedStyle): RunPane {
  const {width, height} = style;
  const lines = shownLines(plan, state, view.section);
  const rowsOf = (shown: readonly RunLine[]) => shown.flatMap(line => wrappedRows(line, width, style));
  const rows = rowsOf(lines);
  const asked = askedRows(plan, state, view, {...style, commandRows: rows.length});
  const needed = rowsOf(lines.slice(0, commandsEnd(lines))).length;
  const room = Math.max(1, height - asked.length);
  const scrollable = Math.max(0, rows.length - room);
  const top = Math.min(scrollable, keptTop(lines, view, style));
  const seen = rows.slice(top, top + room);
  while (seen.length < room) seen.push('');
  return {
    rows: [...seen, ...asked],
    top,
    below: Math.max(0, rows.length - top - room),
    scrollable,
    showsAll: needed <= top + room,
  };
}

/** The scroll position was measured at another width: the line that was at the top then is at the top now. */
function keptTop(lines: readonly RunLine[], {runTop, runWidth}: ReviewView, style: ReviewStyle): number {
  if (runTop === 0 || runWidth === style.width) return runTop;
  const heights = (width: number) => lines.map(line => wrappedRows(line, width, style).length);
  let above = 0;
  const at = heights(runWidth).findIndex(height => {
    above += height;
    return above > runTop;
  });
  return heights(style.width)
    .slice(0, Math.max(0, at))
    .reduce((sum, height) => sum + height, 0);
}

function shownLines(plan: Plan, state: RunState, section: string): readonly RunLine[] {
  const lines = [...reopenedLines(plan, state, section), ...runLines(plan, state, section)];
  if (lines.length === 0) return [{lead: '', text: 'nothing runs here', token: 'muted'}];
  if (lines.length <= LINES_MAX) return lines;
  return [...lines.slice(0, LINES_MAX), {lead: '', text: `and ${lines.length - LINES_MAX} more`, token: 'muted'}];
}

function reopenedLines(plan: Plan, {review}: RunState, section: string): readonly RunLine[] {
  const reopened = review?.reopened[section];
  if (reopened === undefined) return [];
  const lines = changeLines(reopened.because, reopened.before, readingOf(plan, section)?.reads ?? []);
  return [...lines, {lead: '', text: '', token: 'text'}];
}

/** A line as rows of at most `width` columns; an empty line is one row. */
export function wrappedRows(
  {lead, text, token}: RunLine,
  width: number,
  {glyphs, theme}: Pick<ReviewStyle, 'glyphs' | 'theme'>,
): string[] {
  return text.split('\n').flatMap((part, first) =>
    broken(plainFor(part, glyphs), width - lead.length).map((row, index) => {
      const before = first + index === 0 ? lead : ' '.repeat(lead.length);
      return row === '' ? '' : theme.paint('muted', before) + theme.paint(token, row);
    }),
  );
}
