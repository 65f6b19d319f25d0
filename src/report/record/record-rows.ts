/** Rows of text about a run, shared by all forms of the record. */
import type {Plan} from '../../plan/plan.ts';
import type {Recorded} from '../../run/event.ts';
import {type Evidence, evidenceText} from '../../run/evidence/evidence.ts';
import type {CommandResult, Outcome, Table} from '../../run/outcome.ts';
import {stepById} from '../../run/plan-index.ts';
import {sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {timelineEntry} from '../../run/timeline.ts';
import {compact} from '../../text/compact.ts';
import {plural} from '../../text/figures.ts';
import {durationText, missionTime, utcTime} from '../../text/times.ts';

const ROWS_MAX = 20;

export const TIMELINE_HEAD = ['UTC', 'T+', 'by', 'what'];

export function timelineRows(plan: Plan, state: RunState, events: readonly Recorded[]): readonly string[][] {
  const startedAt = state.deployStartedAt ?? state.run.openedAt;
  return events.flatMap(event => {
    const entry = timelineEntry(plan, event);
    return entry === undefined ? [] : [[utcTime(entry.at), missionTime(entry.at - startedAt), entry.by, entry.text]];
  });
}

export const CAPTURES_HEAD = ['name', 'value', 'on'];

export function captureRows({captures}: RunState): readonly string[][] {
  return Object.entries(captures).map(([name, {value, on}]) => [name, value, on]);
}

/** What was looked at before a person decided, and after it. `at`: when the look began, epoch ms. */
export type SeenRow = {stepId: string; line?: number; at: number; text: string; lines: readonly string[]} & Pick<
  Evidence,
  'about' | 'question' | 'on' | 'answer' | 'from' | 'to'
>;

export function evidenceSeen(plan: Plan, events: readonly Recorded[]): readonly SeenRow[] {
  return events.flatMap(event => {
    if (event.type !== 'evidence-seen') return [];
    const {stepId, about, question, on, answer, from, to, lines, asOf: at} = event;
    const {line} = stepById(plan, stepId) ?? {};
    return [compact({stepId, line, at, about, question, on, answer, from, to, text: evidenceText(event), lines})];
  });
}

/** Every attempt at a step that reached the world, in the order they ended. */
export type Attempt = {
  stepId: string;
  title: string;
  line?: number;
  attempt: number;
  on?: string;
  startedAt?: number;
  endedAt: number;
  verdict: string;
  because: string;
  outcome: Outcome;
};

export function attempts(plan: Plan, events: readonly Recorded[]): readonly Attempt[] {
  const started = new Map<string, {at: number; on?: string}>();
  return events.flatMap(event => {
    if (event.type === 'step-started') {
      started.set(`${event.stepId} ${event.attempt}`, compact({at: event.at, on: event.on}));
    }
    if (event.type !== 'step-finished') return [];
    const {stepId, attempt, at, verdict, outcome} = event;
    const step = stepById(plan, stepId);
    const start = started.get(`${stepId} ${attempt}`);
    return compact({
      stepId,
      title: step?.title ?? stepId,
      attempt,
      endedAt: at,
      verdict: verdict.kind === 'judge' ? 'to be judged' : verdict.kind,
      because: verdict.because,
      outcome,
      line: step?.line,
      startedAt: start?.at,
      on: start?.on,
    });
  });
}

/** `on vps`, `2025-01-15 14:02:11`, `12 s` */
export function attemptFacts({on, startedAt, endedAt, outcome}: Attempt): readonly string[] {
  return [...(on === undefined ? [] : [`on ${on}`]), utcTime(startedAt ?? endedAt), durationText(outcome.durationMs)];
}

/** One line per command, answer or row: what ran and how it ended. */
export function outcomeLines(outcome: Outcome): readonly string[] {
  const commands = 'commands' in outcome ? (outcome.commands ?? []) : [];
  const answers = 'answers' in outcome ? (outcome.answers ?? []) : [];
  const tables = outcome.kind === 'returned' ? outcome.tables : [];
  return [
    ...commands.flatMap(commandLines),
    ...answers.map(
      ({line, status, timing}) => `request of line ${line}: status ${status} in ${Math.round(timing.totalMs)} ms`,
    ),
    ...tables.flatMap(tableLines),
    ...(outcome.kind === 'counted' ? [`${outcome.matches} of ${outcome.lines} lines match`] : []),
  ];
}

function exitText({code, signal}: CommandResult): string {
  if (signal !== undefined) return `killed by ${signal}`;
  return code === undefined ? 'end not seen' : `exit ${code}`;
}

function commandLines(command: CommandResult): readonly string[] {
  const arm = command.arm === undefined ? '' : ` (${command.arm})`;
  return [
    ...command.text.split('\n').map((line, index) => `${index === 0 ? '$' : '>'} ${line}`),
    `  ${exitText(command)} · ${durationText(command.durationMs)}${arm}`,
  ];
}

function tableLines({columns, rows, rowCount}: Table): readonly string[] {
  const shown = rows.slice(0, ROWS_MAX).map(row => row.map(cell => cell ?? 'NULL').join(' | '));
  return [columns.join(' | '), ...shown, `(${plural(rowCount, 'row')})`];
}

export const REVIEW_HEAD = ['line', 'section', 'use', 'confirmed by', 'UTC'];

/** Confirmed sections in the document's order. One that was accepted unseen says so. */
export function reviewRows(plan: Plan, state: RunState): readonly (readonly string[])[] {
  return plan.sections.flatMap(({id, line, title}) => {
    const confirmed = state.review?.confirmed[id];
    if (confirmed === undefined) return [];
    const by = confirmed.unseen === true ? `${confirmed.by}, accepted: unseen` : confirmed.by;
    return [[String(line), title, sectionUse(plan, state, id), by, utcTime(confirmed.at)]];
  });
}

export const DOUBTS_HEAD = ['line', 'assumed', 'answer', 'by', 'UTC'];

export function doubtRows({proposal}: Plan, {review}: RunState): readonly (readonly string[])[] {
  return (proposal?.doubts ?? []).flatMap(({id, line, message}) => {
    const settled = review?.settled[id];
    if (settled === undefined) return [];
    return [[String(line), message, settled.how, settled.by, utcTime(settled.at)]];
  });
}

/** Steps that a person ran although nobody had confirmed them. */
export function unconfirmedRuns(plan: Plan, events: readonly Recorded[]): readonly string[] {
  return events.flatMap(event => {
    if (event.type !== 'step-started' || event.overrides?.review === undefined) return [];
    const title = stepById(plan, event.stepId)?.title ?? event.stepId;
    return [`${utcTime(event.at)} ${event.by} ran "${title}", which nobody had confirmed`];
  });
}
