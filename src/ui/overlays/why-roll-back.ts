/** What speaks for a rollback, shown in its dialog. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {failedStep, stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {displayWidth} from '../../text/width.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {type ErrorLine, untimed} from '../logs/newest-errors.ts';
import {trippedFigures, trippedForms} from '../rules/tripped-values.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {TextWriter} from '../widgets/themed-text.ts';

/** A dialog with fewer columns than `NARROW` has this many rows for each of them, where the caller asks for that. */
const ROWS_MAX = 2;
const NARROW = 60;

/**
 * The signal that tripped with its value and its bound, the step that failed, and the last error line. Each has one
 * row, so that the commands below stay in sight. `isShort`: in a narrow dialog each has two, and the error line stands
 * without the name of its log.
 */
export function whyRollBack(
  plan: Plan,
  state: RunState,
  lastError: ErrorLine | undefined,
  writer: TextWriter,
  isShort = false,
): string[] {
  const most = isShort && writer.width < NARROW ? ROWS_MAX : 1;
  const rows = (token: ThemeToken, text: string) => writer.rowsWithin(token, text, most);
  const tripped = state.tripped.at(-1);
  const failed = failedStep(plan, state);
  const own = failed === undefined ? undefined : stepState(state, failed.id);
  const said = [
    ...(tripped === undefined ? [] : rows('bad', trippedText(plan, state, tripped, writer.width))),
    ...(failed !== undefined && own?.status === 'failed'
      ? rows('bad', `failed step: ${shownTitle(failed.title)}: ${own.verdict.because}`)
      : []),
  ];
  if (said.length === 0 || lastError === undefined) return said;
  const lead = isShort ? '' : `last error line, ${lastError.source}: `;
  return [...said, ...rows('log.error', lead + untimed(lastError))];
}

/** The longest wording that fits: the bound, and that a rollback will not mend it, must not be cut. */
function trippedText(plan: Plan, state: RunState, tripped: RunState['tripped'][number], columns: number): string {
  const figures = trippedFigures(plan, state, tripped);
  if (figures === undefined) {
    const name = plan.rules.find(({id}) => id === tripped.ruleId)?.text ?? tripped.ruleId;
    return `${name}: ${tripped.evidence}`;
  }
  const forms = trippedForms(figures);
  return forms.find(form => displayWidth(form) <= columns) ?? forms.at(-1) ?? '';
}
