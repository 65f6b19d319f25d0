/** The commands of a script, changed one by one. */
import type {Step} from '../plan.ts';
import type {Command, Stage} from '../script.ts';

/** The same step where nothing of it was changed. */
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
