/** What a step does, said once: an ordered list of plain data that every page, panel and listing only writes down. */
import {type Action, contextOf, type Expectation, type Step, unreachable} from '../plan/plan.ts';
import type {Command, Context, HttpRequest, ScriptArm, Stage} from '../plan/script.ts';
import {bindText, type Lookup, quoteForShell} from '../plan/script.ts';
import {compact} from '../text/compact.ts';

/** `text` holds the known values; a name without one stays as the document writes it. */
export type Operation =
  | CommandOperation
  /** `GET https://api.example.net/health`; `condition`: "if needed". */
  | {kind: 'request'; text: string; request: HttpRequest; condition?: string}
  | {kind: 'query'; text: string}
  /** Opens a log source: `followed` is a file or a command that never ends, `text` how it is typed: `tail -f app.log`. */
  | {kind: 'follow'; text: string; followed: string}
  /** Looks through the lines of a log source: `error: no line like ERROR|Traceback`. */
  | {kind: 'search'; text: string}
  /** Asks Prometheus. */
  | {kind: 'measure'; text: string}
  /** Only one of its arms is ever run. `taken`: the one that was chosen, or else the first that is proved. */
  | {kind: 'alternatives'; arms: readonly ArmOperation[]; taken?: ArmOperation};

/** `text`: the label instead, where the command is a program of ours. `unbound`: names in it that have no value. */
export type CommandOperation = {kind: 'command'; text: string; unbound: readonly string[]; command: Command};

/** An arm without commands is done by hand; `label` says what to do. */
export type ArmOperation = {id: string; label: string; commands: readonly CommandOperation[]};

/** `choices` as the run keeps them, by the id of the stage; `proved`: ids of arms whose inputs were found. */
export type Known = {
  lookup: Lookup;
  choices: Readonly<Record<string, {armId: string}>>;
  proved?: readonly string[];
};

const NOTHING: Known = {lookup: () => undefined, choices: {}};

/** What a person does (tick, fill in, choose) and what a rule ticks has no operations. */
export function operationsOf(action: Action, known: Known = NOTHING): readonly Operation[] {
  const bound = (text: string) => bindText(text, known.lookup, 'plain').text;
  switch (action.kind) {
    case 'manual':
    case 'input':
    case 'choice':
    case 'rule':
      return [];
    case 'script':
      return action.stages.flatMap(stage => stageOperations(stage, known));
    case 'sql':
      return action.statements.map(({text}) => ({kind: 'query', text: bound(text)}));
    case 'http':
      return action.requests.map(request => requestOperation(request, known));
    case 'tail': {
      const followed = bound(action.file ?? action.command ?? action.source);
      return [{kind: 'follow', followed, text: action.command === undefined ? `tail -f ${followed}` : followed}];
    }
    case 'log':
      return [{kind: 'search', text: searchText(action)}];
    case 'prometheus':
      return [{kind: 'measure', text: action.query}];
    default:
      return unreachable(action);
  }
}

function stageOperations(stage: Stage, known: Known): readonly Operation[] {
  switch (stage.kind) {
    case 'commands':
      return stage.commands.map(command => commandOperation(command, known));
    case 'http': {
      const {request, condition} = stage;
      return [{...requestOperation(request, known), ...compact({condition})}];
    }
    case 'alternatives': {
      const arms = stage.arms.map(arm => armOperation(arm, known));
      const chosen = known.choices[stage.id]?.armId;
      const taken = arms.find(({id}) => id === chosen) ?? arms.find(({id}) => known.proved?.includes(id));
      return [compact({kind: 'alternatives', arms, taken})];
    }
    default:
      return unreachable(stage);
  }
}

function armOperation({id, label, manual, commands}: ScriptArm, known: Known): ArmOperation {
  return {id, label, commands: manual ? [] : commands.map(command => commandOperation(command, known))};
}

function commandOperation(command: Command, {lookup}: Known): CommandOperation {
  const {text, missing} = bindText(command.label ?? command.text, lookup, 'plain');
  return {kind: 'command', text, unbound: missing.map(({name}) => name), command};
}

function requestOperation(request: HttpRequest, {lookup}: Known): Operation & {kind: 'request'} {
  return {kind: 'request', text: bindText(request.curl?.text ?? requestText(request), lookup, 'plain').text, request};
}

function searchText({source, absent, present}: Action & {kind: 'log'}): string {
  return `${source}: ${absent === undefined ? `a line like ${present ?? 'anything'}` : `no line like ${absent}`}`;
}

/** `GET https://api.example.net/health`. */
export function requestText({method, url}: {method: string; url: string}): string {
  return `${method} ${url}`;
}

type CurlRequest = {
  method: string;
  url: string;
  headers: readonly {name: string; value: string}[];
  body?: string;
  insecure?: boolean;
  curl?: {text: string};
};

/** The request as a person sends it from a shell: `curl -fsS -X POST -d '{"id":1}' https://api.example.net/orders`. */
export function curlText({method, url, headers, body, insecure, curl}: CurlRequest, quote = quoteForShell): string {
  if (curl !== undefined) return curl.text;
  return [
    'curl -fsS',
    ...(insecure === true ? ['-k'] : []),
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...headers.map(({name, value}) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-d ${quote(body)}`]),
    quote(url),
  ].join(' ');
}

/** Shell text of a script's stages, the commands of every arm included; the same for stages that are bound already. */
export function commandsIn<C>(stages: readonly AnyStage<C>[]): readonly C[] {
  return stages.flatMap(stage => {
    if (stage.kind === 'commands') return stage.commands;
    return stage.kind === 'alternatives' ? stage.arms.flatMap(arm => arm.commands) : [];
  });
}

type AnyStage<C> =
  | {kind: 'commands'; commands: readonly C[]}
  | {kind: 'alternatives'; arms: readonly {commands: readonly C[]}[]}
  | {kind: 'http'};

/**
 * Name of the host or of the database where it happens, or `local`; absent where the action names no place, and for what
 * is asked from here, which may be anywhere.
 */
export function placeOf(action: Action): string | undefined {
  if (action.kind === 'http' || action.kind === 'prometheus') return askedFrom(action);
  if ('context' in action) return action.context.place.kind === 'local' ? 'local' : action.context.place.host;
  return action.kind === 'sql' ? action.database : undefined;
}

/** The host that it is asked from, when that is not here. */
export function askedFrom({context}: {context?: Context}): string | undefined {
  return context?.place.kind === 'host' ? context.place.host : undefined;
}

/** Whether there is anything that the engine can do, whichever arm is taken. */
export function isAutomatic({action}: Step): boolean {
  return operationsOf(action).some(
    operation => operation.kind !== 'alternatives' || operation.arms.some(({commands}) => commands.length > 0),
  );
}

/** Those of the step and those inside its statements or requests, each once. */
export function expectationsOf({expectations, action}: Step): readonly Expectation[] {
  const all = [...expectations, ...innerParts(action).flatMap(part => part.expectations)];
  return all.filter((one, index) => all.findIndex(other => isSameExpectation(one, other)) === index);
}

/** A sentence may state several: "`0` and `t`". */
function isSameExpectation(one: Expectation, other: Expectation): boolean {
  return (
    one.line === other.line && one.text === other.text && JSON.stringify(one.check) === JSON.stringify(other.check)
  );
}

function innerParts(action: Action): readonly {expectations: readonly Expectation[]}[] {
  if (action.kind === 'sql') return action.statements;
  return action.kind === 'http' ? action.requests : [];
}

/** The host that the step needs: where its commands run, or from where it asks. */
export function hostOf(step: Step): string | undefined {
  const place = contextOf(step)?.place;
  if (place?.kind === 'host') return place.host;
  return step.action.kind === 'http' ? askedFrom(step.action) : undefined;
}
