import type {Plan} from '../plan/plan.ts';
import {type Draft, Refusal} from './draft.ts';
import {stepState} from './selectors.ts';

/** One option is taken, and stays taken once one of its steps has begun. */
export function chooseArm(draft: Draft, choiceId: string, armId: string, user: string): Refusal | undefined {
  const arms = armsOf(draft.plan, choiceId);
  if (!arms.includes(armId)) return new Refusal(`there is no option ${armId}`);
  const before = draft.state.choices[choiceId];
  if (before?.armId === armId) return new Refusal('it is chosen already');
  const begun = draft.plan.steps.find(
    step =>
      step.arm?.choice === choiceId && !['pending', 'not-applicable'].includes(stepState(draft.state, step.id).status),
  );
  if (begun !== undefined) return new Refusal(`${begun.title} has begun: the option stays`);
  draft.say({type: 'choice-made', choiceId, armId, because: `chosen by ${user}`});
  return undefined;
}

function armsOf(plan: Plan, choiceId: string): readonly string[] {
  return plan.steps.flatMap(({id, action}) => {
    if (action.kind === 'choice') return id === choiceId ? action.arms.map(arm => arm.id) : [];
    if (action.kind !== 'script') return [];
    return action.stages.flatMap(stage =>
      stage.kind === 'alternatives' && stage.id === choiceId ? stage.arms.map(arm => arm.id) : [],
    );
  });
}
