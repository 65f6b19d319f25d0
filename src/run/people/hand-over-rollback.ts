/** What R would do now, in the words of a hand-over: whether it is ready, and its commands in their order. Pure. */
import type {Plan, Step} from '../../plan/plan.ts';
import type {HandOverSummary} from '../events/people-events.ts';
import {type Operation, operationsOf} from '../operations.ts';
import {stepById} from '../plan-index.ts';
import {shownLookup} from '../requests/lookups.ts';
import {whyNotReady} from '../rollback/readiness-now.ts';
import {withRollbackNow} from '../rollback/rollback-choice.ts';
import {rollbackHeadline} from '../selectors.ts';
import type {RunState} from '../state.ts';

/** How a line begins that R leaves to people. */
export const BY_HAND = 'by hand: ';

/** A hand-over is read at a glance: `tminus rollback --print` lists all. */
const COMMANDS_MAX = 40;

export function rollbackNow(document: Plan, state: RunState): HandOverSummary['rollback'] {
  if (document.rollback === null) {
    return {ready: false, text: 'The document has no rollback: R does nothing here.', does: []};
  }
  const plan = withRollbackNow(document, state);
  const steps = (plan.rollback?.steps ?? []).flatMap(id => stepById(plan, id) ?? []);
  const does = steps.flatMap(step => stepTexts(plan, state, step)).slice(0, COMMANDS_MAX);
  return {...standing(plan, state), does};
}

function standing(plan: Plan, state: RunState): {ready: boolean; text: string} {
  const {rollback, readiness} = state;
  if (rollback.status === 'finished') {
    return {ready: false, text: `It has run already: ${rollbackHeadline(rollback)}, ${rollback.because}.`};
  }
  if (rollback.status !== 'none') return {ready: true, text: `It is under way: ${rollback.because}.`};
  const why = whyNotReady(plan, state);
  if (why !== undefined) return {ready: false, text: `NOT READY: ${why.text}.`};
  const {length} = readiness?.items ?? [];
  return {
    ready: true,
    text: length === 0 ? 'Ready; nothing of it has to be proved.' : `Ready: ${length} of ${length} proved.`,
  };
}

function stepTexts(plan: Plan, state: RunState, step: Step): readonly string[] {
  if (step.action.kind === 'manual') return [`${BY_HAND}${step.title}`];
  const proved = state.readiness?.items.find(({stepId}) => stepId === step.id)?.arms ?? [];
  const known = {lookup: shownLookup(plan, state), choices: state.choices, proved};
  const texts = operationsOf(step.action, known).flatMap(operationTexts);
  return texts.length === 0 ? [`${BY_HAND}${step.title}`] : texts.map(text => `${placeOf(step)}${text}`);
}

function operationTexts(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'command':
      return [`$ ${operation.text}`];
    case 'alternatives': {
      const {arms, taken} = operation;
      if (taken !== undefined) return taken.commands.map(({text}) => `$ ${text}`);
      return [`one of ${arms.length} ways: ${arms.map(({label}) => label).join(' / ')}`];
    }
    case 'query':
      return [`sql ${operation.text}`];
    default:
      return [operation.text];
  }
}

function placeOf({action}: Step): string {
  if (action.kind !== 'script' || action.context?.place.kind !== 'host') return '';
  return `${action.context.place.host} `;
}
