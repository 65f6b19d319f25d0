/** What the timeline says of reviews, hand-overs and signatures. */
import {unreachable} from '../../plan/plan.ts';
import {utcMinute} from '../../text/times.ts';
import type {RecordedHandOverOrSignOff, RecordedOfReview} from '../event.ts';
import type {RunState} from '../state.ts';

type Tone = RunState['timeline'][number]['tone'];

export function sayOfReview(event: RecordedOfReview): [string, Tone] | undefined {
  // What the review file holds was said when it was reviewed.
  if ('reviewed' in event && event.reviewed !== undefined) return undefined;
  switch (event.type) {
    case 'section-confirmed':
      return [`confirmed "${event.title}" as ${event.use}`, 'plain'];
    case 'section-reopened':
      return [`"${event.title}" is to be confirmed again: ${event.because}`, 'warn'];
    case 'use-changed':
      return [`"${event.title}" is for ${event.use} now`, 'plain'];
    case 'place-set':
      return [`"${event.title}" is to run ${placeText(event.place)}`, 'plain'];
    case 'doubt-settled':
      return [`settled ${event.doubtId.replace(':', ' in line ')}: ${event.how}`, 'plain'];
    default:
      return unreachable(event);
  }
}

function placeText(place: string | undefined): string {
  if (place === undefined) return 'where it was read';
  return `on ${place === 'local' ? 'this machine' : place}, in the next run`;
}

export function sayOfHandOverOrSignOff(event: RecordedHandOverOrSignOff): [string, 'plain' | 'good' | 'bad' | 'warn'] {
  switch (event.type) {
    case 'handed-over':
      return [handedText(event), 'warn'];
    case 'hand-over-taken':
      return [`took over from ${event.from}, and has read the hand-over`, 'good'];
    case 'signed-off': {
      const {status, issues, name} = event;
      return [`signed off by ${name}: ${status}${issues === undefined ? '' : `; issues: ${issues}`}`, 'good'];
    }
    case 'countersigned': {
      const claimed = event.claimed === true ? ' (the name is only claimed)' : '';
      return [`signed by ${event.name}, too${claimed}${event.note === undefined ? '' : `: ${event.note}`}`, 'good'];
    }
    case 'record-signed':
      return [`record signed as it stood after event ${event.events}, with the SSH key ${event.key}`, 'good'];
    default:
      return unreachable(event);
  }
}

/** `Ana Lopez (ana)`; who signs as the events name them is named once. */
export function signerText({name, by}: {name: string; by: string}): string {
  return by === name || by.startsWith(`${name} (`) ? by : `${name} (${by})`;
}

function handedText({
  at,
  note,
  errors = [],
  summary,
}: Extract<RecordedHandOverOrSignOff, {type: 'handed-over'}>): string {
  const {where, next, open, look, rollback} = summary;
  const items =
    open.length === 0 ? 'Nothing is open.' : `Open (${open.length}): ${open.map(({text}) => text).join('; ')}.`;
  const said = note === undefined ? '' : ` Note: "${note}"`;
  const seen = [...look.map(({text}) => text), ...errors.map(text => `log: ${text}`)];
  const looks = seen.length === 0 ? '' : ` Look at (${seen.length}): ${seen.join('; ')}.`;
  // A clock time in the note means nothing without it.
  return `handed over at ${utcMinute(at)}Z.${said} Next: ${next} ${items} Rollback: ${rollback.text}${looks} ${where}`;
}
