/** How a step that has ended went, as rows for the output panel: its tables or answers, its checks, its verdict. */
import type {Step} from '../../plan/plan.ts';
import {bindText, type Lookup} from '../../plan/script.ts';
import type {Outcome, Verdict} from '../../run/outcome.ts';
import type {StepState} from '../../run/state.ts';
import {localClock, took} from '../../text/times.ts';
import {displayWidth, wrap} from '../../text/width.ts';
import {furtherUnmet} from '../checklist/step-words.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {Pen} from '../widgets/pen.ts';
import {drawTable} from '../widgets/sql-result.ts';

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
    // What a step printed begins with its title; where nothing was printed nothing else says whose result this is.
    ...(printed ? [] : [pen.write('title', step.title)]),
    ...(outcome === undefined ? [] : outcomeLines(step, outcome, printed, pen, lookup)),
    pen.rule('result'),
    ...shownChecks(verdict).flatMap(check => checkLines(check, pen)),
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

/** All that was looked at, but what the verdict says in the next row. */
function shownChecks(verdict: Verdict | undefined): Verdict['checks'] {
  if (verdict === undefined) return [];
  const further = furtherUnmet(verdict);
  return verdict.checks.filter(check => check.result !== 'unmet' || further.includes(check));
}

function checkLines({text, result, actual}: Verdict['checks'][number], pen: Pen): string[] {
  const {glyphs} = pen;
  const [sign, token, word] = {
    met: [glyphs.passed, 'good', 'met'] as const,
    unmet: [glyphs.failed, 'bad', 'not met'] as const,
    judge: [glyphs.unknown, 'warn', 'for a person to judge'] as const,
  }[result];
  return ended(token, `${sign} ${word}`, text, actual === undefined ? '' : actual, pen);
}

function endLines(state: StepState, outcome: Outcome | undefined, pen: Pen): string[] {
  const {glyphs} = pen;
  const spent = outcome === undefined ? '' : `${took(outcome.durationMs)} · `;
  switch (state.status) {
    case 'passed': {
      const because = state.verdict?.because ?? (state.presumed === true ? 'presumed by --yes' : 'ticked');
      const note = [state.reason, state.note].filter(each => each !== undefined && each !== '').join(' · ');
      return [
        ...ended('status.passed', `${glyphs.passed} passed`, because, spent + who(state), pen),
        ...(note === '' ? [] : wrap(note, pen.width - SET_IN).map(row => pen.write('muted', `  ${row}`))),
      ];
    }
    case 'failed': {
      const head = `${glyphs.failed} failed`;
      return [...ended('status.failed', head, state.verdict.because, spent + who(state), pen), help(pen)];
    }
    case 'cancelled':
      return ended('status.skipped', `${glyphs.cancelled} cancelled`, state.verdict.because, spent + who(state), pen);
    case 'unknown': {
      const because = `${state.verdict.because}: nobody saw the end`;
      return [...ended('status.unknown', `${glyphs.unknown} unknown`, because, spent + who(state), pen), help(pen)];
    }
    case 'waiting':
      return ended('status.waiting', `${glyphs.waiting} waiting`, state.for, '', pen);
    case 'skipped':
      return ended('status.skipped', `${glyphs.skipped} skipped`, state.reason, who(state), pen);
    case 'not-applicable':
      return ended('status.skipped', `${glyphs.notApplicable} not applicable`, state.because, '', pen);
    case 'pending':
    case 'running':
      return [];
  }
}

const SET_IN = 2;

/** Why something ended is broken, never cut; `tail` gets a row of its own where there is no room beside it. */
function ended(token: ThemeToken, head: string, because: string, tail: string, pen: Pen): string[] {
  const [first = '', ...more] = wrap(pen.plain(because), Math.max(1, pen.width - displayWidth(head) - 1));
  const rows = [
    `${pen.write(token, head)} ${pen.write('text', first)}`,
    ...more.map(row => pen.write('text', `  ${row}`)),
  ];
  if (tail === '') return rows;
  const last = rows.pop() ?? '';
  const beside = ` · ${pen.plain(tail)}`;
  if (displayWidth(last) + displayWidth(beside) <= pen.width) return [...rows, last + pen.write('muted', beside)];
  const below = wrap(pen.plain(tail), Math.max(1, pen.width - SET_IN));
  return [...rows, last, ...below.map(row => pen.write('muted', `  ${row}`))];
}

function who({by, at}: {by: string; at: number}): string {
  return `${by} ${localClock(at)}`;
}

function help(pen: Pen): string {
  return `${pen.write('key', 'r')} ${pen.write('muted', 'retry · s skip with a reason · R roll back')}`;
}
