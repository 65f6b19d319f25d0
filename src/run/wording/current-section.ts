/** Where in the document a run is, as the header and a hand-over name it. */
import type {Plan, SectionRole} from '../../plan/plan.ts';
import {pathOf, sectionById} from '../plan-index.ts';
import {nextStep, progress, runningStep} from '../selectors.ts';
import type {RunState} from '../state.ts';

/** `DEPLOY 2/4`: the role of the current part of the document, and the number of its current section. */
export function currentSection(plan: Plan, state: RunState): string {
  const active = runningStep(plan, state) ?? nextStep(plan, state);
  if (active === undefined) return 'DONE';
  const path = pathOf(plan, active.id);
  const top = sectionById(plan, path[0] ?? '');
  if (!top) return roleName('other');
  const parts = plan.sections.filter(
    section => section.parent === top.id && progress(plan, state, section.id).total > 0,
  );
  const index = parts.findIndex(section => section.id === path[1]);
  return index < 0 ? roleName(top.role) : `${roleName(top.role)} ${index + 1}/${parts.length}`;
}

function roleName(role: SectionRole): string {
  return role === 'other' ? 'RUN' : role.toUpperCase();
}
