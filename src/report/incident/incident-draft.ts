/** A draft of an incident report from a run: what happened, on what evidence, what it did, what was and is to be done. */
import type {Recorded} from '../../run/event.ts';
import {stepById} from '../../run/plan-index.ts';
import {stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {plural} from '../../text/figures.ts';
import {durationText, utcTime} from '../../text/times.ts';
import {withoutControls} from '../../text/unsafe-signs.ts';
import {type Attempt, attempts} from '../record/attempt-transcripts.ts';
import {timeline} from '../record/happened-part.ts';
import {type Block, facts, isEmpty, list, table} from '../record/record-blocks.ts';
import {blockLines} from '../record/record-markdown.ts';
import {recordParts} from '../record/record-parts.ts';
import {statusText} from '../run-status.ts';
import {impactBlocks} from './impact.ts';
import {issueText, messageText} from './messages.ts';
import {causeText, type IncidentSource, openItems} from './what-is-open.ts';

/** The report and the two texts that make it known. The first line of `issue` is its title. */
export function incidentTexts(source: IncidentSource): {report: string; issue: string; message: string} {
  return {
    report: withoutControls(reportText(source)),
    issue: withoutControls(issueText(source)),
    message: withoutControls(messageText(source)),
  };
}

function reportText(source: IncidentSource): string {
  const {plan, state} = source;
  const parts: readonly (readonly [title: string, blocks: readonly Block[]])[] = [
    ['Summary', [summaryBlock(source)]],
    ['Timeline', timelineBlocks(source)],
    ['Evidence', []],
    ...evidenceParts(source),
    ['Impact', impactBlocks(source)],
    ['Actions taken', [actionsBlock(source)]],
    ['Open', [list([...openItems(plan, state)])]],
  ];
  const text = parts
    .filter(([title, blocks]) => title === 'Evidence' || blocks.some(block => !isEmpty(block)))
    .map(([title, blocks]) => partText(title, blocks));
  const head = `# Incident: ${plan.title}`;
  const draft = `Draft, written by T-Minus from the journal of run ${state.run.id} as it stood at ${utcTime(state.lastAt)}. Correct it and complete it before you send it.`;
  return `${head}\n\n${draft}\n\n${text.join('\n')}`;
}

/** A part of the evidence stands below it. */
function partText(title: string, blocks: readonly Block[]): string {
  const lines = blocks
    .filter(block => !isEmpty(block))
    .flatMap((block, index) => (index === 0 ? blockLines(block) : ['', ...blockLines(block)]));
  // Each failed step has a heading of its own.
  if (title === FAILED_STEPS) return `${lines.join('\n')}\n`;
  const depth = EVIDENCE.has(title) ? '###' : '##';
  return lines.length === 0 ? `${depth} ${title}\n` : `${depth} ${title}\n\n${lines.join('\n')}\n`;
}

const EVIDENCE: ReadonlySet<string> = new Set(['Triggers', 'Rules', 'Error lines']);
const FAILED_STEPS = 'Failed steps';

function summaryBlock(source: IncidentSource): Block {
  const {plan, state, events} = source;
  const {run, deployStartedAt, rollback} = state;
  const began = firstTrouble(source);
  const ended = rollback.status === 'finished' && rollback.result === 'rolled-back' ? rollback.at : undefined;
  const asked = events.findLast(({type}) => type === 'rollback-requested');
  return facts(
    ['What', causeText(source)],
    ['Status', statusText(state)],
    began === undefined ? undefined : ['Began', utcTime(began)],
    began === undefined || ended === undefined
      ? undefined
      : ['Ended', `${utcTime(ended)}, after ${durationText(ended - began)}`],
    asked === undefined || began === undefined
      ? undefined
      : ['Rollback decided', `${utcTime(asked.at)}, ${durationText(Math.max(0, asked.at - began))} after it began`],
    ['Checklist', `${plan.title} (${run.checklist})`],
    run.bindings === undefined ? undefined : ['Bindings', run.bindings],
    ['Run', `${run.id}, opened ${utcTime(run.openedAt)} by ${run.user} on ${run.host}`],
    deployStartedAt === undefined ? undefined : ['Deploy began', utcTime(deployStartedAt)],
    run.rehearsal === true ? ['Rehearsal', 'against a target in a box; nothing in production was touched'] : undefined,
  );
}

/** The first trigger that was not called false, or the first failure. */
function firstTrouble({plan, events}: IncidentSource): number | undefined {
  const dismissed = new Set(events.flatMap(event => (event.type === 'trigger-dismissed' ? [event.ruleId] : [])));
  const first = events.find(
    event =>
      (event.type === 'trigger-fired' && !dismissed.has(event.ruleId)) ||
      event.type === 'complaint-counted' ||
      (event.type === 'step-finished' && (event.verdict.kind === 'failed' || event.verdict.kind === 'unknown')),
  );
  return first?.at ?? failedAttempts(plan, events)[0]?.endedAt;
}

/** For somebody who was not there: ticks, and what tells nothing of what went wrong, stand in the record. */
function timelineBlocks({plan, events}: IncidentSource): readonly Block[] {
  const rows = timeline(plan, events)
    .filter(({type}) => type === undefined || !ROUTINE.has(type))
    .map(({at, by, text}) => [utcTime(at), by, text]);
  const shown = rows.slice(-TIMELINE_ROWS_MAX);
  const left = rows.length - shown.length;
  return [
    list(left === 0 ? [] : [`${plural(left, 'earlier entry', 'earlier entries')} in the record (report.md)`]),
    table(['UTC', 'by', 'what'], shown),
  ];
}

const ROUTINE: ReadonlySet<Recorded['type']> = new Set([
  'step-ticked',
  'link-restored',
  'history-read',
  'console-joined',
  'console-left',
  'baton-passed',
]);
const TIMELINE_ROWS_MAX = 200;

function evidenceParts(source: IncidentSource): readonly (readonly [string, readonly Block[]])[] {
  const {plan, events, errors} = source;
  const rules = recordParts(source, ['Triggers', 'Rules']).map(({title, blocks}) => [title, blocks] as const);
  const failed = failedAttempts(plan, events);
  const lines = errors.map(({source: name, line, text}) => [`spool/${name}.log`, String(line), text]);
  return [
    ...rules,
    [FAILED_STEPS, [{kind: 'attempts', attempts: failed}]],
    ['Error lines', [table(['file in the run', 'line', 'text'], lines)]],
  ];
}

function failedAttempts(plan: IncidentSource['plan'], events: readonly Recorded[]): readonly Attempt[] {
  return attempts(plan, events).filter(({verdict}) => verdict === 'failed' || verdict === 'unknown');
}

/** What people did, and what the rollback did for them. */
function actionsBlock({plan, state, events}: IncidentSource): Block {
  const done = timeline(plan, events).filter(
    ({by, type}) => type !== undefined && (isPerson(by) ? !SEATS.has(type) : BY_ENGINE.has(type)),
  );
  const rolledBack = rollbackRows(plan, state);
  const rows = [...done.map(({at, by, text}) => [utcTime(at), by, text]), ...rolledBack];
  return table(
    ['UTC', 'by', 'what'],
    rows.sort(([a = ''], [b = '']) => a.localeCompare(b)),
  );
}

function isPerson(by: string): boolean {
  return by !== 'engine' && !by.startsWith('rule:');
}

/** The record says who came, left and drove; the cause of a phase has an entry of its own. */
const SEATS: ReadonlySet<Recorded['type']> = new Set([
  'console-joined',
  'console-left',
  'baton-passed',
  'run-opened',
  'phase-changed',
]);
const BY_ENGINE: ReadonlySet<Recorded['type']> = new Set(['rollback-requested', 'rollback-finished', 'run-closed']);

function rollbackRows(plan: IncidentSource['plan'], state: RunState): readonly (readonly string[])[] {
  if (state.rollback.status !== 'finished' && state.rollback.status !== 'running') return [];
  return (plan.rollback?.steps ?? []).flatMap(id => {
    const own = stepState(state, id);
    const step = stepById(plan, id);
    if (step === undefined || own.status !== 'passed' || own.startedAt === undefined) return [];
    return [[utcTime(own.at), own.by, `rollback: ${step.title} passed`]];
  });
}
