/** Events beside the course of a run: what earlier runs tell, how far the team's ledger is, what is written about an incident, what a step waits for. */

import {compact} from '../text/compact.ts';
import type {Recorded} from './event.ts';
import type {GroupEvent} from './events/group-events.ts';
import type {Incident, IncidentEvent} from './events/incident-events.ts';
import type {LeaseEvent, LedgerEvent, RunTakenOver} from './events/ledger-events.ts';
import type {StepAwaitsLink} from './events/step-events.ts';
import {foldGroups, sayOfGroups} from './groups/evolve-groups.ts';
import {historyText} from './history/usual-text.ts';
import {attemptsInFlight} from './selectors.ts';
import type {RunState} from './state.ts';

export type SideEvent = Extract<
  Recorded,
  {
    type: 'history-read' | LedgerEvent['type'] | GroupEvent['type'] | IncidentEvent['type'] | StepAwaitsLink['type'];
  }
>;

const SIDE_EVENTS: Readonly<Record<SideEvent['type'], true>> = {
  'history-read': true,
  'ledger-behind': true,
  'ledger-caught-up': true,
  'lease-taken': true,
  'lease-unsure': true,
  'lease-lost': true,
  'run-taken-over': true,
  'group-listed': true,
  'batch-started': true,
  'batch-finished': true,
  'hosts-ended': true,
  'incident-written': true,
  'issue-asked': true,
  'issue-sent': true,
  'step-awaits-link': true,
};

/** Nothing that is to be done by itself follows from them. */
export function isSideEvent(event: Recorded): event is SideEvent {
  return Object.hasOwn(SIDE_EVENTS, event.type);
}

export function foldSideEvent(state: RunState, event: SideEvent): RunState {
  switch (event.type) {
    case 'history-read': {
      const {seq: _, at: __, by: ___, type: ____, ...history} = event;
      return {...state, history};
    }
    case 'ledger-behind': {
      const {copied, because, at} = event;
      return {...state, ledgerBehind: {copied, because, since: state.ledgerBehind?.since ?? at}};
    }
    case 'ledger-caught-up': {
      const {ledgerBehind: _, ...rest} = state;
      return rest;
    }
    case 'lease-taken':
    case 'lease-unsure':
    case 'lease-lost':
      return foldLease(state, event);
    case 'run-taken-over': {
      const {host, from, after, unknown} = event;
      return {
        ...state,
        run: {...state.run, host},
        takenOver: {from, after, unknown, inFlight: attemptsInFlight(state)},
      };
    }
    case 'group-listed':
    case 'batch-started':
    case 'batch-finished':
    case 'hosts-ended':
      return foldGroups(state, event);
    case 'incident-written': {
      const {seq: _, type: __, ...written} = event;
      const {issue, files} = state.incident ?? {};
      // An issue that was created stays so, whatever is written anew.
      const before = {...(issue === undefined ? {} : {issue}), ...(files === undefined ? {} : {files})};
      return {...state, incident: {...before, ...written}};
    }
    case 'issue-asked':
      return withIssue(state, {status: 'asked', at: event.at, by: event.by, detail: ''});
    case 'issue-sent': {
      const {created, detail, at, by} = event;
      return withIssue(state, {status: created ? 'created' : 'failed', at, by, detail});
    }
    case 'step-awaits-link':
      return foldAwaited(state, event);
  }
}

/** Going on without the lease was meant for as long as it is not there. */
function foldLease(state: RunState, event: LeaseEvent): RunState {
  const {checklist} = event;
  if (event.type === 'lease-taken') {
    const {lease: _, ...overrides} = state.overrides;
    return {...state, lease: {status: 'held', checklist, number: event.number}, overrides};
  }
  const number = state.lease?.number;
  const status = event.type === 'lease-lost' ? 'lost' : number === undefined ? 'none' : 'unsure';
  // This holds for good: whatever the ledger says later, the run does not belong to this engine any more.
  const takenOver = event.type === 'lease-lost' ? event.takenOver : state.lease?.takenOver;
  const lease = compact({status, checklist, because: event.because, number, takenOver} as const);
  const goOn = event.type === 'lease-unsure' ? event.goOn : undefined;
  return {...state, lease, ...(goOn === undefined ? {} : {overrides: {...state.overrides, lease: goOn}})};
}

function foldAwaited(state: RunState, {stepId, attempt, host, sent}: StepAwaitsLink): RunState {
  const own = state.steps[stepId];
  if (own?.status !== 'running' || own.attempt !== attempt) return state;
  const {awaitsLink: _, ...begun} = own;
  return {...state, steps: {...state.steps, [stepId]: sent === true ? begun : {...begun, awaitsLink: host}}};
}

function withIssue(state: RunState, issue: NonNullable<Incident['issue']>): RunState {
  return state.incident === undefined ? state : {...state, incident: {...state.incident, issue}};
}

/** `taken over from ana on box by bob on desk, number 7; fenced: vps; unknown: web2 (no answer)`. */
function takenOverText({from, host, user, number, fenced, unknown}: RunTakenOver): string {
  const told = fenced.length === 0 ? '' : `; fenced: ${fenced.join(', ')}`;
  const untold = unknown.map(({host: name, because}) => `${name} (${because})`);
  const left = untold.length === 0 ? '' : `; unknown, and not fenced before their next command: ${untold.join(', ')}`;
  return `taken over from ${from.user} on ${from.host} by ${user} on ${host}, number ${number}${told}${left}`;
}

type Entry = RunState['timeline'][number];

export function saySideEvent(event: SideEvent): [string, Entry['tone']] | undefined {
  switch (event.type) {
    case 'history-read':
      return [historyText(event), 'plain'];
    case 'ledger-behind':
      return [`the ledger is behind: ${event.because}; nothing waits for it`, 'warn'];
    case 'ledger-caught-up':
      return ['the ledger has everything again', 'good'];
    case 'lease-taken':
      return event.before === undefined
        ? [`the lease of this checklist is held, number ${event.number}`, 'good']
        : [
            `the lease of this checklist is held again, number ${event.number}; run ${event.before} had it before`,
            'warn',
          ];
    case 'lease-unsure':
      return event.goOn === undefined
        ? [`somebody else may run this checklist: ${event.because}`, 'warn']
        : [`started without the ledger (${event.because}): ${event.goOn}`, 'warn'];
    case 'lease-lost':
      return [event.because, 'bad'];
    case 'run-taken-over':
      return [takenOverText(event), 'warn'];
    case 'group-listed':
    case 'batch-started':
    case 'batch-finished':
    case 'hosts-ended':
      return sayOfGroups(event);
    case 'incident-written':
      return event.files === undefined
        ? [`incident report NOT written: ${event.problem ?? 'nobody knows why'}`, 'warn']
        : [`incident report written: ${event.files.report}`, 'plain'];
    case 'step-awaits-link':
      return event.sent === true
        ? [`the step waits for ${event.host} no more`, 'plain']
        : [`the step has not begun: it waits for a connection to ${event.host}`, 'warn'];
    case 'issue-asked':
      return [`creates an issue by gh from ${event.file}`, 'plain'];
    case 'issue-sent':
      return event.created
        ? [`issue created by gh: ${event.detail}`, 'good']
        : [`issue NOT created: ${event.detail}`, 'warn'];
  }
}
