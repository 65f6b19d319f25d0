/** The first event of a run, and whether its checklist and bindings are still those that the event names. */
import {createHash} from 'node:crypto';
import {hostname} from 'node:os';
import type {ReviewStanding} from '../../plan/parse-plan.ts';
import type {Plan} from '../../plan/plan.ts';
import type {Event} from '../../run/event.ts';
import {openingEvents} from '../../run/opening.ts';
import {compact} from '../../text/compact.ts';
import type {EngineOptions} from './options.ts';
import type {RunSources} from './run-sources.ts';

export function openingFacts(
  options: EngineOptions,
  {plan, bindings: {choices: bound}, bindingsText, standing}: RunSources,
): readonly Event[] {
  const {runId, checklist, bindings, user, auto, yes, watch, dryRun, unattended, directory, group, approvers} = options;
  const opened = {
    type: 'run-opened',
    runId,
    title: plan.title,
    checklist,
    ...(bindings === undefined ? {} : {bindings}),
    checklistSha256: sha256(plan.source.join('\n')),
    ...(bindingsText === undefined ? {} : {bindingsSha256: sha256(bindingsText)}),
    user,
    host: hostname(),
    auto,
    yes,
    watch,
    dryRun,
    ...(options.aloneMsMax === undefined ? {} : {rehearsal: true as const}),
    ...(options.box === undefined ? {} : {box: options.box}),
    unattended,
    directory,
    ...(group === undefined ? {} : {group}),
    ...(approvers === undefined ? {} : {approvers}),
    gated: true,
    version: 1,
  } as const;
  const [first, ...others] = openingEvents(plan, opened, [...options.choices, ...Object.entries(bound)]);
  return [...(first === undefined ? [] : [first]), ...reviewEvents(plan, standing), ...others];
}

/** What of the review file holds, and what of it does not any more. */
function reviewEvents(plan: Plan, {confirmed, uses, settled, reopened}: ReviewStanding): readonly Event[] {
  const events: Event[] = [];
  for (const {id: sectionId, title, use: proposed} of plan.sections) {
    const other = uses[sectionId];
    if (other !== undefined) events.push({type: 'use-changed', sectionId, title, ...other});
    const reviewed = confirmed[sectionId];
    const reading = plan.proposal?.readings.find(({section}) => section === sectionId)?.reading ?? '';
    const use = other?.use ?? proposed;
    if (reviewed !== undefined) events.push({type: 'section-confirmed', sectionId, title, use, reading, reviewed});
    const again = reopened[sectionId];
    if (again !== undefined) events.push({type: 'section-reopened', sectionId, title, ...again});
  }
  for (const [doubtId, answer] of Object.entries(settled)) {
    const stepIds = plan.proposal?.doubts.find(({id}) => id === doubtId)?.steps;
    events.push({type: 'doubt-settled', doubtId, ...answer, ...(answer.as === undefined ? {} : compact({stepIds}))});
  }
  return events;
}

/** The copies in the run's directory are what its journal is about: with others it means something else. In words. */
export function otherText(
  events: readonly Event[],
  {plan, bindingsText}: RunSources,
  runDirectory: string,
): string | undefined {
  const opened = events.find(event => event.type === 'run-opened');
  if (opened === undefined) return undefined;
  if (opened.checklistSha256 !== sha256(plan.source.join('\n'))) {
    return changedText(`${runDirectory}/checklist.md`, opened.checklist);
  }
  const {bindingsSha256} = opened;
  if (bindingsSha256 === undefined || bindingsSha256 === sha256(bindingsText ?? '')) return undefined;
  return changedText(`${runDirectory}/bindings.yaml`, opened.bindings ?? 'its original');
}

function changedText(copy: string, original: string): string {
  return `${copy} is not what the run was opened with; if ${original} still is, copy it there`;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
