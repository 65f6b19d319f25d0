/** Everything that a document tells by itself about how it would go wrong. */
import {courseOf} from '../../../plan/parse-plan.ts';
import type {Plan} from '../../../plan/plan.ts';
import type {Told} from '../doings.ts';
import type {Finding} from '../finding.ts';
import {checkedFindings} from './checked.ts';
import {wrongInputs} from './inputs.ts';
import {leftStopped} from './left-stopped.ts';
import {backWithoutItsCode} from './order.ts';
import {notRestarted} from './restarts.ts';
import {wrongRestores} from './restores.ts';
import {madeTooLate} from './too-late.ts';
import {wrongVersions} from './versions.ts';

export function toldFindings(plan: Plan): readonly Finding[] {
  const told: Told = {plan, course: courseOf(plan)};
  return [
    ...checkedFindings(plan),
    ...madeTooLate(told),
    ...backWithoutItsCode(told),
    ...leftStopped(told),
    ...notRestarted(told),
    ...wrongVersions(told),
    ...wrongRestores(told),
    ...wrongInputs(told),
  ];
}
