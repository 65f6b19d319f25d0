/** People hand a run over, take it over, and sign it off. */
import {unreachable} from '../../../plan/plan.ts';
import {compact} from '../../../text/compact.ts';
import {oneLine, shorten} from '../../../text/width.ts';
import {type Console, personOf} from '../../console.ts';
import type {PeopleIntent} from '../../events/people-events.ts';
import {handOverSummary} from '../../people/hand-over.ts';
import {bringsBaton} from '../baton.ts';
import {countersign, signOff} from '../decide-sign-off.ts';
import {type Draft, Refusal} from '../decision-draft.ts';

const ERRORS_MAX = 3;
const ERROR_LENGTH_MAX = 200;

export function onPeopleIntent(draft: Draft, console: Console, intent: PeopleIntent): Refusal | undefined {
  switch (intent.type) {
    case 'hand-over':
      return handOver(draft, console, intent);
    case 'take-hand-over':
      return takeHandOver(draft, console, intent.id);
    case 'sign-off':
      return signOff(draft, intent);
    case 'countersign':
      return countersign(draft, console, intent);
    default:
      return unreachable(intent);
  }
}

function handOver(
  draft: Draft,
  console: Console,
  {note, errors = []}: Extract<PeopleIntent, {type: 'hand-over'}>,
): Refusal | undefined {
  const text = note?.trim();
  const shown = errors.slice(-ERRORS_MAX).map(error => shorten(oneLine(error), ERROR_LENGTH_MAX));
  draft.say(
    compact({
      type: 'handed-over',
      id: `H${draft.state.seq + 1}`,
      consoleId: console.id,
      note: text === '' ? undefined : text,
      errors: shown.length === 0 ? undefined : shown,
      summary: handOverSummary(draft.plan, draft.state, draft.at, text === '' ? undefined : text),
    }),
  );
  return undefined;
}

/** With it comes the baton, where nobody drives or the one who has handed over still does. */
function takeHandOver(draft: Draft, console: Console, id: string): Refusal | undefined {
  const {handOver: written} = draft.state;
  if (written === undefined || written.id !== id) return new Refusal('there is a newer hand-over, or none: look again');
  if (written.taken !== undefined) return new Refusal(`${written.taken.by} has taken it over already`);
  if (written.consoleId === console.id) return new Refusal('you wrote it: who comes next takes it over');
  if (console.observer) return new Refusal('this console only observes: attach without --observe to take over');
  draft.say({type: 'hand-over-taken', id, from: written.by});
  if (bringsBaton(draft.state, written)) {
    draft.say({
      type: 'baton-passed',
      to: console.id,
      name: personOf(console),
      because: `handed over by ${written.by}`,
    });
  }
  return undefined;
}
