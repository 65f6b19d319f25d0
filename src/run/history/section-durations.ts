/** How long the sections of a run took. */
import type {Plan, Section} from '../../plan/plan.ts';
import type {Recorded} from '../event.ts';
import {sectionSteps} from '../plan-index.ts';

/** From the first that was done in a section to the last, epoch ms. */
export type Spent = {section: Section; from: number; to: number};

/** The sections in which something was done. One that says how long it takes has its subsections in it, others only their own steps. */
export function spentIn(plan: Plan, events: readonly Recorded[]): readonly Spent[] {
  const times = stepTimes(events);
  return plan.sections.flatMap(section => {
    const steps =
      section.estimate === undefined
        ? plan.steps.filter(step => step.section === section.id)
        : sectionSteps(plan, section.id);
    const own = steps.flatMap(step => times.get(step.id) ?? []);
    if (own.length === 0) return [];
    const from = own.reduce((least, one) => Math.min(least, one.from), Number.POSITIVE_INFINITY);
    return [{section, from, to: own.reduce((most, one) => Math.max(most, one.to), 0)}];
  });
}

function stepTimes(events: readonly Recorded[]): ReadonlyMap<string, {from: number; to: number}> {
  const times = new Map<string, {from: number; to: number}>();
  for (const event of events) {
    if (event.type !== 'step-started' && event.type !== 'step-finished' && event.type !== 'step-ticked') continue;
    times.set(event.stepId, {from: times.get(event.stepId)?.from ?? event.at, to: event.at});
  }
  return times;
}
