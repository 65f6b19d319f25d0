/** Folds events about the review: sections confirmed, reopened or given another use, and doubts settled. */
import type {ReviewState} from '../plan/doubt.ts';
import {unreachable} from '../plan/plan.ts';
import {compact} from '../text/compact.ts';
import type {Recorded, RecordedOfReview, Reviewed} from './event.ts';
import {NO_REVIEW} from './review.ts';
import type {RunState, StepState} from './state.ts';

export function foldReview(state: RunState, event: RecordedOfReview): RunState {
  const review = state.review ?? NO_REVIEW;
  switch (event.type) {
    case 'section-confirmed': {
      const {[event.sectionId]: _, ...reopened} = review.reopened;
      const confirmed = {...review.confirmed, [event.sectionId]: whoAndWhen(event)};
      return {...state, review: {...review, confirmed, reopened}};
    }
    case 'section-reopened': {
      const {[event.sectionId]: _, ...confirmed} = review.confirmed;
      const {because, before, doubtIds = [], stepIds = []} = event;
      // An answer that is taken back opens no section that nobody had confirmed.
      const isOnlyAnswer = event.doubtIds !== undefined && review.confirmed[event.sectionId] === undefined;
      const reopened = isOnlyAnswer
        ? review.reopened
        : {...review.reopened, [event.sectionId]: compact({because, before})};
      const settled = without(review.settled, doubtIds);
      return {...state, steps: without(state.steps, stepIds), review: {...review, confirmed, reopened, settled}};
    }
    case 'use-changed':
      return {...state, review: {...review, uses: {...review.uses, [event.sectionId]: event.use}}};
    case 'place-set':
      return {...state, review: {...review, places: placesWith(review.places, event.sectionId, event.place)}};
    case 'doubt-settled':
      return settle(state, review, event);
    default:
      return unreachable(event);
  }
}

function placesWith(
  before: Readonly<Record<string, string>> = {},
  id: string,
  place: string | undefined,
): Readonly<Record<string, string>> {
  const {[id]: _, ...places} = before;
  return place === undefined ? places : {...places, [id]: place};
}

function without<T>(from: Readonly<Record<string, T>>, ids: readonly string[]): Readonly<Record<string, T>> {
  return ids.length === 0 ? from : Object.fromEntries(Object.entries(from).filter(([id]) => !ids.includes(id)));
}

function settle(
  state: RunState,
  review: ReviewState,
  event: Extract<RecordedOfReview, {type: 'doubt-settled'}>,
): RunState {
  const {by, at} = whoAndWhen(event);
  const settled = {...review.settled, [event.doubtId]: compact({how: event.how, as: event.as, by, at})};
  const left: [string, StepState][] =
    event.as === 'ignored'
      ? (event.stepIds ?? []).map(id => [id, {status: 'not-applicable', because: 'left out in the review'}])
      : [];
  return {...state, steps: {...state.steps, ...Object.fromEntries(left)}, review: {...review, settled}};
}

function whoAndWhen({by, at, reviewed}: Recorded & {reviewed?: Reviewed}): {by: string; at: number; unseen?: true} {
  if (reviewed === undefined) return {by, at};
  return compact({by: reviewed.by, at: Date.parse(reviewed.at), unseen: reviewed.unseen});
}
