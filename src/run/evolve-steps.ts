/** Folds events about steps and choices. */
import type {Plan} from '../plan/plan.ts';
import {compact} from '../text/compact.ts';
import type {Recorded} from './event.ts';
import {touch} from './groups/evolve-groups.ts';
import {settledHosts} from './judging/judge-hosts.ts';
import type {HostOutcome} from './outcome.ts';
import {stepById} from './plan-index.ts';
import {answeredAs} from './review.ts';
import {isOfRollback} from './rollback/rollback-choice.ts';
import {withoutDowntime} from './rules/settling.ts';
import {isOfDeploy, isRollingBack, roleOf} from './selectors.ts';
import type {Finished, RollbackState, RunState, StepState} from './state.ts';

type Of<T extends Recorded['type']> = Extract<Recorded, {type: T}>;

/** Samples from before the deploy that later verdicts are compared with. */
const BASELINE_SAMPLES_MAX = 500;

export function startStep(plan: Plan, state: RunState, event: Of<'step-started'>): RunState {
  const {stepId, attempt, at, by, askedBy, on, commands, outputFrom, overrides, hosts, leftOut} = event;
  const running: StepState = compact({
    status: 'running',
    attempt,
    startedAt: at,
    by: askedBy ?? by,
    on,
    commands,
    outputFrom,
    before: hostsBefore(state.steps[stepId]),
    hosts,
    leftOut,
    earlier: earlierOf(state.steps[stepId]),
  });
  const overridden = {...state, overrides: {...state.overrides, ...overrides}};
  const begun = markNewVersion(plan, markDeploy(plan, overridden, stepId, at), stepId, at, 'touched');
  const isDeploy = state.rollback.status !== 'running' && on !== undefined && hosts !== undefined;
  return {
    ...(isDeploy ? touch(begun, on, hosts) : begun),
    steps: {...begun.steps, [stepId]: running},
    rollback: begunWith(begun.rollback, stepId),
  };
}

function hostsBefore(step: StepState | undefined): readonly HostOutcome[] | undefined {
  return step === undefined || step.status === 'passed' || !('outcome' in step)
    ? undefined
    : settledHosts(step.outcome, step.verdict);
}

function earlierOf(step: StepState | undefined): Finished['earlier'] {
  return step !== undefined && 'earlier' in step ? step.earlier : undefined;
}

function begunWith(rollback: RollbackState, stepId: string): RollbackState {
  return rollback.status === 'running' ? {...rollback, begun: [...rollback.begun, stepId]} : rollback;
}

/** T+0 is the first step that changes what is live. What was sampled until then, no outage in it, is the baseline. */
function markDeploy(plan: Plan, state: RunState, stepId: string, at: number): RunState {
  if (state.deployStartedAt !== undefined || isRollingBack(state)) return state;
  const step = stepById(plan, stepId);
  if (step === undefined || !isOfDeploy(plan, state, step)) return state;
  const signals = Object.fromEntries(
    Object.entries(state.signals).map(([name, signal]) => [
      name,
      {...signal, baseline: withoutDowntime(state, name, signal.samples, at).slice(-BASELINE_SAMPLES_MAX)},
    ]),
  );
  return {...state, deployStartedAt: at, signals};
}

/**
 * Until the new version is in place the old one is still what is measured. It is, once a deploy step has ended on a
 * host that the rollback would restore (on any, when the rollback names none), or once somebody verifies it.
 */
function markNewVersion(plan: Plan, state: RunState, stepId: string, at: number, how: 'touched' | 'ended'): RunState {
  if (state.newVersionAt !== undefined || state.deployStartedAt === undefined) return state;
  const step = stepById(plan, stepId);
  if (step === undefined) return state;
  const isChange = isOfDeploy(plan, state, step);
  const role = roleOf(plan, step);
  if (!isChange && (role === 'verify' || role === 'monitor')) return {...state, newVersionAt: at};
  if (!isChange || how !== 'ended' || step.action.kind !== 'script') return state;
  const hosts = rollbackHosts(plan);
  const {place} = step.action.context;
  const isThere = hosts.length === 0 || (place.kind === 'host' && hosts.includes(place.host));
  return isThere ? {...state, newVersionAt: at} : state;
}

/** Hosts that the rollback's own commands run on. */
export function rollbackHosts(plan: Plan): readonly string[] {
  const hosts = plan.steps.flatMap(step => {
    if (step.action.kind !== 'script' || !isOfRollback(plan, step.id)) return [];
    const {place} = step.action.context;
    return place.kind === 'host' ? [place.host] : [];
  });
  return [...new Set(hosts)];
}

export function finishStep(plan: Plan, state: RunState, event: Of<'step-finished'>): RunState {
  const {stepId, attempt, outcome, verdict, at, outputTo} = event;
  const before = state.steps[stepId];
  if (before?.status !== 'running' || before.attempt !== attempt) return state;
  const ended: Finished & {outcome: typeof outcome; verdict: typeof verdict} = compact({
    attempt,
    startedAt: before.startedAt,
    at,
    // The engine saw it end; who started it answers for it.
    by: before.by,
    outcome,
    verdict,
    outputFrom: before.outputFrom,
    outputTo,
    earlier: before.earlier,
  });
  const carried = markNewVersion(plan, carryContext(plan, state, event), stepId, at, 'ended');
  const {everyMs} = plan.steps.find(({id}) => id === stepId) ?? {};
  const isMissed = everyMs !== undefined && state.phase === 'watching' && attempt > 1 && verdict.kind === 'failed';
  const missed = isMissed ? {repeatsFailed: {...state.repeatsFailed, [stepId]: {at, because: verdict.because}}} : {};
  return {...carried, ...missed, steps: {...state.steps, [stepId]: stateAfter(ended)}};
}

function stateAfter(ended: Finished & Required<Pick<Finished, 'outcome' | 'verdict'>>): StepState {
  const {verdict} = ended;
  if (verdict.kind === 'judge') {
    const {at, attempt, outcome, outputFrom, outputTo, earlier} = ended;
    return compact({
      status: 'waiting',
      since: at,
      for: verdict.because,
      attempt,
      outcome,
      verdict,
      outputFrom,
      outputTo,
      earlier,
    });
  }
  return {...ended, status: verdict.kind};
}

/** Directory and exported variables go on to the next code block of the same context. */
function carryContext(plan: Plan, state: RunState, {stepId, outcome}: Of<'step-finished'>): RunState {
  const action = plan.steps.find(step => step.id === stepId)?.action;
  if (action?.kind !== 'script' || (outcome.kind !== 'exited' && outcome.kind !== 'on-hosts')) return state;
  const before = state.contexts[action.context.id];
  const directory = outcome.directory ?? before?.directory;
  const kept = Object.entries(before?.exports ?? {}).filter(([name]) => outcome.unset?.includes(name) !== true);
  const exports = {...Object.fromEntries(kept), ...outcome.exports};
  const context = directory === undefined ? {exports} : {directory, exports};
  return {...state, contexts: {...state.contexts, [action.context.id]: context}};
}

export function tickStep(plan: Plan, state: RunState, event: Of<'step-ticked'>): RunState {
  const {stepId, at, by, askedBy, note, reason, presumed} = event;
  const before = state.steps[stepId];
  const ticked: StepState = {
    ...(before === undefined ? {attempt: 0} : seenBefore(before)),
    // Once more, of what is done every so often.
    ...compact({attempt: before?.status === 'passed' ? before.attempt + 1 : undefined}),
    status: 'passed',
    at,
    by: askedBy ?? by,
    ...compact({note, reason, presumed}),
  };
  const begun = markNewVersion(plan, markDeploy(plan, state, stepId, at), stepId, at, 'touched');
  const known = reason === undefined ? begun : accepted(begun, stepId);
  return {...known, steps: {...known.steps, [stepId]: ticked}};
}

/** A person who marks it done with a reason has looked at its failures. */
function accepted({repeatsFailed, ...state}: RunState, stepId: string): RunState {
  if (repeatsFailed === undefined) return state;
  const {[stepId]: _, ...others} = repeatsFailed;
  return {...state, repeatsFailed: others};
}

/** What an earlier attempt left behind stays with the tick: it is its evidence. */
function seenBefore(state: StepState): {attempt: number} & Partial<Finished> {
  if (!('attempt' in state) || state.attempt === undefined) return {attempt: 0};
  const {attempt} = state;
  return compact({
    attempt,
    startedAt: 'startedAt' in state ? state.startedAt : undefined,
    outcome: 'outcome' in state ? state.outcome : undefined,
    verdict: 'verdict' in state ? state.verdict : undefined,
    outputFrom: 'outputFrom' in state ? state.outputFrom : undefined,
    outputTo: 'outputTo' in state ? state.outputTo : undefined,
    earlier: earlierOf(state),
  });
}

/** With a choice go the steps of all its arms: none of them will be offered any more. */
export function skipStep(plan: Plan, state: RunState, {stepId, at, by, reason}: Of<'step-skipped'>): RunState {
  const offered = plan.steps.filter(step => step.arm?.choice === stepId);
  const because = `its choice was skipped: ${reason}`;
  return {
    ...state,
    rollback: begunWith(state.rollback, stepId),
    steps: {
      ...state.steps,
      ...Object.fromEntries(offered.map(step => [step.id, {status: 'not-applicable', because} as const])),
      [stepId]: {status: 'skipped', at, by, reason},
    },
  };
}

/** One arm is taken; the steps of the others become not applicable. */
export function choose(plan: Plan, state: RunState, event: Of<'choice-made'>): RunState {
  const {choiceId, armId, because, by, at} = event;
  const choices = {...state.choices, [choiceId]: {armId, because, by, at}};
  const choice = plan.steps.find(step => step.id === choiceId);
  if (choice?.action.kind !== 'choice') return {...state, choices};
  const steps: Record<string, StepState> = {
    ...state.steps,
    [choiceId]: {status: 'passed', attempt: 0, at, by, note: because},
  };
  const chosen = choice.action.arms.find(arm => arm.id === armId);
  for (const step of plan.steps) {
    if (step.arm?.choice !== choiceId) continue;
    if (step.arm.arm === armId) {
      const isLeftOut = answeredAs(plan, state, step) === 'ignored';
      if (steps[step.id]?.status === 'not-applicable' && !isLeftOut) delete steps[step.id];
    } else {
      steps[step.id] = {status: 'not-applicable', because: `${chosen?.title ?? armId} was chosen`};
    }
  }
  return {...state, choices, steps};
}

export function cancelStep(state: RunState, {stepId}: {stepId: string}): RunState {
  const step = state.steps[stepId];
  if (step?.status !== 'running') return state;
  return {...state, steps: {...state.steps, [stepId]: {...step, cancelling: true}}};
}
