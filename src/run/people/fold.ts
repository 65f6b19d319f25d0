/** Folds hand-overs and signatures into the state. */
import {unreachable} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import type {RecordedHandOverOrSignOff} from '../event.ts';
import type {RunState} from '../state.ts';

export function foldHandOverOrSignOff(state: RunState, event: RecordedHandOverOrSignOff): RunState {
  const {at, by} = event;
  switch (event.type) {
    case 'handed-over': {
      const {id, consoleId, note, errors, summary} = event;
      return {...state, handOver: compact({id, consoleId, note, errors, summary, at, by})};
    }
    case 'hand-over-taken':
      return state.handOver?.id === event.id ? {...state, handOver: {...state.handOver, taken: {at, by}}} : state;
    case 'signed-off': {
      const {status, issues, notes, name} = event;
      return {...state, signOff: compact({status, issues, notes, name, at, by})};
    }
    case 'countersigned': {
      const {name, note, claimed} = event;
      const second = compact({name, note, claimed, at, by});
      return state.signOff === undefined ? state : {...state, signOff: {...state.signOff, second}};
    }
    case 'record-signed':
      return state;
    default:
      return unreachable(event);
  }
}
