/** What went wrong in one sentence, and what is still to be done about it. */
import type {Plan} from '../../plan/plan.ts';
import {stepById} from '../../run/plan-index.ts';
import {withRollbackNow} from '../../run/rollback/rollback-choice.ts';
import {failedStep, isDone} from '../../run/selectors.ts';
import type {FinishedRollback, RunState} from '../../run/state.ts';
import {leftWords} from '../../run/wording/left-words.ts';
import {attempts} from '../record/attempt-transcripts.ts';
import type {RecordSource} from '../record/record-source.ts';
import {boundText, measuredText} from '../rule-text.ts';

/** `errors`: the last error lines of the logs, with file and line in the run's directory. */
export type IncidentSource = RecordSource & {
  errors: readonly {source: string; line: number; text: string}[];
};

/** `P95 response time > 1500 ms (2130 ms, three times in a row)`, or the step that failed. */
export function causeText({plan, state, events}: RecordSource): string {
  const dismissed = new Set(events.flatMap(event => (event.type === 'trigger-dismissed' ? [event.ruleId] : [])));
  const fired = events.find(event => event.type === 'trigger-fired' && !dismissed.has(event.ruleId));
  if (fired?.type === 'trigger-fired') {
    const rule = plan.rules.find(({id}) => id === fired.ruleId);
    const name = rule === undefined ? fired.ruleId : `${measuredText(rule)} ${boundText(rule)}`;
    return `${name}: ${fired.evidence}`;
  }
  const failed = attempts(plan, events).find(({verdict}) => verdict === 'failed' || verdict === 'unknown');
  if (failed !== undefined) return `${failed.title} ${failed.verdict}: ${failed.because}`;
  const asked = events.findLast(({type}) => type === 'rollback-requested');
  if (asked?.type === 'rollback-requested') return `rolled back by ${asked.by}: ${asked.because}`;
  if (state.complaints.length > 0) return 'complaints of users were counted';
  return 'to be filled in: no trigger fired and no step failed';
}

/** The text of a step that tells of the incident is made together with the report. */
function readyText({tells = []}: Plan, stepId: string): string {
  const as = tells.find(({step}) => step === stepId)?.as;
  if (as === undefined) return '';
  return as === 'issue' ? ': the text of the issue is ready' : ': the message is ready';
}

function rollbackItem({verdict, because}: FinishedRollback): string {
  if (verdict === 'unverified') return 'Look whether the old version is back: nothing proved it';
  return `Finish the rollback, which failed: ${because}`;
}

/** In the order in which somebody would take them up. */
export function openItems(document: Plan, state: RunState): readonly string[] {
  const plan = withRollbackNow(document, state);
  const {rollback} = state;
  const isBack = rollback.status === 'finished';
  const failed = failedStep(plan, state);
  const undone = isBack
    ? (plan.rollback?.steps ?? []).flatMap(id => stepById(plan, id) ?? []).filter(step => !isDone(state, step))
    : [];
  // What is by hand stands among the steps, with its line.
  const byHand = new Set(undone.map(({title}) => `by hand: ${title}`));
  const left = undone.map(({id, title, line}) => `${title} (line ${line})${readyText(plan, id)}`);
  const inDocument = [...(plan.incident ?? [])].map(({text, line}) => `${text} (line ${line})`);
  return [
    ...(isBack && rollback.result !== 'rolled-back' ? [rollbackItem(rollback)] : []),
    ...(isBack
      ? rollback.left.filter(text => !byHand.has(text)).map(text => `Left by the rollback: ${leftWords(text)}`)
      : []),
    ...(failed === undefined ? [] : [`Decide about the failed step: ${failed.title} (line ${failed.line})`]),
    ...state.tripped.flatMap(({ruleId}) => {
      const rule = plan.rules.find(({id}) => id === ruleId);
      return rule === undefined || isBack ? [] : [`Decide about the trigger: ${rule.text} (line ${rule.line})`];
    }),
    ...left,
    ...inDocument,
  ];
}
