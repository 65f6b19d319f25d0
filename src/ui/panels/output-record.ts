/** How a step that has ended went, as rows for the output panel: its tables or answers, its checks, its verdict. */
import {bindText, type Lookup} from '../../plan/placeholders.ts';
import type {Step} from '../../plan/plan.ts';
import type {Outcome, Verdict} from '../../run/event.ts';
import type {StepState} from '../../run/state.ts';
import {localClock, took} from '../format.ts';
import type {ThemeToken} from '../theme.ts';
import type {Pen} from '../widgets/pen.ts';
import {drawTable} from '../widgets/table.ts';

const BODY_LINES_MAX = 40;

/** True when the outcome shows the result better than the lines that were printed meanwhile. */
export function replacesOutput(state: StepState): boolean {
  return 'outcome' in state && state.outcome?.kind === 'returned';
}

/** `printed`: the step's own output stands above these rows. */
export function recordLines(step: Step, state: StepState, printed: boolean, pen: Pen, lookup: Lookup): string[] {
  const outcome = 'outcome' in state ? state.outcome : undefined;
  const verdict = 'verdict' in state ? state.verdict : undefined;
  return [
    ...(outcome === undefined ? [] : outcomeLines(step, outcome, printed, pen, lookup)),
    pen.rule('result'),
    ...(verdict?.checks ?? []).map(check => checkLine(check, pen)),
    ...endLines(state, outcome, pen),
  ];
}

function outcomeLines(step: Step, outcome: Outcome, printed: boolean, pen: Pen, lookup: Lookup): string[] {
  switch (outcome.kind) {
    case 'returned': {
      const statements = step.action.kind === 'sql' ? step.action.statements : [];
      return outcome.tables.flatMap((table, index) => [
        ...statementLines(statements[index]?.text, pen, lookup),
        ...drawTable(table, pen.width, pen.glyphs, pen.theme),
        '',
      ]);
    }
    case 'answered':
      if (printed) return [];
      return outcome.answers.flatMap(({status, body, timing}) => [
        pen.write('command', `HTTP ${status} in ${took(timing.totalMs)}`),
        ...body
          .split('\n')
          .slice(0, BODY_LINES_MAX)
          .map(line => pen.write('text', line)),
      ]);
    case 'counted':
      return [
        pen.write('text', `${outcome.matches} of ${outcome.lines} lines match`),
        ...outcome.sample.map(line => pen.write('muted', `  ${line}`)),
      ];
    default:
      return [];
  }
}

function statementLines(text: string | undefined, pen: Pen, lookup: Lookup): string[] {
  if (text === undefined) return [];
  const lines = bindText(text, lookup, 'plain').text.split('\n');
  return lines.filter(line => line.trim() !== '').map(line => pen.write('command', line));
}

function checkLine({text, result, actual}: Verdict['checks'][number], pen: Pen): string {
  const {glyphs} = pen;
  const [sign, token, word] = {
    met: [glyphs.passed, 'good', 'met'] as const,
    unmet: [glyphs.failed, 'bad', 'not met'] as const,
    judge: [glyphs.unknown, 'warn', 'for a person to judge'] as const,
  }[result];
  const seen = actual === undefined ? '' : ` · ${actual}`;
  return `${pen.write(token, `${sign} ${word}`)} ${pen.write('text', text)}${pen.write('muted', seen)}`;
}

function endLines(state: StepState, outcome: Outcome | undefined, pen: Pen): string[] {
  const {glyphs} = pen;
  const spent = outcome === undefined ? '' : ` · ${took(outcome.durationMs)}`;
  switch (state.status) {
    case 'passed': {
      const because = state.verdict?.because ?? (state.presumed === true ? 'presumed by --yes' : 'ticked');
      const note = [state.reason, state.note].filter(each => each !== undefined && each !== '').join(' · ');
      return [
        `${pen.write('status.passed', `${glyphs.passed} passed`)} ${pen.write('text', because)}${who(state, spent, pen)}`,
        ...(note === '' ? [] : [pen.write('muted', `  ${note}`)]),
      ];
    }
    case 'failed':
      return [
        ended('status.failed', `${glyphs.failed} failed`, state.verdict.because) + who(state, spent, pen),
        help(pen),
      ];
    case 'cancelled':
      return [ended('status.skipped', `${glyphs.cancelled} cancelled`, state.verdict.because) + who(state, spent, pen)];
    case 'unknown':
      return [
        ended('status.unknown', `${glyphs.unknown} unknown`, `${state.verdict.because}: nobody saw the end`) +
          who(state, spent, pen),
        help(pen),
      ];
    case 'waiting':
      return [ended('status.waiting', `${glyphs.waiting} waiting`, state.for)];
    case 'skipped':
      return [ended('status.skipped', `${glyphs.skipped} skipped`, state.reason) + who(state, '', pen)];
    case 'not-applicable':
      return [ended('status.skipped', `${glyphs.notApplicable} not applicable`, state.because)];
    case 'pending':
    case 'running':
      return [];
  }

  function ended(token: ThemeToken, word: string, because: string): string {
    return `${pen.write(token, word)} ${pen.write('text', because)}`;
  }
}

function who({by, at}: {by: string; at: number}, spent: string, pen: Pen): string {
  return pen.write('muted', `${spent} · ${by} ${localClock(at)}`);
}

function help(pen: Pen): string {
  return `${pen.write('key', 'r')} ${pen.write('muted', 'retry · s skip with a reason · R roll back')}`;
}
