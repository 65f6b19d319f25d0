/** Events that are folded, told and passed over alike: those of people, and those of the review. */
import type {ReviewEvent} from './review-events.ts';

const OF_PEOPLE = {
  'note-added': true,
  'complaint-counted': true,
  'console-joined': true,
  'console-left': true,
  'baton-passed': true,
  'approval-asked': true,
  'approval-given': true,
  'approval-withdrawn': true,
} as const;

const OF_REVIEW: Readonly<Record<ReviewEvent['type'], true>> = {
  'section-confirmed': true,
  'section-reopened': true,
  'use-changed': true,
  'place-set': true,
  'doubt-settled': true,
};

export type OfPeople = keyof typeof OF_PEOPLE;

/** What people say, and who of them is there, drives and is asked to agree. */
export function isOfPeople<E extends {type: string}>(event: E): event is Extract<E, {type: OfPeople}> {
  return Object.hasOwn(OF_PEOPLE, event.type);
}

/** What people confirm of the reading. */
export function isOfReview<E extends {type: string}>(event: E): event is Extract<E, {type: ReviewEvent['type']}> {
  return Object.hasOwn(OF_REVIEW, event.type);
}
