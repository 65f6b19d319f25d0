/** Whether something may happen, and what follows from it: the one place where input becomes events. */
import {type Plan, unreachable} from '../plan/plan.ts';
import {compact} from '../text/compact.ts';
import {stretchText} from '../text/times.ts';
import {personOf} from './console.ts';
import {advance, saidYesTo} from './deciding/advance.ts';
import {settleRules} from './deciding/assess-rules.ts';
import {onIntent} from './deciding/decide-intent.ts';
import {type Draft, draftOf, Refusal, type Situation} from './deciding/decision-draft.ts';
import {isNoGo} from './deciding/gates.ts';
import {offerEvidence} from './deciding/offer-evidence.ts';
import {onReadiness} from './deciding/readiness-report.ts';
import type {Effect, Event, Input, Report} from './event.ts';
import {judge} from './judging/judge.ts';
import {carriedOn, type Outcome, type Sample, shorten, type Verdict} from './outcome.ts';
import {stepById} from './plan-index.ts';
import type {RunState} from './state.ts';

/** `effects` are questions to the world that are no events yet (which arm is proved, is the rollback ready). */
export type Decision = {events: readonly Event[]; by: string; effects: readonly Effect[]} | {refusal: string};

/** Whether something may happen, and which events follow from it. Pure. */
export function decide(situation: Situation, state: RunState, input: Input): Decision {
  const by = input.from === 'console' ? personOf(input.console) : 'engine';
  const draft = draftOf(situation, state, {at: input.at, by, outputLines: input.outputLines});
  if (input.from === 'console') {
    const refused = onIntent(draft, input.console, input.intent);
    if (refused instanceof Refusal) return {refusal: refused.because};
  } else {
    onReport(draft, input.report);
  }
  advance(draft);
  offerEvidence(draft);
  return {events: draft.events, by, effects: draft.effects};
}

function onReport(draft: Draft, report: Report): void {
  switch (report.type) {
    case 'step-reported':
      return onStepReported(draft, report);
    case 'step-waits':
      return onStepWaits(draft, report);
    case 'readiness-reported':
      return onReadiness(draft, report);
    case 'evidence-reported':
      draft.say({...report, type: 'evidence-seen'});
      return;
    case 'hosts-listed':
      if (report.because !== undefined && report.because === draft.state.groups?.[report.group]?.because) return;
      draft.say({...report, type: 'group-listed'});
      return;
    case 'hosts-reported':
      draft.say({...report, type: 'hosts-ended'});
      return;
    case 'arms-proved':
      return onArmsProved(draft, report);
    case 'samples-reported':
      if (report.samples.length > 0) draft.say({type: 'sample-taken', samples: report.samples});
      settleRules(draft, report.samples);
      return;
    case 'link-reported':
      return onLink(draft, report);
    case 'left-alone':
      return onLeftAlone(draft, report.forMs);
    case 'ticked':
      settleRules(draft, []);
      return;
    default:
      return unreachable(report);
  }
}

function onStepReported(draft: Draft, {stepId, attempt, outcome}: Extract<Report, {type: 'step-reported'}>): void {
  const before = draft.state.steps[stepId];
  const step = draft.plan.steps.find(one => one.id === stepId);
  // Reports of an attempt that was abandoned come late: the step has been settled without them.
  if (step === undefined || before?.status !== 'running' || before.attempt !== attempt) return;
  const judged = draft.state.run.dryRun ? walked(outcome) : judge(step, outcome);
  const byHand = manualArm(draft, stepId);
  const verdict =
    judged.kind === 'passed' && byHand !== undefined
      ? {...judged, kind: 'judge' as const, because: `the rest is by hand: ${byHand}`}
      : judged;
  draft.say({type: 'step-finished', stepId, attempt, outcome: shorten(outcome), verdict, outputTo: draft.outputLines});
  const samples = draft.state.run.dryRun ? [] : durationSamples(draft.plan, stepId, outcome, verdict, draft.at);
  if (samples.length > 0) {
    draft.say({type: 'sample-taken', samples});
    settleRules(draft, samples);
  }
  for (const [name, value] of Object.entries(carriedOn(outcome).captures ?? {})) {
    if (draft.state.captures[name] === undefined)
      draft.say({type: 'value-captured', name, value, on: before.on ?? 'local'});
  }
}

function onStepWaits(draft: Draft, {stepId, attempt, host, waits}: Extract<Report, {type: 'step-waits'}>): void {
  const own = draft.state.steps[stepId];
  if (own?.status !== 'running' || own.attempt !== attempt || waits === (own.awaitsLink !== undefined)) return;
  draft.say({type: 'step-awaits-link', stepId, attempt, host, ...(waits ? {} : {sent: true})});
}

/** A dry run has nothing to judge: only what would not even begin stops it. */
function walked(outcome: Outcome): Verdict {
  if (outcome.kind === 'refused') return {kind: 'failed', because: outcome.detail, checks: []};
  return {kind: 'passed', because: 'dry run: nothing was performed', checks: []};
}

/** The label of a by-hand arm ("via Plesk") that was chosen inside this script. */
function manualArm(draft: Draft, stepId: string): string | undefined {
  const action = draft.plan.steps.find(step => step.id === stepId)?.action;
  if (action?.kind !== 'script' || draft.state.rollback.status === 'running') return undefined;
  for (const stage of action.stages) {
    if (stage.kind !== 'alternatives') continue;
    const arm = stage.arms.find(one => one.id === draft.state.choices[stage.id]?.armId);
    if (arm?.manual === true) return arm.label;
  }
  return undefined;
}

function onArmsProved(draft: Draft, {stepId, arms}: Extract<Report, {type: 'arms-proved'}>): void {
  for (const [choiceId, armId] of Object.entries(arms)) {
    if (draft.state.choices[choiceId] !== undefined) continue;
    const taken = going(draft, choiceId, armId);
    if (taken !== undefined)
      draft.say({type: 'choice-made', choiceId, armId: taken, because: 'the first whose inputs are proved'});
  }
  draft.armsAsked = stepId;
}

/** What `--yes ID` says to a go/no-go is go. `--yes all` takes no option that was not proved: undefined. */
function going(draft: Draft, choiceId: string, proved: string): string | undefined {
  const gate = stepById(draft.plan, choiceId);
  if (gate?.gate !== true || gate.action.kind !== 'choice') return proved;
  const isOpen = ({id, title}: {id: string; title: string}) => id === proved && !isNoGo(title);
  const open = gate.action.arms.find(isOpen);
  if (open !== undefined) return open.id;
  if (!saidYesTo(draft, gate)) return undefined;
  return gate.action.arms.find(({title}) => !isNoGo(title))?.id ?? proved;
}

/** A rollback that has begun is seen through first: it is reported again until then. */
function onLeftAlone(draft: Draft, forMs: number): void {
  const {phase, rollback, closed} = draft.state;
  if (phase === 'stopping' || (rollback.status !== 'none' && rollback.status !== 'finished')) return;
  // A rollback was going to be asked of a run that is over.
  if (closed !== null && phase === 'closed') return draft.ask({type: 'close', exitCode: closed.exitCode});
  const because = `nobody has come back to this rehearsal for ${stretchText(forMs)}`;
  draft.say({type: 'run-on-switched', on: false, because});
  draft.say({type: 'phase-changed', phase: 'stopping', because});
}

/** A latency that moved less than this is not worth a line in the journal. */
const LATENCY_CHANGE_SHARE = 0.5;

function onLink(draft: Draft, report: Extract<Report, {type: 'link-reported'}>): void {
  const {host, up, detail, latencyMs, account, refused} = report;
  const before = draft.state.links[host];
  if (!up) {
    // Of a link that is lost already only a refusal is news: nobody would wait for one.
    const isNews = before?.up !== false || (refused === true && detail !== before.detail);
    if (isNews) draft.say(compact({type: 'link-lost', host, detail, refused}));
    return;
  }
  const known = before?.latencyMs;
  const moved =
    latencyMs !== undefined && (known === undefined || Math.abs(latencyMs - known) > known * LATENCY_CHANGE_SHARE + 1);
  if (before?.up === true && !moved) return;
  draft.say(compact({type: 'link-restored', host, latencyMs, account}));
}

/**
 * How long an attempt took, for the signals that are about its step. The time of a failed attempt says nothing: it
 * counts as a failed measurement. An attempt whose end nobody saw, or that a person ended, is no measurement.
 */
function durationSamples(plan: Plan, stepId: string, outcome: Outcome, verdict: Verdict, at: number): Sample[] {
  const signals = Object.entries(plan.signals ?? {}).flatMap(([name, {step}]) => (step === stepId ? [name] : []));
  switch (verdict.kind) {
    case 'passed':
    case 'judge':
      return signals.map(signal => ({signal, at, value: outcome.durationMs}));
    case 'failed':
      return signals.map(signal => ({signal, at, error: `attempt failed: ${verdict.because}`}));
    case 'unknown':
    case 'cancelled':
      return [];
  }
}
