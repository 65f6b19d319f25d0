/** The three columns of a review as text: its sections, the document with its margin, and what would run. */
import type {Plan, Step} from '../../plan/plan.ts';
import {shownLookup} from '../../run/binding/lookups.ts';
import {operationsOf} from '../../run/operations.ts';
import type {RunState} from '../../run/state.ts';
import type {LineAs, MarginLine} from '../../run/wording/line-margin.ts';
import {cut, displayWidth, fitTo, tame, wrap} from '../../text/width.ts';
import {operationLines} from '../output/output-lines.ts';
import {placeText} from '../output/output-subject.ts';
import {paintSelected, type ThemeToken} from '../terminal/theme.ts';
import type {Pen} from '../widgets/pen.ts';
import type {SectionRow, SectionStatus} from './review-order.ts';

const STATUS_TOKENS: Readonly<Record<SectionStatus, ThemeToken>> = {
  confirmed: 'good',
  open: 'text',
  again: 'warn',
  quiet: 'muted',
};
const USE_WIDTH = 9;
const PLACE_WIDTH = 10;

/** One row a section, the focused one in sight. */
export function sectionLines(rows: readonly SectionRow[], focused: string, height: number, pen: Pen): string[] {
  const at = Math.max(
    0,
    rows.findIndex(({section}) => section.id === focused),
  );
  const from = Math.max(0, Math.min(at - Math.floor(height / 2), rows.length - height));
  return rows.slice(from, from + height).map(row => sectionLine(row, row.section.id === focused, pen));
}

function sectionLine({section, use, place, doubts, status}: SectionRow, isFocused: boolean, pen: Pen): string {
  const {glyphs, theme, width} = pen;
  const token = STATUS_TOKENS[status];
  const asks = doubts.length === 0 ? '' : ` ${doubts.length}?`;
  const sign = status === 'confirmed' ? glyphs.passed : status === 'again' ? glyphs.alert : ' ';
  const tail = `${use.padEnd(USE_WIDTH)} ${fitTo(`${cut(place, PLACE_WIDTH - asks.length, glyphs.ellipsis)}${asks}`, PLACE_WIDTH, glyphs.ellipsis)}`;
  const indent = ' '.repeat(Math.max(0, Math.min(4, section.depth - 2)));
  const room = Math.max(8, width - displayWidth(tail) - 5);
  const title = fitTo(pen.plain(`${indent}${section.title}`), room, glyphs.ellipsis);
  const mark = isFocused ? pen.write('accent', glyphs.cursor) : ' ';
  const row = `${mark} ${pen.write(token, sign)} ${pen.write(token, title)} ${pen.write(doubts.length > 0 ? 'warn' : 'muted', tail)}`;
  return isFocused ? paintSelected(theme, fitTo(row, width, glyphs.ellipsis)) : row;
}

const SIGNS: Readonly<Record<LineAs, readonly [sign: string, token: ThemeToken]>> = {
  heading: ['#', 'title'],
  step: ['o', 'accent'],
  command: ['$', 'command'],
  instruction: ['-', 'muted'],
  expectation: ['=', 'accent'],
  threshold: ['<', 'accent'],
  trigger: ['!', 'warn'],
  gap: ['_', 'accent'],
  note: [' ', 'muted'],
  sample: ['|', 'muted'],
  reference: [' ', 'muted'],
  layout: [' ', 'muted'],
  'not-read': ['?', 'bad'],
};

/** Rows of the document from `from` (1-based line) on; lines of the focused section stand out. */
export function documentLines(
  {source}: Plan,
  margin: readonly MarginLine[],
  {from, height, section, asked}: {from: number; height: number; section: SectionRow; asked: ReadonlySet<number>},
  end: number,
  pen: Pen,
): string[] {
  const digits = String(source.length).length;
  return Array.from({length: Math.max(0, Math.min(height, source.length - from + 1))}, (_, index) => {
    const line = from + index;
    const as = margin[line - 1]?.as ?? 'note';
    const [sign, token] = asked.has(line) ? (['?', 'warn'] as const) : SIGNS[as];
    const isInside = line >= section.section.line && line <= end;
    const text = tame(source[line - 1] ?? '');
    const body = pen.write(
      isInside ? token : 'muted',
      cut(text, Math.max(1, pen.width - digits - 4), pen.glyphs.ellipsis),
    );
    return `${pen.write(token, sign)} ${pen.write('muted', String(line).padStart(digits))}  ${body}`;
  });
}

/** What would run in a section, with its place, and the questions that are open about it. */
export function actionLines(plan: Plan, state: RunState, row: SectionRow, pen: Pen): string[] {
  return [...questionLines(row, pen), ...againLines(state, row, plan, pen), ...runLines(plan, state, row, pen)];
}

function questionLines({doubts}: SectionRow, pen: Pen): string[] {
  return doubts.flatMap(({line, message, because, settle, proposed}, index) => [
    ...(index === 0 ? [pen.rule(doubts.length === 1 ? 'a question' : `${doubts.length} questions`)] : ['']),
    ...paragraph(`line ${line}: ${message}`, 'warn', pen),
    ...(because === '' || message.includes(because) ? [] : paragraph(`from: ${because}`, 'muted', pen)),
    ...paragraph(
      proposed === undefined ? `${settle} (y I have looked · h by hand · m leave out)` : `Enter: ${proposed}`,
      'text',
      pen,
    ),
  ]);
}

/** What was read when the section was confirmed, beside what is read now. */
function againLines({review}: RunState, {section, status}: SectionRow, plan: Plan, pen: Pen): string[] {
  const again = review?.reopened[section.id];
  if (status !== 'again' || again === undefined) return [];
  const now = plan.proposal?.readings.find(one => one.section === section.id)?.reads ?? [];
  const gone = (again.before ?? []).filter(line => !now.includes(line));
  const added = now.filter(line => again.before?.includes(line) === false);
  return [
    pen.rule('to be confirmed again'),
    ...paragraph(again.because, 'warn', pen),
    ...gone.flatMap(line => paragraph(`- ${line}`, 'bad', pen)),
    ...added.flatMap(line => paragraph(`+ ${line}`, 'good', pen)),
  ];
}

function runLines(plan: Plan, state: RunState, {section, use}: SectionRow, pen: Pen): string[] {
  const steps = plan.steps.filter(step => step.section === section.id);
  const rules = plan.rules.filter(rule => rule.section === section.id);
  const heading = NEVER_TEXT[use] ?? (use === 'rollback' ? 'what R would run' : 'what would run');
  let place = '';
  const lines = steps.flatMap(step => {
    const where = placeOf(step, state, plan);
    const isNew = where !== '' && where !== place;
    if (isNew) place = where;
    return [...(isNew ? [pen.write('accent', where)] : []), ...stepLines(step, state, plan, pen)];
  });
  const judged = rules.flatMap(({text, role}) => paragraph(`${role}: ${text}`, 'muted', pen));
  const none = steps.length + rules.length === 0 ? [pen.write('muted', 'nothing was read here')] : [];
  return [pen.rule(heading), ...lines, ...judged, ...none];
}

const NEVER_TEXT: Partial<Record<SectionRow['use'], string>> = {
  reference: 'for reference: none of it runs',
  other: 'another procedure: none of it runs',
  record: 'filled in, not run',
};

function placeOf(step: Step, state: RunState, plan: Plan): string {
  const {action} = step;
  if (action.kind !== 'script' && action.kind !== 'sql' && action.kind !== 'tail') return '';
  return placeText(step, state, shownLookup(plan, state));
}

function stepLines(step: Step, state: RunState, plan: Plan, pen: Pen): string[] {
  const {action, title, condition, scope} = step;
  const mark = [condition, scope].filter(one => one !== undefined).join(', ');
  const note = mark === '' ? [] : paragraph(`(${mark})`, 'warn', pen);
  switch (action.kind) {
    case 'manual':
    case 'input':
      return paragraph(`${pen.glyphs.pending} ${title}`, 'muted', pen).concat(note);
    case 'choice':
      return [pen.write('text', 'one of:'), ...action.arms.flatMap(arm => paragraph(`  ${arm.title}`, 'text', pen))];
    case 'rule':
      return [];
    default: {
      const lookup = shownLookup(plan, state);
      return [
        ...operationsOf(action, {lookup, choices: state.choices}).flatMap(one => operationLines(one, pen)),
        ...note,
      ];
    }
  }
}

function paragraph(text: string, token: ThemeToken, pen: Pen): string[] {
  return wrap(pen.plain(text), Math.max(10, pen.width)).map(row => pen.write(token, row));
}
