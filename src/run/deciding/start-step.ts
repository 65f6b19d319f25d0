/** Starts a step whose blockers are out of the way. */

import type {Step} from '../../plan/plan.ts';
import {missingTexts} from '../../plan/script.ts';
import {compact} from '../../text/compact.ts';
import type {Overrides} from '../event.ts';
import {shareOf} from '../groups/batches.ts';
import {hostsToRollBack} from '../groups/touched-hosts.ts';
import {commandsIn, requestText} from '../operations.ts';
import type {Request} from '../request.ts';
import {bindStep} from '../requests/bind-step.ts';
import {shownLookup} from '../requests/lookups.ts';
import {stepState} from '../selectors.ts';
import {type Draft, Refusal} from './decision-draft.ts';

/** Starts a step whose blockers are out of the way. `presumed`: what nobody has decided, but `--yes` has. */
export function startStep(
  draft: Draft,
  step: Step,
  overrides: Overrides,
  {askedBy, presumed}: {askedBy?: string; presumed?: string | undefined} = {},
): Refusal | undefined {
  const {plan, state} = draft;
  const before = stepState(state, step.id);
  const attempt = ('attempt' in before ? (before.attempt ?? 0) : 0) + 1;
  const rollback = state.rollback.status === 'running';
  const bound = bindStep(step, {plan, state, lookup: shownLookup(plan, state), attempt, rollback});
  if (bound.kind === 'unbound') return new Refusal(missingTexts(bound.missing).join('; '));
  if (bound.kind === 'by-hand') return new Refusal(byHandText(step));
  if (state.phase === 'ready') draft.say({type: 'phase-changed', phase: 'running', because: 'the first step starts'});
  const share = beginShare(draft, step, rollback);
  if (share instanceof Refusal) return share;
  const {request} = bound;
  const place = 'place' in request ? request.place : undefined;
  draft.say(
    compact({
      type: 'step-started',
      stepId: step.id,
      attempt,
      outputFrom: draft.outputLines,
      on: place?.kind === 'host' ? place.host : share?.group,
      hosts: share?.hosts,
      leftOut: share?.leftOut,
      commands: request.kind === 'script' ? shownCommands(request) : undefined,
      overrides: Object.keys(overrides).length > 0 ? overrides : undefined,
      askedBy,
      presumed: presumed === undefined ? undefined : true,
    }),
  );
  return undefined;
}

type Begun = {group?: string; hosts?: readonly string[]; leftOut?: number};

/** On which hosts of a group it is to run. The batch begins with its first step. */
function beginShare(draft: Draft, step: Step, rollback: boolean): Begun | Refusal | undefined {
  if (rollback) return compact({hosts: hostsToRollBack(draft.plan, draft.state, step)});
  const share = shareOf(draft.plan, draft.state, step);
  if (share === undefined) return undefined;
  const {group, hosts, leftOut, next} = share;
  // What kept Ansible from saying it may be over by the next attempt.
  if (draft.state.groups?.[group]?.because !== undefined) draft.ask({type: 'list-hosts', group});
  else if (hosts.length === 0) return new Refusal(`no host of ${group} is left on which the steps before it passed`);
  if (next !== undefined) draft.say({type: 'batch-started', group, batch: next.number, of: next.of, hosts});
  return compact({group, hosts, leftOut: leftOut === 0 ? undefined : leftOut});
}

function shownCommands(request: Request): readonly string[] {
  if (request.kind !== 'script') return [];
  return request.stages.flatMap(stage => {
    if (stage.kind === 'http') return [requestText(stage.request)];
    if (stage.kind === 'commands') return stage.commands.map(command => command.shown ?? command.text);
    return stage.arms[0]?.commands.map(command => command.text) ?? [];
  });
}

function byHandText(step: Step): string {
  if (step.action.kind === 'script' && commandsIn(step.action.stages).length > 0)
    return 'the chosen way is by hand: do it, then tick it';
  return step.action.kind === 'choice' ? 'choose one of the options' : 'it is done by hand: Space ticks it';
}
