/** What the centre of the screen is about. Pure. */
import type {Plan, SectionRole} from '../../plan/plan.ts';
import {sectionById, stepById} from '../../run/plan-index.ts';
import {runningStep} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import type {ViewState} from '../view/view-state.ts';
import {subjectOf} from './output-subject.ts';

/** Sections that ask how things stand, not what was printed. */
const ABOUT_SIGNALS: ReadonlySet<SectionRole> = new Set(['monitor', 'validate', 'triggers', 'criteria']);

/** Signals when somebody wishes, or while the cursor is on what they decide and nothing is running. */
export function centreShows(
  plan: Plan,
  state: RunState,
  {centre, cursor}: Pick<ViewState, 'centre' | 'cursor'>,
): ViewState['centre'] {
  if (centre === 'signals') return 'signals';
  const step = cursor === null ? undefined : stepById(plan, cursor);
  const section = cursor === null ? undefined : sectionById(plan, cursor);
  const isAbout = step?.action.kind === 'rule' || (section !== undefined && ABOUT_SIGNALS.has(section.role));
  return isAbout && runningStep(plan, state) === undefined ? 'signals' : 'output';
}

/** Whether the output beside the checklist shows already what the step under the cursor would do. */
export function toldInCentre(
  plan: Plan,
  state: RunState,
  view: Pick<ViewState, 'centre'> & {cursor: string | null},
): boolean {
  if (centreShows(plan, state, view) === 'signals') return false;
  const subject = subjectOf(plan, state, view.cursor);
  return subject.kind === 'next' && subject.step.id === view.cursor;
}
