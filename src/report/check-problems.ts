import type {Problem, Severity} from '../plan/problem.ts';
import {clip, oneLine, rightCell, widthOf, wrap} from './layout.ts';
import {type Page, partHeading, problemCounts} from './page.ts';
import type {Paint} from './paint.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
const LINE_WIDTH = 5;
const INDENT = 4;

/** The worst first, each with place, message, the line it stands on and what to do. One hint serves all that share it. */
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

/** Of the same kind and with the same hint, in the order of their first line. */
function grouped(problems: readonly Problem[]): readonly (readonly Problem[])[] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = `${problem.code} ${problem.hint}`;
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  return [...groups.values()];
}

function groupLines(page: Page, group: readonly Problem[]): readonly string[] {
  const {paint, width} = page;
  const [first] = group;
  if (first === undefined) return [];
  const count = group.length === 1 ? '' : paint.faint(`  ${group.length} times`);
  const hint = wrap(first.hint, width - INDENT - 2).map(
    (line, index) => `${' '.repeat(INDENT - 2)}${paint.good(index === 0 ? '→' : ' ')} ${line}`,
  );
  return [
    `${badge(paint, first.severity)} ${paint.strong(first.code)}${count}`,
    ...group.flatMap(problem => problemBody(page, problem)),
    ...hint,
  ];
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
    `${' '.repeat(INDENT)}${paint.faint(clip(oneLine(place), width - INDENT))}`,
    ...excerpt(page, problem),
  ];
}

/** The line of the document with a caret under the place, scrolled sideways when the place is far to the right. */
function excerpt({plan, paint, width}: Page, {line, column, message, file}: Problem): readonly string[] {
  const source = plan.source[line - 1];
  if (source === undefined || file !== undefined) return [];
  const visible = shown(source).trimEnd();
  if (visible === '') return [];
  const room = width - INDENT - LINE_WIDTH - 3;
  const mark = Math.max(1, markedText(source, column, message).length);
  const from = Math.max(0, Math.min(column - 1, source.length));
  // Indentation says nothing here; far text is reached by leaving out the beginning.
  const start =
    widthOf(shown(source.slice(0, from))) + mark <= room ? 0 : wholeFrom(source, from - Math.floor(room / 3));
  const lead = start === 0 ? '' : '…';
  const caret = widthOf(lead + shown(source.slice(start, from)));
  const gutter = ' '.repeat(INDENT);
  const text = clip(`${lead}${shown(source.slice(start)).trimEnd()}`, room);
  const carets = clip(
    `${' '.repeat(caret)}^${'~'.repeat(mark - 1)}`,
    Math.min(room, Math.max(widthOf(text), caret + 1)),
  );
  return [
    `${gutter}${paint.faint(`${rightCell(String(line), LINE_WIDTH)} │`)} ${text}`,
    `${gutter}${paint.faint(`${' '.repeat(LINE_WIDTH)} │`)} ${paint.bad(carets.replace('…', '~'))}`,
  ];
}

/** What the message quotes in backticks, when it stands at that place: then all of it is underlined. */
function markedText(source: string, column: number, message: string): string {
  const quoted = [...message.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
  return quoted.find(text => source.startsWith(text, column - 1)) ?? '';
}

/** Never in the middle of a character that takes two code units. */
function wholeFrom(source: string, at: number): number {
  const start = Math.max(0, at);
  return /^[\udc00-\udfff]/.test(source.slice(start)) ? start + 1 : start;
}

// Character for character, so that columns stay what they are.
function shown(source: string): string {
  return source.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
}
