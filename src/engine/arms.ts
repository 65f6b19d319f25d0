/** Which arms of a choice are proved to be possible where they would run. */
import type {World} from '../actions/world.ts';
import type {Plan, Step} from '../plan/plan.ts';
import {bindText, type Command, type Lookup, type Place} from '../plan/script.ts';
import {proofsOf} from '../run/binding/proofs.ts';
import {commandsIn} from '../run/operations.ts';

/**
 * For each undecided choice of the step the first arm whose inputs are proved where it would run.
 * Arms done by hand have nothing to prove and are never taken by themselves.
 */
export async function proveArms(plan: Plan, step: Step, lookup: Lookup, world: World): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const {action} = step;
  if (action.kind === 'choice') {
    for (const arm of action.arms) {
      const scripts = plan.steps.filter(one => arm.steps.includes(one.id) && one.action.kind === 'script');
      if (scripts.length === 0 || !(await allProved(scripts, lookup, world))) continue;
      found[step.id] = arm.id;
      break;
    }
  } else if (action.kind === 'script') {
    for (const stage of action.stages) {
      if (stage.kind !== 'alternatives') continue;
      for (const arm of stage.arms) {
        if (arm.manual || !(await isProved(action.context.place, arm.commands, lookup, world))) continue;
        found[stage.id] = arm.id;
        break;
      }
    }
  }
  return found;
}

/** Proves of a whole script only its commands outside of alternatives: which arm is taken is decided when it runs. */
async function allProved(steps: readonly Step[], lookup: Lookup, world: World): Promise<boolean> {
  for (const {action} of steps) {
    if (action.kind !== 'script') continue;
    const commands = commandsIn(action.stages.filter(stage => stage.kind === 'commands'));
    if (!(await isProved(action.context.place, commands, lookup, world))) return false;
  }
  return true;
}

async function isProved(place: Place, commands: readonly Command[], lookup: Lookup, world: World): Promise<boolean> {
  const unbound: string[] = [];
  const bind = (text: string) => {
    const bound = bindText(text, lookup, 'plain');
    unbound.push(...bound.unbound);
    return bound.text;
  };
  const proofs = commands.flatMap(command => {
    unbound.push(...bindText(command.text, lookup, 'shell').unbound);
    return proofsOf(command, bind);
  });
  if (unbound.length > 0) return false;
  try {
    const answers = await world.prove(place, 'main', proofs);
    return proofs.every(proof => answers[proof.id] === true);
  } catch {
    // A place that does not answer proves nothing.
    return false;
  }
}
