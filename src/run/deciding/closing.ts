/** When a run closes, and with which status and exit code. */

import type {Plan, Rule, Step} from '../../plan/plan.ts';
import {kindOf} from '../../plan/plan.ts';
import {fineQuantity, plural} from '../../text/figures.ts';
import type {RunStatus} from '../event.ts';
import {EXIT, type ExitCode} from '../exit-codes.ts';
import {unconfirmed} from '../review.ts';
import {assessNow, isRuleDue, judgedAt} from '../rules/assessing.ts';
import {belongsToRun, hoursOfStep, isDeployed, isDone, isDue, nextStep, runningStep, stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {criteriaText, isCriterion, wholeWatch} from './criteria.ts';
import type {Draft} from './decision-draft.ts';
import {endWindows} from './watch-windows.ts';

/** Closes a run whose steps are done and whose watch is over. */
export function closeIfOver(draft: Draft): void {
  const {plan, state, at} = draft;
  const {rollback} = state;
  if (rollback.status === 'finished') {
    // One that changed nothing may have left a step running.
    if (runningStep(plan, state) !== undefined) return;
    if (state.run.unattended || draft.settings.closeAfterRollback) closeRun(draft, rollback.because);
    return;
  }
  if (state.phase !== 'watching') return;
  settleRuleSteps(draft, step => hasClosed(draft, step));
  if (runningStep(plan, state) !== undefined) return;
  endWindows(draft);
  const end = watchEnd(plan, state);
  if (end === undefined || at < end) return;
  if (state.run.watch === 'none' && nextStep(plan, state) !== undefined) return;
  settleRuleSteps(draft, step => isDue(plan, draft.state, step));
  closeRun(draft, state.run.watch === 'none' ? EVERY_STEP : `${EVERY_STEP} and the watch is over`);
}

const EVERY_STEP = 'every step is done';

/** Epoch ms at which watching ends. */
function watchEnd(plan: Plan, {run, deployStartedAt, deployEndedAt}: RunState): number | undefined {
  if (deployEndedAt === undefined) return undefined;
  if (run.watch === 'none') return deployEndedAt;
  if (run.watch !== 'all') return deployEndedAt + run.watch;
  const ends = [
    ...plan.sections.map(section => section.window),
    ...plan.steps.map(step => step.opens),
    ...plan.rules.map(rule => (rule.role === 'trigger' ? undefined : rule.opens)),
  ].flatMap(window => window?.toMs ?? []);
  return ends.length === 0 ? undefined : (deployStartedAt ?? deployEndedAt) + Math.max(...ends);
}

/** Rules that held tick their box; what could not be judged says so; a broken one stays open for everybody to see. */
function settleRuleSteps(draft: Draft, when: (step: Step) => boolean): void {
  for (const step of draft.plan.steps) {
    if (step.action.kind !== 'rule' || isDone(draft.state, step)) continue;
    if (!belongsToRun(draft.plan, draft.state, step) && !isCriterion(draft.plan, draft.state, step)) continue;
    if (when(step)) settleRuleStep(draft, step, step.action.rules);
  }
}

/** Its hours are over on the mission clock. */
function hasClosed({plan, state, at}: Draft, step: Step): boolean {
  const window = hoursOfStep(plan, step);
  return window !== undefined && state.deployStartedAt !== undefined && at >= state.deployStartedAt + window.toMs;
}

function settleRuleStep(draft: Draft, step: Step, ruleIds: readonly string[]): void {
  const rules = draft.plan.rules.filter(rule => ruleIds.includes(rule.id));
  if (rules.some(rule => trippedInItsTime(draft, rule))) return;
  const assessments = rules.map(rule =>
    assessNow(draft.plan, draft.state, rule, judgedAt(draft.plan, draft.state, rule, draft.at), false),
  );
  const kinds = assessments.map(({standing}) => standing.kind);
  const evidence = assessments.map(({value, because, n}, index) => {
    const rule = rules[index];
    const whole = rule?.role === 'criterion' ? wholeWatch(draft.state, rule) : '';
    const measured = value === undefined ? [] : [fineQuantity(value, rule?.unit ?? 'count')];
    return [...measured, because, plural(n, 'reading'), ...(whole === '' ? [] : [whole])].join(', ');
  });
  if (kinds.length > 0 && kinds.every(kind => kind === 'ok' || kind === 'grey')) {
    draft.say({type: 'step-ticked', stepId: step.id, note: evidence.join(' · ')});
  } else if (kinds.every(kind => kind !== 'breached' && kind !== 'tripped')) {
    draft.say({type: 'step-skipped', stepId: step.id, reason: `not judged: ${evidence.join(' · ')}`});
  }
}

/** It was wrong once while it was judged: that it recovered is no reason to tick it. Of a success criterion the end counts. */
function trippedInItsTime({plan, state, at}: Draft, rule: Rule): boolean {
  const own = state.rules[rule.id];
  if (own?.tripped === undefined || !isRuleDue(plan, state, rule, at)) return false;
  return rule.role !== 'criterion' || own.standing.kind === 'tripped';
}

/** Ends the run with the status and exit code that its events give it. */
export function closeRun(draft: Draft, because: string): void {
  const {status, exitCode} = endOf(draft);
  const nothing = draft.state.run.dryRun ? 'nothing would run' : 'nothing ran';
  const passed = walkedPast(draft);
  const more = passed.length > 1 ? ` (and at ${passed.length - 1} more)` : '';
  const [first] = passed;
  const said = first !== undefined && because.startsWith(EVERY_STEP) ? first + more : because;
  const why = status === 'refused' && nothingRan(draft) ? [said, nothing] : [said];
  why.push(...groupsUnknown(draft).map(group => `nobody knows the hosts of ${group}`));
  if (draft.state.rollback.status === 'none')
    why.push(...[criteriaText(draft.plan, draft.state, draft.at) ?? []].flat());
  draft.say({type: 'run-closed', status, exitCode, because: [...why, ...missedRepeats(draft)].join('; ')});
}

/** What failed on the way and has passed since is said all the same. */
function missedRepeats({plan, state}: Draft): readonly string[] {
  return Object.entries(state.repeatsFailed ?? {}).flatMap(([id, {at, because}]) => {
    const step = plan.steps.find(one => one.id === id);
    return step === undefined ? [] : `${step.title} failed at ${new Date(at).toISOString().slice(0, 16)}Z: ${because}`;
  });
}

function endOf(draft: Draft): {status: RunStatus; exitCode: ExitCode} {
  const {plan, state} = draft;
  const {rollback} = state;
  if (rollback.status === 'finished') {
    return rollback.result === 'rolled-back'
      ? {status: 'rolled-back', exitCode: EXIT.rolledBack}
      : {status: 'rollback-failed', exitCode: EXIT.rollbackFailed};
  }
  const steps = plan.steps
    .filter(step => belongsToRun(plan, state, step))
    .map(step => stepState(state, step.id).status);
  if (steps.includes('unknown')) return {status: 'unknown', exitCode: EXIT.unknown};
  // What failed before is in the record; how the run ended is what its operator decided.
  if (state.aborting === true || (state.phase === 'stopping' && !isDeployed(plan, state)))
    return {status: 'aborted', exitCode: EXIT.aborted};
  const hasMissed = Object.keys(state.repeatsFailed ?? {}).length > 0;
  if (steps.includes('failed') || hasMissed || hasTripped(draft))
    return {status: 'failed', exitCode: !hasMissed && nothingReached(draft) ? EXIT.unreachable : EXIT.stepFailed};
  if (steps.includes('cancelled')) return {status: 'aborted', exitCode: EXIT.aborted};
  const stopped = state.run.unattended && nextStep(plan, state) !== undefined;
  if (groupsUnknown(draft).length > 0) return {status: 'refused', exitCode: EXIT.unreachable};
  if (stopped || walkedPast(draft).length > 0 || wouldStop(draft)) return {status: 'refused', exitCode: EXIT.refused};
  if (!isDeployed(plan, state)) return {status: 'aborted', exitCode: EXIT.aborted};
  if (nothingRan(draft)) return {status: 'refused', exitCode: EXIT.refused};
  return {status: 'succeeded', exitCode: EXIT.succeeded};
}

/** A dry run goes on over what nobody has confirmed, and says that a run would not. */
function wouldStop({plan, state}: Draft): boolean {
  if (!state.run.dryRun) return false;
  return plan.steps.some(step => belongsToRun(plan, state, step) && unconfirmed(plan, state, step) !== undefined);
}

/** For a dry run: where a run could not begin. */
function groupsUnknown({state: {run, groups = {}}}: Draft): readonly string[] {
  return run.dryRun ? Object.keys(groups).filter(name => groups[name]?.because !== undefined) : [];
}

/**
 * No command was seen to its end and no person ticked anything. What `--yes` presumes, what a rule ticks and an option
 * that was only chosen are nothing that was done. In a dry run a command that was walked counts as one that ran.
 */
function nothingRan({plan, state}: Draft): boolean {
  if (state.run.gated !== true) return false;
  return plan.steps.every(({id, action}) => {
    const own = stepState(state, id);
    if (own.status !== 'passed' || action.kind === 'choice' || action.kind === 'rule') return true;
    return own.outcome === undefined && (own.presumed === true || own.by === 'engine');
  });
}

/** A dry run judges no rules, and that must not keep it from closing. */
function walkedPast({plan, state}: Draft): readonly string[] {
  if (!state.run.dryRun) return [];
  return plan.steps.flatMap(step => {
    const own = stepState(state, step.id);
    if (step.action.kind === 'rule' || own.status !== 'skipped') return [];
    return [`would stop at ${step.title} (line ${step.line}): ${own.reason}`];
  });
}

/** All that failed never began, because its host or database could not be reached. A service that is down is another thing. */
function nothingReached(draft: Draft): boolean {
  if (hasTripped(draft)) return false;
  return draft.plan.steps.every(({id, action}) => {
    const own = stepState(draft.state, id);
    if (own.status !== 'failed') return true;
    const {outcome} = own;
    if (outcome?.kind !== 'refused' || kindOf(action) === 'http') return false;
    return outcome.reason === 'unreachable' || outcome.reason === 'database';
  });
}

/**
 * A trigger that fired counts until somebody dismisses it. Any other rule that tripped counts, also when it recovered,
 * unless somebody dismissed it or has ticked its step with a reason.
 */
function hasTripped(draft: Draft): boolean {
  if (draft.state.tripped.length > 0) return true;
  return draft.plan.rules.some(
    rule => rule.role !== 'trigger' && trippedInItsTime(draft, rule) && !isAccepted(draft, rule),
  );
}

function isAccepted({plan, state}: Draft, {id}: Rule): boolean {
  const steps = plan.steps.filter(({action}) => action.kind === 'rule' && action.rules.includes(id));
  return steps.length > 0 && steps.every(step => isDone(state, step));
}
