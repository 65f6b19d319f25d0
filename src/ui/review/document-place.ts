/** Where the document pane starts while nobody has scrolled it. Pure. */
import type {Plan} from '../../plan/plan.ts';
import type {RunState} from '../../run/state.ts';
import type {ReviewView} from '../view/review-view.ts';
import {focusedQuestion} from './run-pane.ts';

/** The pane shows a third of its rows above the question. */
const ABOVE_SHARE = 3;

/** Index of the first line shown: the section's heading, or some lines above its question where that is further down. */
export function documentTop(plan: Plan, state: RunState, review: ReviewView, height: number): number {
  if (review.documentTop !== null) return Math.max(0, Math.min(review.documentTop, plan.source.length - 1));
  const heading = (plan.sections.find(({id}) => id === review.section)?.line ?? 1) - 1;
  const lines = (focusedQuestion(plan, state, review)?.doubts ?? []).filter(({section}) => section === review.section);
  const asked = lines[0] === undefined ? heading : lines[0].line - 1;
  return asked < heading + height - 2 ? heading : asked - Math.floor(height / ABOVE_SHARE);
}
