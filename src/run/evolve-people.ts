/** Folds events about people: what they say, who of them is there, drives and is asked to agree, hands over and signs. */
import {unreachable} from '../plan/plan.ts';
import {compact} from '../text/compact.ts';
import type {Recorded, RecordedHandOverOrSignOff, RecordedOfPeople} from './event.ts';
import type {RunState} from './state.ts';

type OfQuestions = Extract<Recorded, {type: 'question-asked' | 'question-closed'}>;

export function foldPeople(state: RunState, event: RecordedOfPeople | OfQuestions): RunState {
  switch (event.type) {
    case 'note-added': {
      const note = {text: event.text, at: event.at, by: event.by};
      return {...state, notes: [...state.notes, event.stepId === undefined ? note : {...note, stepId: event.stepId}]};
    }
    case 'complaint-counted': {
      const {at, by, text, ruleId} = event;
      const complaint = compact({at, by, text, ruleId});
      return {...state, complaints: [...state.complaints, complaint]};
    }
    case 'console-joined':
      return {...state, joined: true, consoles: {...state.consoles, [event.console.id]: event.console}};
    case 'console-left': {
      const {[event.consoleId]: _, ...consoles} = state.consoles;
      return {...state, consoles, driver: state.driver === event.consoleId ? null : state.driver};
    }
    case 'baton-passed':
      return {...state, driver: event.to};
    case 'approval-asked': {
      const {id, stepId, intent, consoleId, askedBy, because, at} = event;
      return {...state, approval: {id, stepId, intent, consoleId, askedBy, because, at}};
    }
    case 'approval-given':
    case 'approval-withdrawn':
      return {...state, approval: null};
    case 'question-asked':
    case 'question-closed':
      return foldQuestion(state, event);
    default:
      return unreachable(event);
  }
}

/** Which questions of hosts wait for a person. */
function foldQuestion(state: RunState, {type, questionId, kind, host, text}: OfQuestions): RunState {
  const others = (state.openQuestions ?? []).filter(one => one.questionId !== questionId);
  const asked = type === 'question-asked' ? [{questionId, kind, host, text}] : [];
  return {...state, openQuestions: [...others, ...asked]};
}

/** A request stands only while the one who made it drives, and nothing has overtaken it. */
export function settleApproval(state: RunState, event: Recorded): RunState {
  if (state.approval === null) return state;
  switch (event.type) {
    case 'step-started':
    case 'step-ticked':
    case 'step-skipped':
      return event.stepId === state.approval.stepId ? {...state, approval: null} : state;
    case 'console-left':
      return event.consoleId === state.approval.consoleId ? {...state, approval: null} : state;
    case 'baton-passed':
    case 'phase-changed':
    case 'rollback-requested':
    case 'run-closed':
      return {...state, approval: null};
    default:
      return state;
  }
}

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
