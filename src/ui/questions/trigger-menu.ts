/** The menu for a trigger that fired. Pure. */
import type {Plan, Rule} from '../../plan/plan.ts';
import {stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {quantityText} from '../../text/figures.ts';
import {shorten} from '../../text/width.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {unprovedRollback} from '../checklist/unproved.ts';
import type {ErrorLine} from '../logs/newest-errors.ts';
import {trippedName} from '../rules/tripped-values.ts';
import type {Menu} from '../view/prompts.ts';
import {askDismiss, rollBackItem} from './questions.ts';

/** A menu for a trigger that fired: its evidence, what failed beside it, and whether the rollback is ready. */
export function triggerMenu(
  plan: Plan,
  state: RunState,
  tripped: RunState['tripped'][number],
  {lastError, drives}: {lastError: ErrorLine | undefined; drives: boolean},
): Menu {
  const {ruleId} = tripped;
  const rule = plan.rules.find(({id}) => id === ruleId);
  const {name, verdict} = trippedName(plan, state, ruleId);
  const source = [
    ...(rule ? [`line ${rule.line} of the checklist`] : []),
    ...(rule?.signal === undefined ? [] : [`measured by ${rule.signal}`]),
  ];
  return {
    title: 'A rollback trigger has tripped',
    lines: [
      verdict === '' ? name : `${name}: ${verdict}`,
      withoutValue(rule, tripped),
      // The dialog may cover it.
      ...failedSteps(plan, state),
      source.join(', '),
      '',
      'The run is held: no new step starts.',
      wayBack(plan, state),
    ],
    danger: true,
    tripped,
    // The error itself says more than the step that found it, and the dialog may cover it.
    ...(lastError === undefined
      ? {}
      : {error: `last error line, ${lastError.source}: ${shorten(lastError.text, ERROR_WIDTH_MAX)}`}),
    items: [
      ...(drives
        ? [
            ...rollBackItem(plan),
            {
              label: 'Dismiss it, with a reason',
              key: 'd',
              act: {do: 'ask', prompt: askDismiss(plan, state, tripped)},
            } as const,
          ]
        : []),
      {
        label: drives
          ? 'Decide later: the run stays held, this stays under the header'
          : 'Close: who drives decides, this stays under the header',
        key: 'l',
        act: {do: 'close'},
      },
    ],
  };
}

/** The evidence begins with the value, which the dialog says beside the value now. */
function withoutValue(rule: Rule | undefined, {evidence, value}: RunState['tripped'][number]): string {
  const said = rule === undefined || value === undefined || rule.person ? '' : `${quantityText(value, rule.unit)}, `;
  return said !== '' && evidence.startsWith(said)
    ? `it was ${evidence.slice(said.length)}`
    : `it tripped on ${evidence}`;
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
  const ready = readiness.items.filter(item => item.ready).length;
  if (readiness.ready) return `The rollback is ready, ${ready} of ${readiness.items.length} proved.`;
  const missing = readiness.items.find(item => !item.ready && !item.optional);
  if (!readiness.link.up) return `The rollback is NOT proved: ${readiness.link.detail}. R tries it all the same.`;
  return `The rollback is NOT ready: ${missing?.detail ?? ''}. R changes nothing then, unless it is forced.`;
}
