/** What people who are not at the screen are told of a run: which events are worth it, and in what words. */
import type {Occasion, Plan} from '../../plan/plan.ts';
import type {Recorded} from '../event.ts';
import {stepById} from '../plan-index.ts';
import {rollbackEnd} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {leftWords} from './left-words.ts';

/** `of`: the number of the event that it tells. `at`: epoch ms. `since`: of a deploy or a rollback that is over, when it began. */
export type Notice = {occasion: Occasion; of: number; at: number; since?: number; title: string; text: string};

/** What there is to tell of events that follow each other. `after`: the run after the last of them. */
export function noticesOf(plan: Plan, after: RunState, events: readonly Recorded[]): readonly Notice[] {
  return events.flatMap(event => {
    const said = isToldAlready(after, event) ? [] : [sayOfDeploy(after, event), say(plan, after, event)];
    return said.flatMap(one => (one === undefined ? [] : [{...one, of: event.seq, at: event.at}]));
  });
}

/** Tells that a deploy is over: its last step has ended, a rollback begins, or the run ends before either. */
function sayOfDeploy({deployStartedAt: since, deployEndedAt, rollback}: RunState, event: Recorded): Said | undefined {
  if (since === undefined) return undefined;
  const about = {occasion: 'deploy', since} as const;
  if (event.type === 'phase-changed' && event.phase === 'watching' && deployEndedAt === event.at)
    return {...about, title: 'deployed', text: event.because};
  if (deployEndedAt !== undefined) return undefined;
  if (event.type === 'phase-changed' && event.phase === 'rolling-back')
    return {...about, title: 'the deploy ended in a rollback', text: event.because};
  if (event.type === 'run-closed' && rollback.status === 'none')
    return {...about, title: 'the deploy was left unfinished', text: event.because};
  return undefined;
}

/** The notice of the step, which ended at the same moment, has told already that the run waits because of it. */
function isToldAlready({steps}: RunState, event: Recorded): boolean {
  if (event.type !== 'run-on-switched') return false;
  return Object.values(steps).some(step => {
    if (step.status === 'waiting') return step.verdict !== undefined && step.since === event.at;
    return (step.status === 'failed' || step.status === 'unknown') && step.at === event.at;
  });
}

type Said = Pick<Notice, 'occasion' | 'title' | 'text' | 'since'>;

function say(plan: Plan, {timeline}: RunState, event: Recorded): Said | undefined {
  switch (event.type) {
    case 'trigger-fired': {
      const rule = plan.rules.find(({id}) => id === event.ruleId);
      return {occasion: 'trigger', title: `rollback trigger: ${rule?.text ?? event.ruleId}`, text: event.evidence};
    }
    case 'step-finished':
      return sayOfStep(plan, event);
    case 'run-on-switched':
      if (event.on || event.because === '') return undefined;
      return {occasion: 'needs-person', title: 'waits for a person', text: event.because};
    case 'question-asked':
      return {occasion: 'needs-person', title: `${event.host} asks something`, text: event.text};
    case 'approval-asked': {
      const text = `${event.askedBy} asks for a second person: ${titleOf(plan, event.stepId)} (${event.because})`;
      return {occasion: 'needs-person', title: 'waits for consent', text};
    }
    case 'rollback-requested':
      return {occasion: 'rollback', title: 'rollback begins', text: event.because};
    case 'rollback-finished': {
      const left = event.left.map(text => `\nleft to do: ${leftWords(text)}`).join('');
      const since = timeline.findLast(({type}) => type === 'rollback-requested')?.at ?? event.at;
      return {occasion: 'rollback', since, title: `rollback: ${rollbackEnd(event)}`, text: `${event.because}${left}`};
    }
    case 'window-ended': {
      const text = [event.summary, ...event.lines].join('\n');
      return {occasion: 'window', title: `the time to watch is over: ${event.title}`, text};
    }
    case 'run-closed':
      return {occasion: 'closed', title: `closed, ${event.status}`, text: event.because};
    default:
      return undefined;
  }
}

function sayOfStep(plan: Plan, event: Extract<Recorded, {type: 'step-finished'}>): Said | undefined {
  const {kind, because} = event.verdict;
  const title = titleOf(plan, event.stepId);
  if (kind === 'judge') return {occasion: 'needs-person', title: `to be judged: ${title}`, text: because};
  if (kind !== 'failed' && kind !== 'unknown') return undefined;
  return {occasion: 'failed', title: `${title}: ${kind}`, text: because};
}

function titleOf(plan: Plan, stepId: string): string {
  const step = stepById(plan, stepId);
  return step === undefined ? stepId : `${step.title} (line ${step.line})`;
}
