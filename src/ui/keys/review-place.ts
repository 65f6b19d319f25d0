/** The key `p` of the review: the section runs somewhere else. */
import {sectionById} from '../../run/plan-index.ts';
import {readingOf} from '../../run/review.ts';
import {compact} from '../../text/compact.ts';
import {placeLabel} from '../review/places.ts';
import type {ReviewView} from '../view/review-view.ts';
import {type ConsoleContext, dispatch, say, send} from './console-context.ts';
import {remember} from './review-commands.ts';

/** Before a run the document is read again at once. A run keeps its reading, and the next one takes the place. */
export async function setPlace(context: ConsoleContext, review: ReviewView, place: string): Promise<void> {
  const {placing, plan, run} = context.session;
  const {section} = review;
  const before = placing === undefined ? run.getState().review?.places?.[section] : placing.placed(section);
  const isAsRead = readingOf(plan, section)?.place === (place === 'local' ? 'here' : place);
  if (isAsRead && (before === undefined || placing !== undefined))
    return say(context, 'it runs there already', 'plain');
  const title = sectionById(plan, section)?.title ?? section;
  if (placing === undefined) {
    if (!(await send(context, {type: 'set-place', sectionId: section, place}))) return;
  } else {
    const refused = await placing.place(section, place);
    if (refused !== undefined) return say(context, refused, 'warn');
  }
  remember(context, review, compact({kind: 'placed', before}));
  dispatch(context, {type: 'review', to: {runTop: 0, since: context.now()}});
  const where = `"${title}" runs on ${placeLabel(place)}`;
  say(context, placing === undefined ? `${where} in the next run; this one does not run it` : `${where} now`, 'good');
}
