/** What the events of the team's ledger change, and how they are told. */
import type {Recorded} from './event.ts';
import type {RunState} from './state.ts';

type RecordedOfLedger = Extract<Recorded, {type: 'ledger-behind' | 'ledger-caught-up'}>;

/** Every other event. */
export type RecordedOfRun = Exclude<Recorded, RecordedOfLedger>;

export function isOfLedger(event: Recorded): event is RecordedOfLedger {
  return event.type === 'ledger-behind' || event.type === 'ledger-caught-up';
}

export function foldLedger(state: RunState, event: RecordedOfLedger): RunState {
  const {ledgerBehind: before, ...rest} = state;
  if (event.type === 'ledger-caught-up') return rest;
  const {copied, because, at} = event;
  return {...rest, ledgerBehind: {copied, because, since: before?.since ?? at}};
}

export function sayOfLedger(event: RecordedOfLedger): [string, 'good' | 'warn'] {
  if (event.type === 'ledger-caught-up') return ['the ledger has everything again', 'good'];
  return [`the ledger is behind: ${event.because}; nothing waits for it`, 'warn'];
}
