/** What the run was and how it ended: its facts, why it was rolled back or failed, and what was planned against what it took. */
import type {Plan, Span} from '../../plan/plan.ts';
import {askedForBy} from '../../run/deciding/rollback/rollback-course.ts';
import type {Recorded} from '../../run/event.ts';
import {decidedByText, rollbackForecast} from '../../run/history/decide-by.ts';
import {spentIn} from '../../run/history/section-durations.ts';
import {type Usual, usualText} from '../../run/history/usual-text.ts';
import {isOfRollback} from '../../run/rollback/rollback-choice.ts';
import {progress, rollbackEnd} from '../../run/selectors.ts';
import type {FinishedRollback, RunState} from '../../run/state.ts';
import {lastPrinted} from '../../run/wording/last-printed.ts';
import {durationText, missionTime, spanText, utcTime} from '../../text/times.ts';
import {boundText, measuredText} from '../rule-text.ts';
import {standText} from '../run-status.ts';
import {type Attempt, attempts} from './attempt-transcripts.ts';
import {type Block, type Fact, facts, list, table} from './record-blocks.ts';
import type {RecordSource} from './record-source.ts';

export function runBlocks({plan, state}: RecordSource): readonly Block[] {
  const {run, deployStartedAt, closed} = state;
  if (run.id === '') return [list(['Nothing was run.'])];
  const {done, total, failed} = progress(plan, state);
  return [
    facts(
      ['Run', run.id],
      ['Result', standText(plan, state)],
      closed === null
        ? ['So far', `as of ${utcTime(state.lastAt)}, event ${state.seq}; the run is not closed`]
        : undefined,
      ['Steps', `${done} of ${total} done${failed === 0 ? '' : `, ${failed} failed or unknown`}`],
      ['Opened', `${utcTime(run.openedAt)} by ${run.user} on ${run.host}`],
      deployStartedAt === undefined ? undefined : ['Deploy began (T+0)', utcTime(deployStartedAt)],
      closed === null
        ? undefined
        : [
            'Closed',
            `${utcTime(closed.at)} after ${durationText(closed.at - run.openedAt)}, exit code ${closed.exitCode}`,
          ],
      run.group === undefined ? undefined : ['Open to', `members of the Unix group ${run.group}`],
      run.approvers === undefined ? undefined : ['Approval', 'by a second account, for steps so marked'],
      run.rehearsal === true
        ? ['Rehearsal', 'against a target in a box; nothing in production was touched']
        : undefined,
      run.dryRun ? ['Dry run', 'nothing was executed'] : undefined,
      isRepaired(plan)
        ? ['Checklist', 'its encoding was damaged and is repaired here: `tminus report --template` prints it empty']
        : undefined,
    ),
  ];
}

/** The text above is then not the file's own. */
function isRepaired({problems}: Plan): boolean {
  return problems.some(({code, file}) => code === 'encoding-repaired' && file === undefined);
}

/** Why a run did not simply succeed, on what evidence, and how it was brought back. Nothing for a run that did, or is on its way. */
export function causeBlocks({plan, state, events}: RecordSource): readonly Block[] {
  const asked = events.findLast(({type}) => type === 'rollback-requested');
  const own = attempts(plan, events).filter(({stepId}) => !isOfRollback(plan, stepId));
  const failed = lastFailure(own, asked?.at ?? Number.POSITIVE_INFINITY);
  const isBad = state.closed !== null && state.closed.exitCode !== 0;
  if (asked === undefined && !isBad) return [];
  const {rollback} = state;
  return [
    facts(
      ...triggerFacts(plan, events, asked?.at),
      ...(failed === undefined ? [] : failureFacts(failed)),
      ...earlierFacts(events, rollback.status === 'none' ? undefined : asked),
      ...(asked?.type === 'rollback-requested' && rollback.status !== 'none' ? [askedFact(asked)] : []),
      ...(rollback.status === 'finished' && asked !== undefined ? rollbackFacts(plan, rollback, asked.at, state) : []),
      isBad && asked === undefined ? endedFact(state.closed?.because ?? '', failed) : undefined,
    ),
    ...(rollback.status === 'finished' ? leftBlocks(rollback.left) : []),
  ];
}

/** What a person does and what a person types stand apart: a command is good for nothing when it is cut. */
function leftBlocks(left: readonly string[]): readonly Block[] {
  const isByHand = (text: string) => text.startsWith(BY_HAND);
  return [
    list(left.filter(isByHand).map(text => `Left to do ${text}`)),
    {
      kind: 'commands',
      label: 'Left to run',
      lines: left.filter(text => !isByHand(text)).flatMap(text => text.split('\n')),
    },
  ];
}

const BY_HAND = 'by hand: ';

function lastFailure(all: readonly Attempt[], before: number): Attempt | undefined {
  return all.findLast(({verdict, endedAt}) => endedAt <= before && (verdict === 'failed' || verdict === 'unknown'));
}

/** The triggers that had fired by then, and were not called false. */
function triggerFacts(plan: Plan, events: readonly Recorded[], before = Number.POSITIVE_INFINITY): readonly Fact[] {
  const dismissed = new Set(events.flatMap(event => (event.type === 'trigger-dismissed' ? [event.ruleId] : [])));
  return events.flatMap((event): readonly Fact[] => {
    if (event.type !== 'trigger-fired' || event.at > before || dismissed.has(event.ruleId)) return [];
    const rule = plan.rules.find(({id}) => id === event.ruleId);
    const name = rule === undefined ? event.ruleId : `${measuredText(rule)} ${boundText(rule)} (line ${rule.line})`;
    return [['Trigger', `${utcTime(event.at)} ${name}: ${event.evidence}`]];
  });
}

function failureFacts({title, line, verdict, because, outcome, endedAt}: Attempt): readonly Fact[] {
  const where = line === undefined ? '' : `line ${line}, `;
  const last = lastPrinted(outcome);
  const step: Fact = ['Step', `${utcTime(endedAt)} ${where}${title}: ${verdict}, ${because}`];
  return last === undefined ? [step] : [step, ['Last line of its output', last]];
}

/** Where a step's failure ended the run it was said with the step. */
function endedFact(because: string, failed: Attempt | undefined): Fact | undefined {
  return because === `${failed?.title}: ${failed?.because}` ? undefined : ['Ended', because];
}

function askedFact({at, by, because, force}: Extract<Recorded, {type: 'rollback-requested'}>): Fact {
  const forced = force === undefined ? '' : `; although something was missing: ${force}`;
  const why = because === askedForBy(by) ? '' : `: ${because}`;
  return ['Rollback asked for', `${utcTime(at)} by ${by}${why}${forced}`];
}

/** The tries before the last one, each with its end, and what was deployed again between them; not those called off. */
function earlierFacts(events: readonly Recorded[], last: Recorded | undefined): readonly Fact[] {
  let asked: Extract<Recorded, {type: 'rollback-requested'}> | undefined;
  let hasEnded = false;
  return events.flatMap((event): readonly Fact[] => {
    if (event.type === 'rollback-requested') asked = event;
    if (event.type === 'phase-changed' && event.phase === 'running' && hasEnded)
      return [['Went on', `${utcTime(event.at)} by ${event.by}: ${event.because}`]];
    if (event.type !== 'rollback-finished' || event.result === 'cancelled') return [];
    hasEnded = true;
    if (asked === undefined || asked === last) return [];
    return [askedFact(asked), ['That rollback ended', `${utcTime(event.at)} ${rollbackEnd(event)}: ${event.because}`]];
  });
}

function rollbackFacts(plan: Plan, rollback: FinishedRollback, askedAt: number, state: RunState): readonly Fact[] {
  const {deployStartedAt} = state;
  const since = deployStartedAt === undefined ? '' : `, ${missionTime(rollback.at - deployStartedAt)}`;
  return [
    ['Rollback took', `${durationText(rollback.at - askedAt)} from the request to its end${since}`],
    ...predictedFacts(plan, state),
    ['Rollback ended', `${rollbackEnd(rollback)}: ${rollback.because}`],
  ];
}

function predictedFacts(plan: Plan, state: RunState): readonly Fact[] {
  const forecast = rollbackForecast(plan, state);
  if (forecast === undefined) return [];
  return [['Predicted', [forecast.text, decidedByText(forecast) ?? []].flat().join('; ')]];
}

/** The deploy as a whole and its sections: how long each was to take, and did. */
export function sectionBlocks({plan, state, events}: RecordSource): readonly Block[] {
  const {history} = state;
  const rows = spentIn(plan, events).map(({section: {id, line, title, estimate}, from, to}) =>
    timeRow(String(line), title, {planned: estimate, usual: history?.sections[id]}, {from, to}),
  );
  const {deployStartedAt: from, deployEndedAt, closed} = state;
  const whole =
    from === undefined
      ? []
      : [
          timeRow(
            '',
            'the deploy as a whole',
            {planned: plan.expectedDuration, usual: history?.deploy},
            {from, to: deployEndedAt ?? closed?.at},
          ),
        ];
  // Without earlier runs there is nothing to hold against.
  const head = ['line', 'section', 'planned', 'earlier runs', 'took', 'from', 'to'];
  const all = [...whole, ...rows];
  if (history !== undefined) return [table(head, all)];
  return [
    table(
      head.toSpliced(USUAL_AT, 1),
      all.map(row => row.toSpliced(USUAL_AT, 1)),
    ),
  ];
}

/** Where the column of earlier runs stands. */
const USUAL_AT = 3;

function timeRow(
  line: string,
  title: string,
  {planned, usual}: {planned: Span | undefined; usual: Usual | undefined},
  {from, to}: {from: number; to: number | undefined},
): readonly string[] {
  const plan = planned === undefined ? '' : spanText(planned.minMs, planned.maxMs);
  return [
    line,
    title,
    plan,
    usual === undefined ? '' : usualText(usual),
    to === undefined ? '' : durationText(to - from),
    utcTime(from),
    to === undefined ? '' : utcTime(to),
  ];
}
