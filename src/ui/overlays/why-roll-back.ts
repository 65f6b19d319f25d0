/** What speaks for a rollback, shown in its dialog. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {failedStep, stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {cut, displayWidth} from '../../text/width.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {type ErrorLine, untimed} from '../logs/newest-errors.ts';
import {trippedFigures, trippedForms} from '../rules/tripped-values.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {TextWriter} from '../widgets/themed-text.ts';

/** The most rows for one of them in a dialog of fewer columns than this. */
const ROWS_MAX = 2;
const NARROW = 60;

/**
 * The signal that tripped with its value and its bound, the step that failed, and the last error line: a row each, so
 * that the commands stay in sight; `isNarrow`: two rows at most, without the words that say what it is.
 */
export function whyRollBack(
  plan: Plan,
  state: RunState,
  lastError: ErrorLine | undefined,
  writer: TextWriter,
  isNarrow = false,
): string[] {
  const rows = (token: ThemeToken, text: string) => {
    const whole = writer.plain(text);
    if (!isNarrow || writer.width >= NARROW || displayWidth(whole) <= writer.width)
      return [writer.write(token, cut(whole, writer.width, writer.glyphs.ellipsis))];
    return writer.rows(token, cut(whole, ROWS_MAX * (writer.width - WRAP_LOSS), writer.glyphs.ellipsis));
  };
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
  const lead = isNarrow ? '' : `last error line, ${lastError.source}: `;
  return [...said, ...rows('log.error', lead + untimed(lastError))];
}

/** Words that are not broken leave the ends of rows free. */
const WRAP_LOSS = 6;

/** Nothing of it may be cut: the bound, and that a rollback will not mend it, decide. */
function trippedText(plan: Plan, state: RunState, tripped: RunState['tripped'][number], columns: number): string {
  const figures = trippedFigures(plan, state, tripped);
  if (figures === undefined) {
    const name = plan.rules.find(({id}) => id === tripped.ruleId)?.text ?? tripped.ruleId;
    return `${name}: ${tripped.evidence}`;
  }
  const forms = trippedForms(figures);
  return forms.find(form => displayWidth(form) <= columns) ?? forms.at(-1) ?? '';
}
