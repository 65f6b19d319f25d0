/** Decides about the review: confirm or reopen a section, change its use, settle a doubt. None of this runs a step. */
import {USES, type Use} from '../../../plan/doubt.ts';
import type {Step} from '../../../plan/plan.ts';
import type {Intent} from '../../event.ts';
import {sectionById, sectionSteps} from '../../plan-index.ts';
import {answeredDoubts, doubtsOf, readingOf, sectionUse} from '../../review.ts';
import {isRollingBack, stepState} from '../../selectors.ts';
import {type Draft, Refusal} from '../decision-draft.ts';

type ReviewIntent = Extract<
  Intent,
  {type: 'confirm-section' | 'reopen-section' | 'change-use' | 'set-place' | 'settle-doubt'}
>;

export function onReviewIntent(draft: Draft, intent: ReviewIntent): Refusal | undefined {
  switch (intent.type) {
    case 'confirm-section':
      return confirmSection(draft, intent);
    case 'reopen-section':
      return reopenSection(draft, intent);
    case 'change-use':
      return changeUse(draft, intent.sectionId, intent.use);
    case 'set-place':
      return setPlace(draft, intent.sectionId, intent.place);
    case 'settle-doubt':
      return settleDoubt(draft, intent);
  }
}

/** Confirming also accepts every proposal of the section. A doubt without a proposal must be answered first. */
function confirmSection(
  draft: Draft,
  {sectionId, reading}: Extract<Intent, {type: 'confirm-section'}>,
): Refusal | undefined {
  const {plan, state} = draft;
  const section = sectionById(plan, sectionId);
  const known = readingOf(plan, sectionId);
  if (section === undefined || known === undefined) return new Refusal(`there is no section ${sectionId}`);
  const place = state.review?.places?.[sectionId];
  if (place !== undefined)
    return new Refusal(
      `it is to run on ${placeText(place)}, and this run was read otherwise: open the run again, or take it back with u`,
    );
  if (known.reading !== reading) return new Refusal('the section reads differently now: look at it again');
  if (state.review?.confirmed[sectionId] !== undefined) return new Refusal('it is confirmed already');
  const doubts = doubtsOf(plan, state, sectionId);
  const open = doubts.find(({proposed}) => proposed === undefined);
  if (open !== undefined) return new Refusal(`answer line ${open.line} first: ${open.message}`);
  for (const doubt of doubts) draft.say({type: 'doubt-settled', doubtId: doubt.id, how: doubt.proposed ?? ''});
  const use = sectionUse(plan, draft.state, sectionId);
  draft.say({type: 'section-confirmed', sectionId, title: section.title, use, reading});
  return undefined;
}

/** The answers about the section's lines are taken back too, so its questions are asked again. */
function reopenSection(
  draft: Draft,
  {sectionId, doubtIds}: Extract<Intent, {type: 'reopen-section'}>,
): Refusal | undefined {
  const {plan, state} = draft;
  const section = sectionById(plan, sectionId);
  if (section === undefined) return new Refusal(`there is no section ${sectionId}`);
  const answered = answeredDoubts(plan, state, sectionId).filter(({id, steps}) => {
    if (doubtIds !== undefined && !doubtIds.includes(id)) return false;
    const isOfSteps = state.review?.settled[id]?.as !== undefined;
    return !isOfSteps || steps.every(step => ['pending', 'not-applicable'].includes(stepState(state, step).status));
  });
  if (state.review?.confirmed[sectionId] === undefined && answered.length === 0)
    return new Refusal('nothing in this section is confirmed');
  if (isRollingBack(draft.state)) return new Refusal(IN_ROLLBACK);
  const leftOut = answered.filter(({id}) => state.review?.settled[id]?.as === 'ignored').flatMap(({steps}) => steps);
  draft.say({
    type: 'section-reopened',
    ...{sectionId, title: section.title, because: 'taken back'},
    ...(answered.length === 0 ? {} : {doubtIds: answered.map(({id}) => id)}),
    ...(leftOut.length === 0 ? {} : {stepIds: leftOut}),
  });
  return undefined;
}

/** A section that has begun keeps its use. A confirmed section that gets another use must be confirmed again. */
function changeUse(draft: Draft, sectionId: string, use: Use): Refusal | undefined {
  const {plan, state} = draft;
  const section = sectionById(plan, sectionId);
  if (section === undefined) return new Refusal(`there is no section ${sectionId}`);
  if (!USES.includes(use)) return new Refusal(`there is no use "${use}": ${USES.join(', ')}`);
  if (sectionUse(plan, state, sectionId) === use) return new Refusal(`the section is for ${use} already`);
  const begun = hasBegun(draft, sectionId);
  if (begun !== undefined) return new Refusal(`${begun.title} has begun: the section keeps its use`);
  if (isRollingBack(draft.state)) return new Refusal(IN_ROLLBACK);
  const {title} = section;
  draft.say({type: 'use-changed', sectionId, title, use});
  if (state.review?.confirmed[sectionId] !== undefined) {
    draft.say({type: 'section-reopened', sectionId, title, because: `it is for ${use} now`});
  }
  return undefined;
}

/** The reading of a run stays as it is, so the section is open until the next run has read it with its place. */
function setPlace(draft: Draft, sectionId: string, place: string): Refusal | undefined {
  const {plan, state} = draft;
  const section = sectionById(plan, sectionId);
  const read = readingOf(plan, sectionId)?.place;
  if (section === undefined || read === undefined) return new Refusal('nothing runs in this section');
  if (place.trim() === '') return new Refusal('a place has a name');
  const isAsRead = place === (read === 'here' ? 'local' : read);
  const now = state.review?.places?.[sectionId];
  if (isAsRead ? now === undefined : now === place) return new Refusal(`it is to run on ${placeText(place)} already`);
  if (hasBegun(draft, sectionId)) return new Refusal('the section has begun: it keeps its place');
  if (isRollingBack(draft.state)) return new Refusal(IN_ROLLBACK);
  const {title} = section;
  draft.say({type: 'place-set', sectionId, title, ...(isAsRead ? {} : {place})});
  const because = isAsRead ? 'its place was taken back' : `it is to run on ${placeText(place)}: open the run again`;
  draft.say({type: 'section-reopened', sectionId, title, because});
  return undefined;
}

function settleDoubt(draft: Draft, {doubtId, how, as}: Extract<Intent, {type: 'settle-doubt'}>): Refusal | undefined {
  const doubt = draft.plan.proposal?.doubts.find(({id}) => id === doubtId);
  if (doubt === undefined) return new Refusal(`there is no doubt ${doubtId}`);
  if (draft.state.review?.settled[doubtId] !== undefined) return new Refusal('it is settled already');
  if (how.trim() === '') return new Refusal('an empty answer settles nothing');
  if (as !== undefined && as !== 'ignored' && as !== 'by-hand')
    return new Refusal('a doubt is settled by hand or ignored');
  if (as !== undefined && doubt.steps.length === 0)
    return new Refusal('no step depends on this doubt: change the use of the section instead');
  const begun = doubt.steps.find(id => !['pending', 'not-applicable'].includes(stepState(draft.state, id).status));
  if (as !== undefined && begun !== undefined) return new Refusal('its step has begun: this answer comes too late');
  if (as !== undefined && isRollingBack(draft.state)) return new Refusal(IN_ROLLBACK);
  draft.say({
    type: 'doubt-settled',
    doubtId,
    how: how.trim(),
    ...(as === undefined ? {} : {as, stepIds: doubt.steps}),
  });
  return undefined;
}

function placeText(place: string): string {
  return place === 'local' ? 'this machine' : place;
}

/** The first step of the section itself that has begun. */
function hasBegun({plan, state}: Draft, sectionId: string): Step | undefined {
  return sectionSteps(plan, sectionId).find(
    ({id, section}) => section === sectionId && !['pending', 'not-applicable'].includes(stepState(state, id).status),
  );
}

const IN_ROLLBACK = 'the rollback is running: change its sections after it has ended';
