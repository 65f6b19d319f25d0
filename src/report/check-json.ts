import type {ChoiceArm, Expectation, Plan, Rule, Section, Step} from '../plan/plan.ts';
import type {ScriptArm} from '../plan/script.ts';
import type {Connections} from './connections.ts';
import {contextText, expectationsOf, operationsOf} from './operations.ts';

/** The plan as `tminus check --json` prints it. People script against these names: add, never rename. */
export function checkJson(plan: Plan, connections?: Connections): object {
  return {
    title: plan.title,
    ...(plan.subtitle === undefined ? {} : {subtitle: plan.subtitle}),
    meta: plan.meta.map(({key, value, line, blank}) => ({key, value, line, blank})),
    sections: plan.sections.map(sectionJson),
    steps: plan.steps.map(stepJson),
    rules: plan.rules.map(ruleJson),
    rollback: plan.rollback === null ? null : rollbackJson(plan.rollback),
    placeholders: plan.placeholders.map(({text, lines, bound}) => ({text, lines, bound})),
    problems: plan.problems,
    ...(connections === undefined ? {} : {connections: connections.proofs, readiness: connections.readiness}),
  };
}

function sectionJson({id, title, line, role, estimate, window}: Section): object {
  return {
    id,
    title,
    line,
    role,
    ...(estimate === undefined ? {} : {estimate}),
    ...(window === undefined ? {} : {window}),
  };
}

function stepJson(step: Step): object {
  const {id, title, line, section, kind, action, destructive} = step;
  const commands = commandsOf(step);
  const arms = armsOf(step);
  return {
    id,
    title,
    line,
    section,
    kind,
    ...('context' in action ? {context: contextText(action.context)} : {}),
    ...(commands.length === 0 ? {} : {commands}),
    ...(arms.length === 0 ? {} : {arms}),
    expectations: expectationsOf(step).map(expectationJson),
    ...(destructive === undefined ? {} : {destructive}),
  };
}

/** What runs in any case; commands that are one of several stand under `arms` only. */
function commandsOf({action}: Step): readonly string[] {
  if (action.kind !== 'script') return operationsOf(action).map(({text}) => text);
  const always = action.stages.filter(stage => stage.kind !== 'alternatives');
  return operationsOf({...action, stages: always}).map(({text}) => text);
}

function armsOf({action}: Step): readonly object[] {
  if (action.kind === 'choice') return action.arms.map(choiceArmJson);
  if (action.kind !== 'script') return [];
  return action.stages.flatMap(stage => (stage.kind === 'alternatives' ? stage.arms.map(scriptArmJson) : []));
}

function choiceArmJson({id, title, line, steps}: ChoiceArm): object {
  return {id, title, line, steps};
}

function scriptArmJson({id, label, line, commands, manual}: ScriptArm): object {
  return {id, title: label, line, commands: commands.map(({text}) => text), manual};
}

function expectationJson({text, line, readable, metric, op, value, unit}: Expectation): object {
  return {
    text,
    line,
    readable,
    ...(metric === undefined ? {} : {metric}),
    ...(op === undefined ? {} : {op}),
    ...(value === undefined ? {} : {value}),
    ...(unit === undefined ? {} : {unit}),
  };
}

function ruleJson({id, text, line, metric, statistic, op, value, unit, target, windowMs, role, source}: Rule): object {
  return {
    id,
    text,
    line,
    metric,
    ...(statistic === undefined ? {} : {statistic}),
    op,
    value,
    unit,
    ...(target === undefined ? {} : {target}),
    window: windowMs,
    role,
    source,
  };
}

function rollbackJson({heading, line, triggers, steps, doesNotUndo}: NonNullable<Plan['rollback']>): object {
  return {heading, line, triggers, steps, doesNotUndo};
}
