/** Finds what the backups of a rollback were copied from, where a command of the document shows it. */
import {commandsOf, contextOf, type Plan, type Step} from '../plan.ts';
import type {Command, Context, Input, Text} from '../script.ts';
import {namedText} from '../shell/captures.ts';
import {copyOf} from '../shell/paths/copies.ts';
import {trimmed} from '../shell/paths/outputs.ts';
import {simpleCommands} from '../shell/words.ts';
import {withCommands} from './change-commands.ts';
import {absolute, relativeTo} from './paths.ts';

type Made = {source: Text; directory: Text | undefined};

/** Adds to each backup its source, so that readiness can compare their size. */
export function withBackupSources(plan: Plan): Plan {
  const all = plan.rollbacks ?? (plan.rollback === null ? [] : [plan.rollback]);
  const ids = new Set(all.flatMap(({steps}) => steps));
  const made = new Map(plan.steps.filter(({id}) => !ids.has(id)).flatMap(copiesIn));
  if (made.size === 0) return plan;
  const steps = plan.steps.map(step => {
    const context = ids.has(step.id) ? contextOf(step) : undefined;
    if (context === undefined) return step;
    return withCommands(step, command => {
      const inputs = command.inputs.map(input => withSource(input, command, context, made));
      return inputs.some((input, index) => input !== command.inputs[index]) ? {...command, inputs} : command;
    });
  });
  return {...plan, steps};
}

function copiesIn(step: Step): (readonly [string, Made])[] {
  const context = contextOf(step);
  if (context === undefined) return [];
  return commandsOf(step).flatMap(command => {
    const directory = directoryOf(command, context);
    return simpleCommands(namedText(command)).flatMap(words => {
      const {program = '', sources = [], target} = copyOf(words) ?? {};
      const [source] = sources;
      // Only whole copies: with exclusions a copy is smaller on purpose.
      const isWhole = /^(?:cp|rsync)$/.test(program) && !words.some(word => /^--(?:ex|in)clude|^--filter/.test(word));
      if (!isWhole || source === undefined || sources.length > 1 || target === undefined) return [];
      if (/[*?[$`]|^[\w.@-]+:/.test(source + target)) return [];
      return [[keyOf(context, directory, target), {source: trimmed(source), directory}] as const];
    });
  });
}

function withSource(input: Input, command: Command, context: Context, made: ReadonlyMap<string, Made>): Input {
  if (input.kind !== 'directory' && input.kind !== 'file') return input;
  const directory = absolute(context.directory, input.directory ?? command.directory);
  const found = made.get(keyOf(context, directory, input.path));
  const madeFrom = found === undefined ? undefined : relativeTo(directory, found.directory, found.source);
  return madeFrom === undefined ? input : {...input, madeFrom};
}

function directoryOf(command: Command, context: Context): Text | undefined {
  return absolute(context.directory, command.directory ?? context.directory);
}

function keyOf({place}: Context, directory: Text | undefined, path: Text): string {
  return `${place.kind === 'local' ? '' : place.host}|${absolute(directory, trimmed(path)) ?? ''}`;
}
