/** Who confirmed the reading, before the run or in it. */
import type {Plan} from '../../plan/plan.ts';
import type {Recorded} from '../../run/event.ts';
import {stepById} from '../../run/plan-index.ts';
import {sectionUse} from '../../run/review.ts';
import type {RunState} from '../../run/state.ts';
import {utcTime} from '../../text/times.ts';
import {type Block, list, table} from './record-blocks.ts';
import type {RecordSource} from './record-source.ts';

/** Nothing for runs that were opened before there was a review. */
export function reviewBlocks({plan, state, events}: RecordSource): readonly Block[] {
  if (state.run.gated !== true) return [];
  const [sections, doubts, runs] = [reviewRows(plan, state), doubtRows(plan, state), unconfirmedRuns(plan, events)];
  if (sections.length + doubts.length + runs.length === 0) return [list(['Nothing was confirmed.'])];
  return [
    table(['line', 'section', 'use', 'confirmed by', 'UTC'], sections),
    table(['line', 'assumed', 'answer', 'by', 'UTC'], doubts),
    list(runs),
  ];
}

/** Confirmed sections in the document's order. One that was accepted unseen says so. */
function reviewRows(plan: Plan, state: RunState): readonly (readonly string[])[] {
  return plan.sections.flatMap(({id, line, title}) => {
    const confirmed = state.review?.confirmed[id];
    if (confirmed === undefined) return [];
    const by = confirmed.unseen === true ? `${confirmed.by}, accepted: unseen` : confirmed.by;
    return [[String(line), title, sectionUse(plan, state, id), by, utcTime(confirmed.at)]];
  });
}

function doubtRows({proposal}: Plan, {review}: RunState): readonly (readonly string[])[] {
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
    const title = stepById(plan, event.stepId)?.title ?? event.stepId;
    return [`${utcTime(event.at)} ${event.by} ran "${title}", which nobody had confirmed`];
  });
}
