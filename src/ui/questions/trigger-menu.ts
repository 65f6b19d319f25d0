/** The menu for a trigger that fired. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {decideByText, rollbackForecast} from '../../run/history/decide-by.ts';
import {provedCount} from '../../run/rollback/readiness-now.ts';
import {stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {likelyCause} from '../../run/wording/likely-cause.ts';
import {shorten} from '../../text/width.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {unprovedRollback} from '../checklist/unproved.ts';
import {type ErrorLine, untimed} from '../logs/newest-errors.ts';
import {advisedAction} from '../rules/alarm.ts';
import {oldWasBad} from '../rules/tripped-values.ts';
import {keyOf} from '../view/keymap.ts';
import type {Menu, MenuItem} from '../view/prompt-types.ts';
import {askDismiss, rollBackItem} from './prompts-and-menus.ts';

type Tripped = RunState['tripped'][number];

/** A menu for a trigger that fired: what decides, and nothing that the panels beside it, or looking first, show anyway. */
export function triggerMenu(
  plan: Plan,
  state: RunState,
  tripped: Tripped,
  {lastError, drives}: {lastError: ErrorLine | undefined; drives: boolean},
): Menu {
  const {ruleId, evidence, value} = tripped;
  const rule = plan.rules.find(({id}) => id === ruleId);
  const cause = likelyCause(plan, state, ruleId);
  const name = rule?.text ?? ruleId;
  return {
    title: 'A rollback trigger has tripped',
    lines: [
      // Where it was measured, the dialog says the value as it is now instead.
      value === undefined || rule?.person === true ? `${name}: ${evidence}` : name,
      // The error itself says more than the step that found it; the dialog may cover both.
      ...(lastError === undefined ? failedSteps(plan, state) : []),
      ...(cause === undefined ? [] : [cause]),
      `Held: no new step starts. ${wayBack(plan, state)}`,
    ],
    danger: true,
    tripped,
    ...(lastError === undefined ? {} : {error: `${logOf(lastError)}: ${shorten(untimed(lastError), ERROR_WIDTH_MAX)}`}),
    items: itemsFor(plan, state, tripped, drives),
  };
}

function itemsFor(plan: Plan, state: RunState, tripped: Tripped, drives: boolean): MenuItem[] {
  const look: MenuItem = {
    label: 'Look first: what happened, what R does',
    key: keyOf('incident'),
    word: 'look',
    act: {do: 'look'},
  };
  const later: MenuItem = {
    label: drives ? 'Later: the run stays held' : 'Close: who drives decides',
    key: 'l',
    word: drives ? 'later' : 'close',
    act: {do: 'close'},
  };
  if (!drives) return [look, later];
  const dismiss: MenuItem = {
    label: 'Dismiss it, with a reason',
    key: 'd',
    word: 'dismiss',
    act: {do: 'ask', prompt: askDismiss(plan, state, tripped)},
  };
  const back = rollBackItem(plan).map(item => ({...item, word: 'roll back', label: backLabel(plan, state)}));
  if (advisedAction(plan, state) === 'roll-back') return [...back, look, dismiss, later];
  if (!oldWasBad(plan, state)) return [look, ...back, dismiss, later];
  return [look, dismiss, later, ...back.map(item => ({...item, quiet: true as const}))];
}

/** What R does first, and how long it takes; where it is refused, the line of state says so. */
function backLabel(plan: Plan, state: RunState): string {
  const {readiness} = state;
  if (readiness === null || (!readiness.ready && readiness.link.up)) return 'Roll back';
  const cost = rollbackForecast(plan, state)?.cost;
  return `Roll back: counts down first${cost === undefined ? '' : ` · ${cost}`}`;
}

/** `error.log`, of `error.log · vps`: the row is short, and the line tells more than its host. */
function logOf({source}: ErrorLine): string {
  const [log = source] = source.split(' · ');
  return log;
}

const ERROR_WIDTH_MAX = 200;

function failedSteps(plan: Plan, state: RunState): string[] {
  return plan.steps.flatMap(step => {
    const own = stepState(state, step.id);
    return own.status === 'failed'
      ? [`failed step: ${shownTitle(step.title)}: ${shorten(own.verdict.because, ERROR_WIDTH_MAX)}`]
      : [];
  });
}

function wayBack(plan: Plan, state: RunState): string {
  const {readiness} = state;
  if (plan.rollback === null) return 'The document has no rollback section.';
  if (readiness === null) return 'The rollback is still being probed.';
  const unproved = unprovedRollback(plan, state);
  if (unproved === 'by hand') return 'The rollback is done by hand: R lists its steps.';
  if (unproved === 'unproved') return 'Nothing of the rollback can be proved before it runs.';
  const {ready, of} = provedCount(readiness.items);
  const forecast = rollbackForecast(plan, state);
  const decide = forecast && decideByText(forecast, state.lastAt);
  const until = decide === undefined ? '' : `: ${decide}`;
  if (readiness.ready) return `The rollback is ready, ${ready} of ${of} proved${until}.`;
  const missing = readiness.items.find(item => !item.ready && !item.optional);
  if (!readiness.link.up) return `The rollback is NOT proved: ${readiness.link.detail}. R tries it all the same.`;
  return `The rollback is NOT ready: ${missing?.detail ?? ''}. R changes nothing then, unless it is forced.`;
}
