/** What the timeline says of a review. */
import {unreachable} from '../../plan/plan.ts';
import type {RecordedOfReview} from '../event.ts';
import type {RunState} from '../state.ts';

type Tone = RunState['timeline'][number]['tone'];

export function sayOfReview(event: RecordedOfReview): [string, Tone] | undefined {
  // What the review file holds was said when it was reviewed.
  if ('reviewed' in event && event.reviewed !== undefined) return undefined;
  switch (event.type) {
    case 'section-confirmed':
      return [`confirmed "${event.title}" as ${event.use}`, 'plain'];
    case 'section-reopened':
      return [`"${event.title}" is to be confirmed again: ${event.because}`, 'warn'];
    case 'use-changed':
      return [`"${event.title}" is for ${event.use} now`, 'plain'];
    case 'place-set':
      return [`"${event.title}" is to run ${placeText(event.place)}`, 'plain'];
    case 'doubt-settled':
      return [`settled ${event.doubtId.replace(':', ' in line ')}: ${event.how}`, 'plain'];
    default:
      return unreachable(event);
  }
}

function placeText(place: string | undefined): string {
  if (place === undefined) return 'where it was read';
  return `on ${place === 'local' ? 'this machine' : place}, in the next run`;
}
