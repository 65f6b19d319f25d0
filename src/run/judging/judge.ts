/** The verdict on a step: its outcome held against its expectations. */
import {type Check, type Expectation, type Step, unreachable} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import {plural} from '../../text/figures.ts';
import {matchesOf} from '../../text/matches.ts';
import {expectationsOf} from '../operations.ts';
import type {Answer, Outcome, OutcomeHere, Table, Verdict} from '../outcome.ts';
import {holds} from '../rules/measure.ts';
import {badAnswer, badStatus, expectsStatus, withoutOtherStatuses} from './answer-status.ts';
import {answeredNumber} from './answered-number.ts';
import {expectsFailure, failedLast, failureHolds, refusedAsExpected} from './judge-failure.ts';
import {judgeHosts} from './judge-hosts.ts';
import {judgeLeft, withDoubts} from './judge-unseen.ts';

/** What a check is held against. Times in ms. */
export type Observed = {
  status?: number;
  body?: string;
  output?: string;
  durationMs?: number;
  tables?: readonly Table[];
  code?: number;
};

/** Whether the outcome meets what the document expects of the step, and why. */
export function judge(step: Step, outcome: Outcome): Verdict {
  if (outcome.kind === 'on-hosts') return judgeHosts(outcome, one => judgeHere(step, one));
  return judgeHere(step, outcome);
}

function judgeHere(step: Step, outcome: OutcomeHere): Verdict {
  switch (outcome.kind) {
    case 'exited':
      return judgeLeft(outcome) ?? withDoubts(judgeExit(step, outcome), outcome);
    case 'answered':
      return judgeAnswers(step, outcome.answers, outcome.durationMs);
    case 'returned':
      return judgeTables(step, outcome.tables);
    case 'counted':
      return judgeCount(step, outcome);
    case 'opened':
      return {kind: 'passed', because: `following as log source ${outcome.source}`, checks: []};
    case 'signalled':
      return {kind: 'failed', because: `killed by ${outcome.signal}`, checks: []};
    case 'timed-out':
      return {kind: 'failed', because: `timed out: ${outcome.detail}`, checks: []};
    case 'refused':
      return judgeRefused(step, outcome);
    case 'cancelled':
      return {kind: 'cancelled', because: outcome.detail, checks: []};
    case 'lost':
      return {kind: 'unknown', because: outcome.detail, checks: []};
    default:
      return unreachable(outcome);
  }
}

function judgeExit(step: Step, outcome: Outcome & {kind: 'exited'}): Verdict {
  const expectations = expectationsOf(step);
  if (outcome.code !== 0 && expectsFailure(expectations) && failedLast(step, outcome)) {
    return conclude(expectations, `exit ${outcome.code}, as expected`, {
      output: withoutEchoes(outcome),
      durationMs: outcome.durationMs,
      code: outcome.code,
    });
  }
  if (outcome.code !== 0) {
    const at = outcome.commands.find(command => command.code !== 0 && command.code !== undefined);
    const where = at === undefined ? '' : ` from line ${at.line}: ${at.text}`;
    return {kind: 'failed', because: `exit ${outcome.code}${where}`, checks: []};
  }
  const last = outcome.answers?.at(-1);
  for (const answer of outcome.answers ?? []) {
    const bad = answer === last && expectsStatus(expectations) ? undefined : badStatus(answer);
    if (bad !== undefined) return {kind: 'failed', because: bad, checks: []};
  }
  const status = expectsStatus(expectations) ? last?.status : undefined;
  const {durationMs} = outcome;
  const seen = compact({output: withoutEchoes(outcome), durationMs, code: 0, body: last?.body, status});
  return conclude(expectations, 'exit 0', seen);
}

function judgeRefused(step: Step, {reason, detail}: Outcome & {kind: 'refused'}): Verdict {
  const isExpected = reason === 'unreachable' && refusedAsExpected(expectationsOf(step), detail);
  return {kind: isExpected ? 'passed' : 'failed', because: detail, checks: []};
}

/** A command is printed before what it prints, and is no evidence of itself: `grep foo` does not show "foo". */
function withoutEchoes({output, commands}: Outcome & {kind: 'exited'}): string {
  let kept = '';
  let rest = output;
  for (const {text} of commands) {
    const echo = `$ ${text}\n`;
    const at = rest.indexOf(echo);
    if (at === -1) continue;
    kept += rest.slice(0, at);
    rest = rest.slice(at + echo.length);
  }
  return kept + rest;
}

function judgeAnswers(step: Step, answers: readonly Answer[], durationMs: number): Verdict {
  const last = answers.at(-1);
  for (const answer of answers) {
    const bad = badAnswer(step, answer, answer === last);
    if (bad !== undefined) return {kind: 'failed', because: bad, checks: []};
  }
  const expectations = withoutOtherStatuses(step, last);
  const because = last === undefined ? 'no request' : `status ${last.status} in ${Math.round(last.timing.totalMs)} ms`;
  return conclude(expectations, because, {
    durationMs: last?.timing.totalMs ?? durationMs,
    ...(last === undefined ? {} : {status: last.status, body: last.body, output: last.body}),
  });
}

function judgeTables(step: Step, tables: readonly Table[]): Verdict {
  const rows = tables.reduce((sum, {rowCount}) => sum + rowCount, 0);
  const because = plural(rows, 'row');
  const expectations = expectationsOf(step);
  if (expectations.length === 0) {
    if (step.action.kind === 'sql' && step.action.bound === true) return {kind: 'passed', because, checks: []};
    return {kind: 'judge', because: `${because}; the document states no expectation`, checks: []};
  }
  const single = tables.length === 1 && tables[0]?.rows.length === 1 && tables[0].columns.length === 1;
  return conclude(expectations, single ? `answer ${tables[0]?.rows[0]?.[0] ?? 'NULL'}` : because, {tables});
}

function judgeCount(step: Step, outcome: Outcome & {kind: 'counted'}): Verdict {
  const action = step.action;
  const seen = `${outcome.matches} matching of ${outcome.lines} lines since the deploy began`;
  if (action.kind !== 'log') return {kind: 'judge', because: seen, checks: []};
  if (action.absent !== undefined && outcome.matches > 0) {
    return {kind: 'failed', because: `${seen}: ${outcome.sample[0] ?? ''}`, checks: []};
  }
  if (outcome.gone !== undefined && outcome.gone > 0 && outcome.matches === 0) {
    const because = `${seen}; ${outcome.gone} lines before them are not kept any more, and nobody looked at them`;
    return {kind: 'unknown', because, checks: []};
  }
  if (action.present !== undefined && outcome.matches === 0) return {kind: 'failed', because: seen, checks: []};
  return {kind: 'passed', because: seen, checks: []};
}

function conclude(expectations: readonly Expectation[], because: string, observed: Observed): Verdict {
  const checks = expectations.map(({text, check}): Verdict['checks'][number] => {
    if (check === undefined) return {text, result: 'judge'};
    const {met, actual, unsure} = checkHolds(check, observed);
    return {text, result: met ? 'met' : unsure === true ? 'judge' : 'unmet', actual};
  });
  const unmet = checks.find(check => check.result === 'unmet');
  if (unmet !== undefined) {
    return {
      kind: 'failed',
      because: `expected ${unmet.text.replace(/^expected:?\s*/i, '')}, got ${unmet.actual ?? 'nothing'}`,
      checks,
    };
  }
  const unread = checks.find(check => check.result === 'judge');
  if (unread !== undefined) return {kind: 'judge', because: `${because}; a person judges: ${unread.text}`, checks};
  return {kind: 'passed', because, checks};
}

/** `unsure`: a person must say. */
export function checkHolds(check: Check, observed: Observed): {met: boolean; actual: string; unsure?: true} {
  const text = observed.body ?? observed.output ?? tablesAsText(observed.tables);
  switch (check.kind) {
    case 'status':
      return {met: check.codes.includes(observed.status ?? 0), actual: `status ${observed.status ?? 'none'}`};
    case 'json':
      return {met: jsonContains(text, check.subset), actual: excerpt(text)};
    case 'contains':
      return {
        met: check.words === true ? showsWords(text, check.text, check.times) : shows(text, check.text),
        actual: excerpt(text),
      };
    case 'absent':
      return {met: !shows(text, check.text), actual: excerpt(text)};
    case 'fails':
      return failureHolds(check, {...observed, text});
    case 'empty':
      return {met: text.trim() === '', actual: excerpt(text)};
    case 'duration': {
      const value = observed.durationMs ?? Number.NaN;
      return {met: holds(check.op, value, check.value), actual: `${Math.round(value)} ms`};
    }
    case 'number': {
      const value = answeredNumber(text, observed.tables);
      if (value === undefined) return {met: false, actual: excerpt(text), unsure: true};
      return {met: holds(check.op, value, check.value), actual: String(value)};
    }
    case 'rows': {
      const rows = (observed.tables ?? []).reduce((sum, {rowCount}) => sum + rowCount, 0);
      return {met: holds(check.op, rows, check.value), actual: `${rows} rows`};
    }
    default:
      return unreachable(check);
  }
}

function jsonContains(text: string, subset: unknown): boolean {
  try {
    return isSubset(subset, JSON.parse(text));
  } catch {
    return false;
  }
}

/** Objects by the keys given, arrays by each element being found, everything else by equality. */
function isSubset(subset: unknown, whole: unknown): boolean {
  if (Array.isArray(subset)) {
    return Array.isArray(whole) && subset.every(part => whole.some(element => isSubset(part, element)));
  }
  if (typeof subset === 'object' && subset !== null) {
    if (typeof whole !== 'object' || whole === null) return false;
    const found = whole as Record<string, unknown>;
    return Object.entries(subset).every(([key, value]) => Object.hasOwn(found, key) && isSubset(value, found[key]));
  }
  return subset === whole;
}

function shows(text: string, wanted: string): boolean {
  return text.toLowerCase().includes(wanted.toLowerCase());
}

/** Neither `inactive` nor `active_users` shows `active`. */
function showsWords(text: string, wanted: string, times: number = 1): boolean {
  const literal = wanted.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  const start = /^\w/.test(wanted) ? '(?<!\\w)' : '';
  const end = /\w$/.test(wanted) ? '(?!\\w)' : '';
  const found = matchesOf(text, new RegExp(start + literal + end, 'gi'));
  return found.length >= times;
}

function tablesAsText(tables: readonly Table[] | undefined): string {
  return (tables ?? []).flatMap(table => table.rows.map(row => row.map(cell => cell ?? 'NULL').join('\t'))).join('\n');
}

const EXCERPT_CHARACTERS = 80;

function excerpt(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  if (line === '') return 'nothing';
  return line.length > EXCERPT_CHARACTERS ? `${line.slice(0, EXCERPT_CHARACTERS - 1)}…` : line;
}
