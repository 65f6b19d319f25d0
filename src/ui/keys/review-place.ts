/** The key `p` of the review: the section runs somewhere else. */
import {sectionById} from '../../run/plan-index.ts';
import {readingOf} from '../../run/review.ts';
import {placeLabel} from '../review/places.ts';
import type {ReviewView} from '../view/review-view.ts';
import {type ConsoleContext, dispatch, say, send} from './console-context.ts';
import {remember} from './review-commands.ts';

/** Before a run the document is read again at once. A run keeps its reading, and the next one takes the place. */
export async function setPlace(context: ConsoleContext, review: ReviewView, place: string): Promise<void> {
  const {placing, plan} = context.session;
  const {section} = review;
  const before = readingOf(plan, section)?.place;
  if (before === (place === 'local' ? 'here' : place)) return say(context, 'it runs there already', 'plain');
  const title = sectionById(plan, section)?.title ?? section;
  if (placing === undefined) {
    if (!(await send(context, {type: 'set-place', sectionId: section, place}))) return;
    return say(context, `"${title}": ${placeLabel(place)} is kept for the next run; this one does not run it`, 'good');
  }
  const refused = await placing.place(section, place);
  if (refused !== undefined) return say(context, refused, 'warn');
  if (before !== undefined && !before.includes(' + '))
    remember(context, review, {kind: 'placed', before: before === 'here' ? 'local' : before});
  dispatch(context, {type: 'review', to: {runTop: 0, since: context.now()}});
  say(context, `"${title}": runs on ${placeLabel(place)} now`, 'good');
}
