/** What the timeline says of hand-overs and signatures. */
import {unreachable} from '../../plan/plan.ts';
import {utcMinute} from '../../text/times.ts';
import type {RecordedHandOverOrSignOff} from '../event.ts';

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
