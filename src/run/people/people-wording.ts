/** What the timeline says of hand-overs and signatures. */
import {unreachable} from '../../plan/plan.ts';
import type {PeopleEvent} from '../events/people-events.ts';

export function sayOfPeoplesEnd(event: PeopleEvent): [string, 'plain' | 'good' | 'bad' | 'warn'] {
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

function handedText({note, summary}: Extract<PeopleEvent, {type: 'handed-over'}>): string {
  const {where, next, open, look, rollback} = summary;
  const items =
    open.length === 0 ? 'Nothing is open.' : `Open (${open.length}): ${open.map(({text}) => text).join('; ')}.`;
  const said = note === undefined ? '' : ` "${note}"`;
  const seen = look.length === 0 ? '' : ` Look at: ${look.map(({text}) => text).join('; ')}.`;
  return `handed over.${said} Next: ${next} ${items}${seen} Rollback: ${rollback.text} ${where}`;
}
