/** The key `u` of the review: takes back what was done last, one key press at a time. */
import {answeredDoubts, readingOf, sectionUse} from '../../../run/review.ts';
import type {ReviewDone, ReviewView} from '../../view/review-view.ts';
import {type ConsoleContext, dispatch, say, send} from '../console-context.ts';
import {titles} from './review-commands.ts';
import {jump} from './review-moves.ts';

/** Without anything done here: the confirmation, or the answers, of the section under the cursor. */
export async function undo(context: ConsoleContext, review: ReviewView): Promise<void> {
  const last = review.done.at(-1);
  if (last === undefined) return reopenHere(context, review);
  if (!(await takeBack(context, last))) return;
  dispatch(context, {type: 'review', to: {done: review.done.slice(0, -1), since: context.now(), runTop: 0}});
  jump(context, review, last.line, {section: last.section});
  say(context, `taken back: ${toldOf(context, last)}`, 'good');
}

async function reopenHere(context: ConsoleContext, {section}: ReviewView): Promise<void> {
  const {plan, run} = context.session;
  const isSaid =
    run.getState().review?.confirmed[section] !== undefined || answeredDoubts(plan, run.getState(), section).length > 0;
  if (!isSaid) return say(context, 'nothing was confirmed here, so nothing can be taken back', 'warn');
  if (await send(context, {type: 'reopen-section', sectionId: section}))
    say(context, `taken back: ${titles(context, [section])}`, 'good');
}

async function takeBack(context: ConsoleContext, done: ReviewDone): Promise<boolean> {
  const {plan, run, placing} = context.session;
  const review = () => run.getState().review;
  switch (done.kind) {
    case 'confirmed':
      for (const {id, doubts} of done.sections.toReversed()) {
        const isSaid = review()?.confirmed[id] !== undefined;
        if (isSaid && !(await send(context, {type: 'reopen-section', sectionId: id, doubtIds: doubts}))) return false;
      }
      return true;
    case 'answered':
      for (const [sectionId, own] of Map.groupBy(done.doubts, ({section}) => section)) {
        const doubtIds = own.map(({id}) => id).filter(id => review()?.settled[id] !== undefined);
        if (doubtIds.length > 0 && !(await send(context, {type: 'reopen-section', sectionId, doubtIds}))) return false;
      }
      return true;
    case 'used':
      for (const {id, before} of done.uses.toReversed()) {
        if (sectionUse(plan, run.getState(), id) === before) continue;
        if (!(await send(context, {type: 'change-use', sectionId: id, use: before}))) return false;
      }
      return true;
    case 'placed': {
      if (placing === undefined) {
        const read = readingOf(plan, done.section)?.place ?? '';
        const place = done.before ?? (read === 'here' ? 'local' : read);
        return send(context, {type: 'set-place', sectionId: done.section, place});
      }
      const refused = await placing.place(done.section, done.before);
      if (refused !== undefined) say(context, refused, 'warn');
      return refused === undefined;
    }
  }
}

function toldOf(context: ConsoleContext, done: ReviewDone): string {
  switch (done.kind) {
    case 'confirmed':
      return titles(
        context,
        done.sections.map(({id}) => id),
      );
    case 'answered':
      return `the answer in ${titles(context, [...new Set(done.doubts.map(({section}) => section))])}`;
    case 'used':
      return `the use of ${titles(
        context,
        done.uses.map(({id}) => id),
      )}`;
    case 'placed':
      return `the place of ${titles(context, [done.section])}`;
  }
}
