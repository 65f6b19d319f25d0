/** The record as Markdown: the checklist filled in, with an appendix of what happened. */
import type {Plan} from '../../plan/plan.ts';
import {personOf} from '../../run/console.ts';
import type {Recorded} from '../../run/event.ts';
import type {Outcome} from '../../run/outcome.ts';
import {stepById} from '../../run/plan-index.ts';
import {proposeThreshold} from '../../run/rules/proposed-threshold.ts';
import {outageText} from '../../run/rules/settling.ts';
import {progress, rollbackEnd} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {fineQuantity, plural} from '../../text/figures.ts';
import {durationText, utcTime} from '../../text/times.ts';
import {withoutControls} from '../../text/unsafe-signs.ts';
import {boundText, changeText, measuredText, type RuleVerdict, ruleVerdicts, standingCell} from '../rule-text.ts';
import {statusText} from '../run-status.ts';
import {blankValues, fillBlanks, notesAt} from './fill-blanks.ts';
import {boxMarks, markBox} from './fill-boxes.ts';
import {cellText, markdownFence, markdownTable, markdownText} from './markdown-text.ts';
import {
  type Attempt,
  attemptFacts,
  attempts,
  CAPTURES_HEAD,
  captureRows,
  DOUBTS_HEAD,
  doubtRows,
  evidenceSeen,
  outcomeLines,
  REVIEW_HEAD,
  reviewRows,
  TIMELINE_HEAD,
  timelineRows,
  unconfirmedRuns,
} from './record-rows.ts';

/** Lines of output shown under a step that did not pass. */
const OUTPUT_LINES_MAX = 20;

/** The heading between the checklist and what the run adds to it. */
export const RECORD_HEADING = '# T-Minus record';

/**
 * The checklist filled in by its run, and an appendix of what happened. Only lines that the run filled in differ from
 * the template, so that a diff of the two shows the run and nothing else.
 */
export function record(plan: Plan, state: RunState, events: readonly Recorded[]): string {
  const document = filledDocument(plan, state, events);
  const all = `${document.join('\n').trimEnd()}\n\n---\n\n${RECORD_HEADING}\n\n${appendix(plan, state, events)}`;
  return withoutControls(all);
}

function filledDocument(plan: Plan, state: RunState, events: readonly Recorded[]): readonly string[] {
  const values = blankValues(plan, state);
  const marks = boxMarks(plan, state, events);
  return plan.source.flatMap((source, index) => {
    const line = index + 1;
    const notes = notesAt(plan, state, line);
    if (notes.length > 0) return notes;
    const filled = fillBlanks(source, values.get(line) ?? []);
    const mark = marks.get(line);
    return mark === undefined ? [filled] : [markBox(filled, mark)];
  });
}

/** The appendix: facts, timeline, captured values, verdicts, transcript, notes. */
function appendix(plan: Plan, state: RunState, events: readonly Recorded[]): string {
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['Run', runLines(plan, state)],
    ['People', peopleLines(events)],
    ['Review', reviewLines(plan, state, events)],
    ['Timeline', markdownTable(TIMELINE_HEAD, timelineRows(plan, state, events))],
    ['Captured values', markdownTable(CAPTURES_HEAD, captureRows(state))],
    ['Rules', ruleLines(plan, state)],
    ['Downtime', downtimeLines(plan, state)],
    ['False alarms', falseAlarmLines(plan, state)],
    ['Evidence', evidenceLines(plan, events)],
    ['Transcript', transcriptLines(plan, events)],
    ['Notes', noteLines(state)],
  ];
  return parts
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `## ${title}\n\n${lines.join('\n')}\n`)
    .join('\n');
}

function runLines(plan: Plan, state: RunState): readonly string[] {
  const {run, deployStartedAt, closed, rollback} = state;
  if (run.id === '') return ['- Nothing was run.'];
  const {done, total, failed} = progress(plan, state);
  const facts: readonly (readonly [string, string])[] = [
    ['Run', run.id],
    ['Result', statusText(state)],
    ['Steps', `${done} of ${total} done${failed === 0 ? '' : `, ${failed} failed or unknown`}`],
    ['Opened', `${utcTime(run.openedAt)} by ${run.user} on ${run.host}`],
    ...(deployStartedAt === undefined ? [] : [['Deploy began (T+0)', utcTime(deployStartedAt)] as const]),
    ...(closed === null ? [] : [['Closed', closedText(closed, run.openedAt)] as const]),
    ...(rollback.status === 'finished' ? [['Rollback', `${rollbackEnd(rollback)}: ${rollback.because}`] as const] : []),
    ...(run.group === undefined ? [] : [['Open to', `members of the Unix group ${run.group}`] as const]),
    ...(run.approvers === undefined ? [] : [['Approval', 'by a second account, for steps so marked'] as const]),
    ...(run.rehearsal === true
      ? [['Rehearsal', 'against a target in a box; nothing in production was touched'] as const]
      : []),
    ...(run.dryRun ? [['Dry run', 'nothing was executed'] as const] : []),
  ];
  const left = rollback.status === 'finished' ? rollback.left.map(text => `- Left to do: ${markdownText(text)}`) : [];
  return [...facts.map(([name, value]) => `- ${name}: ${markdownText(value)}`), ...left];
}

/** Who confirmed the reading, before the run or in it. */
function reviewLines(plan: Plan, state: RunState, events: readonly Recorded[]): readonly string[] {
  if (state.run.gated !== true) return [];
  const sections = markdownTable(REVIEW_HEAD, reviewRows(plan, state));
  const doubts = markdownTable(DOUBTS_HEAD, doubtRows(plan, state));
  const runs = unconfirmedRuns(plan, events).map(text => `- ${markdownText(text)}`);
  const parts = [sections, doubts, runs].filter(({length}) => length > 0);
  return parts.length === 0
    ? ['Nothing was confirmed.']
    : parts.flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}

function closedText({at, exitCode}: NonNullable<RunState['closed']>, openedAt: number): string {
  return `${utcTime(at)} after ${durationText(at - openedAt)}, exit code ${exitCode}`;
}

/** Who was attached, from where, and how far the name is proved. */
function peopleLines(events: readonly Recorded[]): readonly string[] {
  const rows = events.flatMap(event => {
    if (event.type !== 'console-joined') return [];
    const {terminal = '', origin = '', claimed} = event.console;
    const known =
      claimed === undefined
        ? 'account proved'
        : claimed === 'name'
          ? 'account proved, name only claimed'
          : 'only claimed';
    return [[utcTime(event.at), personOf(event.console), terminal, origin, known]];
  });
  return markdownTable(['UTC', 'who', 'terminal', 'from', 'known'], rows);
}

function ruleLines(plan: Plan, state: RunState): readonly string[] {
  if (state.run.id === '') return [];
  const rows = ruleVerdicts(plan, state).map(verdict => [
    String(verdict.rule.line),
    measuredText(verdict.rule),
    boundText(verdict.rule),
    standingCell(verdict),
    verdict.assessment.value === undefined ? '' : fineQuantity(verdict.assessment.value, verdict.rule.unit),
    String(verdict.assessment.n),
    baselineText(verdict),
    changeText(verdict.change),
    verdict.assessment.because,
  ]);
  return markdownTable(['line', 'rule', 'bound', 'standing', 'value', 'n', 'baseline', 'change', 'because'], rows);
}

/** Outages that no rule judged, because the document asks for the restart. */
function downtimeLines(plan: Plan, {downtimes = []}: RunState): readonly string[] {
  const rows = downtimes.map(({signal, stepId, outFrom, to, n}) => {
    const step = stepById(plan, stepId);
    return [utcTime(outFrom), signal, outageText(outFrom, to, n), String(step?.line ?? ''), step?.title ?? stepId];
  });
  return markdownTable(['UTC', 'signal', 'not judged', 'line', 'restarted by'], rows);
}

function baselineText({baseline, rule}: RuleVerdict): string {
  if (baseline === undefined) return '';
  return `${fineQuantity(baseline.value, baseline.unit ?? rule.unit)}${baseline.from === 'document' ? ' (document)' : ''}`;
}

/** Alarms that a person dismissed: the reason, the evidence, and a bound that would not have fired. */
function falseAlarmLines(plan: Plan, state: RunState): readonly string[] {
  return (state.dismissals ?? []).flatMap(({ruleId, at, by, reason, evidence}) => {
    const rule = plan.rules.find(({id}) => id === ruleId);
    const name = rule === undefined ? ruleId : `${measuredText(rule)} ${boundText(rule)} (line ${rule.line})`;
    const proposal = proposeThreshold(plan, state, ruleId);
    return [
      `- ${utcTime(at)} ${markdownText(`${name}: dismissed by ${by}: ${reason}`)}`,
      `  - Evidence: ${markdownText(evidence)}`,
      `  - Proposed threshold: ${proposal === undefined ? 'none, what was measured asks for no other' : markdownText(proposal.text)}`,
    ];
  });
}

/** What was seen before people decided, and after it: each look, in the order of time. */
function evidenceLines(plan: Plan, events: readonly Recorded[]): readonly string[] {
  return evidenceSeen(plan, events).flatMap(({at, line, text, lines}) => [
    `- ${utcTime(at)}${line === undefined ? '' : ` line ${line}`}: ${markdownText(text)}`,
    ...lines.map(row => `  - ${markdownText(row)}`),
  ]);
}

function transcriptLines(plan: Plan, events: readonly Recorded[]): readonly string[] {
  return attempts(plan, events).flatMap((attempt, index) => [...(index === 0 ? [] : ['']), ...attemptLines(attempt)]);
}

function attemptLines(attempt: Attempt): readonly string[] {
  const {title, line, outcome, verdict, because} = attempt;
  const head = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(attempt.attempt > 1 ? [`attempt ${attempt.attempt}`] : []),
    ...attemptFacts(attempt),
  ].join(' · ');
  const body = [...outcomeLines(outcome), ...(verdict === 'passed' ? [] : outputLines(outcome))];
  return [
    `### ${markdownText(title)}`,
    '',
    `${markdownText(head)} · **${verdict}**: ${markdownText(because)}`,
    ...(body.length === 0 ? [] : ['', ...markdownFence(body)]),
  ];
}

function outputLines(outcome: Outcome): readonly string[] {
  if (!('output' in outcome) || outcome.output.trim() === '') return [];
  const lines = outcome.output.trimEnd().split('\n');
  const cut = lines.length - OUTPUT_LINES_MAX;
  return [...(cut > 0 ? [`… ${cut} lines before these`] : []), ...lines.slice(-OUTPUT_LINES_MAX)];
}

function noteLines({notes, complaints}: RunState): readonly string[] {
  const lines = notes.map(({at, by, text}) => `- ${utcTime(at)} ${markdownText(by)}: ${markdownText(text)}`);
  const reported = complaints.map(
    ({at, by, text}) =>
      `- ${utcTime(at)} complaint counted by ${cellText(by)}${text === undefined ? '' : `: ${markdownText(text)}`}`,
  );
  return complaints.length === 0
    ? lines
    : [...lines, `- ${plural(complaints.length, 'complaint')} in all`, ...reported];
}
