/** What stands before the first step of a rollback: the running step is stopped, and what is needed is proved. */
import type {Step} from '../../../plan/plan.ts';
import type {CommandResult, Outcome} from '../../outcome.ts';
import {rollbackSteps} from '../../rollback/readiness.ts';
import {type NotReady, whyNotReadyToRollBack} from '../../rollback/readiness-now.ts';
import {withRollbackNow} from '../../rollback/rollback-choice.ts';
import {keptSteps} from '../../rollback/tried-again.ts';
import {runningStep, stepState} from '../../selectors.ts';
import type {Draft} from '../decision-draft.ts';
import {fail} from './rollback-end.ts';
import {openChoice} from './rollback-refusal.ts';

/** How long a fresh proof of the rollback's inputs is waited for before going on without it. */
const PREFLIGHT_MS = 4000;

/** Where nothing could be proved in time, or a host does not answer, the way back is tried all the same. */
const STOPS: ReadonlySet<NotReady['kind']> = new Set(['unconfirmed', 'missing']);

/** The state of a rollback that is this far. */
export type In<Status extends Draft['state']['rollback']['status']> = Extract<
  Draft['state']['rollback'],
  {status: Status}
>;

/** A step that runs is stopped only for a rollback that can follow: else a service would be left half-way for nothing. */
export function stop(draft: Draft, {because, force}: In<'counting'>): void {
  const running = runningStep(draft.plan, draft.state);
  const why = running === undefined || force !== undefined ? undefined : whyNotReadyToRollBack(draft.plan, draft.state);
  if (running === undefined || why === undefined || !STOPS.has(why.kind))
    return draft.say({type: 'phase-changed', phase: 'stopping', because});
  const steps = rollbackSteps(withRollbackNow(draft.plan, draft.state));
  fail(draft, `nothing was changed, and ${running.title} (line ${running.line}) goes on: ${why.text}`, steps);
}

export function stopThenBegin(draft: Draft, {since, proofFrom, deadlineAt, force}: In<'stopping'>): void {
  const running = runningStep(draft.plan, draft.state);
  if (running !== undefined) {
    if (draft.at >= deadlineAt) abandon(draft, running);
    return;
  }
  const {readiness} = draft.state;
  const isFresh = readiness !== null && readiness.at >= proofFrom;
  if (!isFresh && draft.at < since + PREFLIGHT_MS) return;
  const open = openChoice(draft);
  if (open !== undefined) {
    fail(draft, `${changedNothing(draft, since)}: ${open}`, []);
    return;
  }
  // Where no fresh proof comes in time, what was last known to be missing is taken for missing still.
  const why = whyNotReadyToRollBack(draft.plan, draft.state);
  if (why !== undefined && STOPS.has(why.kind) && force === undefined) {
    fail(
      draft,
      `${changedNothing(draft, since)}: ${why.text}`,
      rollbackSteps(withRollbackNow(draft.plan, draft.state)),
    );
    return;
  }
  draft.say({type: 'phase-changed', phase: 'rolling-back', because: goesOnWith(draft)});
}

function goesOnWith({plan, state}: Draft): string {
  const kept = keptSteps(plan, state).map(({title}) => title);
  return kept.length === 0
    ? 'the running step has ended'
    : `goes on with what the try before has left; not repeated: ${kept.join(', ')}`;
}

/** Which step was stopped for it all the same. */
function changedNothing({plan, state}: Draft, since: number): string {
  const stopped = plan.steps.find(({id}) => {
    const own = stepState(state, id);
    return (own.status === 'cancelled' || own.status === 'unknown') && own.at >= since;
  });
  if (stopped === undefined) return 'nothing was changed';
  const own = stepState(state, stopped.id);
  const commands = 'outcome' in own && own.outcome !== undefined ? commandsRun(own.outcome) : [];
  const line = commands.findLast(({code}) => code !== 0)?.line ?? commands.at(-1)?.line ?? stopped.line;
  return `${stopped.title} was stopped in the middle, at line ${line}; nothing else was changed`;
}

/** Nobody saw how it ended: that is `unknown`, and the rollback does not wait for it any longer. */
function abandon(draft: Draft, step: Step): void {
  const own = stepState(draft.state, step.id);
  if (own.status !== 'running') return;
  const detail = 'did not end when told to; abandoned for the rollback';
  draft.say({
    type: 'step-finished',
    stepId: step.id,
    attempt: own.attempt,
    outcome: {kind: 'lost', detail, durationMs: draft.at - own.startedAt},
    verdict: {kind: 'unknown', because: detail, checks: []},
    outputTo: draft.outputLines,
  });
}

function commandsRun(outcome: Outcome): readonly CommandResult[] {
  return 'commands' in outcome ? (outcome.commands ?? []) : [];
}
