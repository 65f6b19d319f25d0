/** `tminus check --json`. */
import {
  type ChoiceArm,
  type Expectation,
  kindOf,
  type Marks,
  type Plan,
  type Rule,
  type Section,
  type Step,
  unreachable,
} from '../../plan/plan.ts';
import type {ScriptArm} from '../../plan/script.ts';
import type {UsualTimes} from '../../run/history/usual-text.ts';
import {expectationsOf, type Operation, operationsOf, placeOf} from '../../run/operations.ts';
import {sectionUse} from '../../run/review.ts';
import {lineMargin} from '../../run/wording/line-margin.ts';
import {compact} from '../../text/compact.ts';
import type {Connections} from './check-connections.ts';
import {type Reviewing, reviewJson, sectionReviewJson} from './check-review.ts';
import {writtenCommand} from './written-commands.ts';

/** `reviewing`: what people have confirmed. With it, the review and the lines of the document are printed too. */
type Beside = {connections?: Connections | undefined; reviewing?: Reviewing; history?: UsualTimes | undefined};

/** The plan as `tminus check --json` prints it. Scripts depend on these names: add names, but never rename one. */
export function checkJson(plan: Plan, {connections, reviewing, history}: Beside = {}): object {
  const purposeOf = ({id}: Section) => sectionUse(plan, reviewing ?? {}, id);
  return compact({
    title: plan.title,
    subtitle: plan.subtitle,
    meta: plan.meta.map(({key, value, line, blank}) => ({key, value, line, blank})),
    sections: plan.sections.map(section => ({
      ...sectionJson(section),
      use: purposeOf(section),
      ...sectionReviewJson(plan, section.id, reviewing ?? {}),
    })),
    steps: plan.steps.map(step => stepJson(step, plan.source)),
    rules: plan.rules.map(ruleJson),
    rollback: plan.rollback === null ? null : rollbackJson(plan.rollback),
    rollbacks: plan.rollbacks?.map(rollbackJson),
    placeholders: plan.placeholders.map(({text, lines, bound}) => ({text, lines, bound})),
    problems: plan.problems,
    ...(connections === undefined ? {} : {connections: connections.proofs, readiness: connections.readiness}),
    ...(history === undefined ? {} : {history}),
    ...(reviewing === undefined ? {} : {review: reviewJson(plan, reviewing), lines: lineMargin(plan, purposeOf)}),
  });
}

function sectionJson({id, title, line, role, parent, window, ...section}: Section): object {
  return {id, title, line, role, ...compact({parent, window}), ...marksJson(section)};
}

/** Conditions, notes and times of a section or step, as far as it has them. */
function marksJson({owner, scope, gate, at, estimate, waitMs, condition}: Marks): object {
  return compact({owner, scope, gate, at, estimate, wait: waitMs, condition});
}

function stepJson(step: Step, source: Plan['source']): object {
  const {id, title, line, section, action, destructive} = step;
  const commands = commandsOf(step, source);
  const arms = armsOf(step);
  return compact({
    id,
    title,
    line,
    section,
    kind: kindOf(action),
    context: 'context' in action ? placeOf(action) : undefined,
    commands: commands.length === 0 ? undefined : commands,
    arms: arms.length === 0 ? undefined : arms,
    instructions: step.instructions.length === 0 ? undefined : step.instructions,
    expectations: expectationsOf(step).map(expectationJson),
    destructive,
    arm: step.arm,
    every: step.everyMs,
    timeout: step.timeoutMs,
    approvals: step.approvals,
    ...marksJson(step),
  });
}

/** The commands that run in any case, as the document writes them. Commands of alternatives are only under `arms`. */
function commandsOf(step: Step, source: Plan['source']): readonly string[] {
  const {action, line, endLine} = step;
  return operationsOf(action).flatMap(operation => {
    switch (operation.kind) {
      case 'command':
        return [operation.command.text];
      case 'request':
        return [requestWritten(operation, source)];
      case 'follow':
        // A followed command is the document's own text; the command for a followed file is looked up in the document.
        if (operation.text === operation.followed) return [operation.text];
        return [writtenCommand(source, line, endLine, FOLLOWS, operation.followed) ?? operation.text];
      case 'query':
      case 'search':
      case 'measure':
        return [operation.text];
      case 'alternatives':
        return [];
      default:
        return unreachable(operation);
    }
  });
}

const FOLLOWS = /\b(?:tail|less|journalctl)\s/;

/** The request as the document writes it. A request from the bindings is in no line of the document. */
function requestWritten({request: {line, url}, text}: Operation & {kind: 'request'}, source: Plan['source']): string {
  return writtenCommand(source, line, line, /\bcurl\s/, url) ?? text;
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
  return compact({text, line, readable, metric, op, value, unit});
}

function ruleJson({windowMs: window, ...rule}: Rule): object {
  const {id, text, line, metric, statistic, op, value, unit, target, role, source, signal, tie} = rule;
  const person = rule.person || undefined;
  const bound = {id, text, line, metric, statistic, op, value, unit, target};
  return compact({...bound, window, role, source, signal, tie, person});
}

function rollbackJson(rollback: NonNullable<Plan['rollback']>): object {
  const {heading, line, triggers, steps, doesNotUndo, estimate, phase} = rollback;
  return compact({heading, line, triggers, steps, doesNotUndo, estimate, phase});
}
