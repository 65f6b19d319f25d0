/** A person chooses one of several options. */
import type {Plan} from '../../plan/plan.ts';
import {stepState} from '../selectors.ts';
import {type Draft, Refusal} from './decision-draft.ts';
import {noGo} from './gates.ts';

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
  decideGate(draft, choiceId);
  return undefined;
}

/** "No-go" holds the run; going on is a new decision at the same place. */
function decideGate(draft: Draft, choiceId: string): void {
  const gate = draft.plan.steps.find(step => step.id === choiceId);
  if (gate === undefined) return;
  const {phase, phaseBecause, tripped} = draft.state;
  const answer = noGo(gate, draft.state);
  const why = `no-go: ${gate.title}`;
  if (answer !== undefined && ['ready', 'running', 'watching'].includes(phase)) {
    draft.say({type: 'phase-changed', phase: 'held', because: why});
  } else if (answer === undefined && phase === 'held' && phaseBecause === why && tripped.length === 0) {
    draft.say({type: 'phase-changed', phase: 'running', because: `decided anew: ${gate.title}`});
  }
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
