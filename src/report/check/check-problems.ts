/** The part of `tminus check` about problems. */
import type {Problem, Severity} from '../../plan/problem.ts';
import type {Paint} from '../../text/paint.ts';
import {cut, displayWidth, oneLine, rightCell, shorten, wrap} from '../../text/width.ts';
import {LINE_WIDTH, linesText, type Page, partHeading, problemCounts} from './page-elements.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
const INDENT = 4;
/** The most problems of one kind shown with excerpts; the others get one line each. */
const WHOLE_MAX = 4;

/** The problems, the worst first, each with place, message and the line of the document. Problems with one hint share it. */
export function problemLines(page: Page): readonly string[] {
  const {plan} = page;
  if (plan.problems.length === 0) return [];
  const groups = SEVERITIES.flatMap(severity =>
    grouped(plan.problems.filter(problem => problem.severity === severity)),
  );
  return [
    partHeading(page, 'PROBLEMS', problemCounts(plan)),
    ...groups.flatMap(group => ['', ...groupLines(page, group)]).slice(1),
  ];
}

/** Groups of the same code and hint, in the order of their first lines. */
function grouped(problems: readonly Problem[]): readonly (readonly Problem[])[] {
  return [...Map.groupBy(problems, ({code, hint}) => `${code} ${hint}`).values()];
}

function groupLines(page: Page, group: readonly Problem[]): readonly string[] {
  const {paint, width} = page;
  const [first] = group;
  if (first === undefined) return [];
  const count = group.length === 1 ? '' : paint.faint(`  ${group.length} times`);
  const hint = wrap(first.hint, width - INDENT - 2).map(
    (line, index) => `${' '.repeat(INDENT - 2)}${paint.good(index === 0 ? '→' : ' ')} ${line}`,
  );
  const alike = [...Map.groupBy(group, ({message, file = ''}) => `${file} ${message}`).values()];
  const shown = alike.length > WHOLE_MAX ? alike.slice(0, WHOLE_MAX - 1) : alike;
  return [
    `${badge(paint, first.severity)} ${paint.strong(first.code)}${count}`,
    ...shown.flatMap(problems => alikeLines(page, problems)),
    ...alike.slice(shown.length).flatMap(problems => shortLines(page, problems)),
    ...hint,
  ];
}

/** A message that occurs several times: the first place in full, of the others only the lines. */
function alikeLines(page: Page, [first, ...more]: readonly Problem[]): readonly string[] {
  if (first === undefined) return [];
  const also = wrap(`also at ${linesText(more.map(({line}) => line))}`, page.width - INDENT);
  return [
    ...problemBody(page, first),
    ...(more.length === 0 ? [] : also.map(line => ' '.repeat(INDENT) + page.paint.faint(line))),
  ];
}

/** The rest of a large group, without excerpts. */
function shortLines({paint, width}: Page, problems: readonly Problem[]): readonly string[] {
  const [first] = problems;
  if (first === undefined) return [];
  const place = linesText(problems.map(({line}) => line));
  const text = shorten(first.message, Math.max(1, width - INDENT - displayWidth(place) - 2));
  return [`${' '.repeat(INDENT)}${paint.faint(shorten(place, width - INDENT))}  ${text}`];
}

function badge(paint: Paint, severity: Severity): string {
  switch (severity) {
    case 'error':
      return paint.bad('✗ error');
    case 'warning':
      return paint.warn('▲ warning');
    case 'info':
      return paint.info('· note');
  }
}

function problemBody(page: Page, problem: Problem): readonly string[] {
  const {paint, file, width} = page;
  const place = `${problem.file ?? file}:${problem.line}:${problem.column}`;
  const message = wrap(problem.message, width - INDENT).map(line => `${' '.repeat(INDENT)}${line}`);
  return [
    ...message,
    `${' '.repeat(INDENT)}${paint.faint(cut(oneLine(place), width - INDENT))}`,
    ...excerpt(page, problem),
  ];
}

/** The line of the document with a caret under the place. A place far to the right is scrolled into view. */
function excerpt({plan, paint, width}: Page, {line, column, message, file}: Problem): readonly string[] {
  const source = plan.source[line - 1];
  if (source === undefined || file !== undefined) return [];
  const visible = shown(source).trimEnd();
  if (visible === '') return [];
  const room = width - INDENT - LINE_WIDTH - 3;
  const mark = Math.max(1, markedText(source, column, message).length);
  const from = Math.max(0, Math.min(column - 1, source.length));
  // The indentation is left out; for a place far to the right, the beginning of the line is left out too.
  const start =
    displayWidth(shown(source.slice(0, from))) + mark <= room ? 0 : wholeFrom(source, from - Math.floor(room / 3));
  const lead = start === 0 ? '' : '…';
  const caret = displayWidth(lead + shown(source.slice(start, from)));
  const gutter = ' '.repeat(INDENT);
  const text = cut(`${lead}${shown(source.slice(start)).trimEnd()}`, room);
  const carets = cut(
    `${' '.repeat(caret)}^${'~'.repeat(mark - 1)}`,
    Math.min(room, Math.max(displayWidth(text), caret + 1)),
  );
  return [
    `${gutter}${paint.faint(`${rightCell(String(line), LINE_WIDTH)} │`)} ${text}`,
    `${gutter}${paint.faint(`${' '.repeat(LINE_WIDTH)} │`)} ${paint.bad(carets.replace('…', '~'))}`,
  ];
}

/** The text that the message quotes in backticks, if it is at that place: then all of it is underlined. */
function markedText(source: string, column: number, message: string): string {
  const quoted = [...message.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
  return quoted.find(text => source.startsWith(text, column - 1)) ?? '';
}

/** Moves a position out of the middle of a character of two code units. */
function wholeFrom(source: string, at: number): number {
  const start = Math.max(0, at);
  return /^[\udc00-\udfff]/.test(source.slice(start)) ? start + 1 : start;
}

// One character for one character, so that columns do not move.
function shown(source: string): string {
  return source.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
}
