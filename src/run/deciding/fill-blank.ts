/** Blanks are filled; the step whose last blank it was is done by whoever filled it. */
import {stepById} from '../plan-index.ts';
import {isDone} from '../selectors.ts';
import {type Draft, Refusal} from './decision-draft.ts';

type Filled = {stepId: string; blankId: string; value: string};

export function fill(draft: Draft, {stepId, blankId, value}: Filled): Refusal | undefined {
  const step = stepById(draft.plan, stepId);
  if (step?.action.kind !== 'input') return new Refusal('there is no blank to fill');
  const {blanks} = step.action;
  if (!blanks.some(blank => blank.id === blankId)) return new Refusal(`there is no blank ${blankId}`);
  if (value.trim() === '') return new Refusal('an empty value fills nothing');
  draft.say({type: 'input-filled', stepId, blankId, value: value.trim()});
  if (blanks.every(blank => draft.state.blanks[blank.id] !== undefined) && !isDone(draft.state, step)) {
    draft.say({type: 'step-ticked', stepId});
  }
  return undefined;
}
