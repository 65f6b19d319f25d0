/** The end of a step as rows for the output panel: tables or answers, checks, verdict. */
import type {Step} from '../../plan/plan.ts';
import {bindText, type Lookup} from '../../plan/script.ts';
import type {HostStand} from '../../run/groups/on-each.ts';
import type {Outcome, Table, Verdict} from '../../run/outcome.ts';
import type {StepState} from '../../run/state.ts';
import {plural} from '../../text/figures.ts';
import {layTable} from '../../text/table.ts';
import {localClock, took} from '../../text/times.ts';
import {cut, displayWidth, tame, wrap} from '../../text/width.ts';
import {stepSign} from '../checklist/checklist-row.ts';
import {furtherUnmet} from '../checklist/step-words.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {TextWriter} from '../widgets/themed-text.ts';
import {hostRows} from './host-rows.ts';

const BODY_LINES_MAX = 40;
const ROWS_SHOWN_MAX = 200;
const GAP = '  ';

/** Whether the outcome shows the result better than the printed lines. */
export function replacesOutput(state: StepState): boolean {
  return 'outcome' in state && state.outcome?.kind === 'returned';
}

/** `printed`: the output of the step is above these rows. */
export function recordLines(
  step: Step,
  state: StepState,
  printed: boolean,
  {writer, lookup, hosts}: {writer: TextWriter; lookup: Lookup; hosts: readonly HostStand[]},
): string[] {
  const outcome = 'outcome' in state ? state.outcome : undefined;
  return [
    // Printed output begins with the step's title. Without it, the title must be added here.
    ...(printed ? [] : [writer.write('title', step.title)]),
    ...(outcome === undefined ? [] : outcomeLines(step, outcome, printed, writer, lookup)),
    ...(hosts.length === 0 ? [] : hostRows(hosts, writer)),
    ...resultLines(state, outcome, writer),
  ];
}

function outcomeLines(step: Step, outcome: Outcome, printed: boolean, writer: TextWriter, lookup: Lookup): string[] {
  switch (outcome.kind) {
    case 'returned': {
      const statements = step.action.kind === 'sql' ? step.action.statements : [];
      return outcome.tables.flatMap((table, index) => [
        ...statementLines(statements[index]?.text, writer, lookup),
        ...drawTable(table, writer),
        '',
      ]);
    }
    case 'answered':
      if (printed) return [];
      return outcome.answers.flatMap(({status, body, timing}) => [
        writer.write('command', `HTTP ${status} in ${took(timing.totalMs)}`),
        ...body
          .split('\n')
          .slice(0, BODY_LINES_MAX)
          .map(line => writer.write('text', line)),
      ]);
    case 'counted':
      return [
        writer.write('text', `${outcome.matches} of ${outcome.lines} lines match`),
        ...outcome.sample.map(line => writer.write('muted', `  ${line}`)),
      ];
    default:
      return [];
  }
}

function statementLines(text: string | undefined, writer: TextWriter, lookup: Lookup): string[] {
  if (text === undefined) return [];
  const lines = bindText(text, lookup, 'plain').text.split('\n');
  return lines.filter(line => line.trim() !== '').map(line => writer.write('command', line));
}

/** All checks, without the one that the verdict in the next row names. */
function shownChecks(verdict: Verdict | undefined): Verdict['checks'] {
  if (verdict === undefined) return [];
  const further = furtherUnmet(verdict);
  return verdict.checks.filter(check => check.result !== 'unmet' || further.includes(check));
}

function checkLines({text, result, actual}: Verdict['checks'][number], writer: TextWriter): string[] {
  const {glyphs} = writer;
  const [sign, token, word] = {
    met: [glyphs.passed, 'good', 'met'] as const,
    unmet: [glyphs.failed, 'bad', 'not met'] as const,
    judge: [glyphs.unknown, 'warn', 'for a person to judge'] as const,
  }[result];
  return ended(token, `${sign} ${word}`, text, actual === undefined ? '' : actual, writer);
}

const END_TOKENS: Readonly<Record<StepState['status'], ThemeToken>> = {
  pending: 'text',
  running: 'text',
  passed: 'status.passed',
  failed: 'status.failed',
  cancelled: 'status.skipped',
  unknown: 'status.unknown',
  waiting: 'status.waiting',
  skipped: 'status.skipped',
  'not-applicable': 'status.skipped',
};

/** All checks, and how it ended; of a step that failed that stands at the top of the panel. */
function resultLines(state: StepState, outcome: Outcome | undefined, writer: TextWriter): string[] {
  const verdict = 'verdict' in state ? state.verdict : undefined;
  const checks = shownChecks(verdict).flatMap(check => checkLines(check, writer));
  if (state.status !== 'failed' && state.status !== 'unknown')
    return [writer.rule('result'), ...checks, ...endLines(state, outcome, writer)];
  return checks.length === 0 ? [] : [writer.rule('result'), ...checks];
}

/** `✗ failed exit 1 · 2.3s · ana 14:02:31` */
export function failureRows(state: StepState, writer: TextWriter): string[] {
  return endLines(state, 'outcome' in state ? state.outcome : undefined, writer);
}

/** `✓ passed exit 0 · 0.4s · ana 14:02:31` */
function endLines(state: StepState, outcome: Outcome | undefined, writer: TextWriter): string[] {
  const because = endReason(state);
  if (because === undefined) return [];
  const {status} = state;
  const head = `${stepSign(status, writer.glyphs).sign} ${status.replace('-', ' ')}`;
  const spent = outcome === undefined ? '' : `${took(outcome.durationMs)} · `;
  const tail = 'at' in state ? `${spent}${state.by} ${localClock(state.at)}` : '';
  const rows = ended(END_TOKENS[status], head, because, tail, writer);
  if (status !== 'passed') return rows;
  const note = [state.reason, state.note].filter(each => each !== undefined && each !== '').join(' · ');
  return [...rows, ...asideRows(note, writer)];
}

/** Undefined while the step has not ended. */
function endReason(state: StepState): string | undefined {
  switch (state.status) {
    case 'passed':
      return state.verdict?.because ?? (state.presumed === true ? 'presumed by --yes' : 'ticked');
    case 'failed':
    case 'cancelled':
      return state.verdict.because;
    case 'unknown':
      return `${state.verdict.because}: nobody saw the end`;
    case 'waiting':
      return state.for;
    case 'skipped':
      return state.reason;
    case 'not-applicable':
      return state.because;
    case 'pending':
    case 'running':
      return undefined;
  }
}

const SET_IN = '  ';

/** The reason is wrapped and never cut. `tail` gets a row of its own where there is no room beside the reason. */
function ended(token: ThemeToken, head: string, because: string, tail: string, writer: TextWriter): string[] {
  const [first = '', ...more] = wrap(writer.plain(because), Math.max(1, writer.width - displayWidth(head) - 1));
  const rows = [
    `${writer.write(token, head)} ${writer.write('text', first)}`,
    ...more.map(row => writer.write('text', SET_IN + row)),
  ];
  if (tail === '') return rows;
  const last = rows.pop() ?? '';
  const beside = ` · ${writer.plain(tail)}`;
  if (displayWidth(last) + displayWidth(beside) <= writer.width) return [...rows, last + writer.write('muted', beside)];
  return [...rows, last, ...asideRows(tail, writer)];
}

function asideRows(text: string, writer: TextWriter): string[] {
  return wrap(writer.plain(text), writer.width - SET_IN.length).map(row => writer.write('muted', SET_IN + row));
}

/** Heading, line, rows, and the number of rows. Numbers are aligned right, NULL is dim, long cells are cut. */
function drawTable(table: Table, {width, glyphs, theme}: TextWriter): string[] {
  if (table.columns.length === 0) return [theme.paint('muted', rowCount(table))];
  const rows = table.rows.slice(0, ROWS_SHOWN_MAX).map(row => row.map(cell => (cell === null ? null : tame(cell))));
  const {widths, rows: laid} = layTable([table.columns.map(tame), ...rows], {
    width,
    gap: GAP.length,
    numbersRight: true,
    ellipsis: glyphs.ellipsis,
  });
  const [headings = [], ...body] = laid;
  const whole = (cells: readonly string[]) => cut(cells.join(GAP), width, glyphs.ellipsis);
  return [
    whole(headings.map(heading => theme.paint('title', heading))),
    whole([theme.paint('border', widths.map(each => glyphs.horizontal.repeat(each)).join(GAP))]),
    ...body.map((cells, index) =>
      whole(cells.map((cell, column) => (rows[index]?.[column] === null ? theme.paint('muted', cell) : cell))),
    ),
    theme.paint('muted', cut(rowCount(table, rows.length), width, glyphs.ellipsis)),
  ];
}

function rowCount({rowCount: count}: Table, shown = count): string {
  const rows = plural(count, 'row');
  return shown < count ? `${rows}, the first ${shown} shown` : rows;
}
