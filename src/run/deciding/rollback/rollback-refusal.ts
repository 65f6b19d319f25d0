/** Why a rollback does not begin when somebody asks for it, as one line for an operator. */
import {mayChange} from '../../rollback/deploying-again.ts';
import {nothingToRollBack} from '../../rollback/nothing-deployed.ts';
import {nothingLeft, whyUnconfirmed} from '../../rollback/readiness-now.ts';
import {openInRollback} from '../../rollback/rollback-choice.ts';
import {stepState} from '../../selectors.ts';
import type {Draft} from '../decision-draft.ts';

/** Undefined when it may. `forced`: with a reason, although it is not ready or done already. */
export function whyNotBegin(draft: Draft, forced: boolean): string | undefined {
  const {plan, state} = draft;
  const open = openChoice(draft);
  if (forced) return open ?? nothingLeft(plan, state);
  return alreadyDone(draft) ?? nothingToRollBack(plan, state) ?? open ?? whyUnconfirmed(plan, state);
}

/** Its options are alternatives: none is run on a guess, and never all. */
export function openChoice({plan, state}: Draft): string | undefined {
  const open = openInRollback(plan, state);
  if (open?.action.kind !== 'choice') return undefined;
  const arms = open.action.arms.map(({title}) => title).join(' · ');
  return `choose first which way back (line ${open.line}): ${arms}`;
}

/** Until a step of the deploy has run again there is nothing to take back. */
function alreadyDone({plan, state}: Draft): string | undefined {
  const {rollback} = state;
  if (rollback.status !== 'finished' || rollback.result !== 'rolled-back') return undefined;
  const own = new Set(plan.rollback?.steps);
  const isDeployedAgain = plan.steps.some(one => {
    const step = stepState(state, one.id);
    return (
      !own.has(one.id) &&
      mayChange(one) &&
      'startedAt' in step &&
      step.startedAt !== undefined &&
      step.startedAt > rollback.at
    );
  });
  return isDeployedAgain ? undefined : `it is rolled back already, ${rollback.because}`;
}
