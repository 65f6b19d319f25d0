/** Questions asked of a plan and its run. Pure; nothing here is stored. */
import {belongsToDeploy, type Plan, rollbacksOf, type SectionRole, type Step, traitsOf} from '../plan/plan.ts';
import {memoizeObject} from '../text/memoize.ts';
import type {RollbackFinished} from './events/rollback-events.ts';
import {sectionById, sectionSteps} from './plan-index.ts';
import {NO_REVIEW, sectionUse} from './review.ts';
import type {Attempt, RunState, StepState} from './state.ts';

const PENDING: StepState = {status: 'pending'};

export function stepState(state: RunState, id: string): StepState {
  return state.steps[id] ?? PENDING;
}

export function attemptsInFlight({steps}: Pick<RunState, 'steps'>): readonly Attempt[] {
  return Object.entries(steps).flatMap(([stepId, own]) =>
    own.status === 'running' ? [{stepId, attempt: own.attempt}] : [],
  );
}

export function roleOf(plan: Plan, step: Step): SectionRole {
  return sectionById(plan, step.section)?.role ?? 'other';
}

/**
 * Whether the step changes what is live: with the first one the deploy begins, and no way back may be missing in front of
 * any. It follows from what runs there, and not only from the title of its section.
 */
export function isOfDeploy(plan: Plan, state: Pick<RunState, 'review'>, step: Step): boolean {
  const role = roleOf(plan, step);
  if (role === 'deploy') return true;
  if (role === 'rollback' || traitsOf(step.action).by !== 'engine') return false;
  if (sectionUse(plan, state, step.section) !== 'run') return false;
  if (rollbacksOf(plan).some(({steps}) => steps.includes(step.id))) return false;
  return belongsToDeploy(step, role, isCalledDeploy(plan)(state.review ?? NO_REVIEW));
}

/** Whether a section that is run is called the deploy, and has something to run. */
const isCalledDeploy = memoizeObject((plan: Plan) =>
  memoizeObject((review: NonNullable<RunState['review']>) =>
    plan.steps.some(
      step =>
        roleOf(plan, step) === 'deploy' &&
        traitsOf(step.action).by === 'engine' &&
        sectionUse(plan, {review}, step.section) === 'run',
    ),
  ),
);

/** The run works through its section, in the document's order. The others are read, not run. */
export function belongsToRun(plan: Plan, state: Pick<RunState, 'review'>, step: Step): boolean {
  const use = sectionUse(plan, state, step.section);
  return use === 'run' || use === 'watch';
}

export function isDone(state: RunState, step: Step): boolean {
  const {status} = stepState(state, step.id);
  return status === 'passed' || status === 'skipped' || status === 'not-applicable';
}

/** Whether a rollback is under way. A countdown may still be cancelled and does not count. */
export function isRollingBack({rollback}: Pick<RunState, 'rollback'>): boolean {
  return rollback.status === 'stopping' || rollback.status === 'running';
}

/** Whether a rollback is counting down or under way. */
export function isRollbackOn(state: Pick<RunState, 'rollback'>): boolean {
  return state.rollback.status === 'counting' || isRollingBack(state);
}

type RollbackEnd = Pick<RollbackFinished, 'result' | 'verdict'>;

/** How a rollback ended, in words. `unverified`: every command passed, and nothing shows that the old version is back. */
export function rollbackEnd({result, verdict}: RollbackEnd): string {
  return verdict === 'unverified' ? 'rolled back, NOT verified' : result;
}

/** The same in capitals, for headers and titles. */
export function rollbackHeadline({result, verdict}: RollbackEnd): string {
  if (verdict === 'unverified') return 'ROLLED BACK, NOT VERIFIED';
  return result === 'rolled-back' ? 'ROLLED BACK' : 'ROLLBACK FAILED';
}

/** How the run ended, in a word or two; undefined while it is open. */
export function closedWord({closed, rollback}: Pick<RunState, 'closed' | 'rollback'>): string | undefined {
  if (closed?.status !== 'rollback-failed' || rollback.status !== 'finished') return closed?.status;
  return rollbackEnd(rollback);
}

/** Counts of a section, or of the whole run. Not applicable steps are left out. */
export function progress(
  plan: Plan,
  state: RunState,
  sectionId?: string,
): {done: number; total: number; failed: number; running: number} {
  const steps =
    sectionId === undefined
      ? plan.steps.filter(step => belongsToRun(plan, state, step))
      : sectionSteps(plan, sectionId);
  const counts = {done: 0, total: 0, failed: 0, running: 0};
  for (const step of steps) {
    const {status} = stepState(state, step.id);
    if (status === 'not-applicable') continue;
    counts.total += 1;
    if (status === 'passed' || status === 'skipped') counts.done += 1;
    if (status === 'failed' || status === 'unknown') counts.failed += 1;
    if (status === 'running') counts.running += 1;
  }
  return counts;
}

export function runningStep(plan: Plan, state: RunState): Step | undefined {
  return plan.steps.find(step => stepState(state, step.id).status === 'running');
}

/** The newest step that failed, or whose end nobody saw, and about which nobody has decided yet. */
export function failedStep(plan: Plan, state: RunState): Step | undefined {
  if (state.closed !== null || isRollingBack(state) || state.rollback.status === 'finished') return undefined;
  const failed = plan.steps.filter(step => {
    const {status} = stepState(state, step.id);
    return (status === 'failed' || status === 'unknown') && belongsToRun(plan, state, step);
  });
  return failed.toSorted((a, b) => endedAt(state, a) - endedAt(state, b)).at(-1);
}

/** Epoch ms; 0 of a step that has not ended. */
export function endedAt(state: RunState, {id}: Step): number {
  const own = stepState(state, id);
  return 'at' in own ? own.at : 0;
}

/** The first step that is not done and is due. Rules tick themselves, arms not chosen and later windows wait. */
export function nextStep(plan: Plan, state: RunState, among: (step: Step) => boolean = () => true): Step | undefined {
  return plan.steps.find(step => isActionable(plan, state, step) && !isDone(state, step) && among(step));
}

/**
 * The step with which the run waits for a person: one to judge, one that failed, or the one at which running on has
 * stopped. Undefined
 * while something runs, while the run is held or over, and while a person has gone step by step all the time.
 */
export function waitingStep(plan: Plan, state: RunState): Step | undefined {
  const {phase, runningOn, runOnBecause, closed} = state;
  if (closed !== null || runningOn || isRollbackOn(state) || state.rollback.status === 'finished') return undefined;
  if (phase !== 'ready' && phase !== 'running' && phase !== 'watching') return undefined;
  if (runningStep(plan, state) !== undefined) return undefined;
  const asked = plan.steps.find(
    step => stepState(state, step.id).status === 'waiting' && belongsToRun(plan, state, step),
  );
  return asked ?? failedStep(plan, state) ?? (runOnBecause === '' ? undefined : nextStep(plan, state));
}

function isActionable(plan: Plan, state: RunState, step: Step): boolean {
  if (!belongsToRun(plan, state, step) || step.action.kind === 'rule') return false;
  if (!isTaken(state, step)) return false;
  return isDue(plan, state, step);
}

/** Whether it stands under no option, or under the one that was chosen. */
export function isTaken(state: RunState, {arm}: Step): boolean {
  return arm === undefined || state.choices[arm.choice]?.armId === arm.arm;
}

/** A section with a window that has not opened yet (T+24 h) is not due. */
export function isDue(plan: Plan, state: RunState, step: Step): boolean {
  const window = hoursOfStep(plan, step);
  if (window === undefined || window.fromMs === 0) return true;
  return state.deployStartedAt !== undefined && state.lastAt >= state.deployStartedAt + window.fromMs;
}

/** When it is to be done, on the mission clock: its own hours, else those of its section. */
export function hoursOfStep(plan: Plan, step: Step): {fromMs: number; toMs: number} | undefined {
  return step.opens ?? windowOf(plan, step);
}

/** The window of the step's section, or of the nearest section above that has one. */
export function windowOf(plan: Plan, step: {section: string}): {fromMs: number; toMs: number} | undefined {
  let section = sectionById(plan, step.section);
  while (section !== undefined) {
    if (section.window !== undefined) return section.window;
    const {parent} = section;
    section = parent === undefined ? undefined : sectionById(plan, parent);
  }
  return undefined;
}

/** True once nothing before the monitoring is left to do. */
export function isDeployed(plan: Plan, state: RunState): boolean {
  return plan.steps.every(step => {
    if (sectionUse(plan, state, step.section) !== 'run') return true;
    // An arm that nobody takes; the choice itself is a step, and must be made or skipped.
    if (!isTaken(state, step)) return true;
    return step.action.kind === 'rule' || isDone(state, step);
  });
}

/** Milliseconds since T+0, undefined before it. */
export function missionClock(state: RunState, now: number): number | undefined {
  return state.deployStartedAt === undefined ? undefined : Math.max(0, now - state.deployStartedAt);
}

export type OpenChoice = {
  choiceId: string;
  title: string;
  arms: readonly {id: string; title: string; manual: boolean}[];
};

/** Alternatives that must be decided before the step can run. */
export function openChoices(_plan: Plan, state: RunState, step: Step): readonly OpenChoice[] {
  return choicesIn(step).filter(({choiceId}) => state.choices[choiceId] === undefined);
}

/** Alternatives of a step: its own arms, or those inside its script. */
export function choicesIn({id: choiceId, title, action}: Step): readonly OpenChoice[] {
  if (action.kind === 'choice') {
    return [{choiceId, title, arms: action.arms.map(arm => ({id: arm.id, title: arm.title, manual: true}))}];
  }
  if (action.kind !== 'script') return [];
  return action.stages.flatMap(stage => {
    if (stage.kind !== 'alternatives') return [];
    const arms = stage.arms.map(({id, label, manual}) => ({id, title: label, manual}));
    return [{choiceId: stage.id, title, arms}];
  });
}

/** Whether a rollback by command has something to restore: a deploy that was begun, in a place that is still there. */
export function hasWayBack({rollback, deployStartedAt, closed, lease, run}: RunState): boolean {
  if (rollback.status !== 'none' || lease?.takenOver === true) return false;
  return closed === null || (deployStartedAt !== undefined && !run.dryRun && run.box === undefined);
}
