/** What is wrong with a run just now, each with the evidence for it, the worst first. */
import {type Plan, type Rule, rollbacksOf} from '../../plan/plan.ts';
import {plural} from '../../text/figures.ts';
import {failedStep, rollbackHeadline, stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {lostLinks, meaningOf, wayBackTo} from './lost-links.ts';

export type Trouble = {
  kind: 'rollback' | 'trigger' | 'step' | 'link' | 'readiness' | 'complaints';
  /** Since when, epoch ms. */
  at: number;
  /** What is wrong: `Error rate >5%`, `Check application is running`. */
  text: string;
  /** What shows it: `23.5 %, past >5, 3 times in a row`; may be empty. */
  evidence: string;
  /** Of a rule, where it stands and what measures it: `line 287, measured by db_failures`. */
  source?: string;
  tone: 'bad' | 'warn';
};

export const NO_TROUBLE = 'nothing is known to be wrong';

export function troubles(plan: Plan, state: RunState): readonly Trouble[] {
  return [
    ...rollbackTrouble(state),
    ...state.tripped.map(({ruleId, at, evidence}): Trouble => {
      const rule = plan.rules.find(({id}) => id === ruleId);
      const source = rule === undefined ? {} : {source: sourceOf(rule)};
      return {kind: 'trigger', at, text: rule?.text ?? ruleId, evidence, ...source, tone: 'bad'};
    }),
    ...failures(plan, state),
    ...linkTroubles(plan, state),
    ...unready(plan, state),
    ...complaints(state),
  ];
}

/** After a rollback that brought the old version back: how that is known, and what had gone wrong before it. */
export function mended(plan: Plan, state: RunState): {back: string; before: readonly string[]} | undefined {
  const {rollback} = state;
  if (rollback.status !== 'finished' || rollback.result !== 'rolled-back') return undefined;
  const ofRollback = new Set(rollbacksOf(plan).flatMap(({steps}) => steps));
  const before = plan.steps.flatMap(({id, title}) => {
    const own = stepState(state, id);
    if (ofRollback.has(id) || (own.status !== 'failed' && own.status !== 'unknown')) return [];
    return [`${title} ${endOf(own.status)}: ${own.verdict.because}`];
  });
  return {back: `rolled back, ${rollback.because}`, before};
}

function sourceOf({line, signal}: Rule): string {
  return `line ${line}${signal === undefined ? '' : `, measured by ${signal}`}`;
}

function rollbackTrouble({rollback}: RunState): Trouble[] {
  if (rollback.status !== 'finished' || rollback.result === 'rolled-back') return [];
  const {at, because} = rollback;
  return [{kind: 'rollback', at, text: rollbackHeadline(rollback), evidence: because, tone: 'bad'}];
}

function failures(plan: Plan, state: RunState): Trouble[] {
  const step = failedStep(plan, state);
  const own = step === undefined ? undefined : stepState(state, step.id);
  if (step === undefined || own === undefined || (own.status !== 'failed' && own.status !== 'unknown')) return [];
  const {at, verdict} = own;
  return [{kind: 'step', at, text: `${step.title} ${endOf(own.status)}`, evidence: verdict.because, tone: 'bad'}];
}

function endOf(status: 'failed' | 'unknown'): string {
  return status === 'failed' ? 'failed' : 'ended unseen';
}

function linkTroubles(plan: Plan, state: RunState): Trouble[] {
  return lostLinks(plan, state).map(link => {
    const {host, since, detail, refused} = link;
    const words =
      refused === true ? [detail, wayBackTo(link), meaningOf(link)] : [meaningOf(link), wayBackTo(link), detail];
    const text = refused === true ? `No link to ${host}` : `Link to ${host} lost`;
    return {kind: 'link', at: since, text, evidence: words.filter(word => word !== '').join('; '), tone: 'bad'};
  });
}

/** Before the deploy the checklist has yet to make what the rollback needs. */
function unready(plan: Plan, {readiness, deployStartedAt, rollback, closed}: RunState): Trouble[] {
  if (plan.rollback === null || readiness === null || readiness.ready || closed !== null) return [];
  if (deployStartedAt === undefined || rollback.status !== 'none') return [];
  const missing = readiness.items.find(item => !item.ready && !item.optional);
  const evidence = missing?.detail ?? readiness.link.detail;
  return [{kind: 'readiness', at: readiness.at, text: 'The rollback is not ready', evidence, tone: 'warn'}];
}

function complaints({complaints: all}: RunState): Trouble[] {
  const newest = all.at(-1);
  if (newest === undefined) return [];
  const text = `${plural(all.length, 'complaint')} counted`;
  return [{kind: 'complaints', at: newest.at, text, evidence: newest.text ?? '', tone: 'warn'}];
}
