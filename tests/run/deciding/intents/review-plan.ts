/** The small plan with a reading, of which three sections ask to be confirmed. */
import type {Doubt} from '../../../../src/plan/doubt.ts';
import type {Plan} from '../../../../src/plan/plan.ts';
import type {Event} from '../../../../src/run/event.ts';
import {smallPlan} from '../../build.ts';

export const READING = '0123456789abcdef';
export const ASKING = ['deploy', 'rollback', 'triggers'];

export const gated = {gated: true} as const;
export const tick = {type: 'tick', stepId: 'review'} as const;

export const confirmed = (sectionId: string): Event => ({
  type: 'section-confirmed',
  sectionId,
  title: sectionId,
  use: 'run',
  reading: READING,
});

export function planWith(doubts: readonly Doubt[] = [], more: Partial<Plan> = {}): Plan {
  const plan = smallPlan(more);
  const readings = plan.sections.map(({id}) => ({
    ...{section: id, asks: ASKING.includes(id), text: READING, reading: READING, reads: []},
  }));
  return {...plan, proposal: {doubts, readings}};
}
