import type {Step} from '../plan.ts';
import type {Command, Context, HttpRequest, Text} from '../script.ts';
import {commandsOfStage} from './fences/fences.ts';

/** Every command of a step, arms included. */
export function commandsOf({action}: Step): readonly Command[] {
  return action.kind === 'script' ? action.stages.flatMap(commandsOfStage) : [];
}

export function requestsOf({action}: Step): readonly HttpRequest[] {
  if (action.kind === 'http') return action.requests;
  return action.kind === 'script' ? action.stages.flatMap(stage => (stage.kind === 'http' ? [stage.request] : [])) : [];
}

export function contextOf({action}: Step): Context | undefined {
  return action.kind === 'script' || action.kind === 'tail' ? action.context : undefined;
}

/** All text of a step that reaches a shell, a server or a database, with its line. */
export function runnableTexts(step: Step): {text: Text; line: number}[] {
  const {action} = step;
  const commands = commandsOf(step).flatMap(({text, line, directory}) => [
    {text, line},
    ...(directory === undefined ? [] : [{text: directory, line}]),
  ]);
  const requests = requestsOf(step).flatMap(({url, headers, body, line}) => [
    {text: url, line},
    ...headers.map(({value}) => ({text: value, line})),
    ...(body === undefined ? [] : [{text: body, line}]),
  ]);
  const statements = action.kind === 'sql' ? action.statements.map(({text, line}) => ({text, line})) : [];
  const tail = action.kind === 'tail' ? [{text: action.file ?? action.command ?? '', line: step.line}] : [];
  return [...commands, ...requests, ...statements, ...tail];
}
