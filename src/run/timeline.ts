/** What the incident timeline says of each event. */

import {type Plan, unreachable} from '../plan/plan.ts';
import {type Console, whereOf} from './console.ts';
import type {Recorded, RecordedOfPeople} from './event.ts';
import {isOfPeople, isOfReview} from './events/event-groups.ts';
import {isPeopleEvent, type PeopleEvent} from './events/people-events.ts';
import {evidenceText} from './evidence/evidence.ts';
import type {Verdict} from './outcome.ts';
import {stepById} from './plan-index.ts';
import {choicesIn, rollbackEnd} from './selectors.ts';
import {isSideEvent, type SideEvent, saySideEvent} from './side-events.ts';
import type {RunState} from './state.ts';
import {STANDING_WORDS} from './wording/standing-words.ts';
import {sayOfHandOverOrSignOff, sayOfReview} from './wording/timeline-words.ts';

type Entry = RunState['timeline'][number];

/** One line of the incident timeline, or nothing for events that only carry measurements. */
export function timelineEntry(plan: Plan, event: Recorded): Entry | undefined {
  const said = isSideEvent(event)
    ? saySideEvent(event)
    : isPeopleEvent(event)
      ? sayOfHandOverOrSignOff(event)
      : say(plan, event);
  return said === undefined ? undefined : {at: event.at, by: event.by, text: said[0], tone: said[1], type: event.type};
}

/**
 * Says of one event after the other whether it changes anything that a timeline tells: a latency measured again, or a
 * breach counted once more, is no new entry.
 */
export function createNews(): (event: Recorded) => boolean {
  const up = new Map<string, boolean>();
  const standings = new Map<string, string>();
  return event => {
    switch (event.type) {
      case 'link-lost':
      case 'link-restored':
        return changes(up, event.host, event.type === 'link-restored');
      case 'rule-changed':
        return changes(standings, event.ruleId, event.assessment.standing.kind);
      default:
        return true;
    }
  };
}

function changes<T>(known: Map<string, T>, key: string, value: T): boolean {
  if (known.get(key) === value) return false;
  known.set(key, value);
  return true;
}

/** What the record is written from: not each reading, nor each look that found all as before. The state sums these up. */
export function isForRecord({type}: Recorded): boolean {
  return type !== 'sample-taken' && type !== 'readiness-confirmed';
}

function say(plan: Plan, event: Exclude<Recorded, SideEvent | PeopleEvent>): [string, Entry['tone']] | undefined {
  if (isOfPeople(event)) return sayOfPeople(plan, event);
  if (isOfReview(event)) return sayOfReview(event);
  switch (event.type) {
    case 'run-opened':
      return [`run ${event.runId} opened`, 'plain'];
    case 'phase-changed':
      return [`${event.phase}: ${event.because}`, event.phase === 'held' ? 'warn' : 'plain'];
    case 'step-started':
      return [startedText(plan, event), 'plain'];
    case 'step-cancelling':
      return [`cancelling ${titleOf(plan, event.stepId)}`, 'warn'];
    case 'step-finished':
      return [finishedText(plan, event), FINISHED[event.verdict.kind]];
    case 'step-ticked':
      return [`ticked ${titleOf(plan, event.stepId)}${event.reason === undefined ? '' : `: ${event.reason}`}`, 'good'];
    case 'step-skipped':
      return [`skipped ${titleOf(plan, event.stepId)}: ${event.reason}`, 'warn'];
    case 'input-filled':
      return [`filled ${blankLabel(plan, event)}${event.value}`, 'plain'];
    case 'choice-made':
      return [`chose ${armTitle(plan, event.choiceId, event.armId)}: ${event.because}`, 'plain'];
    case 'value-captured':
      return [`captured ${event.name} = ${event.value} on ${event.on}`, 'plain'];
    case 'trigger-fired':
      return [`TRIGGER ${ruleText(plan, event.ruleId)}: ${event.evidence}`, 'bad'];
    case 'trigger-dismissed':
      return [`dismissed ${ruleText(plan, event.ruleId)}: ${event.reason}`, 'warn'];
    case 'rule-changed':
      return sayOfRule(plan, event);
    case 'evidence-seen':
      return [evidenceText(event), event.about === 'went-live' && event.answer === 'no' ? 'bad' : 'plain'];
    case 'rollback-requested':
      return [
        `rollback requested: ${event.because}${event.force === undefined ? '' : `, forced: ${event.force}`}`,
        'warn',
      ];
    case 'rollback-finished':
      return [`rollback ${rollbackEnd(event)}: ${event.because}`, event.result === 'rolled-back' ? 'good' : 'bad'];
    case 'question-asked':
      return [`${event.host} asks: ${event.text}`, 'warn'];
    case 'question-closed':
      return [closedText(event), event.answered ? 'plain' : 'warn'];
    case 'notice-sent':
    case 'window-ended':
      return sayOfWatch(event);
    case 'link-lost':
    case 'link-restored':
      return sayOfLink(event);
    case 'run-closed':
      return [`run closed, ${event.status}${event.because === '' ? '' : `: ${event.because}`}`, closedTone(event)];
    case 'sample-taken':
    case 'readiness-changed':
    case 'readiness-confirmed':
    case 'run-on-switched':
      return undefined;
    default:
      return unreachable(event);
  }
}

const FINISHED: Readonly<Record<Verdict['kind'], Entry['tone']>> = {
  passed: 'good',
  failed: 'bad',
  judge: 'warn',
  cancelled: 'warn',
  unknown: 'warn',
};

function finishedText(plan: Plan, {stepId, verdict}: Extract<Recorded, {type: 'step-finished'}>): string {
  const {kind, because} = verdict;
  return `${titleOf(plan, stepId)} ${kind === 'judge' ? 'to be judged' : kind}: ${because}`;
}

function closedText({answered, because, text}: Extract<Recorded, {type: 'question-closed'}>): string {
  return `${answered ? 'answered' : `not answered (${because ?? 'nobody knows why'})`}: ${text}`;
}

function sayOfPeople(plan: Plan, event: RecordedOfPeople): [string, Entry['tone']] | undefined {
  switch (event.type) {
    case 'note-added':
      return [`note: ${event.text}`, 'plain'];
    case 'complaint-counted':
      return [`complaint${event.text === undefined ? '' : `: ${event.text}`}`, 'warn'];
    case 'console-joined':
      return [
        `${whereOf(event.console)} joined${event.console.observer ? ' as observer' : ''}${trust(event.console)}`,
        'plain',
      ];
    case 'console-left':
      return event.name === undefined ? undefined : [`${event.name} left`, 'plain'];
    case 'baton-passed':
      return [batonText(event), 'plain'];
    case 'approval-asked':
      return [`${event.askedBy} asks for a second person: ${titleOf(plan, event.stepId)} (${event.because})`, 'warn'];
    case 'approval-given':
      return [`approved for ${event.askedBy}: ${titleOf(plan, event.stepId)}`, 'good'];
    case 'approval-withdrawn':
      return [`no longer asks for a second person: ${titleOf(plan, event.stepId)}`, 'plain'];
    default:
      return unreachable(event);
  }
}

function sayOfLink(event: Extract<Recorded, {type: 'link-lost' | 'link-restored'}>): [string, Entry['tone']] {
  return event.type === 'link-lost'
    ? [`${event.refused === true ? `no link to ${event.host}` : `link to ${event.host} lost`}: ${event.detail}`, 'bad']
    : [`link to ${event.host} up`, 'good'];
}

function sayOfWatch(event: Extract<Recorded, {type: 'notice-sent' | 'window-ended'}>): [string, Entry['tone']] {
  if (event.type === 'window-ended') {
    return [`the time to watch is over: ${event.title}: ${event.summary}`, 'plain'];
  }
  const {channel, about, attempts, delivered, because = 'nobody knows why'} = event;
  const tries = attempts === 1 ? '' : ` after ${attempts} attempts`;
  return delivered
    ? [`told ${channel}${tries}: ${about}`, 'plain']
    : [`could not tell ${channel}${tries} (${because}): ${about}`, 'warn'];
}

/** What of a console's claims nobody proved. */
function trust({claimed}: Console): string {
  if (claimed === undefined) return '';
  return claimed === 'name' ? '; the name is only claimed' : '; account and name are only claimed';
}

function batonText({to, name, because}: Extract<Recorded, {type: 'baton-passed'}>): string {
  const who = to === null ? 'nobody drives' : `${name ?? 'another console'} drives`;
  return because === undefined ? who : `${who}: ${because}`;
}

function blankLabel(plan: Plan, {stepId, blankId}: Extract<Recorded, {type: 'input-filled'}>): string {
  const action = stepById(plan, stepId)?.action;
  const blank = action?.kind === 'input' ? action.blanks.find(({id}) => id === blankId) : undefined;
  return blank === undefined || blank.label === '' ? '' : `${blank.label}: `;
}

function titleOf(plan: Plan, stepId: string): string {
  return stepById(plan, stepId)?.title ?? stepId;
}

function ruleText(plan: Plan, ruleId: string): string {
  return plan.rules.find(rule => rule.id === ruleId)?.text ?? ruleId;
}

function armTitle(plan: Plan, choiceId: string, armId: string): string {
  const choice = plan.steps.flatMap(choicesIn).find(one => one.choiceId === choiceId);
  return choice?.arms.find(({id}) => id === armId)?.title ?? armId;
}

function startedText(plan: Plan, {stepId, presumed}: Extract<Recorded, {type: 'step-started'}>): string {
  return `started ${titleOf(plan, stepId)}${presumed === true ? ', its condition presumed' : ''}`;
}

function sayOfRule(plan: Plan, event: Extract<Recorded, {type: 'rule-changed'}>): [string, Entry['tone']] | undefined {
  const {kind} = event.assessment.standing;
  if (kind !== 'tripped' && kind !== 'breached') return undefined;
  return [
    `${ruleText(plan, event.ruleId)}, ${STANDING_WORDS[kind]}: ${event.assessment.because}`,
    kind === 'tripped' ? 'bad' : 'warn',
  ];
}

function closedTone({exitCode, status}: Extract<Recorded, {type: 'run-closed'}>): Entry['tone'] {
  if (exitCode === 0) return 'good';
  return status === 'rolled-back' ? 'warn' : 'bad';
}
