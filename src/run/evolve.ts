/** Folds events into the state of a run. */

import {type Plan, unreachable} from '../plan/plan.ts';
import {compact} from '../text/compact.ts';
import type {Recorded} from './event.ts';
import {isOfPeople, isOfReview} from './events/event-groups.ts';
import {isPeopleEvent, type PeopleEvent} from './events/people-events.ts';
import {foldHandOverOrSignOff, foldPeople, settleApproval} from './evolve-people.ts';
import {foldReview} from './evolve-review.ts';
import {changeRule, dismissTrigger, finishRollback, fireTrigger, requestRollback, withoutLeft} from './evolve-rules.ts';
import {cancelStep, choose, finishStep, skipStep, startStep, tickStep} from './evolve-steps.ts';
import {begunAgain} from './rollback/deploying-again.ts';
import {PROOF_HOLDS_MS, STOPPING_DEADLINE_MS} from './rollback/rollback-times.ts';
import {keptSteps} from './rollback/tried-again.ts';
import {beginSettling, endRestart, settleSamples} from './rules/settling.ts';
import {addSamples} from './rules/signals.ts';
import {foldSideEvent, isSideEvent, type SideEvent} from './side-events.ts';
import {type RunState, TIMELINE_MAX} from './state.ts';
import {timelineEntry} from './timeline.ts';

export const initialState: RunState = {
  seq: 0,
  run: {
    id: '',
    title: '',
    checklist: '',
    user: '',
    host: '',
    auto: false,
    yes: [],
    watch: 'none',
    dryRun: false,
    unattended: false,
    openedAt: 0,
  },
  lastAt: 0,
  phase: 'ready',
  phaseBecause: '',
  runningOn: false,
  runOnBecause: '',
  steps: {},
  choices: {},
  blanks: {},
  captures: {},
  contexts: {},
  signals: {},
  rules: {},
  tripped: [],
  readiness: null,
  rollback: {status: 'none'},
  links: {},
  notes: [],
  complaints: [],
  consoles: {},
  joined: false,
  overrides: {},
  driver: null,
  approval: null,
  timeline: [],
  closed: null,
};

/** Folds one event into the state. Performs nothing; the same events always give the same state. */
export function evolve(plan: Plan, state: RunState, event: Recorded): RunState {
  const settled = settleApproval(state, event);
  const before = {...settled, seq: event.seq, lastAt: Math.max(state.lastAt, event.at)};
  const folded = isPeopleEvent(event)
    ? foldHandOverOrSignOff(before, event)
    : isSideEvent(event)
      ? foldSideEvent(before, event)
      : fold(plan, before, event);
  const entry = isNews(state, event) ? timelineEntry(plan, event) : undefined;
  return entry === undefined ? folded : {...folded, timeline: [...folded.timeline, entry].slice(-TIMELINE_MAX)};
}

/** A latency measured again, or a breach counted once more, is no new entry of the timeline. */
function isNews(before: RunState, event: Recorded): boolean {
  if (event.type === 'link-restored') return before.links[event.host]?.up !== true;
  if (event.type === 'rule-changed') {
    return before.rules[event.ruleId]?.standing.kind !== event.assessment.standing.kind;
  }
  return true;
}

function fold(plan: Plan, state: RunState, event: Exclude<Recorded, PeopleEvent | SideEvent>): RunState {
  if (event.type === 'notice-sent') return state;
  if (isOfPeople(event)) return foldPeople(state, event);
  if (isOfReview(event)) return foldReview(state, event);
  switch (event.type) {
    case 'run-opened':
      return openRun(state, event);
    case 'phase-changed':
      return changePhase(plan, state, event);
    case 'step-started':
      return beginSettling(plan, startStep(plan, state, event), event);
    case 'step-cancelling':
      return cancelStep(state, event);
    case 'step-finished':
      return endRestart(finishStep(plan, state, event), event);
    case 'step-ticked':
      return withoutLeft(plan, tickStep(plan, state, event), event.stepId);
    case 'step-skipped':
      return withoutLeft(plan, skipStep(plan, state, event), event.stepId);
    case 'choice-made':
      return choose(plan, state, event);
    case 'input-filled':
      return fillBlank(state, event);
    case 'value-captured':
      return {...state, captures: {...state.captures, [event.name]: {value: event.value, on: event.on}}};
    case 'sample-taken':
      return settleSamples(plan, {...state, signals: addSamples(plan, state, event.samples)}, event.samples);
    case 'rule-changed':
      return changeRule(state, event);
    case 'trigger-fired':
      return fireTrigger(state, event);
    case 'trigger-dismissed':
      return dismissTrigger(state, event);
    case 'readiness-changed':
    case 'readiness-confirmed':
      return changeReadiness(state, event);
    case 'evidence-seen':
      return seeEvidence(state, event);
    case 'rollback-requested':
      return requestRollback(state, event);
    case 'rollback-finished':
      return finishRollback(plan, state, event);
    case 'question-asked':
    case 'question-closed':
      return foldPeople(state, event);
    case 'link-lost':
    case 'link-restored':
      return changeLink(state, event);
    case 'window-ended':
      return {...state, windowsEndedMs: event.toMs};
    case 'run-on-switched':
      return {...state, runningOn: event.on, runOnBecause: event.because};
    case 'run-closed':
      return closeRun(state, event);
    default:
      return unreachable(event);
  }
}

type Told<Type extends Recorded['type']> = Extract<Recorded, {type: Type}>;

function openRun(state: RunState, event: Told<'run-opened'>): RunState {
  const {runId, title, checklist, bindings, user, host, auto, yes, watch, dryRun, unattended, at} = event;
  const {directory, group, approvers, gated, rehearsal, box} = event;
  const run = {
    ...{id: runId, title, checklist, user, host, auto, yes, watch, dryRun, unattended, openedAt: at},
    ...compact({bindings, directory, group, approvers, gated, rehearsal, box}),
  };
  return {...state, run, runningOn: auto};
}

function fillBlank(state: RunState, {blankId, value, by, at, computed = false}: Told<'input-filled'>): RunState {
  return {...state, blanks: {...state.blanks, [blankId]: {value, by, at, computed}}};
}

function closeRun(state: RunState, {status, exitCode, because, at}: Told<'run-closed'>): RunState {
  const closed = {status, exitCode, because, at};
  return {...state, phase: 'closed', phaseBecause: because, runningOn: false, closed};
}

function changeReadiness(state: RunState, event: Told<'readiness-changed' | 'readiness-confirmed'>): RunState {
  const {at: reportedAt, asOf: at = reportedAt, oldestAt} = event;
  if (event.type === 'readiness-confirmed')
    return state.readiness === null ? state : proved(state, compact({...state.readiness, at, oldestAt}));
  const {ready, items, link, seen, before = {}} = event;
  const stood = Object.entries(before).map(([id, value]) => [id, {value, at}] as const);
  const known = stood.length === 0 ? state : {...state, before: {...state.before, ...Object.fromEntries(stood)}};
  return proved(known, compact({at, oldestAt, ready, items, link, seen}));
}

function seeEvidence(
  state: RunState,
  {seq: _, by: __, type: ___, at: ____, asOf, ...seen}: Told<'evidence-seen'>,
): RunState {
  return {...state, evidence: {...state.evidence, [seen.key]: {...seen, at: asOf}}};
}

function changeLink(state: RunState, event: Told<'link-lost' | 'link-restored'>): RunState {
  const {type, host, at: since} = event;
  const known = state.links[host];
  const {latencyMs, account = known?.account} = type === 'link-restored' ? event : {};
  const {detail = '', refused} = type === 'link-lost' ? event : {};
  const up = type === 'link-restored';
  const reached = up ? true : known?.reached;
  const link = compact({up, detail, since, latencyMs, account, reached, refused});
  return {...state, links: {...state.links, [host]: link}};
}

/** Going on with red readiness was meant for as long as it is red. */
function proved(state: RunState, readiness: NonNullable<RunState['readiness']>): RunState {
  const {readiness: _, ...overrides} = state.overrides;
  return {...state, readiness, overrides: readiness.ready ? overrides : state.overrides};
}

function isUnchangedSince({steps}: RunState, since: number): boolean {
  return Object.values(steps).every(step => step.status !== 'running' && !('at' in step && step.at >= since));
}

/** Whether a step has run since; what people have ticked changes nothing. */
function hasRunSince({steps}: RunState, since: number): boolean {
  return Object.values(steps).some(
    step =>
      step.status === 'running' || ('outcome' in step && (step.status === 'waiting' ? step.since : step.at) > since),
  );
}

/** A run that is opened again ends anew: what was signed was its first end. */
function withoutSignature({signOff: _, ...state}: RunState): RunState {
  return state;
}

function changePhase(plan: Plan, state: RunState, {phase, because, at, abort}: Told<'phase-changed'>): RunState {
  const open = state.closed === null ? state : withoutSignature(state);
  const changed = {...open, phase, phaseBecause: because, closed: null, ...compact({aborting: abort})};
  const {rollback} = state;
  if (phase === 'running' && rollback.status === 'finished') return begunAgain(plan, changed, at);
  if (phase === 'stopping' && rollback.status === 'counting') {
    const stopping = {
      status: 'stopping',
      because: rollback.because,
      since: at,
      proofFrom: isUnchangedSince(state, rollback.requestedAt)
        ? Math.max(rollback.requestedAt, at - PROOF_HOLDS_MS)
        : at,
      deadlineAt: at + STOPPING_DEADLINE_MS,
    } as const;
    const {force, before, anew} = rollback;
    // What a rollback that failed has put back already still differed from its backup before that.
    const deployed = before === undefined || hasRunSince(state, before.at) ? undefined : before.deployed;
    return {...changed, rollback: compact({...stopping, force, before, anew, deployed})};
  }
  if (phase === 'rolling-back' && rollback.status === 'stopping') {
    const begun = keptSteps(plan, state).map(({id}) => id);
    const running = {status: 'running', because: rollback.because, startedAt: at, begun} as const;
    const {force, before, deployed: first} = rollback;
    const deployed = first === undefined ? state.readiness?.seen : {...state.readiness?.seen, ...first};
    return {...changed, rollback: compact({...running, before, deployed, force})};
  }
  if (phase === 'watching') return {...changed, deployEndedAt: state.deployEndedAt ?? at};
  return changed;
}
