/** Which evidence is looked for now: for what comes next, for what has just come, and for what the rollback would do. */
import type {Plan, Step} from '../../plan/plan.ts';
import type {EvidenceQuestion} from '../evidence/evidence.ts';
import {
  bringing,
  conditionQuestions,
  goesLiveQuestion,
  rollbackQuestions,
  wentLiveQuestion,
} from '../evidence/evidence-questions.ts';
import {nextStep, runningStep, stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import type {Draft} from './decision-draft.ts';
import {openCondition} from './open-condition.ts';

/** Asks the world for what a person will decide by; it is asked again once something has changed since. */
export function offerEvidence(draft: Draft): void {
  for (const question of evidenceToSee(draft.plan, draft.state)) draft.ask({type: 'see-evidence', question});
}

/** Whether running on waits here: a look always has an answer, if only that nothing could be seen. */
export function lacksEvidence(plan: Plan, state: RunState, step: Step): boolean {
  return !state.run.dryRun && questionsBefore(plan, state, step).length > 0;
}

/** The same before the run goes on behind a step that has brought another version, or closes. */
export function lacksEvidenceOfArrival(plan: Plan, state: RunState): boolean {
  return !state.run.dryRun && bringing(plan).some(step => questionAfter(plan, state, step).length > 0);
}

function evidenceToSee(plan: Plan, state: RunState): readonly EvidenceQuestion[] {
  const {rollback, run, phase} = state;
  if (run.dryRun || phase === 'closed' || phase === 'stopping' || !state.joined) return [];
  if (rollback.status !== 'none' && rollback.status !== 'counting') return [];
  if (runningStep(plan, state) !== undefined) return [];
  const next = nextStep(plan, state);
  return [
    ...(next === undefined ? [] : questionsBefore(plan, state, next)),
    ...bringing(plan).flatMap(step => questionAfter(plan, state, step)),
    ...ofRollback(plan, state),
  ];
}

/** For the next step: what has not been looked at since something changed. */
function questionsBefore(plan: Plan, state: RunState, step: Step): readonly EvidenceQuestion[] {
  if (stepState(state, step.id).status !== 'pending') return [];
  const conditions = openCondition(plan, step) === undefined ? [] : conditionQuestions(plan, state, step);
  const arrival = goesLiveQuestion(plan, state, step);
  const all = arrival === undefined ? conditions : [...conditions, arrival];
  return all.length === 0 ? [] : all.filter(isStale(state, lastChangeAt(state)));
}

function questionAfter(plan: Plan, state: RunState, step: Step): readonly EvidenceQuestion[] {
  const own = stepState(state, step.id);
  if (own.status !== 'passed' || own.outcome === undefined) return [];
  const question = wentLiveQuestion(plan, state, step);
  return question !== undefined && isStale(state, own.at)(question) ? [question] : [];
}

function ofRollback(plan: Plan, state: RunState): readonly EvidenceQuestion[] {
  const {deployStartedAt} = state;
  if (deployStartedAt === undefined || plan.rollback === null) return [];
  const arrivals = bringing(plan).map(({id}) => endOf(state, id));
  return rollbackQuestions(plan, state).filter(isStale(state, Math.max(deployStartedAt, ...arrivals)));
}

function isStale({evidence = {}}: RunState, since: number): (question: EvidenceQuestion) => boolean {
  return ({key}) => (evidence[key]?.at ?? Number.NEGATIVE_INFINITY) < since;
}

/** When something last happened that can have changed what is found. */
export function lastChangeAt(state: RunState): number {
  return Math.max(0, ...Object.keys(state.steps).map(id => endOf(state, id)));
}

function endOf(state: RunState, id: string): number {
  const own = stepState(state, id);
  return 'at' in own ? own.at : 0;
}
