import {type Action, type Expectation, type Step, unreachable} from '../plan/plan.ts';
import type {Command, Context, HttpRequest} from '../plan/script.ts';

/**
 * What a step would do, line by line, as the document writes it.
 * `either`: the first command of one of several arms, of which only one is ever run; `then`: goes on with that arm.
 */
export type Operation = {
  kind: 'command' | 'query' | 'request' | 'log' | 'by-hand';
  text: string;
  either?: 'first' | 'further' | 'then';
  destructive?: string;
  /** "if needed" */
  condition?: string;
};

export function operationsOf(action: Action): readonly Operation[] {
  switch (action.kind) {
    case 'manual':
    case 'input':
    case 'choice':
    case 'rule':
      return [];
    case 'script':
      return action.stages.flatMap(stage => {
        if (stage.kind === 'commands') return stage.commands.map(command => commandOperation(command));
        if (stage.kind === 'http') return [{kind: 'request', text: requestText(stage.request)}];
        return stage.arms.flatMap((arm, index): Operation[] => {
          const either = index === 0 ? 'first' : 'further';
          if (arm.manual || arm.commands.length === 0) return [{kind: 'by-hand', text: arm.label, either}];
          const [first, ...rest] = arm.commands.map(command => commandOperation(command));
          const more = rest.map(operation => ({...operation, either: 'then'}) as const);
          return first === undefined ? [] : [{...first, either}, ...more];
        });
      });
    case 'sql':
      return action.statements.map(({text}) => ({kind: 'query', text}));
    case 'http':
      return action.requests.map(request => ({kind: 'request', text: requestText(request)}));
    case 'tail':
      return [{kind: 'log', text: `follow ${action.file ?? action.command ?? action.source}`}];
    case 'log':
      return [{kind: 'log', text: `${action.source}: ${patterns(action.absent, action.present)}`}];
    case 'prometheus':
      return [{kind: 'query', text: action.query}];
    default:
      return unreachable(action);
  }
}

/** Where it happens: a host, a database, or nothing for what happens here or by hand. */
export function placeText(step: Step): string | undefined {
  const {action} = step;
  if ('context' in action) return contextText(action.context);
  return action.kind === 'sql' ? action.database : undefined;
}

export function contextText({place}: Context): string {
  return place.kind === 'local' ? 'local' : place.host;
}

export function isAutomatic({action}: Step): boolean {
  return operationsOf(action).some(({kind}) => kind !== 'by-hand');
}

export function requestText({method, url}: HttpRequest): string {
  return `${method} ${url}`;
}

/** Those of the step and those inside its statements or requests, each once. */
export function expectationsOf({expectations, action}: Step): readonly Expectation[] {
  const inner =
    action.kind === 'sql'
      ? action.statements.flatMap(statement => statement.expectations)
      : action.kind === 'http'
        ? action.requests.flatMap(request => request.expectations)
        : [];
  const own = new Set(expectations.map(({line, text}) => `${line} ${text}`));
  return [...expectations, ...inner.filter(({line, text}) => !own.has(`${line} ${text}`))];
}

function commandOperation({text, destructive, condition}: Command): Operation {
  return {
    kind: 'command',
    text,
    ...(destructive === undefined ? {} : {destructive}),
    ...(condition === undefined ? {} : {condition}),
  };
}

function patterns(absent: string | undefined, present: string | undefined): string {
  const parts = [absent === undefined ? [] : [`no /${absent}/`], present === undefined ? [] : [`/${present}/`]].flat();
  return parts.join(', ');
}
