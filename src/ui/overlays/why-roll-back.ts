/** What speaks for a rollback, shown in its dialog, which lies over the panels that show it. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {failedStep, stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {cut} from '../../text/width.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import type {ErrorLine} from '../logs/newest-errors.ts';
import {trippedName, trippedValues} from '../rules/tripped-values.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {Pen} from '../widgets/pen.ts';

/** The signal that tripped with its value, the step that failed, and the last error line: a row each, so that the commands stay in sight. */
export function whyRollBack(plan: Plan, state: RunState, lastError: ErrorLine | undefined, pen: Pen): string[] {
  const row = (token: ThemeToken, text: string) =>
    pen.write(token, cut(pen.plain(text), pen.width, pen.glyphs.ellipsis));
  const tripped = state.tripped.at(-1);
  const failed = failedStep(plan, state);
  const own = failed === undefined ? undefined : stepState(state, failed.id);
  const rows = [
    ...(tripped === undefined ? [] : [row('bad', trippedText(plan, state, tripped))]),
    ...(failed !== undefined && own?.status === 'failed'
      ? [row('bad', `failed step: ${shownTitle(failed.title)}: ${own.verdict.because}`)]
      : []),
  ];
  if (rows.length === 0 || lastError === undefined) return rows;
  return [...rows, row('log.error', `last error line, ${lastError.source}: ${lastError.text}`)];
}

/** That a rollback will not mend it is said before the figures: it decides. */
function trippedText(plan: Plan, state: RunState, tripped: RunState['tripped'][number]): string {
  const {name, verdict} = trippedName(plan, state, tripped.ruleId);
  const values = tripped.value === undefined ? tripped.evidence : trippedValues(plan, state, tripped);
  return [name, verdict, values].filter(text => text !== '').join(': ');
}
