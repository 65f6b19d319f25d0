import type {Plan} from '../../plan/plan.ts';
import {personOf} from '../../run/console.ts';
import {mayNotApprove} from '../../run/deciding/approval.ts';
import type {RunState} from '../../run/state.ts';
import {shownTitle} from '../checklist/checklist-row.ts';

export type ApprovalText = {text: string; keys: string};

/** Who is waited for, and the keys that help this console; undefined when nothing waits for a second person. */
export function approvalText(
  plan: Plan,
  state: Pick<RunState, 'approval' | 'consoles'>,
  consoleId: string,
): ApprovalText | undefined {
  const {approval, consoles} = state;
  if (approval === null) return undefined;
  const {stepId, askedBy} = approval;
  const title = shownTitle(plan.steps.find(step => step.id === stepId)?.title ?? stepId);
  const able = Object.values(consoles).filter(one => mayNotApprove(state, one) === undefined);
  if (able.some(one => one.id === consoleId)) return {text: `${askedBy} asks you to approve: ${title}`, keys: 'A look'};
  const who = able.length === 0 ? 'nobody of another account is attached' : able.map(personOf).join(' or ');
  const keys = approval.consoleId === consoleId ? 'x withdraw' : '';
  return {text: `${askedBy} waits for a second person: ${title}: ${who}`, keys};
}
