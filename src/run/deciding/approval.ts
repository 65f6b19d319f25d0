/** `--approve 2`: what one person asks for, a person of another account must agree to. Rolling back never waits. */
import type {Step} from '../../plan/plan.ts';
import {type Console, isSameAccount, personOf} from '../console.ts';
import type {ApprovableIntent} from '../event.ts';
import {isOfRollback} from '../rollback/rollback-choice.ts';
import type {RunState} from '../state.ts';
import {driverOf} from './baton.ts';
import {type Draft, Refusal} from './decision-draft.ts';

/** Why one person is not enough for this; undefined when one is. */
export function approvalNeeded(
  {plan, state}: Draft,
  step: Step,
  overrides: {readiness?: string} = {},
): string | undefined {
  if (state.run.approvers !== 2 || state.run.dryRun || isOfRollback(plan, step.id)) {
    return undefined;
  }
  if (step.approvals !== undefined) return 'the step is marked approve=2';
  return overrides.readiness === undefined ? undefined : 'the rollback is not ready';
}

export function askApproval(draft: Draft, console: Console, intent: ApprovableIntent, because: string): void {
  draft.say({
    type: 'approval-asked',
    id: `A${draft.state.seq + 1}`,
    stepId: intent.stepId,
    intent,
    consoleId: console.id,
    askedBy: personOf(console),
    because,
  });
}

/** When running on reaches such a step, it asks in the driver's name. False when nobody is there to ask for. */
export function askApprovalForDriver(draft: Draft, intent: ApprovableIntent, because: string): boolean {
  const driver = driverOf(draft.state);
  if (driver === undefined || draft.state.run.unattended) return false;
  if (draft.state.approval?.stepId !== intent.stepId) askApproval(draft, driver, intent, because);
  return true;
}

/** Says the consent and returns what was asked for, to be done now. */
export function giveApproval(
  draft: Draft,
  console: Console,
  id: string,
): {asked: ApprovableIntent; askedBy: string} | Refusal {
  const {approval} = draft.state;
  if (approval === null) return new Refusal('nothing waits for an approval');
  if (approval.id !== id) return new Refusal('that request is over: look at what is asked for now');
  const refused = mayNotApprove(draft.state, console);
  if (refused !== undefined) return new Refusal(refused);
  const {stepId, askedBy, intent} = approval;
  draft.say({type: 'approval-given', id, stepId, askedBy});
  return {asked: intent, askedBy};
}

/** Why this console cannot consent to what is asked for. */
export function mayNotApprove(state: Pick<RunState, 'approval' | 'consoles'>, console: Console): string | undefined {
  const asker = state.approval === null ? undefined : state.consoles[state.approval.consoleId];
  if (asker === undefined) return 'nothing waits for an approval';
  if (asker.id === console.id) return 'you asked for it: a person of another account approves';
  if (isSameAccount(asker, console)) {
    return `${personOf(asker)} asked for it, in your account, where names are only claimed: another account approves`;
  }
  const unproved = [asker, console].find(one => one.uid === undefined || one.claimed === 'account');
  return unproved === undefined ? undefined : `the account of ${personOf(unproved)} is not proved, only claimed`;
}
