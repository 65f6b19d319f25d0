/** Why a step may not start now. */

import type {Plan, Step} from '../../plan/plan.ts';
import {traitsOf} from '../../plan/plan.ts';
import {missingTexts, OTHER_VALUE} from '../../plan/script.ts';
import type {Overrides} from '../event.ts';
import {groupOfStep, shareOf} from '../groups/batches.ts';
import {whyNotNextBatch} from '../groups/next-batch.ts';
import {whyNoLease} from '../lease-guard.ts';
import {stepById} from '../plan-index.ts';
import {missingIn} from '../requests/bind-step.ts';
import {unconfirmed} from '../review.ts';
import {whyNotAgain} from '../rollback/deploying-again.ts';
import {whyNotReadyToGoOn} from '../rollback/readiness-now.ts';
import {isOfRollback} from '../rollback/rollback-choice.ts';
import {belongsToRun, isDone, isOfDeploy, openChoices, roleOf, runningStep, stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {closedGate} from './gates.ts';

/** Why a step may not start now. With `override`, a person may go on by giving a reason. */
export type Blocker = {text: string; override?: keyof Overrides; kind: BlockerKind};

export type BlockerKind =
  | 'phase'
  | 'busy'
  | 'done'
  | 'not-applicable'
  | 'choice'
  | 'review'
  | 'unbound'
  | 'gate'
  | 'lease'
  | 'hosts-unknown'
  | 'batch'
  | 'batch-waits'
  | 'batch-look'
  | 'readiness'
  | 'readiness-unknown'
  | 'again';

/** `now`: epoch ms, for what waits for a time. */
export function blockers(plan: Plan, state: RunState, stepId: string, now = state.lastAt): readonly Blocker[] {
  const step = stepById(plan, stepId);
  if (step === undefined) return [{kind: 'done', text: `there is no step ${stepId}`}];
  return [
    ...phaseBlockers(state),
    ...busyBlockers(plan, state),
    ...stepBlockers(plan, state, step),
    ...againBlockers(plan, state, step),
    ...reviewBlockers(plan, state, step),
    ...gateBlockers(plan, state, step),
    ...leaseBlockers(plan, state, step),
    ...batchBlockers(plan, state, step, now),
    ...readinessBlockers(plan, state, step),
  ];
}

function phaseBlockers(state: RunState): readonly Blocker[] {
  switch (state.phase) {
    case 'held':
      return [{kind: 'phase', text: `the run is held: ${state.phaseBecause}`}];
    case 'stopping':
    case 'rolling-back':
      return [{kind: 'phase', text: 'the rollback is running'}];
    case 'closed':
      return [{kind: 'phase', text: 'the run is closed'}];
    case 'ready':
    case 'running':
    case 'rolled-back':
    case 'rollback-failed':
    case 'watching':
      return state.rollback.status === 'counting' ? [{kind: 'phase', text: 'a rollback is about to start'}] : [];
  }
}

function busyBlockers(plan: Plan, state: RunState): readonly Blocker[] {
  const running = runningStep(plan, state);
  return running === undefined ? [] : [{kind: 'busy', text: `${running.title} is still running`}];
}

function stepBlockers(plan: Plan, state: RunState, step: Step): readonly Blocker[] {
  const found: Blocker[] = [];
  const own = stepState(state, step.id);
  if (own.status === 'passed') found.push({kind: 'done', text: 'it has passed already'});
  if (own.status === 'not-applicable') found.push({kind: 'not-applicable', text: own.because});
  if (step.arm !== undefined && state.choices[step.arm.choice] === undefined) {
    const choice = stepById(plan, step.arm.choice);
    found.push({kind: 'choice', text: `choose first: ${choice?.title ?? step.arm.choice}`});
  }
  for (const open of openChoices(plan, state, step)) {
    found.push({kind: 'choice', text: `choose one first: ${open.arms.map(arm => arm.title).join(' · ')}`});
  }
  const missing = missingIn(plan, state, step);
  if (missing.length > 0) {
    const isUnbound = missing.some(({because}) => because === undefined);
    const hint = isUnbound ? 'bind it under values: in the bindings file, or with --value' : OTHER_VALUE;
    found.push({kind: 'unbound', text: `${missingTexts(missing).join('; ')}: ${hint}`});
  }
  return found;
}

function againBlockers(plan: Plan, state: RunState, step: Step): readonly Blocker[] {
  const text = whyNotAgain(plan, state, step);
  return text === undefined ? [] : [{kind: 'again', override: 'again', text}];
}

/** A step that no person has confirmed is run only by a person's own Enter. */
function reviewBlockers(plan: Plan, state: RunState, step: Step): readonly Blocker[] {
  if (traitsOf(step.action).by === 'person' || isOfRollbackNow(plan, state, step)) return [];
  const open = unconfirmed(plan, state, step);
  return open === undefined ? [] : [{kind: 'review', override: 'review', text: open.text}];
}

/** In a rollback that is running nothing is asked any more: it was, before it began. */
function isOfRollbackNow(plan: Plan, {rollback}: RunState, {id}: Step): boolean {
  return rollback.status === 'running' && isOfRollback(plan, id);
}

/**
 * Before a deploy step, all preparation that comes before it must be done, and all decisions on the way must be made.
 */
function gateBlockers(plan: Plan, state: RunState, step: Step): readonly Blocker[] {
  const closed = closedGate(plan, state, step);
  if (closed !== undefined) return [{kind: 'gate', text: closed}];
  if (!isOfDeploy(plan, state, step) || state.overrides.gate !== undefined) return [];
  const open = plan.steps
    .slice(0, plan.steps.indexOf(step))
    .filter(
      one =>
        roleOf(plan, one) === 'prepare' &&
        belongsToRun(plan, state, one) &&
        one.action.kind !== 'rule' &&
        !isDone(state, one),
    );
  const [first] = open;
  if (first === undefined) return [];
  const more = open.length > 1 ? ` and ${open.length - 1} more` : '';
  return [{kind: 'gate', override: 'gate', text: `not prepared yet: ${first.title} (line ${first.line})${more}`}];
}

/** Where somebody else may run the checklist: what no host can refuse waits for a person. `R` never does. */
function leaseBlockers(plan: Plan, state: RunState, step: Step): readonly Blocker[] {
  if (traitsOf(step.action).by === 'person' || isOfRollbackNow(plan, state, step)) return [];
  const why = whyNoLease(plan, state, step);
  if (why === undefined) return [];
  return [state.lease?.status === 'lost' ? {kind: 'lease', text: why} : {kind: 'lease', override: 'lease', text: why}];
}

/** A group goes batch by batch, and what is measured says whether the next one may begin. */
function batchBlockers(plan: Plan, state: RunState, step: Step, now: number): readonly Blocker[] {
  const group = groupOfStep(plan, step);
  if (group === undefined || isOfRollbackNow(plan, state, step)) return [];
  if (state.groups?.[group] === undefined && (state.run.dryRun || shareOf(plan, state, step) !== undefined))
    return [{kind: 'hosts-unknown', text: `Ansible is being asked for the hosts of ${group}: try again in a moment`}];
  const why = whyNotNextBatch(plan, state, step, now);
  // The person who presses Enter is the one that it waits for.
  if (why === undefined || why.for === 'person') return [];
  return [{kind: BATCH_KINDS[why.for], override: 'batch', text: why.text}];
}

const BATCH_KINDS = {time: 'batch-waits', rule: 'batch', look: 'batch-look'} as const;

/** Production is only changed while the way back is proved. Steps that change nothing (by hand) are not held up. */
function readinessBlockers(plan: Plan, state: RunState, step: Step): readonly Blocker[] {
  if (plan.rollback === null || state.overrides.readiness !== undefined || state.run.dryRun) return [];
  if (traitsOf(step.action).by === 'person') return [];
  if (roleOf(plan, step) === 'rollback') return unprovedBlockers(state, step);
  if (!isOfDeploy(plan, state, step)) return [];
  const why = whyNotReadyToGoOn(plan, state, step.id);
  switch (why?.kind) {
    case undefined:
      return [];
    case 'unknown':
      return [{kind: 'readiness-unknown', override: 'readiness', text: 'rollback readiness is not known yet: probing'}];
    case 'unconfirmed':
      return [{kind: 'readiness', override: 'readiness', text: `rollback not confirmed: ${why.text}`}];
    case 'missing':
    case 'unreachable':
      return [{kind: 'readiness', override: 'readiness', text: `rollback not ready: ${why.text}`}];
  }
}

/** A step of the rollback that is run alone is held by the same proof as in the rollback. */
function unprovedBlockers({readiness}: RunState, {id}: Step): readonly Blocker[] {
  const item = readiness?.items.find(({stepId}) => stepId === id);
  if (item === undefined || item.ready || item.optional) return [];
  return [{kind: 'readiness', override: 'readiness', text: `not proved: ${item.detail}`}];
}
