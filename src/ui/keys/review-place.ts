/** The key `p` of the review: the section runs somewhere else. */
import {sectionById} from '../../run/plan-index.ts';
import {readingOf} from '../../run/review.ts';
import type {ReviewView} from '../view/review-view.ts';
import {type ConsoleContext, dispatch, say} from './console-context.ts';

/** Chooses the next of the known hosts, or this machine. A document that already runs is not read again. */
export async function changePlace(context: ConsoleContext, {section}: ReviewView): Promise<void> {
  const {placing, plan} = context.session;
  if (placing === undefined) {
    return say(context, 'the place is set before the run: leave with q, then `review` in place of `run`', 'warn');
  }
  const place = readingOf(plan, section)?.place;
  if (place === undefined) return say(context, 'nothing runs in this section', 'warn');
  const {names} = placing;
  const next = names[(names.indexOf(place === 'here' ? 'local' : place) + 1) % names.length];
  if (next === undefined || names.length < 2)
    return say(context, 'no host is known: name one under hosts: in the bindings', 'warn');
  const refused = await placing.place(section, next);
  if (refused !== undefined) return say(context, refused, 'warn');
  dispatch(context, {type: 'review', to: {runTop: 0, question: 0, since: context.now()}});
  const title = sectionById(plan, section)?.title ?? section;
  say(context, `${title}: runs ${next === 'local' ? 'on this machine' : `on ${next}`} now`, 'good');
}
