/** What was tried: every attempt at a step that reached the world, with its commands and what they printed. */
import type {Plan} from '../../plan/plan.ts';
import type {Recorded} from '../../run/event.ts';
import type {CommandResult, HostOutcome, HostVerdict, Outcome, Table} from '../../run/outcome.ts';
import {stepById} from '../../run/plan-index.ts';
import {echoOf} from '../../run/wording/last-printed.ts';
import {compact} from '../../text/compact.ts';
import {plural} from '../../text/figures.ts';
import {durationText, utcTime} from '../../text/times.ts';

const ROWS_MAX = 20;

/** Lines of output that the record shows of an attempt that passed, and of one that did not. */
const OUTPUT_LINES_MAX = {passed: 10, other: 40};

/** In the order they ended. */
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
  /** Only for a group. */
  hosts?: readonly HostVerdict[];
  /** Of SQL, as the document writes it. */
  queries?: readonly string[];
  /** Lines of the `output` spool that hold all it printed, the first one counted as 1. */
  spooled?: {from: number; to: number} | undefined;
};

export function attempts(plan: Plan, events: readonly Recorded[]): readonly Attempt[] {
  const started = new Map<string, {at: number; on?: string; outputFrom?: number}>();
  const judgedBy = judges(events);
  return events.flatMap(event => {
    if (event.type === 'step-started') {
      started.set(
        `${event.stepId} ${event.attempt}`,
        compact({at: event.at, on: event.on, outputFrom: event.outputFrom}),
      );
    }
    if (event.type !== 'step-finished') return [];
    const {stepId, attempt, at, verdict, outcome, outputTo, seq} = event;
    const judge = judgedBy.get(seq);
    const step = stepById(plan, stepId);
    const start = started.get(`${stepId} ${attempt}`);
    return compact({
      stepId,
      title: step?.title ?? stepId,
      attempt,
      endedAt: at,
      verdict: verdict.kind !== 'judge' ? verdict.kind : judge === undefined ? 'to be judged' : 'passed',
      because: judge === undefined ? verdict.because : `${verdict.because}; it holds, says ${judge}`,
      outcome,
      hosts: verdict.hosts,
      queries: step?.action.kind === 'sql' ? step.action.statements.map(({text}) => text) : undefined,
      line: step?.line,
      startedAt: start?.at,
      on: start?.on,
      spooled: spooledLines(start?.outputFrom, outputTo),
    });
  });
}

/** Who has ticked what a person was to judge, by the number of the event that ended the attempt. */
function judges(events: readonly Recorded[]): ReadonlyMap<number, string> {
  const waiting = new Map<string, number>();
  const judged = new Map<number, string>();
  for (const event of events) {
    if (event.type === 'step-started') waiting.delete(event.stepId);
    if (event.type === 'step-finished' && event.verdict.kind === 'judge') waiting.set(event.stepId, event.seq);
    const ended = event.type === 'step-ticked' ? waiting.get(event.stepId) : undefined;
    if (ended !== undefined) judged.set(ended, event.by);
  }
  return judged;
}

function spooledLines(from: number | undefined, to: number | undefined): Attempt['spooled'] {
  return from === undefined || to === undefined || to <= from ? undefined : {from: from + 1, to};
}

/** `on vps`, `2025-01-15 14:02:11`, `12 s` */
export function attemptFacts({on, startedAt, endedAt, outcome}: Attempt): readonly string[] {
  return [...(on === undefined ? [] : [`on ${on}`]), utcTime(startedAt ?? endedAt), durationText(outcome.durationMs)];
}

/** What ran and how it ended, and the end of what it printed, with the place where the whole of it is. */
export function transcriptLines(attempt: Attempt): readonly string[] {
  const {outcome} = attempt;
  if (outcome.kind === 'on-hosts') return hostsLines(attempt, outcome.hosts);
  return [...outcomeLines(attempt), ...outputLines(attempt)];
}

const HOSTS_NAMED_MAX = 12;

/** Hosts on which the same came of it stand together; the largest of these groups last, because it says least. */
function hostsLines(attempt: Attempt, hosts: readonly HostOutcome[]): readonly string[] {
  const {hosts: verdicts = []} = attempt;
  const alike = Map.groupBy(hosts, ({host, outcome}) => {
    const {kind, because, printed} = verdicts.find(one => one.host === host) ?? {};
    return [outcome.kind, kind, because, printed].join('\n');
  });
  const groups = [...alike.values()].sort((one, other) => one.length - other.length);
  return groups.flatMap((own, index): readonly string[] => {
    const [first] = own;
    if (first === undefined) return [];
    const named = own.slice(0, HOSTS_NAMED_MAX).map(({host}) => host);
    const more = own.length > named.length ? ` and ${own.length - named.length} more` : '';
    const {kind = 'unknown', because = ''} = verdicts.find(one => one.host === first.host) ?? {};
    const here = {...attempt, outcome: first.outcome, verdict: kind, spooled: undefined};
    return [
      ...(index === 0 ? [] : ['']),
      `# ${plural(own.length, 'host')}: ${named.join(', ')}${more}: ${kind}, ${because}`,
      ...transcriptLines(here),
    ];
  });
}

/** The kept output is the end of it, so that the last lines are always there. */
function outputLines({outcome, verdict, spooled}: Attempt): readonly string[] {
  const lines = printedLines(outcome);
  if (lines.length === 0) return [];
  const shown = lines.slice(-(verdict === 'passed' ? OUTPUT_LINES_MAX.passed : OUTPUT_LINES_MAX.other));
  if (shown.length === lines.length) return ['', 'output:', ...lines];
  const whole = spooled === undefined ? '' : `; all of it: lines ${spooled.from}–${spooled.to} of spool/output.log`;
  return ['', `output: … ${lines.length - shown.length} lines before these${whole}`, ...shown];
}

/** A command stands at the head of what it printed. Where it is the only one, that says nothing new. */
function printedLines(outcome: Outcome): readonly string[] {
  if (!('output' in outcome) || outcome.output.trim() === '') return [];
  const lines = outcome.output.trimEnd().split('\n');
  const [command, ...others] = 'commands' in outcome ? (outcome.commands ?? []) : [];
  if (command === undefined || others.length > 0) return lines;
  const echoed = echoOf(command);
  return echoed.every((line, index) => lines[index] === line) ? lines.slice(echoed.length) : lines;
}

/** One line per command, answer or row: what ran and how it ended. */
function outcomeLines({outcome, queries = []}: Attempt): readonly string[] {
  const commands = 'commands' in outcome ? (outcome.commands ?? []) : [];
  const answers = 'answers' in outcome ? (outcome.answers ?? []) : [];
  const tables = outcome.kind === 'returned' ? outcome.tables : [];
  // Those that came back stand at the head of what each returned; of one that failed all that was to be asked.
  const unanswered = commands.length > 0 ? [] : queries.slice(tables.length);
  return [
    ...commands.flatMap(commandLines),
    ...answers.map(
      ({line, status, timing}) => `request of line ${line}: status ${status} in ${Math.round(timing.totalMs)} ms`,
    ),
    ...tables.flatMap((table, index) => [...(queries[index] ?? '').trim().split('\n'), ...tableLines(table)]),
    ...(outcome.kind === 'returned' ? unanswered : []).flatMap(text => text.trim().split('\n')),
    ...(outcome.kind === 'counted' ? [`${outcome.matches} of ${outcome.lines} lines match`] : []),
  ];
}

function exitText({code, signal}: CommandResult): string {
  if (signal !== undefined) return `killed by ${signal}`;
  return code === undefined ? 'end not seen' : `exit ${code}`;
}

function commandLines(command: CommandResult): readonly string[] {
  const arm = command.arm === undefined ? '' : ` (${command.arm})`;
  return [...echoOf(command), `  ${exitText(command)} · ${durationText(command.durationMs)}${arm}`];
}

function tableLines({columns, rows, rowCount}: Table): readonly string[] {
  const shown = rows.slice(0, ROWS_MAX).map(row => row.map(cell => cell ?? 'NULL').join(' | '));
  // A statement that changes something returns no columns.
  return [...(columns.length === 0 ? [] : [columns.join(' | ')]), ...shown, `(${plural(rowCount, 'row')})`];
}
