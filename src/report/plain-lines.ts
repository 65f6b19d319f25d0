/** The lines of `--plain`: a run as text, one line for each event. */

import {type Plan, unreachable} from '../plan/plan.ts';
import type {Recorded, RunSettings} from '../run/event.ts';
import {isOfPeople, isOfReview} from '../run/events/event-groups.ts';
import {isPeopleEvent, type PeopleEvent} from '../run/events/people-events.ts';
import {stepById} from '../run/plan-index.ts';
import {isSideEvent, type SideEvent} from '../run/side-events.ts';
import {timelineEntry} from '../run/timeline.ts';
import {boxWords} from '../run/wording/box-words.ts';
import {STEP_SIGNS as SIGNS} from '../run/wording/step-signs.ts';
import {missionTime} from '../text/times.ts';
import {oneLine} from '../text/width.ts';
import {measuredText, standingText} from './rule-text.ts';

const LENGTH_MAX = 400;
/** A hand-over is read whole, also where there is no screen. */
const HAND_OVER_LENGTH_MAX = 8000;

/**
 * The line `--plain` prints for an event: `T+00:00:12 ✓ passed  Pull latest main branch: exit 0`.
 * `box`: of a rehearsal in one. Undefined for events that only carry measurements; their meaning comes as an event about a rule.
 */
export function plainLine(
  plan: Plan,
  event: Recorded,
  startedAt: number,
  box?: RunSettings['box'],
): string | undefined {
  const said =
    isSideEvent(event) || isPeopleEvent(event)
      ? fromTimeline(plan, event, SIGNS['not-applicable'])
      : say(plan, event, box);
  if (said === undefined) return undefined;
  const [sign, word, text] = said;
  const line = oneLine(`${missionTime(event.at - startedAt)} ${sign}`);
  const whole = `${line} ${word.padEnd(WORD_WIDTH)} ${oneLine(text)}`.trimEnd();
  const most = event.type === 'handed-over' ? HAND_OVER_LENGTH_MAX : LENGTH_MAX;
  return whole.length > most ? `${whole.slice(0, most - 1)}…` : whole;
}

const WORD_WIDTH = 9;

type Said = readonly [sign: string, word: string, text: string];

function say(plan: Plan, event: Exclude<Recorded, SideEvent | PeopleEvent>, box: RunSettings['box']): Said | undefined {
  if (isOfPeople(event) || isOfReview(event)) return fromTimeline(plan, event, SIGNS['not-applicable']);
  switch (event.type) {
    case 'step-started':
      return [SIGNS.running, 'started', startedText(plan, event, box)];
    case 'step-finished': {
      const {kind, because} = event.verdict;
      const judged = kind === 'judge' ? ([SIGNS.waiting, 'to judge'] as const) : ([SIGNS[kind], kind] as const);
      return [...judged, `${titleOf(plan, event.stepId)}: ${because}`];
    }
    case 'step-ticked':
      return [SIGNS.passed, 'ticked', `${titleOf(plan, event.stepId)}: ${tickedText(event)}`];
    case 'step-skipped':
      return [SIGNS.skipped, 'skipped', `${titleOf(plan, event.stepId)}: ${event.reason}`];
    case 'rule-changed': {
      const rule = plan.rules.find(({id}) => id === event.ruleId);
      if (rule === undefined) return undefined;
      const {kind} = event.assessment.standing;
      const sign =
        kind === 'tripped' || kind === 'breached' ? SIGNS.failed : kind === 'ok' ? SIGNS.passed : SIGNS.pending;
      return [sign, 'rule', `${measuredText(rule)}: ${standingText(rule, event.assessment)}`];
    }
    case 'readiness-changed':
      return sayReadiness(event);
    case 'trigger-fired':
    case 'link-lost':
      return fromTimeline(plan, event, SIGNS.failed);
    case 'rollback-finished':
      return fromTimeline(plan, event, event.result === 'rolled-back' ? SIGNS.passed : SIGNS.failed);
    case 'run-closed':
      return closedLine(plan, event);
    case 'phase-changed':
      // The line above it has said how the rollback ended, and why.
      return isEndOfRollback(event.phase) ? undefined : fromTimeline(plan, event, SIGNS['not-applicable']);
    case 'sample-taken':
    case 'readiness-confirmed':
    case 'run-on-switched':
      return undefined;
    case 'run-opened':
    case 'step-cancelling':
    case 'input-filled':
    case 'choice-made':
    case 'value-captured':
    case 'trigger-dismissed':
    case 'evidence-seen':
    case 'rollback-requested':
    case 'question-asked':
    case 'question-closed':
    case 'link-restored':
    case 'notice-sent':
    case 'window-ended':
      return fromTimeline(plan, event, SIGNS['not-applicable']);
    default:
      return unreachable(event);
  }
}

function tickedText({presumed, reason, note, askedBy, by}: Extract<Recorded, {type: 'step-ticked'}>): string {
  return [askedBy ?? by, [presumed === true ? 'presumed' : [], reason ?? [], note ?? []].flat().join('; ')]
    .filter(text => text !== '')
    .join(', ');
}

function startedText(
  plan: Plan,
  {stepId, on, attempt}: Extract<Recorded, {type: 'step-started'}>,
  box: RunSettings['box'],
): string {
  const played = boxWords(box, stepById(plan, stepId));
  const where = on === undefined ? '' : ` on ${on}`;
  const again = attempt > 1 ? ` (attempt ${attempt})` : '';
  return `${titleOf(plan, stepId)}${where}${again}${played === undefined ? '' : ` (${played})`}`;
}

/** A line with the text of the timeline. Its word is the first word of the event's name: `run`, `trigger`. */
function fromTimeline(plan: Plan, event: Recorded, sign: string): Said | undefined {
  const entry = timelineEntry(plan, event);
  return entry === undefined ? undefined : [sign, event.type.split('-')[0] ?? '', entry.text];
}

function titleOf(plan: Plan, stepId: string): string {
  return stepById(plan, stepId)?.title ?? stepId;
}

function sayReadiness({ready, items, link}: Extract<Recorded, {type: 'readiness-changed'}>): Said {
  // Whether a person has confirmed it does not stand in the event.
  if (ready) return [SIGNS.passed, 'readiness', 'what the rollback needs is there'];
  const missing = items.find(one => !one.ready && !one.optional);
  return [SIGNS.failed, 'readiness', `the rollback is not ready: ${missing?.detail ?? link.detail}`];
}

function isEndOfRollback(phase: string): boolean {
  return phase === 'rolled-back' || phase === 'rollback-failed';
}

/** A rollback has told already why; one that went well is no failure. */
function closedLine(plan: Plan, event: Extract<Recorded, {type: 'run-closed'}>): Said | undefined {
  const sign = event.exitCode === 0 ? SIGNS.passed : event.status === 'rolled-back' ? SIGNS.cancelled : SIGNS.failed;
  return fromTimeline(plan, isEndOfRollback(event.status) ? {...event, because: ''} : event, sign);
}
