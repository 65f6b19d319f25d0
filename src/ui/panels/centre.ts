/** What the centre of the screen is about. Pure. */
import type {Plan, SectionRole} from '../../plan/plan.ts';
import {runningStep} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import type {ViewState} from '../view-state.ts';

/** Sections that ask how things stand, not what was printed. */
const ABOUT_SIGNALS: ReadonlySet<SectionRole> = new Set(['monitor', 'validate', 'triggers', 'criteria']);

/** Signals when somebody wishes, or while the cursor is on what they decide and nothing is running. */
export function centreShows(
  plan: Plan,
  state: RunState,
  {centre, cursor}: Pick<ViewState, 'centre' | 'cursor'>,
): ViewState['centre'] {
  if (centre === 'signals') return 'signals';
  const step = plan.steps.find(({id}) => id === cursor);
  const section = plan.sections.find(({id}) => id === cursor);
  const isAbout = step?.kind === 'rule' || (section !== undefined && ABOUT_SIGNALS.has(section.role));
  return isAbout && runningStep(plan, state) === undefined ? 'signals' : 'output';
}
