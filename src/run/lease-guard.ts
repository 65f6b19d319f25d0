/** What a run may do while it is not known to be the one live run of its checklist. */
import type {Plan, Step} from '../plan/plan.ts';
import {onlyLooks, onlyReads} from '../plan/script.ts';
import type {Request} from './request.ts';
import {bindStep} from './requests/bind-step.ts';
import {shownLookup} from './requests/lookups.ts';
import {stepState} from './selectors.ts';
import type {RunState} from './state.ts';

/**
 * Whether it changes something where nobody could refuse it to an engine that has been succeeded. A host refuses its
 * commands; a database, a service and whatever this machine's commands reach do not.
 */
export function needsLease(request: Request): boolean {
  switch (request.kind) {
    case 'script':
      return (
        request.place.kind === 'local' || request.stages.some(one => one.kind === 'http' && !onlyLooks(one.request))
      );
    case 'sql':
      return !request.statements.every(({text}) => onlyReads(text));
    case 'http':
      return request.requests.some(one => !onlyLooks(one));
    case 'tail':
    case 'log':
    case 'prometheus':
      return false;
  }
}

/**
 * Why the step must wait for the lease, in words; nothing where it need not. A run that never had it waits with
 * everything: that it starts at all is for a person to say.
 */
export function whyNoLease(plan: Plan, state: RunState, step: Step): string | undefined {
  const {lease} = state;
  if (lease === undefined || lease.status === 'held' || state.run.dryRun) return undefined;
  if (lease.status === 'lost') return lease.because;
  if (state.overrides.lease !== undefined) return undefined;
  const unknown = `nobody knows whether another machine runs this checklist: ${lease.because}`;
  if (lease.status === 'none') return unknown;
  const before = stepState(state, step.id);
  const attempt = ('attempt' in before ? (before.attempt ?? 0) : 0) + 1;
  const bound = bindStep(step, {plan, state, lookup: shownLookup(plan, state), attempt, rollback: false});
  if (bound.kind === 'unbound' || bound.kind === 'by-hand' || !needsLease(bound.request)) return undefined;
  return `${unknown}; no host can refuse what this step changes`;
}
