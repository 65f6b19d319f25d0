/** Combines directories and paths as far as the document says them. */
import {posix} from 'node:path';
import type {Step} from '../plan.ts';
import type {Command, Stage, Text} from '../script.ts';

/** The path below `base`; as absolute as is known. */
export function absolute(base: Text | undefined, path: Text | undefined): Text | undefined {
  if (path === undefined || base === undefined || path === base || /^[/~]/.test(path)) return path ?? base;
  return posix.join(base, path);
}

/** A path that was written in the directory `there`, as it is written `here`; undefined when nobody can say. */
export function relativeTo(here: Text | undefined, there: Text | undefined, path: Text): Text | undefined {
  if (/^[/~]/.test(path) || here === there) return path;
  const whole = absolute(there, path) ?? path;
  if (/^[/~]/.test(whole)) return whole;
  return here === undefined || !/^[/~]/.test(here) ? posix.relative(here ?? '.', whole) : undefined;
}

/** Returns the step with changed commands; other kinds of steps stay the same. */
export function withCommands(step: Step, change: (command: Command) => Command): Step {
  return withSequences(step, commands => commands.map(change));
}

/** Changes each sequence of commands: `isArm` says that it is one way of several. */
export function withSequences(
  step: Step,
  change: (commands: readonly Command[], isArm: boolean) => readonly Command[],
): Step {
  const {action} = step;
  if (action.kind !== 'script') return step;
  const stages = action.stages.map((stage): Stage => {
    if (stage.kind === 'http') return stage;
    if (stage.kind === 'commands') return {...stage, commands: change(stage.commands, false)};
    return {...stage, arms: stage.arms.map(arm => ({...arm, commands: change(arm.commands, true)}))};
  });
  return {...step, action: {...action, stages}};
}
