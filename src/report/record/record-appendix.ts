/** What the run adds behind the checklist: timeline, verdicts, captures, transcript, notes. */
import type {Plan} from '../../plan/plan.ts';
import {personOf} from '../../run/console.ts';
import type {Recorded} from '../../run/event.ts';
import {outageText} from '../../run/rules/settling.ts';
import {progress} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {timelineEntry} from '../../run/timeline.ts';
import {fineQuantity, plural} from '../../text/figures.ts';
import {durationText, missionTime, utcTime} from '../../text/times.ts';
import {boundText, changeText, measuredText, type RuleVerdict, ruleVerdicts, standingCell} from '../rule-text.ts';
import {statusText} from '../run-status.ts';
import {falseAlarmLines} from './false-alarms.ts';
import {cellText, markdownTable, markdownText} from './markdown-text.ts';
import {transcriptLines} from './transcript.ts';

/** What happened, for readers of the filled-in document: facts, timeline, captures, verdicts, transcript, notes. */
export function appendix(plan: Plan, state: RunState, events: readonly Recorded[]): string {
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['Run', runLines(plan, state)],
    ['People', peopleLines(events)],
    ['Timeline', timelineLines(plan, state, events)],
    ['Captured values', captureLines(state)],
    ['Rules', ruleLines(plan, state)],
    ['Downtime', downtimeLines(plan, state)],
    ['False alarms', falseAlarmLines(plan, state)],
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
    ...(closed === null
      ? []
      : [
          [
            'Closed',
            `${utcTime(closed.at)} after ${durationText(closed.at - run.openedAt)}, exit code ${closed.exitCode}`,
          ] as const,
        ]),
    ...(rollback.status === 'finished' ? [['Rollback', `${rollback.result}: ${rollback.because}`] as const] : []),
    ...(run.group === undefined ? [] : [['Open to', `members of the Unix group ${run.group}`] as const]),
    ...(run.approvers === undefined ? [] : [['Approval', 'by a second account, for steps so marked'] as const]),
    ...(run.dryRun ? [['Dry run', 'nothing was executed'] as const] : []),
  ];
  const left = rollback.status === 'finished' ? rollback.left.map(text => `- Left to do: ${markdownText(text)}`) : [];
  return [...facts.map(([name, value]) => `- ${name}: ${markdownText(value)}`), ...left];
}

/** Who was attached, from where, and how far it is known that they are who they say. */
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

function timelineLines(plan: Plan, state: RunState, events: readonly Recorded[]): readonly string[] {
  const startedAt = state.deployStartedAt ?? state.run.openedAt;
  const rows = events.flatMap(event => {
    const entry = timelineEntry(plan, event);
    return entry === undefined ? [] : [[utcTime(entry.at), missionTime(entry.at - startedAt), entry.by, entry.text]];
  });
  return markdownTable(['UTC', 'T+', 'by', 'what'], rows);
}

function captureLines({captures}: RunState): readonly string[] {
  const rows = Object.entries(captures).map(([name, {value, on}]) => [name, value, on]);
  return markdownTable(['name', 'value', 'on'], rows);
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

/** What no rule has judged: outages of restarts that the document asks for. */
function downtimeLines(plan: Plan, {downtimes = []}: RunState): readonly string[] {
  const rows = downtimes.map(({signal, stepId, outFrom, to, n}) => {
    const step = plan.steps.find(({id}) => id === stepId);
    return [utcTime(outFrom), signal, outageText(outFrom, to, n), String(step?.line ?? ''), step?.title ?? stepId];
  });
  return markdownTable(['UTC', 'signal', 'not judged', 'line', 'restarted by'], rows);
}

function baselineText({baseline, rule}: RuleVerdict): string {
  if (baseline === undefined) return '';
  return `${fineQuantity(baseline.value, baseline.unit ?? rule.unit)}${baseline.from === 'document' ? ' (document)' : ''}`;
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
