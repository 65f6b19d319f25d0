/** One console at a time drives: it holds the baton, and only its keys change the world. */
import {type Console, isSameAccount, personOf, whereOf} from '../console.ts';
import type {Event, Intent} from '../event.ts';
import type {RunState} from '../state.ts';
import {type Draft, Refusal} from './decision-draft.ts';

/** What somebody else than the driver says. */
const OF_OTHERS: ReadonlySet<Intent['type']> = new Set([
  'pass-baton',
  'approve',
  'take-hand-over',
  'countersign',
] as const);

/** Why this console may not have this intent. Who holds the baton, and who approves, have rules of their own. */
export function mayNot(state: RunState, console: Console, {type}: Intent): string | undefined {
  if (OF_OTHERS.has(type) || state.driver === console.id) return undefined;
  const driver = driverOf(state);
  if (driver !== undefined) return `${whereOf(driver)} drives, you observe${wayToBaton(driver, console)}`;
  return console.observer ? onlyObserves : 'you observe: press b to take the baton';
}

function wayToBaton(driver: Console, console: Console): string {
  if (console.observer) return '';
  return isSameAccount(driver, console) ? ': b takes over' : ': ask for the baton';
}

export function driverOf(state: RunState): Console | undefined {
  return state.driver === null ? undefined : state.consoles[state.driver];
}

/**
 * It is handed on by its holder, or taken when nobody has it; it is taken from another console of one's own only on
 * request.
 */
export function passBaton(
  draft: Draft,
  console: Console,
  {to, takeOver = false}: Extract<Intent, {type: 'pass-baton'}>,
): Refusal | undefined {
  const driver = driverOf(draft.state);
  const refused = driver?.id === console.id ? handOn(draft.state, console, to) : take(driver, console, to, takeOver);
  if (refused !== undefined) return new Refusal(refused);
  draft.say(passed(draft.state, console, to));
  return undefined;
}

/** The event that goes with a console's arrival: who comes first drives, if the run is its own account's. */
export function freeBaton(state: RunState, console: Console, isOwner: boolean): Event | undefined {
  if (console.observer || !isOwner || driverOf(state) !== undefined) return undefined;
  return passed(state, console, console.id);
}

const onlyObserves = 'this console only observes: attach without --observe to drive';

function handOn(state: RunState, from: Console, to: string | null): string | undefined {
  if (to === null) return undefined;
  if (to === from.id) return 'you drive already';
  const heir = state.consoles[to];
  if (heir === undefined) return `there is no console ${to}: it has left`;
  return heir.observer ? `${personOf(heir)} only observes` : undefined;
}

function take(driver: Console | undefined, console: Console, to: string | null, takeOver: boolean): string | undefined {
  if (to !== console.id) return 'only the driver can hand the baton to somebody else';
  if (console.observer) return onlyObserves;
  if (driver === undefined) return undefined;
  if (!isSameAccount(driver, console)) return `${whereOf(driver)} drives: ask for the baton`;
  return takeOver ? undefined : `${whereOf(driver)} drives, in this account: b asks whether to take it over`;
}

function passed(state: RunState, by: Console, to: string | null): Event {
  if (to === null) return {type: 'baton-passed', to, because: `laid down by ${personOf(by)}`};
  const heir = to === by.id ? by : state.consoles[to];
  const name = heir === undefined ? {} : {name: personOf(heir)};
  return {type: 'baton-passed', to, ...name, because: becauseOf(driverOf(state), by)};
}

function becauseOf(driver: Console | undefined, by: Console): string {
  if (driver === undefined) return 'nobody else drove';
  return driver.id === by.id ? `handed on by ${personOf(by)}` : `taken over from ${whereOf(driver)}`;
}

/** Whether taking a hand-over brings the baton, too: nobody else has it since. `consoleId`: where it was written. */
export function bringsBaton(state: RunState, {consoleId}: {consoleId: string}): boolean {
  const driver = driverOf(state);
  return driver === undefined || driver.id === consoleId;
}
