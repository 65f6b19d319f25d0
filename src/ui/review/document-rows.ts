/** The visible rows of the document, with a margin that says how each line was read. Pure. */

import type {ReviewState} from '../../plan/doubt.ts';
import type {Plan, Step} from '../../plan/plan.ts';
import {placeOf} from '../../run/operations.ts';
import {sectionById} from '../../run/plan-index.ts';
import {sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {type LineAs, lineMargin} from '../../run/wording/line-margin.ts';
import {fitTo, wrap} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import {paintSelected, type ThemeToken} from '../terminal/theme.ts';
import type {ReviewView} from '../view/review-view.ts';
import {plainFor} from '../widgets/pen.ts';
import {visibleRows} from '../widgets/scroll-view.ts';
import type {Reviewing, ReviewQuestion} from './review-questions.ts';
import {focusedQuestion} from './run-pane.ts';
import type {ReviewStyle} from './section-rows.ts';

const NUMBER_WIDTH = 5;
/** Mark, line number, and the spaces around them. */
const MARGIN_WIDTH = 2 + NUMBER_WIDTH + 2;
/** A longer line is cut, so that the lines below it are still seen. */
const LINE_LENGTH_MAX = 2000;

const NOTE: LineMark = {kind: 'note'};

/** First and last line of a section, 1-based. */
type Extent = {from: number; to: number};

export function sectionExtent({sections, source}: Plan, sectionId: string): Extent {
  const at = sections.findIndex(({id}) => id === sectionId);
  const from = sections[at]?.line ?? 1;
  const next = sections.slice(at + 1).find(({line}) => line > from);
  return {from, to: Math.max(from, (next?.line ?? source.length + 1) - 1)};
}

type Focus = Extent & {
  /** Numbers of the lines with an open doubt. */
  doubtful: ReadonlySet<number>;
  /** Numbers of the lines of the question that the keys answer. */
  asked: ReadonlySet<number>;
};

/** `top`: index of the first line shown. */
export function documentRows(
  plan: Plan,
  state: Reviewing,
  top: number,
  focus: Focus,
  style: ReviewStyle,
): {rows: string[]; from: number; to: number} {
  const {width, height, glyphs, theme} = style;
  const {source} = plan;
  const marks = lineMarks(plan, state);
  const plain = (text: string) => plainFor(text, glyphs);
  const room = Math.max(10, width - MARGIN_WIDTH);
  const read = (from: number, count: number) => source.slice(from, from + count);
  const rowsOf = (raw: string) => wrapped(plain(raw.slice(0, LINE_LENGTH_MAX).replaceAll('\t', '    ')), room);
  const {
    rows,
    top: first,
    below,
  } = visibleRows({from: 0, to: source.length, read}, {follow: false, top}, height, rowsOf);
  const shown = rows.map(({number, part, text}) => {
    const line = number + 1;
    const mark = marks.get(line) ?? NOTE;
    const isInside = line >= focus.from && line <= focus.to;
    const isDoubtful = focus.doubtful.has(line);
    const {sign, token} = isDoubtful ? {sign: '?', token: 'warn' as const} : signOf(mark, glyphs);
    const lead = part === 0 ? fitTo(sign, 1, '') : ' ';
    const figure = part === 0 ? String(line).padStart(NUMBER_WIDTH) : ' '.repeat(NUMBER_WIDTH);
    const figureToken = focus.asked.has(line) ? 'warn' : 'muted';
    const words = theme.paint(isInside ? wordsToken(mark, isDoubtful) : 'muted', text);
    const behind = mark.kind === 'place' && part === 0 ? theme.paint('muted', plain(`  → ${mark.place}`)) : '';
    const row = fitTo(
      `${theme.paint(token, lead)} ${theme.paint(figureToken, figure)}  ${words}${behind}`,
      width,
      glyphs.ellipsis,
    );
    return focus.asked.has(line) ? paintSelected(theme, row) : row;
  });
  return {rows: shown, from: first + 1, to: source.length - below};
}

/** Breaks a long line at spaces. Every row keeps the line's indent. */
function wrapped(text: string, room: number): readonly string[] {
  const indent = /^ */.exec(text)?.[0] ?? '';
  if (text.length <= room) return [text];
  const rows = wrap(text, room - Math.min(indent.length, 8));
  return rows.length === 0 ? [''] : rows.map(row => indent.slice(0, 8) + row);
}

/** Sign, ASCII sign and colour. Lines that are only for reading have none. */
const SIGNS: Readonly<Partial<Record<LineMark['kind'], readonly [string, string, ThemeToken]>>> = {
  heading: ['#', '#', 'muted'],
  step: ['☐', 'o', 'text'],
  command: ['$', '$', 'command'],
  place: ['⌂', '@', 'accent'],
  alternatives: ['≷', '|', 'accent'],
  instruction: ['·', '.', 'muted'],
  expectation: ['≥', '>', 'good'],
  threshold: ['≥', '>', 'good'],
  trigger: ['▲', '!', 'warn'],
  gap: ['_', '_', 'accent'],
  'not-read': ['?', '?', 'bad'],
};

function signOf(mark: LineMark, {ascii}: Glyphs): {sign: string; token: ThemeToken} {
  if (mark.kind === 'option') return {sign: mark.letter, token: 'accent'};
  const [sign, plain, token] = SIGNS[mark.kind] ?? [' ', ' ', 'muted' as const];
  return {sign: ascii ? plain : sign, token};
}

const QUIET: ReadonlySet<LineMark['kind']> = new Set(['note', 'reference', 'layout', 'sample', 'instruction']);

function wordsToken(mark: LineMark, isDoubtful: boolean): ThemeToken {
  if (mark.kind === 'command' || mark.kind === 'place') return 'command';
  if (mark.kind === 'heading' || mark.kind === 'option') return 'title';
  return QUIET.has(mark.kind) && !isDoubtful ? 'muted' : 'text';
}

/** Numbers of the lines that the questions are about. */
export function linesOf(questions: readonly ReviewQuestion[]): ReadonlySet<number> {
  return new Set(questions.flatMap(({doubts}) => doubts.map(({line}) => line)));
}

type LineMark =
  | {kind: LineAs}
  /** A login: the following commands run on this host, such as `vps`. */
  | {kind: 'place'; place: string}
  /** The heading or list item of an option. `letter`: `A`. */
  | {kind: 'option'; letter: string}
  /** A separator between two ways to do one thing: `# OR`. */
  | {kind: 'alternatives'};

type Marks = ReadonlyMap<number, LineMark>;
type Known = {uses: ReviewState['uses'] | undefined; marks: Marks};

const known = new WeakMap<Plan, Known>();

/** Marks by line number, 1-based. They are computed once for a plan and the uses of its sections. */
function lineMarks(plan: Plan, state: Reviewing): Marks {
  const uses = state.review?.uses;
  const last = known.get(plan);
  if (last !== undefined && last.uses === uses) return last.marks;
  const marks = new Map<number, LineMark>();
  for (const {line, as} of lineMargin(plan, ({id}) => sectionUse(plan, state, id))) marks.set(line, {kind: as});
  for (const step of plan.steps) {
    markOptions(step, marks);
    markAlternatives(plan, step, marks);
    markPlace(plan, step, marks);
  }
  known.set(plan, {uses, marks});
  return marks;
}

function markOptions({action}: Step, marks: Map<number, LineMark>): void {
  if (action.kind !== 'choice') return;
  for (const [index, {line}] of action.arms.entries()) marks.set(line, {kind: 'option', letter: letterOf(index)});
}

const FIRST_LETTER = 65;
const LETTERS = 26;

function letterOf(index: number): string {
  return String.fromCodePoint(FIRST_LETTER + (index % LETTERS));
}

const SEPARATOR = /^\s*(?:#|\/\/|--)/;
const LOGIN = /^\s*(?:\$\s+)?ssh\s/;

function markAlternatives(plan: Plan, {action}: Step, marks: Map<number, LineMark>): void {
  if (action.kind !== 'script') return;
  for (const stage of action.stages) {
    if (stage.kind !== 'alternatives') continue;
    for (const {line} of stage.arms.slice(1)) {
      const between = [line, line - 1, line - 2].find(at => SEPARATOR.test(plan.source[at - 1] ?? ''));
      if (between !== undefined) marks.set(between, {kind: 'alternatives'});
    }
  }
}

function markPlace(plan: Plan, step: Step, marks: Map<number, LineMark>): void {
  const place = placeOf(step.action);
  if (place === undefined || place === 'local') return;
  for (let line = step.line; line <= step.endLine; line++) {
    if (LOGIN.test(plan.source[line - 1] ?? '')) marks.set(line, {kind: 'place', place});
  }
}

/** The pane shows a third of its rows above the question. */
const ABOVE_SHARE = 3;

/** Index of the first line shown: the section's heading, or some lines above its question where that is further down. */
export function documentTop(plan: Plan, state: RunState, review: ReviewView, height: number): number {
  if (review.documentTop !== null) return Math.max(0, Math.min(review.documentTop, plan.source.length - 1));
  const heading = (sectionById(plan, review.section)?.line ?? 1) - 1;
  const lines = (focusedQuestion(plan, state, review)?.doubts ?? []).filter(({section}) => section === review.section);
  const asked = lines[0] === undefined ? heading : lines[0].line - 1;
  return asked < heading + height - 2 ? heading : asked - Math.floor(height / ABOVE_SHARE);
}
