/** What must now be done about an event that has been folded in. */

import type {Plan} from '../plan/plan.ts';
import {unreachable} from '../plan/plan.ts';
import type {Effect, Recorded} from './event.ts';
import {isOfPeople, isOfReview} from './events/event-groups.ts';
import {isPeopleEvent} from './events/people-events.ts';
import {stepById} from './plan-index.ts';
import {rollbackSteps} from './rollback/readiness.ts';
import {withRollbackNow} from './rollback/rollback-choice.ts';
import {EVIDENCE_WITHIN_MS, STOPPING_DEADLINE_MS} from './rollback/rollback-times.ts';
import {evidenceSince} from './rollback/version-evidence.ts';
import {isRollbackOn, roleOf} from './selectors.ts';
import {isSideEvent} from './side-events.ts';
import type {RunState} from './state.ts';

/** What must now be done because of an event. Never called during replay. */
export function react(plan: Plan, state: RunState, event: Recorded): readonly Effect[] {
  if (isSideEvent(event) || isOfPeople(event) || isPeopleEvent(event) || isOfReview(event)) return [];
  switch (event.type) {
    case 'step-started': {
      const rollback = state.rollback.status === 'running';
      const {stepId, attempt} = event;
      return [{type: 'perform', stepId, attempt, lane: rollback ? 'rollback' : 'main', rollback}];
    }
    case 'step-finished':
    case 'step-ticked':
    case 'value-captured': {
      if (state.rollback.status === 'running') return afterRollbackStep(plan, state, event);
      // Preparing is what makes the way back: look again at once instead of at the next round.
      const step = 'stepId' in event ? stepById(plan, event.stepId) : undefined;
      const isOfWayBack = step === undefined || roleOf(plan, step) === 'prepare' || isMaker(state, step.id);
      return isOfWayBack ? [{type: 'probe-readiness'}] : [];
    }
    case 'rollback-requested':
      return [{type: 'probe-readiness'}, {type: 'wake', at: event.startsAt}];
    case 'link-lost':
    case 'link-restored':
      return linkChanged(state, event);
    case 'phase-changed':
      return event.phase === 'stopping' ? stopping(state) : [];
    case 'run-closed':
      return [{type: 'close', exitCode: event.exitCode}];
    case 'run-opened':
      return [{type: 'probe-readiness'}];
    case 'step-cancelling':
      return [{type: 'cancel', stepId: event.stepId, attempt: event.attempt, deadlineMs: STOPPING_DEADLINE_MS}];
    case 'step-skipped':
    case 'input-filled':
    case 'choice-made':
    case 'sample-taken':
    case 'rule-changed':
    case 'trigger-fired':
    case 'trigger-dismissed':
    case 'readiness-changed':
    case 'readiness-confirmed':
    case 'evidence-seen':
    case 'rollback-finished':
    case 'question-asked':
    case 'question-closed':
    case 'notice-sent':
    case 'window-ended':
    case 'run-on-switched':
      return [];
    default:
      return unreachable(event);
  }
}

function isMaker({readiness}: RunState, stepId: string): boolean {
  return readiness?.items.some(({madeBy}) => madeBy?.includes(stepId)) === true;
}

/** A link and the proof over it tell one truth: the proof is looked for again when they part. */
function linkChanged({readiness, rollback}: RunState, {type}: Recorded): readonly Effect[] {
  if (readiness === null || isRollbackOn({rollback})) return [];
  return readiness.link.up === (type === 'link-lost') ? [{type: 'probe-readiness'}] : [];
}

/** What it has left in place shows whether the old version is back; without any such thing nobody waits for a look. */
function afterRollbackStep(plan: Plan, state: RunState, {type, at}: Recorded): readonly Effect[] {
  const steps = rollbackSteps(withRollbackNow(plan, state));
  if (type === 'value-captured' || evidenceSince(plan, state, steps) === undefined) return [];
  return [{type: 'probe-readiness'}, {type: 'wake', at: at + EVIDENCE_WITHIN_MS}];
}

/** The running step is told to end; what the rollback needs is proved once more, unless that was done in its countdown. */
function stopping(state: RunState): readonly Effect[] {
  const cancels = Object.entries(state.steps).flatMap(([stepId, step]): Effect[] =>
    step.status === 'running'
      ? [{type: 'cancel', stepId, attempt: step.attempt, deadlineMs: STOPPING_DEADLINE_MS}]
      : [],
  );
  const {rollback, readiness} = state;
  const isProved = rollback.status === 'stopping' && (readiness?.at ?? 0) >= rollback.proofFrom;
  const wake = rollback.status === 'stopping' ? rollback.deadlineAt : state.lastAt;
  return [...cancels, ...(isProved ? [] : [{type: 'probe-readiness'} as const]), {type: 'wake', at: wake}];
}
