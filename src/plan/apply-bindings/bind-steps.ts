/** Gives described steps an action, from `steps:` of the bindings. */
import {compact} from '../../text/compact.ts';
import type {HttpBinding} from '../bindings-file/probe-kinds.ts';
import type {Bindings, StepBinding} from '../bindings-file/types.ts';
import {destroys} from '../hazards/command-hazards.ts';
import {type Action, type Check, contextOf, type Expectation, type Plan, type Step, unreachable} from '../plan.ts';
import type {Problem} from '../problem.ts';
import type {Context} from '../script.ts';
import {readCaptures} from '../shell/captures.ts';
import {checkEnvFile, namesIn} from './env-file-check.ts';
import {findMatches} from './matches.ts';

/** Where a bound command runs; `on` as in the binding. */
export type PlaceOf = (step: Step, on: string | undefined) => Context;

export function bindSteps(
  plan: Plan,
  bindings: Bindings,
  placeOf: PlaceOf,
): {steps: readonly Step[]; problems: readonly Problem[]} {
  const problems: Problem[] = [];
  const bound = new Map(plan.steps.map(step => [step.id, step]));
  const items = plan.steps.map(step => ({...step, text: step.title}));
  for (const binding of bindings.steps) {
    const {found, problem} = findMatches(items, binding, 'step', bindings.file);
    if (problem !== undefined) problems.push(problem);
    for (const {id} of found) {
      const step = bound.get(id);
      if (step !== undefined) bound.set(id, bindStep(step, binding, placeOf));
    }
  }
  return {steps: plan.steps.map(step => bound.get(step.id) ?? step), problems};
}

function bindStep(step: Step, binding: StepBinding, placeOf: PlaceOf): Step {
  const {on} = binding;
  // The place of `on`, otherwise that of the step's own commands, otherwise that of its section.
  const context = (on === undefined ? contextOf(step) : undefined) ?? placeOf(step, on);
  const action = actionFor(step, binding, context);
  const destructive = binding.action.kind === 'run' ? destroys(binding.action.run) : step.destructive;
  const {destructive: _, ...rest} = step;
  return {
    ...rest,
    ...compact({action}),
    expectations: expectationsFor(step, binding),
    ...compact({timeoutMs: binding.timeoutMs, retries: binding.retries, approvals: binding.approvals, destructive}),
  };
}

function actionFor(step: Step, binding: StepBinding, context: Context): Action | undefined {
  const {action, on} = binding;
  const {line} = step;
  switch (action.kind) {
    case 'run':
      return script(context, line, action.run);
    case 'sql':
      return compact({
        kind: 'sql',
        statements: [{line, text: action.sql, expectations: []}],
        bound: true,
        database: on,
      });
    case 'http':
      return {kind: 'http', requests: [requestOf(action.http, line)], context};
    case 'env-file':
      return script(
        context,
        line,
        checkEnvFile(action.file, step),
        `check that ${action.file} has what the step names`,
      );
    case 'tables':
      return compact({
        kind: 'sql',
        statements: [{line, text: missingTables(tablesOf(step, action.tables)), expectations: []}],
        database: on,
      });
    case 'log': {
      const {source, absent, present} = action;
      return compact({
        kind: 'log',
        source,
        absent,
        present,
      });
    }
    case 'prometheus':
      return {kind: 'prometheus', url: action.url, query: action.query, context};
    case 'tail':
      return {
        kind: 'tail',
        source: /([^/]*?)(?:\.\w+)?$/.exec(action.file)?.[1] || step.id,
        context,
        file: action.file,
        alternatives: [],
      };
    case 'none':
      return undefined;
    default:
      return unreachable(action);
  }
}

function script(context: Context, line: number, text: string, label?: string): Action {
  const destructive = destroys(text);
  const command = compact({
    line,
    text,
    bound: true as const,
    captures: readCaptures(text),
    inputs: [],
    label,
    destructive,
  });
  return {kind: 'script', context, stages: [{kind: 'commands', commands: [command]}]};
}

function requestOf(
  {method, url, headers, json, body}: HttpBinding,
  line: number,
): Extract<Action, {kind: 'http'}>['requests'][number] {
  const own = Object.entries(headers).map(([name, value]) => ({name, value}));
  const typed = own.some(({name}) => name.toLowerCase() === 'content-type');
  const content = json === undefined || typed ? own : [...own, {name: 'Content-Type', value: 'application/json'}];
  const sent = body ?? (json === undefined ? undefined : JSON.stringify(json));
  return compact({line, method, url, headers: content, body: sent, expectations: []});
}

/** The step's own expectations stay, except those that only a person could judge: the binding says how to judge. */
function expectationsFor(step: Step, binding: StepBinding): Expectation[] {
  const checks: Check[] = [...(binding.expect?.checks ?? [])];
  if (binding.action.kind === 'tables') checks.push({kind: 'rows', op: '=', value: 0});
  // The check of an environment file answers "not committed" too.
  const isJudged = checks.length > 0 || binding.action.kind === 'env-file';
  const own = isJudged ? step.expectations.filter(({readable}) => readable) : step.expectations;
  return [...own, ...checks.map(check => ({text: describe(check, binding), line: step.line, readable: true, check}))];
}

function describe(check: Check, binding: StepBinding): string {
  switch (check.kind) {
    case 'status':
      return `status ${check.codes.join(' or ')}`;
    case 'json':
      return `answer contains ${JSON.stringify(check.subset)}`;
    case 'contains':
      return `contains "${check.text}"${check.times === undefined ? '' : ` ${check.times} times`}`;
    case 'absent':
      return `does not contain "${check.text}"`;
    case 'fails':
      return check.text === undefined ? 'fails' : `fails with "${check.text}"`;
    case 'empty':
      return 'no output';
    case 'duration':
      return `takes ${check.op} ${check.value} ms`;
    case 'number':
      return `${check.op} ${check.value}`;
    case 'rows':
      return binding.action.kind === 'tables' ? 'no table is missing' : `${check.op} ${check.value} rows`;
    default:
      return unreachable(check);
  }
}

/** The tables of the binding, otherwise the names in back-ticks in the step. */
function tablesOf(step: Step, tables: readonly string[]): readonly string[] {
  return tables.length > 0 ? tables : namesIn([step.title, ...step.instructions], /^[A-Za-z_][\w.]*$/);
}

/** The query returns the missing names, so that the evidence shows them. */
function missingTables(tables: readonly string[]): string {
  const names = tables.map(name => `('${name.replaceAll("'", "''")}')`).join(', ');
  return [
    `select wanted.name as missing from (values ${names || "('')"}) as wanted(name)`,
    'where not exists (select 1 from information_schema.tables as known',
    "where lower(wanted.name) in (lower(known.table_name), lower(known.table_schema || '.' || known.table_name)))",
  ].join(' ');
}
