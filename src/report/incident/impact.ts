/** What an incident did to users and systems, as far as a run has seen it. */
import type {Plan} from '../../plan/plan.ts';
import {stepById} from '../../run/plan-index.ts';
import {withRollbackNow} from '../../run/rollback/rollback-choice.ts';
import {stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {plural} from '../../text/figures.ts';
import {durationText, utcTime} from '../../text/times.ts';
import {type Block, type Item, list} from '../record/record-blocks.ts';
import type {RecordSource} from '../record/record-source.ts';
import {downtimeBlocks} from '../record/rules-part.ts';

export function impactBlocks(source: RecordSource): readonly Block[] {
  const {plan, state, events} = source;
  const seen = [...failedReadings(state), ...linkLosses(events), ...complaintItems(state)];
  return [
    list(seen.length === 0 ? ['No failed reading and no complaint was seen by this run; add what others saw'] : seen),
    ...downtimeBlocks(source),
    list(undone(plan, state)),
  ];
}

/** Since the deploy began: readings that failed or were answered wrongly, and from when to when. */
function failedReadings(state: RunState): readonly string[] {
  const {deployStartedAt = 0} = state;
  return Object.entries(state.signals).flatMap(([name, {samples, history = []}]) => {
    const own = history.filter(({at}) => at >= deployStartedAt);
    const failed = own.reduce((sum, {errors}) => sum + errors, 0);
    const all = own.reduce((sum, {n}) => sum + n, 0);
    if (failed === 0) return [];
    const bad = samples.filter(({at, error}) => error !== undefined && at >= deployStartedAt);
    const [first, last] = [bad[0], bad.at(-1)];
    const when =
      first === undefined || last === undefined
        ? ''
        : `, from ${utcTime(first.at)} to ${utcTime(last.at)} (${durationText(last.at - first.at)})`;
    return [`${name}: ${failed} of ${plural(all, 'reading')} failed since the deploy began${when}`];
  });
}

function linkLosses(events: RecordSource['events']): readonly string[] {
  return events.flatMap(event =>
    event.type === 'link-lost' ? [`link to ${event.host} lost at ${utcTime(event.at)}: ${event.detail}`] : [],
  );
}

function complaintItems({complaints}: RunState): readonly string[] {
  if (complaints.length === 0) return [];
  const said = complaints.flatMap(({text}) => text ?? []);
  return [
    `${plural(complaints.length, 'complaint')} of users counted${said.length === 0 ? '' : `: ${said.join('; ')}`}`,
  ];
}

/** What a rollback brought back, and what it does not. Before one, what it would not. */
function undone(document: Plan, state: RunState): readonly Item[] {
  const plan = withRollbackNow(document, state);
  const {rollback} = plan;
  if (rollback === null) return [];
  const isDone = state.rollback.status === 'finished';
  const passed = rollback.steps.flatMap(id => {
    const step = stepById(plan, id);
    const own = stepState(state, id);
    return step !== undefined && own.status === 'passed' && own.startedAt !== undefined ? [step.title] : [];
  });
  return [
    ...(isDone && passed.length > 0 ? [{text: 'The rollback did:', under: passed}] : []),
    ...(isDone ? [] : [{text: 'Nothing was rolled back'}]),
    ...(rollback.doesNotUndo.length === 0
      ? []
      : [{text: isDone ? 'The rollback did not undo:' : 'A rollback does not undo:', under: rollback.doesNotUndo}]),
  ];
}
