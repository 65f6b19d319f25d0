/** The key `u` of the review: takes back what was done last, one key press at a time. */
import type {Intent} from '../../../run/event.ts';
import {answeredDoubts, readingOf, sectionUse} from '../../../run/review.ts';
import {plural} from '../../../text/figures.ts';
import type {ReviewDone, ReviewView} from '../../view/review-view.ts';
import {type ConsoleContext, dispatch, say, send, sendAll} from '../console-context.ts';
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
  const {review} = run.getState();
  const all = async (intents: readonly Intent[]) => (await sendAll(context, intents)) === intents.length;
  switch (done.kind) {
    case 'confirmed': {
      const said = done.sections.filter(({id}) => review?.confirmed[id] !== undefined).toReversed();
      return all(said.map(({id, doubts}) => ({type: 'reopen-section', sectionId: id, doubtIds: doubts})));
    }
    case 'answered': {
      const said = done.doubts.filter(({id}) => review?.settled[id] !== undefined);
      const bySection = [...Map.groupBy(said, ({section}) => section)];
      return all(
        bySection.map(([sectionId, own]) => ({type: 'reopen-section', sectionId, doubtIds: own.map(({id}) => id)})),
      );
    }
    case 'used': {
      const changed = done.uses.filter(({id, before}) => sectionUse(plan, run.getState(), id) !== before).toReversed();
      return all(changed.map(({id, before}) => ({type: 'change-use', sectionId: id, use: before})));
    }
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

/** A number first where it is much, because a long row is cut at its end. */
function toldOf(context: ConsoleContext, done: ReviewDone): string {
  switch (done.kind) {
    case 'confirmed': {
      const ids = done.sections.map(({id}) => id);
      return `${ids.length > 1 ? `${plural(ids.length, 'section')}: ` : ''}${titles(context, ids)}`;
    }
    case 'answered': {
      const {length} = done.doubts;
      const answers = length > 1 ? plural(length, 'answer') : 'the answer';
      return `${answers} in ${titles(context, [...new Set(done.doubts.map(({section}) => section))])}`;
    }
    case 'used':
      return `the use of ${titles(
        context,
        done.uses.map(({id}) => id),
      )}`;
    case 'placed':
      return `the place of ${titles(context, [done.section])}`;
  }
}
