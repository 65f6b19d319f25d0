/** Questions asked of a plan and its run. Pure; nothing here is stored. */
import type {Plan, Rule, SectionRole, Step} from '../plan/plan.ts';
import type {Assessment} from './outcome.ts';
import {assess, isBad, measure} from './standing.ts';
import type {RunState, StepState} from './state.ts';

const PENDING: StepState = {status: 'pending'};

export function stepState(state: RunState, id: string): StepState {
  return state.steps[id] ?? PENDING;
}

/** Sections whose steps the run works through, in the document's order. The others are read, not run. */
const RUN_ROLES: ReadonlySet<SectionRole> = new Set(['prepare', 'deploy', 'verify', 'monitor', 'validate', 'other']);

export function roleOf(plan: Plan, step: Step): SectionRole {
  return plan.sections.find(section => section.id === step.section)?.role ?? 'other';
}

export function belongsToRun(plan: Plan, step: Step): boolean {
  return RUN_ROLES.has(roleOf(plan, step));
}

/** Steps of a section and of the sections below it, in the document's order. */
export function sectionSteps(plan: Plan, sectionId: string): readonly Step[] {
  const ids = new Set([sectionId]);
  for (const section of plan.sections) {
    if (section.parent !== undefined && ids.has(section.parent)) ids.add(section.id);
  }
  return plan.steps.filter(step => ids.has(step.section));
}

export function isDone(state: RunState, step: Step): boolean {
  const {status} = stepState(state, step.id);
  return status === 'passed' || status === 'skipped' || status === 'not-applicable';
}

/** Counts of a section, or of the whole run. Not applicable steps are left out. */
export function progress(
  plan: Plan,
  state: RunState,
  sectionId?: string,
): {done: number; total: number; failed: number; running: number} {
  const steps =
    sectionId === undefined ? plan.steps.filter(step => belongsToRun(plan, step)) : sectionSteps(plan, sectionId);
  const counts = {done: 0, total: 0, failed: 0, running: 0};
  for (const step of steps) {
    const {status} = stepState(state, step.id);
    if (status === 'not-applicable') continue;
    counts.total += 1;
    if (status === 'passed' || status === 'skipped') counts.done += 1;
    if (status === 'failed' || status === 'unknown') counts.failed += 1;
    if (status === 'running') counts.running += 1;
  }
  return counts;
}

export function runningStep(plan: Plan, state: RunState): Step | undefined {
  return plan.steps.find(step => stepState(state, step.id).status === 'running');
}

/** The first step that is not done and is due. Rules tick themselves, arms not chosen and later windows wait. */
export function nextStep(plan: Plan, state: RunState): Step | undefined {
  return plan.steps.find(step => isActionable(plan, state, step) && !isDone(state, step));
}

function isActionable(plan: Plan, state: RunState, step: Step): boolean {
  if (!belongsToRun(plan, step) || step.kind === 'rule') return false;
  if (step.arm !== undefined && state.choices[step.arm.choice]?.armId !== step.arm.arm) return false;
  return isDue(plan, state, step);
}

/** A section with a window that has not opened yet (T+24 h) is not due. */
export function isDue(plan: Plan, state: RunState, step: Step): boolean {
  const window = windowOf(plan, step);
  if (window === undefined || window.fromMs === 0) return true;
  return state.deployStartedAt !== undefined && state.lastAt >= state.deployStartedAt + window.fromMs;
}

/** The window of the step's section, or of the nearest section above that has one. */
export function windowOf(plan: Plan, step: {section: string}): {fromMs: number; toMs: number} | undefined {
  let section = plan.sections.find(one => one.id === step.section);
  while (section !== undefined) {
    if (section.window !== undefined) return section.window;
    const {parent} = section;
    section = parent === undefined ? undefined : plan.sections.find(one => one.id === parent);
  }
  return undefined;
}

/** True once nothing before the monitoring is left to do. */
export function isDeployed(plan: Plan, state: RunState): boolean {
  return plan.steps.every(step => {
    const role = roleOf(plan, step);
    if (!belongsToRun(plan, step) || role === 'monitor' || role === 'validate') return true;
    // An arm that nobody takes; the choice itself is a step, and must be made or skipped.
    if (step.arm !== undefined && state.choices[step.arm.choice]?.armId !== step.arm.arm) return true;
    return step.kind === 'rule' || isDone(state, step);
  });
}

/** Milliseconds since T+0, undefined before it. */
export function missionClock(state: RunState, now: number): number | undefined {
  return state.deployStartedAt === undefined ? undefined : Math.max(0, now - state.deployStartedAt);
}

export type OpenChoice = {
  choiceId: string;
  title: string;
  arms: readonly {id: string; title: string; manual: boolean}[];
};

/** Alternatives that must be decided before the step can run: its own arms, or those inside its script. */
export function openChoices(_plan: Plan, state: RunState, step: Step): readonly OpenChoice[] {
  const {action} = step;
  if (action.kind === 'choice') {
    if (state.choices[step.id] !== undefined) return [];
    const arms = action.arms.map(({id, title}) => ({id, title, manual: true}));
    return [{choiceId: step.id, title: step.title, arms}];
  }
  if (action.kind !== 'script') return [];
  return action.stages.flatMap(stage => {
    if (stage.kind !== 'alternatives' || state.choices[stage.id] !== undefined) return [];
    const arms = stage.arms.map(({id, label, manual}) => ({id, title: label, manual}));
    return [{choiceId: stage.id, title: step.title, arms}];
  });
}

/** Reports by persons that count for this rule. A complaint without a rule counts for the complaint rules. */
export function reportsFor(state: RunState, rule: Rule): RunState['complaints'] {
  return state.complaints.filter(({ruleId}) =>
    ruleId === undefined ? /complaint/i.test(rule.metric) : ruleId === rule.id,
  );
}

export function assessNow(state: RunState, rule: Rule, now: number, fresh: boolean): Assessment {
  const signal = rule.signal === undefined ? undefined : state.signals[rule.signal];
  return assess(rule, {
    now,
    samples: signal?.samples ?? [],
    reports: reportsFor(state, rule),
    ...armingOf(state, rule),
    rolledBack: state.rollback.status === 'running' || state.rollback.status === 'finished',
    previous: state.rules[rule.id]?.standing ?? {kind: 'blind'},
    fresh,
  });
}

/**
 * Rules are about the new version. One that the baseline keeps is armed from T+0 on; one that the old version breaks
 * itself ("P95 >1500ms" where it takes 2000) only when the new version is in place.
 */
function armingOf(state: RunState, rule: Rule): {armedFrom?: number; unarmed: string} {
  const {deployStartedAt, newVersionAt} = state;
  if (deployStartedAt === undefined) return {unarmed: 'arms when the deploy starts'};
  const baseline = rule.signal === undefined ? [] : (state.signals[rule.signal]?.baseline ?? []);
  const before = measure(rule, baseline);
  if (before === undefined || !isBad(rule, before)) return {armedFrom: deployStartedAt, unarmed: ''};
  const unarmed = 'the old version breaks it, too: arms when the new one is in place';
  return newVersionAt === undefined ? {unarmed} : {armedFrom: newVersionAt, unarmed};
}

const URGENCY: readonly Assessment['standing']['kind'][] = [
  'tripped',
  'breached',
  'grey',
  'ok',
  'warming',
  'blind',
  'disarmed',
];

export type VerdictLine = {rule: Rule; assessment: Assessment; text: string};

/** Every rule with its verdict as of the run's own clock, the most urgent first. */
export function verdictLines(plan: Plan, state: RunState): readonly VerdictLine[] {
  const lines = plan.rules.map(rule => {
    const assessment = assessNow(state, rule, state.lastAt, false);
    return {rule, assessment, text: verdictText(rule, assessment)};
  });
  return lines.sort(
    (a, b) => URGENCY.indexOf(a.assessment.standing.kind) - URGENCY.indexOf(b.assessment.standing.kind),
  );
}

function verdictText(rule: Rule, {standing, value, n}: Assessment): string {
  const statistic = rule.statistic?.startsWith('p') === true ? `${rule.statistic.toUpperCase()} ` : '';
  const name = `${statistic}${rule.metric}`;
  const shown = value === undefined ? '' : ` ${formatValue(value)}${unitText(rule)}`;
  const bad = rule.role === 'trigger' || rule.role === 'alert';
  const bound = `${bad ? 'trips ' : ''}${rule.op}${formatValue(rule.value)}`;
  switch (standing.kind) {
    case 'blind':
      return `${name} blind`;
    case 'disarmed':
      return `${name} disarmed`;
    case 'warming':
      return `${name} warming, ${standing.missing} more`;
    case 'breached':
      return `${name}${shown} breached ${bound} n=${n} ${standing.times}/${rule.consecutive}`;
    case 'tripped':
      return `${name}${shown} TRIPPED ${bound} n=${n}`;
    case 'ok':
    case 'grey':
      return `${name}${shown} ${standing.kind} ${bound}${rule.person ? '' : ` n=${n}`}`;
  }
}

function unitText(rule: Rule): string {
  return rule.unit === 'count' ? '' : ` ${rule.unit}`;
}

function formatValue(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 100 ? String(Math.round(value)) : value.toFixed(1);
}
