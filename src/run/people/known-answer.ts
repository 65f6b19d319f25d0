/** Which answer of a question of the document follows from how the run ended. */
import type {ChoiceArm} from '../../plan/script.ts';
import type {RunState} from '../state.ts';

/**
 * That the deploy was rolled back is known without asking anybody, where just one answer says it. Of a rollback that
 * failed, or that nothing verified, only that it was needed is known: what came of it a person says.
 */
export function answerOfRollback(
  {rollback}: Pick<RunState, 'rollback'>,
  arms: readonly ChoiceArm[],
): ChoiceArm | undefined {
  const [answer, ...others] = arms.filter(arm => arm.rollback !== undefined);
  if (answer === undefined || others.length > 0 || rollback.status !== 'finished') return undefined;
  const isBack = rollback.result === 'rolled-back' && rollback.verdict !== 'unverified';
  return answer.rollback === 'done' && !isBack ? undefined : answer;
}
