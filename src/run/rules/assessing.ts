/** Where the rules of a run stand now: what each is judged on, and from when. */
import type {Plan, Rule} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import {missionMoment} from '../../text/times.ts';
import type {Assessment} from '../outcome.ts';
import {hasChangedNothing} from '../rollback-state.ts';
import {windowOf} from '../selectors.ts';
import type {FinishedRollback, RunState} from '../state.ts';
import {baselineOf, baselineValue} from './baseline.ts';
import {isBad} from './measure.ts';
import {isRelative} from './relative.ts';
import {settlingOf, settlingText, withoutDowntime} from './settling.ts';
import {readingsOf, sourceOf} from './signal-readings.ts';
import {assess, type Window} from './standing.ts';

/** The document's and the bindings' rules, and after a rollback those that hold it against the baseline. */
export function rulesOf(plan: Plan, state: RunState): readonly Rule[] {
  return state.afterRollback === undefined ? plan.rules : [...plan.rules, ...state.afterRollback];
}

/** `fresh`: its signal has just been measured anew. Otherwise only time has passed, and no standing is moved by it. */
export function assessNow(plan: Plan, state: RunState, rule: Rule, now: number, fresh: boolean): Assessment {
  return assess(rule, windowNow(plan, state, rule, now, fresh));
}

export function windowNow(plan: Plan, state: RunState, rule: Rule, now: number, fresh: boolean): Window {
  const signal = rule.signal === undefined ? undefined : readingsOf(state, rule.signal);
  const staleAfterMs = rule.signal === undefined ? undefined : staleAfter(plan, rule.signal);
  const baseline = isRelative(rule) ? baselineOf(plan, state, rule) : undefined;
  const arming = isAfterRollback(state, rule) ? armingAfterRollback(state) : armingAt(plan, state, rule, now);
  const judged = rule.signal === undefined ? [] : withoutDowntime(state, rule.signal, signal?.samples ?? [], now);
  const settling = rule.signal === undefined ? undefined : settlingOf(state, rule.signal, now);
  return {
    now,
    samples: judged,
    reports: countedReports(state, rule, now),
    ...arming,
    rolledBack: !isAfterRollback(state, rule) && isRolledBack(state),
    previous: state.rules[rule.id]?.standing ?? {kind: 'blind'},
    fresh,
    ...compact({
      staleAfterMs,
      failing: signal?.failing,
      unasked: signal?.unasked,
      baseline,
      settling: settling === undefined ? undefined : settlingText(settling, now),
    }),
  };
}

/** Readings that are older than this many cycles of their source count as missing. */
const STALE_CYCLES = 3;
/** A probe that times out and is asked again takes that long without being gone. */
const STALE_MS_MIN = 20_000;

/** Age at which the newest reading of a signal no longer says how things are; absent where nothing measures at a pace. */
export function staleAfter(plan: Plan, signal: string): number | undefined {
  const everyMs = sourceOf(plan, signal)?.everyMs;
  return everyMs === undefined ? undefined : Math.max(STALE_MS_MIN, STALE_CYCLES * everyMs);
}

/** Reports by persons that count for this rule. A complaint without a rule counts for the complaint rules. */
export function reportsFor(state: RunState, rule: Rule): RunState['complaints'] {
  return state.complaints.filter(({ruleId}) =>
    ruleId === undefined ? /complaint/i.test(rule.metric) : ruleId === rule.id,
  );
}

/**
 * Those of them that count now: since the deploy began, within the rule's own hours on the mission clock ("in first
 * hour") or else within its rolling window, and not dismissed with an alarm already.
 */
export function countedReports(state: RunState, rule: Rule, now: number): RunState['complaints'] {
  const {deployStartedAt} = state;
  if (deployStartedAt === undefined) return [];
  const [from, to] =
    rule.opens === undefined
      ? [Math.max(deployStartedAt, now - rule.windowMs), now]
      : [deployStartedAt + rule.opens.fromMs, Math.min(now, deployStartedAt + rule.opens.toMs)];
  const dismissedAt = (state.dismissals ?? []).findLast(({ruleId}) => ruleId === rule.id)?.at ?? 0;
  return reportsFor(state, rule).filter(({at}) => at >= from && at <= to && at > dismissedAt);
}

/**
 * Its window on the mission clock: its own, else its section's. Triggers are judged throughout unless they say when;
 * so are success criteria, for everybody to see where they are heading, though only the end counts.
 */
function hoursOf(plan: Plan, rule: Rule): {fromMs: number; toMs: number} | undefined {
  if (rule.role === 'criterion') return undefined;
  return rule.opens ?? (rule.role === 'trigger' ? undefined : windowOf(plan, rule));
}

/** On which side of its window the mission clock stands, and the end of the window that it has not reached or has passed. */
export function outsideOf(
  plan: Plan,
  state: RunState,
  rule: Rule,
  now: number,
): {kind: 'opens' | 'closed'; atMs: number} | undefined {
  const hours = isAfterRollback(state, rule) ? undefined : hoursOf(plan, rule);
  if (hours === undefined || state.deployStartedAt === undefined) return undefined;
  const clockMs = now - state.deployStartedAt;
  if (clockMs < hours.fromMs) return {kind: 'opens', atMs: hours.fromMs};
  return clockMs > hours.toMs ? {kind: 'closed', atMs: hours.toMs} : undefined;
}

/** The moment that a rule's last verdict is of: now, or when its window closed. */
export function judgedAt(plan: Plan, state: RunState, rule: Rule, now: number): number {
  const outside = outsideOf(plan, state, rule, now);
  return outside?.kind === 'closed' ? (state.deployStartedAt ?? 0) + outside.atMs : now;
}

/** Whether the rule's window on the mission clock has opened: a T+24 h target says nothing about the first minute. */
export function isRuleDue(plan: Plan, state: RunState, rule: Rule, now: number): boolean {
  if (state.deployStartedAt === undefined) return false;
  const hours = rule.role === 'criterion' ? (rule.opens ?? windowOf(plan, rule)) : hoursOf(plan, rule);
  return now >= state.deployStartedAt + (hours?.fromMs ?? 0);
}

type Arming = {armedFrom?: number; unarmed: string};

function armingAt(plan: Plan, state: RunState, rule: Rule, now: number): Arming {
  const outside = outsideOf(plan, state, rule, now);
  // Reports are counted within their hours; when these are over, what was counted stands.
  if (outside === undefined || (rule.person && outside.kind === 'closed')) return armingOf(state, rule);
  return {unarmed: `${outside.kind === 'opens' ? 'opens' : 'closed'} at ${missionMoment(outside.atMs)}`};
}

/**
 * Rules are about the new version: targets, alerts and criteria are armed when it is in place, so that a planned restart
 * is held against none of them. A trigger that the baseline keeps is armed from T+0 on; one that the old version breaks
 * itself ("P95 >1500ms" where it takes 2000) only with the new version.
 */
export function armingOf(state: RunState, rule: Rule): Arming {
  const {deployStartedAt, newVersionAt} = state;
  if (deployStartedAt === undefined) return {unarmed: 'the deploy has not started'};
  const {deployEndedAt} = state;
  if (rule.role !== 'trigger' && !rule.person) {
    const inPlaceAt = newVersionAt ?? deployEndedAt;
    const unarmed = 'the new version is not in place';
    return inPlaceAt === undefined ? {unarmed} : {armedFrom: inPlaceAt, unarmed};
  }
  const baseline = rule.signal === undefined ? [] : (readingsOf(state, rule.signal)?.baseline ?? []);
  const before = baselineValue(rule, baseline);
  // The old version is one time itself.
  if (before === undefined || !isBad(rule, isRelative(rule) ? 1 : before))
    return {armedFrom: deployStartedAt, unarmed: ''};
  const unarmed = 'the old version breaks it, too, and the new one is not in place';
  return newVersionAt === undefined ? {unarmed} : {armedFrom: newVersionAt, unarmed};
}

/** Only what is measured once the old version is back says whether it is as it was. */
function armingAfterRollback(state: RunState): Arming {
  const unarmed = 'the rollback has not finished';
  const ended = lastEnd(state);
  return ended === undefined ? {unarmed} : {armedFrom: ended.at, unarmed};
}

function isAfterRollback(state: RunState, rule: Rule): boolean {
  return state.afterRollback?.some(({id}) => id === rule.id) === true;
}

function isRolledBack(state: RunState): boolean {
  const {status} = state.rollback;
  const ended = lastEnd(state);
  return status === 'running' || (ended !== undefined && !hasChangedNothing(ended));
}

/** How a rollback ended, also while another one counts down or waits for its turn. */
function lastEnd({rollback}: RunState): FinishedRollback | undefined {
  if (rollback.status === 'finished') return rollback;
  return rollback.status === 'counting' || rollback.status === 'stopping' ? rollback.before : undefined;
}
