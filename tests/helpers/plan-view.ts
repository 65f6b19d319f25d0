/** Short ways to look at a plan in tests. */
import {emptyBindings} from '../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import {type Action, commandsOf, kindOf, type Plan, type Step, type StepKind} from '../../src/plan/plan.ts';
import type {Command} from '../../src/plan/script.ts';

/** A plan of these lines, with no bindings. */
export function planOf(...lines: readonly string[]): Plan {
  return parsePlan(lines.join('\n'), emptyBindings);
}

/** With the kind that its action gives it, as `check --json` reports it. */
export function stepAt(plan: Plan, line: number): Step & {kind: StepKind} {
  const step = plan.steps.find(one => one.line === line);
  if (step === undefined) throw new Error(`no step on line ${line}; steps: ${plan.steps.map(one => one.id).join(' ')}`);
  return {...step, kind: kindOf(step.action)};
}

export function actionOf<K extends Action['kind']>(step: Step, kind: K): Extract<Action, {kind: K}> {
  if (step.action.kind !== kind) throw new Error(`${step.id} is ${step.action.kind}, not ${kind}`);
  return step.action as Extract<Action, {kind: K}>;
}

export function commandTexts(step: Step): string[] {
  return commandsOf(step).map(command => command.text);
}

export function commandAt(plan: Plan, line: number): Command {
  const found = plan.steps.flatMap(commandsOf).find(command => command.line === line);
  if (found === undefined) throw new Error(`no command on line ${line}`);
  return found;
}

/** `code:line` of every problem, in order. */
export function problemsOf(plan: Plan, code: string): number[] {
  return plan.problems.filter(problem => problem.code === code).map(problem => problem.line);
}

/** Where the commands of a step run: `local`, or the destination. */
export function placeAt(plan: Plan, line: number): string {
  const {place} = actionOf(stepAt(plan, line), 'script').context;
  return place.kind === 'local' ? 'local' : place.destination;
}
