/** Every attempt at a step, with its commands and how they ended. */
import type {Plan} from '../../plan/plan.ts';
import type {Recorded} from '../../run/event.ts';
import type {CommandResult, Outcome, Table} from '../../run/outcome.ts';
import {compact} from '../../text/compact.ts';
import {plural} from '../../text/figures.ts';
import {durationText, utcTime} from '../../text/times.ts';
import {markdownFence, markdownText} from './markdown-text.ts';

/** Lines of output shown under a step that did not pass. */
const OUTPUT_LINES_MAX = 20;
const ROWS_MAX = 20;

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
      started.set(
        `${event.stepId} ${event.attempt}`,
        event.on === undefined ? {at: event.at} : {at: event.at, on: event.on},
      );
    }
    if (event.type !== 'step-finished') return [];
    const {stepId, attempt, at, verdict, outcome} = event;
    const step = plan.steps.find(({id}) => id === stepId);
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
      on: start?.on === undefined ? undefined : start.on,
    });
  });
}

export function transcriptLines(plan: Plan, events: readonly Recorded[]): readonly string[] {
  return attempts(plan, events).flatMap((attempt, index) => [...(index === 0 ? [] : ['']), ...attemptLines(attempt)]);
}

function attemptLines(attempt: Attempt): readonly string[] {
  const {title, line, on, startedAt, endedAt, outcome, verdict, because} = attempt;
  const head = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(attempt.attempt > 1 ? [`attempt ${attempt.attempt}`] : []),
    ...(on === undefined ? [] : [`on ${on}`]),
    utcTime(startedAt ?? endedAt),
    durationText(outcome.durationMs),
  ].join(' · ');
  const body = [...outcomeLines(outcome), ...(verdict === 'passed' ? [] : outputLines(outcome))];
  return [
    `### ${markdownText(title)}`,
    '',
    `${markdownText(head)} · **${verdict}**: ${markdownText(because)}`,
    ...(body.length === 0 ? [] : ['', ...markdownFence(body)]),
  ];
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

function outputLines(outcome: Outcome): readonly string[] {
  if (!('output' in outcome) || outcome.output.trim() === '') return [];
  const lines = outcome.output.trimEnd().split('\n');
  const cut = lines.length - OUTPUT_LINES_MAX;
  return [...(cut > 0 ? [`… ${cut} lines before these`] : []), ...lines.slice(-OUTPUT_LINES_MAX)];
}
