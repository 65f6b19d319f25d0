/** Changes the commands of a script one by one. */
import type {Step} from '../plan.ts';
import type {Command, Stage} from '../script.ts';

/** Returns the step with changed commands; other kinds of steps stay the same. */
export function withCommands(step: Step, change: (command: Command) => Command): Step {
  const {action} = step;
  if (action.kind !== 'script') return step;
  const stages = action.stages.map((stage): Stage => {
    if (stage.kind === 'http') return stage;
    if (stage.kind === 'commands') return {...stage, commands: stage.commands.map(change)};
    return {...stage, arms: stage.arms.map(arm => ({...arm, commands: arm.commands.map(change)}))};
  });
  return {...step, action: {...action, stages}};
}
