/** Events beside the course of a run: nothing that is to be done follows from them. */
import type {Recorded} from './event.ts';
import {historyText} from './history/usual.ts';
import type {RunState} from './state.ts';

export type SideEvent = Extract<Recorded, {type: 'history-read' | 'ledger-behind' | 'ledger-caught-up'}>;

export function isSideEvent(event: Recorded): event is SideEvent {
  return event.type === 'history-read' || event.type === 'ledger-behind' || event.type === 'ledger-caught-up';
}

export function foldSideEvent(state: RunState, event: SideEvent): RunState {
  if (event.type === 'history-read') {
    const {seq: _, at: __, by: ___, type: ____, ...history} = event;
    return {...state, history};
  }
  const {ledgerBehind: before, ...rest} = state;
  if (event.type === 'ledger-caught-up') return rest;
  const {copied, because, at} = event;
  return {...rest, ledgerBehind: {copied, because, since: before?.since ?? at}};
}

export function saySideEvent(event: SideEvent): [string, RunState['timeline'][number]['tone']] {
  switch (event.type) {
    case 'history-read':
      return [historyText(event), 'plain'];
    case 'ledger-behind':
      return [`the ledger is behind: ${event.because}; nothing waits for it`, 'warn'];
    case 'ledger-caught-up':
      return ['the ledger has everything again', 'good'];
  }
}
