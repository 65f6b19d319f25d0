/** Turns the effects of the loop into work, and each piece of work into one report. */
import {setTimeout as sleep} from 'node:timers/promises';
import {messageOf} from '../actions/link-error.ts';
import type {OnAwaited, World} from '../actions/world.ts';
import type {Spool} from '../journal/spool/spool.ts';
import {type Plan, type Step, unreachable} from '../plan/plan.ts';
import {type Lookup, missingTexts} from '../plan/script.ts';
import type {Effect, Report} from '../run/event.ts';
import type {IncidentEffect} from '../run/events/incident-events.ts';
import type {EvidenceQuestion} from '../run/evidence/evidence.ts';
import {hostsAhead} from '../run/groups/dry-run-hosts.ts';
import {judge} from '../run/judging/judge.ts';
import {settledHosts} from '../run/judging/judge-hosts.ts';
import {type Outcome, refused} from '../run/outcome.ts';
import {stepById} from '../run/plan-index.ts';
import type {Request, TakenUp} from '../run/request.ts';
import {bindStep} from '../run/requests/bind-step.ts';
import type {RunState} from '../run/state.ts';
import {type CarriedSecrets, carrySecrets} from './carried-secrets.ts';
import {lookForEvidence} from './evidence-look.ts';
import type {LogSources} from './log-sources.ts';
import {proveArms} from './prove-arms.ts';
import type {ReadinessWatch} from './readiness-watch.ts';

export type EffectParts = {
  plan: Plan;
  world: World;
  spool: Spool;
  logs: LogSources;
  state(): RunState;
  lookup(): Lookup;
  report(report: Report): void;
  readiness: ReadinessWatch;
  /** What is done to everything before it becomes part of the state. */
  redact<T>(value: T): T;
  close(exitCode: number): void;
  /** Both in epoch ms; the state holds everything that happened until `knownUntil`. */
  clock: {now(): number; knownUntil(): number};
};

type StepEffect = Exclude<Effect, IncidentEffect>;

export type Performer = {
  perform(effect: StepEffect): void;
  /** Goes on watching what an ended engine began, or begins what that engine did not reach. */
  resumeStep(stepId: string, attempt: number, rollback: boolean, takenUp: TakenUp): void;
};

/** Turns effects into work. Every performed step yields exactly one report, whatever goes wrong. */
export function createPerformer(parts: EffectParts): Performer {
  const running = new Map<string, AbortController>();
  const asking = new Set<string>();
  const carried = carrySecrets(parts.plan, parts.redact);

  async function perform(stepId: string, attempt: number, rollback: boolean, takenUp?: TakenUp): Promise<void> {
    const key = `${stepId}#${attempt}`;
    const controller = new AbortController();
    running.set(key, controller);
    const outcome = await outcomeOf(parts, {stepId, attempt, rollback, takenUp, carried}, controller.signal);
    carried.keep(stepId, outcome);
    running.delete(key);
    parts.spool.settle('output');
    parts.report({type: 'step-reported', stepId, attempt, outcome});
  }

  /** What is being asked already is not asked a second time. */
  async function askOnce(what: string, ask: () => Promise<Report | undefined>): Promise<void> {
    if (asking.has(what)) return;
    asking.add(what);
    const answer = await ask();
    asking.delete(what);
    if (answer !== undefined) parts.report(answer);
  }

  function performEffect(effect: StepEffect): void {
    switch (effect.type) {
      case 'perform':
        void perform(effect.stepId, effect.attempt, effect.rollback);
        return;
      case 'cancel':
        running.get(`${effect.stepId}#${effect.attempt}`)?.abort();
        return;
      case 'prove-arms':
        void askOnce(`arms ${effect.stepId}`, () => armsOf(parts, effect.stepId));
        return;
      case 'probe-readiness':
        parts.readiness.look(effect.wholeSince);
        return;
      case 'list-hosts':
        void askOnce(`hosts ${effect.group}`, () => hostsOf(parts, effect.group));
        return;
      case 'see-evidence':
        void askOnce(`evidence ${effect.question.key}`, () => evidenceOf(parts, effect.question));
        return;
      case 'wake':
        setTimeout(() => parts.report({type: 'ticked'}), Math.max(0, effect.at - parts.clock.now()));
        return;
      case 'close':
        parts.close(effect.exitCode);
        return;
      default:
        return unreachable(effect);
    }
  }

  return {
    perform: performEffect,
    resumeStep: (stepId, attempt, rollback, takenUp) => void perform(stepId, attempt, rollback, takenUp),
  };
}

async function armsOf({plan, world, lookup}: EffectParts, stepId: string): Promise<Report | undefined> {
  const step = stepById(plan, stepId);
  return step && {type: 'arms-proved', stepId, arms: await proveArms(plan, step, lookup(), world)};
}

async function hostsOf({world}: EffectParts, group: string): Promise<Report> {
  try {
    return {type: 'hosts-listed', group, hosts: await world.hostsOf(group)};
  } catch (error) {
    return {type: 'hosts-listed', group, hosts: [], because: messageOf(error)};
  }
}

async function evidenceOf({plan, world, state, clock}: EffectParts, question: EvidenceQuestion): Promise<Report> {
  const path = pathOf(state(), plan, question.stepId);
  return await lookForEvidence(question, world, {asOf: clock.knownUntil(), path});
}

type Work = {stepId: string; attempt: number; rollback: boolean; takenUp: TakenUp | undefined; carried: CarriedSecrets};

async function outcomeOf(
  parts: EffectParts,
  {stepId, attempt, rollback, takenUp, carried}: Work,
  signal: AbortSignal,
): Promise<Outcome> {
  const step = stepById(parts.plan, stepId);
  if (step === undefined) return refused('unsupported', `no step ${stepId}`);
  const {plan} = parts;
  const bound = bindStep(step, {plan, state: parts.state(), lookup: parts.lookup(), attempt, rollback});
  if (bound.kind === 'unbound') return refused('unbound', missingTexts(bound.missing).join('; '));
  if (bound.kind === 'by-hand') return refused('unsupported', 'it is done by hand');
  const startedAt = performance.now();
  try {
    const request = carried.restore(stepId, asTakenUp(bound.request, takenUp));
    if (typeof request === 'string') return refused('unbound', request);
    // What an engine before this one began may have been sent.
    const onAwaited = (host: string, waits: boolean) =>
      takenUp === undefined && parts.report({type: 'step-waits', stepId, attempt, host, waits});
    return await performPatiently(parts, step, request, {signal, onAwaited});
  } catch (error) {
    // An action that throws is a bug of ours; what the far side did is then not known.
    const detail = `internal error: ${messageOf(error)}`;
    return {kind: 'lost', detail, durationMs: performance.now() - startedAt};
  }
}

/** Where the shell of the step looks for programs, once it has said so: an environment that was activated there. */
function pathOf({contexts}: RunState, plan: Plan, stepId: string): string | undefined {
  const action = stepById(plan, stepId)?.action;
  return action?.kind === 'script' ? contexts[action.context.id]?.exports['PATH'] : undefined;
}

const RETRY_AFTER_MS = 1000;

type Watching = {signal: AbortSignal; onAwaited?: OnAwaited | undefined};

/**
 * `retries:` of a binding: again while its verdict is a failure that was seen. Nothing that took effect is repeated because
 * the way to it broke off.
 */
async function performPatiently(
  parts: EffectParts,
  step: Step,
  request: Request,
  {signal, onAwaited}: Watching,
): Promise<Outcome> {
  let next = request;
  for (let left = step.retries ?? 0; ; left -= 1) {
    const nth = (step.retries ?? 0) - left;
    // Before a later try an earlier one has begun.
    const watching = nth === 0 ? {signal, onAwaited} : {signal};
    const outcome = await performRequest(parts, step, nthTry(next, nth), watching);
    const verdict = judge(step, outcome);
    if (left <= 0 || signal.aborted || verdict.kind !== 'failed' || 'changed' in outcome) return outcome;
    const before = settledHosts(outcome, verdict);
    if (next.kind === 'script' && before !== undefined) next = {...next, before};
    parts.spool.write('output', `failed, ${left} more ${left === 1 ? 'try' : 'tries'}\n`);
    await sleep(RETRY_AFTER_MS);
  }
}

function asTakenUp(request: Request, takenUp: TakenUp | undefined): Request {
  return takenUp !== undefined && request.kind === 'script' ? {...request, takenUp} : request;
}

function performRequest(
  parts: EffectParts,
  step: Step,
  request: Request,
  {signal, onAwaited}: Watching,
): Promise<Outcome> {
  const {world, spool, logs} = parts;
  const ahead = parts.state().run.dryRun ? hostsAhead(parts.plan, parts.state(), step) : undefined;
  switch (request.kind) {
    case 'tail':
      return Promise.resolve(logs.open(request));
    case 'log':
      return logs.inspect(request, signal);
    case 'script':
    case 'sql':
    case 'http':
    case 'prometheus':
      spool.write('output', `\u001B[1m── ${step.title}\u001B[0m\n`);
      if (ahead !== undefined) spool.write('output', `${ahead}\n`);
      return world.perform(request, (source, chunk) => spool.write(source, chunk), signal, onAwaited);
    default:
      return unreachable(request);
  }
}

/** A job is never run twice under one name: each try has its own. What was seen of the step need not be of a later try. */
function nthTry(request: Request, tries: number): Request {
  if (tries === 0) return request;
  if ('from' in request && request.from !== undefined) {
    return {...request, from: {...request.from, jobId: `${request.from.jobId}-again${tries}`}};
  }
  if (request.kind !== 'script') return request;
  const again = {...request, jobId: `${request.jobId}-again${tries}`};
  return request.takenUp === undefined ? again : {...again, takenUp: {...request.takenUp, seen: false}};
}
