/** The visible rows of the document, with a margin that says how each line was read. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {fitTo, wrap} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import {paintSelected, type ThemeToken} from '../terminal/theme.ts';
import {plainFor} from '../widgets/pen.ts';
import {visibleRows} from '../widgets/scroll-view.ts';
import {type LineMark, lineMarks} from './line-marks.ts';
import type {Reviewing, ReviewQuestion} from './review-questions.ts';
import type {ReviewStyle} from './section-rows.ts';

const NUMBER_WIDTH = 5;
/** Mark, line number, and the spaces around them. */
const MARGIN_WIDTH = 2 + NUMBER_WIDTH + 2;
/** A longer line is cut, so that the lines below it are still seen. */
const LINE_LENGTH_MAX = 2000;

const NOTE: LineMark = {kind: 'note'};

/** First and last line of a section, 1-based. */
export type Extent = {from: number; to: number};

export function sectionExtent({sections, source}: Plan, sectionId: string): Extent {
  const at = sections.findIndex(({id}) => id === sectionId);
  const from = sections[at]?.line ?? 1;
  const next = sections.slice(at + 1).find(({line}) => line > from);
  return {from, to: Math.max(from, (next?.line ?? source.length + 1) - 1)};
}

export type Focus = Extent & {
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
