/** Blanks of the checklist: what the run can fill in by itself, and the step that is done with its last one. */
import {type Blank, unreachable} from '../../plan/plan.ts';
import {localStamp} from '../../text/times.ts';
import {stepById} from '../plan-index.ts';
import {isDone} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {type Draft, Refusal} from './decision-draft.ts';

/** What the run knows of a blank by itself: dates, times, names. Undefined: only a person knows. `at`: epoch ms. */
export function computedValue(state: RunState, {computed}: Blank, at: number): string | undefined {
  const startedAt = state.deployStartedAt ?? state.run.openedAt;
  switch (computed) {
    case 'date':
      return localStamp(at).slice(0, 10);
    case 'start-date':
      return localStamp(startedAt).slice(0, 10);
    case 'time':
      return localStamp(at).slice(11, 16);
    case 'timestamp':
      return localStamp(at);
    case 'user':
    case 'signer':
      return state.run.user;
    case 'start':
      return localStamp(startedAt);
    case 'end':
      return state.deployEndedAt === undefined ? undefined : localStamp(state.deployEndedAt);
    case 'duration':
      return state.deployEndedAt === undefined
        ? undefined
        : `${Math.round((state.deployEndedAt - startedAt) / 60_000)} min`;
    case undefined:
      return undefined;
    default:
      return unreachable(computed);
  }
}

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
