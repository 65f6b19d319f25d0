/** The review in the record: who confirmed each section, answers to doubts, and steps that ran unconfirmed. */
import type {Plan} from '../../plan/plan.ts';
import type {Recorded} from '../../run/event.ts';
import {sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {utcTime} from '../../text/times.ts';

export const REVIEW_HEAD = ['line', 'section', 'use', 'confirmed by', 'UTC'];

/** Confirmed sections in the document's order. One that was accepted unseen says so. */
export function reviewRows(plan: Plan, state: RunState): readonly (readonly string[])[] {
  return plan.sections.flatMap(({id, line, title}) => {
    const confirmed = state.review?.confirmed[id];
    if (confirmed === undefined) return [];
    const by = confirmed.unseen === true ? `${confirmed.by}, accepted: unseen` : confirmed.by;
    return [[String(line), title, sectionUse(plan, state, id), by, utcTime(confirmed.at)]];
  });
}

export const DOUBTS_HEAD = ['line', 'assumed', 'answer', 'by', 'UTC'];

export function doubtRows({proposal}: Plan, {review}: RunState): readonly (readonly string[])[] {
  return (proposal?.doubts ?? []).flatMap(({id, line, message}) => {
    const settled = review?.settled[id];
    if (settled === undefined) return [];
    return [[String(line), message, settled.how, settled.by, utcTime(settled.at)]];
  });
}

/** Steps that a person ran although nobody had confirmed them. */
export function unconfirmedRuns(plan: Plan, events: readonly Recorded[]): readonly string[] {
  return events.flatMap(event => {
    if (event.type !== 'step-started' || event.overrides?.review === undefined) return [];
    const title = plan.steps.find(({id}) => id === event.stepId)?.title ?? event.stepId;
    return [`${utcTime(event.at)} ${event.by} ran "${title}", which nobody had confirmed`];
  });
}
