/** What an engine does about the steps and the rollback that the last engine left when it ended. */
import type {Spool} from '../journal/spool/spool.ts';
import {type Plan, type Step, traitsOf, unreachable} from '../plan/plan.ts';
import {onlyLooks} from '../plan/script.ts';
import type {Event, Report} from '../run/event.ts';
import {hostOfLine} from '../run/host-lines.ts';
import {stepById} from '../run/plan-index.ts';
import type {TakenUp} from '../run/request.ts';
import {isOfRollback} from '../run/rollback/rollback-choice.ts';
import type {Attempt, RunState} from '../run/state.ts';
import {utcTime} from '../text/times.ts';
import type {Performer} from './perform-effects.ts';

export type Left = {
  plan: Plan;
  state: RunState;
  spool: Spool;
  performer: Performer;
  countdownMs: number;
  now: number;
  /** Whether a host of the bindings is a group of them. */
  isGroup(host: string): boolean;
  elsewhere?: Elsewhere | undefined;
};

/**
 * Another machine has begun these, and its jobs, output and sent requests are not here. `unknown`: hosts where nobody could
 * look for them. `isFirst`: no engine here had the run before this one, so that none of their output is here.
 */
export type Elsewhere = {
  host: string;
  unknown: readonly string[];
  inFlight: readonly Attempt[];
  isFirst: boolean;
};

/** Output before its first line is the step's own heading. */
const HEADING_LINES = 1;

/**
 * A script's job is found again by its name, on its host: it is watched on, and how it ended is read. What only asks is
 * asked again. Of anything else nobody can say what became of it. A rollback that had been asked for is still wanted: its
 * countdown begins again, and so does the time that a step has to end.
 */
export function recoverSteps(left: Left, report: (report: Report) => void): readonly Event[] {
  const {plan, state, performer} = left;
  const awaited: Event[] = [];
  for (const [stepId, own] of Object.entries(state.steps)) {
    if (own.status !== 'running') continue;
    const {attempt, startedAt, outputFrom = 0, cancelling, awaitsLink} = own;
    if (awaitsLink !== undefined) {
      // The last engine may have sent it, and ended before it said so.
      awaited.push({type: 'step-awaits-link', stepId, attempt, host: awaitsLink, sent: true});
    }
    const step = stepById(plan, stepId);
    const elsewhere = begunElsewhere(left, {stepId, attempt});
    const unseen = step === undefined ? undefined : leftElsewhere(elsewhere, step);
    if (step === undefined || unseen !== undefined || !canBeTakenUp(step)) {
      const detail = unseen ?? 'the engine ended while it ran, and nobody saw what came of it';
      report({type: 'step-reported', stepId, attempt, outcome: {kind: 'lost', detail, durationMs: 0}});
      continue;
    }
    const rollback = state.rollback.status === 'running' && isOfRollback(plan, stepId);
    performer.resumeStep(stepId, attempt, rollback, {
      agoMs: Math.max(0, left.now - startedAt),
      ...seenOf({...left, elsewhere}, step, outputFrom),
    });
    if (cancelling === true) performer.perform({type: 'cancel', stepId, attempt, deadlineMs: 0});
  }
  return [resumed(left), ...awaited, ...rollbackAgain(left)];
}

/** A take-over counts as long as what was under way then is: for every engine that goes on here. */
function begunElsewhere({elsewhere}: Left, {stepId, attempt}: Attempt): Elsewhere | undefined {
  const isOne = elsewhere?.inFlight.some(one => one.stepId === stepId && one.attempt === attempt);
  return isOne === true ? elsewhere : undefined;
}

/** Why nobody here can tell how it ended, when another machine began it: it ran there, or sent something from there. */
function leftElsewhere(elsewhere: Elsewhere | undefined, {action}: Step): string | undefined {
  if (elsewhere === undefined || action.kind !== 'script') return undefined;
  const {host} = elsewhere;
  if (action.context.place.kind === 'local')
    return `it ran on ${host}, which this run was taken over from: nobody here sees what came of it`;
  if (action.stages.some(stage => stage.kind === 'http' && !onlyLooks(stage.request)))
    return `whether its requests were sent is known on ${host} alone, which this run was taken over from`;
  return undefined;
}

/** What the spool has of it. The hosts of a group print at the same time: in another order when they are asked again. */
function seenOf(
  {spool, isGroup, elsewhere}: Left,
  {action}: Step,
  from: number,
): Pick<TakenUp, 'seen' | 'linesKept' | 'unlooked'> {
  const place = 'context' in action ? action.context?.place : undefined;
  const host = place?.kind === 'host' ? place.host : undefined;
  const ofGroup = host !== undefined && isGroup(host);
  // Where nobody could look whether this is the same account, nothing is begun.
  const {unknown = [], isFirst = false} = elsewhere ?? {};
  const isUnknown = host !== undefined && unknown.includes(host);
  const unlooked = ofGroup && elsewhere !== undefined ? {unlooked: unknown} : {};
  if (isFirst) return {seen: isUnknown, linesKept: {}, ...unlooked};
  if (ofGroup) return {seen: isUnknown, linesKept: linesByHost(spool, from), ...unlooked};
  const seen = isUnknown || spool.lines('output') > from + HEADING_LINES;
  spool.repeat('output', from);
  return {seen};
}

function linesByHost(spool: Spool, from: number): Readonly<Record<string, number>> {
  const kept: Record<string, number> = {};
  for (let at = from; at < spool.lines('output'); ) {
    const lines = spool.linesSince('output', at);
    if (lines.length === 0) break;
    at += lines.length;
    for (const line of lines) {
      const host = hostOfLine(line);
      if (host !== undefined) kept[host] = (kept[host] ?? 0) + 1;
    }
  }
  return kept;
}

/** Whether it can be asked or found again, so that taking it up changes nothing. */
function canBeTakenUp({action}: Step): boolean {
  const {afterCrash} = traitsOf(action);
  switch (afterCrash) {
    case 'found-again':
    case 'asked-again':
      return true;
    case 'asked-again-if-it-only-asks':
      return action.kind === 'http' && action.requests.every(onlyLooks);
    case 'lost':
      return false;
    default:
      return unreachable(afterCrash);
  }
}

function rollbackAgain({state: {rollback}, countdownMs, now}: Left): readonly Event[] {
  if (rollback.status !== 'counting' && rollback.status !== 'stopping') return [];
  const {status, because, force} = rollback;
  const asked = {type: 'rollback-requested', because, ...(force === undefined ? {} : {force})} as const;
  if (status === 'counting') return [{...asked, startsAt: now + countdownMs}];
  return [
    {...asked, startsAt: now},
    {type: 'phase-changed', phase: 'stopping', because},
  ];
}

/** Where nothing was measured is seen in the record, too. */
function resumed({state, now}: Left): Event {
  const time = (at: number) => utcTime(at).replace('T', ' ');
  const text = `taken up by a new engine: from ${time(state.lastAt)} to ${time(now)} nothing was watched or measured`;
  return {type: 'note-added', text};
}
