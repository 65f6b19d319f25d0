import type {Bindings} from '../plan/bindings.ts';
import {bindText, type Lookup} from '../plan/placeholders.ts';
import type {Command, HttpRequest, Plan, Stage, Step} from '../plan/plan.ts';
import {unreachable} from '../plan/plan.ts';
import {proofsOf} from './proofs.ts';
import type {BoundCommand, BoundHttp, BoundStage, Request} from './request.ts';
import type {RunState} from './state.ts';

export type Binding = {
  plan: Plan;
  state: RunState;
  lookup: Lookup;
  attempt: number;
  /** In a rollback every input is proved first, arms fall through, and the second connection is used. */
  rollback: boolean;
};

/** `by-hand`: nothing here can be performed; a person does it. */
export type Bound =
  | {kind: 'request'; request: Request}
  | {kind: 'unbound'; names: readonly string[]}
  | {kind: 'by-hand'};

/** Limits for actions that set none themselves. A script may take as long as it takes: a person can cancel it. */
const SQL_TIMEOUT_MS = 60_000;
const HTTP_TIMEOUT_MS = 30_000;
/** A service that was just restarted gets this long to answer before its check counts as failed. */
export const HTTP_PATIENCE_MS = 30_000;

/** Fills a step's placeholders, captured values and chosen arms in. An unbound name never goes further than here. */
export function bindStep(step: Step, binding: Binding): Bound {
  const unbound = new Set<string>();
  const request = requestOf(step, binding, names => {
    for (const name of names) unbound.add(name);
  });
  if (unbound.size > 0) return {kind: 'unbound', names: [...unbound]};
  return request === undefined ? {kind: 'by-hand'} : {kind: 'request', request};
}

type Note = (names: readonly string[]) => void;

function requestOf(step: Step, binding: Binding, note: Note): Request | undefined {
  const {action} = step;
  const plain = (text: string) => bindNoting(text, binding, 'plain', note);
  switch (action.kind) {
    case 'manual':
    case 'input':
    case 'choice':
    case 'rule':
      return undefined;
    case 'script':
      return scriptRequest(step, action, binding, note);
    case 'sql': {
      const statements = action.statements.map(({line, text}) => ({
        line,
        text: bindNoting(text, binding, 'sql', note),
      }));
      return {kind: 'sql', database: action.database ?? '', statements, timeoutMs: step.timeoutMs ?? SQL_TIMEOUT_MS};
    }
    case 'http': {
      const requests = action.requests.map(request => bindHttp(request, binding, note));
      return {kind: 'http', requests, timeoutMs: step.timeoutMs ?? HTTP_TIMEOUT_MS};
    }
    case 'tail': {
      const {source, context, file, command} = action;
      return {
        kind: 'tail',
        source,
        place: context.place,
        ...(file === undefined ? {} : {file: plain(file)}),
        ...(command === undefined ? {} : {command: bindNoting(command, binding, 'shell', note)}),
      };
    }
    case 'log':
      return action;
    case 'prometheus':
      return {...action, timeoutMs: step.timeoutMs ?? HTTP_TIMEOUT_MS};
    default:
      return unreachable(action);
  }
}

type ScriptAction = Step['action'] & {kind: 'script'};

function scriptRequest(step: Step, action: ScriptAction, binding: Binding, note: Note): Request | undefined {
  const {state, attempt, rollback} = binding;
  const {context} = action;
  const stages = action.stages.flatMap(stage => bindStage(step, stage, binding, note));
  if (stages.length === 0) return undefined;
  const shell = state.contexts[context.id];
  const start = shell?.directory ?? startDirectory(action, binding);
  const directory = start === undefined ? undefined : bindNoting(start, binding, 'plain', note);
  return {
    kind: 'script',
    jobId: `${state.run.id}-${step.id}-${attempt}`.replaceAll(/[^\w.-]/g, '_'),
    place: context.place,
    lane: rollback ? 'rollback' : 'main',
    exports: shell?.exports ?? {},
    stages,
    ...(directory === undefined ? {} : {directory}),
    ...(step.timeoutMs === undefined ? {} : {timeoutMs: step.timeoutMs}),
  };
}

/**
 * A fence that continues another context starts where the document says that one stands,
 * also when the earlier fence was skipped or is being run for the first time in a rollback.
 */
function startDirectory(action: ScriptAction, {rollback}: Binding): string | undefined {
  const first = commandsOf(action.stages)[0];
  if (first?.directory !== undefined && rollback) return first.directory;
  return action.context.directory;
}

function bindStage(step: Step, stage: Stage, binding: Binding, note: Note): readonly BoundStage[] {
  switch (stage.kind) {
    case 'commands':
      return [
        {kind: 'commands', commands: stage.commands.flatMap(command => bindCommand(step, command, binding, note))},
      ];
    case 'http':
      return [{kind: 'http', request: bindHttp(stage.request, binding, note)}];
    case 'alternatives':
      return binding.rollback ? bindFallThrough(step, stage, binding, note) : bindChosenArm(step, stage, binding, note);
    default:
      return unreachable(stage);
  }
}

type Alternatives = Stage & {kind: 'alternatives'};

function bindChosenArm(step: Step, stage: Alternatives, binding: Binding, note: Note): readonly BoundStage[] {
  const arm = stage.arms.find(one => one.id === binding.state.choices[stage.id]?.armId);
  if (arm === undefined || arm.manual) return [];
  return [{kind: 'commands', commands: arm.commands.flatMap(command => bindCommand(step, command, binding, note))}];
}

/** The arm chosen in the deploy goes first; arms that hold an unbound name, or are done by hand, are left out. */
function bindFallThrough(step: Step, stage: Alternatives, binding: Binding, note: Note): readonly BoundStage[] {
  const missing: string[] = [];
  const arms = stage.arms.flatMap(arm => {
    if (arm.manual) return [];
    const names: string[] = [];
    const commands = arm.commands.flatMap(command =>
      bindCommand(step, command, binding, found => names.push(...found)),
    );
    missing.push(...names);
    return names.length > 0 ? [] : [{id: arm.id, label: arm.label, commands}];
  });
  if (arms.length === 0) note(missing);
  return arms.length === 0 ? [] : [{kind: 'alternatives', arms}];
}

function bindCommand(step: Step, command: Command, binding: Binding, note: Note): readonly BoundCommand[] {
  const optional = command.condition !== undefined || step.condition !== undefined;
  const names: string[] = [];
  const text = bindNoting(withCaptures(command, binding.state), binding, 'shell', found => names.push(...found));
  const guarded = binding.rollback || command.destructive !== undefined || optional;
  const requires = guarded
    ? proofsOf(command, path => bindNoting(path, binding, 'plain', found => names.push(...found)))
    : [];
  // What is only done "if needed" and cannot even be named is passed over.
  if (names.length > 0 && optional && binding.rollback) return [];
  note(names);
  const captures = command.captures.filter(({name}) => binding.state.captures[name] === undefined);
  return [{line: command.line, text, captures, requires, optional}];
}

/** `$(date +%Y%m%d)` that was evaluated once already is that value from then on, past midnight too. */
function withCaptures({text, captures}: Command, state: RunState): string {
  return captures.reduce((done, {expression, name}) => {
    const captured = state.captures[name];
    return captured === undefined ? done : done.replaceAll(expression, name);
  }, text);
}

function bindHttp(request: HttpRequest, binding: Binding, note: Note): BoundHttp {
  const {line, method, url, headers, body, insecure = false} = request;
  const plain = (text: string) => bindNoting(text, binding, 'plain', note);
  return {
    line,
    method,
    url: bindNoting(url, binding, 'url', note),
    headers: Object.fromEntries(headers.map(({name, value}) => [name, plain(value)])),
    insecure,
    ...(method === 'GET' || method === 'HEAD' ? {patienceMs: HTTP_PATIENCE_MS} : {}),
    ...(body === undefined ? {} : {body: bindNoting(body, binding, 'json', note)}),
  };
}

function bindNoting(text: string, binding: Binding, mode: Parameters<typeof bindText>[2], note: Note): string {
  const bound = bindText(text, binding.lookup, mode);
  note(bound.unbound);
  return bound.text;
}

export function commandsOf(stages: readonly Stage[]): readonly Command[] {
  return stages.flatMap(stage => {
    if (stage.kind === 'commands') return stage.commands;
    return stage.kind === 'alternatives' ? stage.arms.flatMap(arm => arm.commands) : [];
  });
}

/** Values of the bindings and what the run has captured; secrets included, so for the engine only. */
export function engineLookup(bindings: Bindings, state: RunState): Lookup {
  const {values} = bindings;
  return {
    keys: [...Object.keys(values), ...Object.keys(state.captures)],
    get: name => values[name]?.value ?? state.captures[name]?.value,
  };
}

/** The same for eyes: secrets are shown as `[redacted]`. */
export function shownLookup(plan: Plan, state: RunState): Lookup {
  const captured = Object.entries(state.captures).map(([name, {value}]) => [name, value] as const);
  const shown = new Map([...captured, ...Object.entries(plan.values ?? {})]);
  return {keys: [...shown.keys()], get: name => shown.get(name)};
}

/** Names that keep the step from being run. */
export function unboundIn(plan: Plan, state: RunState, step: Step): readonly string[] {
  const bound = bindStep(step, {plan, state, lookup: shownLookup(plan, state), attempt: 0, rollback: false});
  return bound.kind === 'unbound' ? bound.names : [];
}
