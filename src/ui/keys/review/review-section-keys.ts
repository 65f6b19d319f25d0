/** The keys of the review that change what a section is for, and where it runs. */
import {NEVER_RUN, type Use} from '../../../plan/doubt.ts';
import type {Plan} from '../../../plan/plan.ts';
import {sectionById} from '../../../run/plan-index.ts';
import {readingOf, sectionUse} from '../../../run/review.ts';
import {compact} from '../../../text/compact.ts';
import {plural} from '../../../text/figures.ts';
import {placeLabel} from '../../review/place-choices.ts';
import {questionsOf} from '../../review/review-questions.ts';
import type {ReviewView} from '../../view/review-view.ts';
import {type ConsoleContext, dispatch, say, send, sendAll} from '../console-context.ts';
import {confirm, remember, titles} from './review-commands.ts';
import {keepLines} from './review-moves.ts';

/** A use that never runs needs no look at commands: the change confirms it too. */
export async function changeUse(context: ConsoleContext, review: ReviewView, use: Use): Promise<void> {
  const {plan, run} = context.session;
  const {section} = review;
  const before = {id: section, before: sectionUse(plan, run.getState(), section)};
  if (!(await send(context, {type: 'change-use', sectionId: section, use}))) return;
  remember(context, review, {kind: 'used', uses: [before]});
  const isIdle = NEVER_RUN.has(use) && questionsOf(plan, run.getState(), section).length === 0;
  if (isIdle && run.getState().review?.confirmed[section] === undefined) await confirm(context, section);
  say(context, `"${titles(context, [section])}" is for ${use} now`, 'good');
}

/** o: of several sections beside each other that do the same, this one is taken; the others do not run. It asks first. */
export async function takeOne(context: ConsoleContext, review: ReviewView): Promise<void> {
  const {plan, run} = context.session;
  const {section} = review;
  const state = run.getState();
  const own = sectionById(plan, section);
  if (own === undefined) return;
  const beside = plan.sections.filter(
    ({id, parent, depth}) => id !== section && parent === own.parent && depth === own.depth,
  );
  const purposeNow = (id: string) => sectionUse(plan, state, id);
  const taken = [section, ...beside.map(({id}) => id)].map(purposeNow).find(use => use === 'run' || use === 'rollback');
  const others = beside.filter(({id}) => purposeNow(id) === taken);
  if (taken === undefined || others.length === 0)
    return say(context, 'no section beside this one does the same', 'warn');
  if (review.toTake !== section) {
    dispatch(context, {type: 'review', to: {toTake: section}});
    const names = titles(
      context,
      others.map(({id}) => id),
    );
    return say(context, `o again takes only "${own.title}"; then these do not run: ${names}`, 'warn');
  }
  const wanted = [
    ...within(plan, section).flatMap(id => (purposeNow(id) === 'other' ? [{id, use: taken}] : [])),
    ...others.flatMap(other =>
      within(plan, other.id).flatMap(id => (purposeNow(id) === taken ? [{id, use: 'other' as const}] : [])),
    ),
  ];
  const uses = wanted.map(({id}) => ({id, before: purposeNow(id)}));
  const changes = wanted.map(({id, use}) => ({type: 'change-use' as const, sectionId: id, use}));
  const changed = await sendAll(context, changes);
  if (changed > 0) remember(context, review, {kind: 'used', uses: uses.slice(0, changed)});
  if (changed < changes.length) return;
  for (const {id, code} of questionsOf(plan, run.getState(), section)) {
    if (code === 'alternatives-assumed')
      await send(context, {type: 'settle-doubt', doubtId: id, how: 'this one is taken'});
  }
  const count = plural(others.length, 'section');
  say(
    context,
    `${titles(context, [section])} is taken, ${count} beside it ${others.length === 1 ? 'is' : 'are'} not`,
    'good',
  );
}

/** Ids of the section and of all sections inside it. */
function within({sections}: Plan, root: string): readonly string[] {
  const inside = new Set([root]);
  for (const {id, parent} of sections) if (parent !== undefined && inside.has(parent)) inside.add(id);
  return [...inside];
}

/** Before a run the document is read again at once. A run keeps its reading, and the next one takes the place. */
export async function setPlace(context: ConsoleContext, review: ReviewView, place: string): Promise<void> {
  const {placing, plan, run} = context.session;
  const {section} = review;
  const before = placing === undefined ? run.getState().review?.places?.[section] : placing.placed(section);
  const isAsRead = readingOf(plan, section)?.place === (place === 'local' ? 'here' : place);
  if (isAsRead && (before === undefined || placing !== undefined))
    return say(context, 'it runs there already', 'plain');
  const title = sectionById(plan, section)?.title ?? section;
  const alike = plan.sections.filter(each => each.title === title).length;
  if (placing === undefined) {
    if (!(await send(context, {type: 'set-place', sectionId: section, place}))) return;
  } else {
    const refused = await placing.place(section, place);
    if (refused !== undefined) return say(context, refused, 'warn');
    keepLines(context, review, plan.source);
  }
  remember(context, review, compact({kind: 'placed', before}));
  dispatch(context, {type: 'review', to: {runTop: 0, since: context.now()}});
  const what = placing === undefined || alike === 1 ? `"${title}" runs` : `all ${alike} sections "${title}" run`;
  const where = `${what} on ${placeLabel(place)}`;
  say(context, placing === undefined ? `${where} in the next run; this one does not run it` : `${where} now`, 'good');
}
