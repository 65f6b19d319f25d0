/** Which of the alternatives of a step can be taken: those whose inputs are proved where they would run. */
import type {World} from '../actions/world.ts';
import type {Plan, Step} from '../plan/plan.ts';
import type {Command, Lookup, Missing, Place} from '../plan/script.ts';
import {commandsIn} from '../run/operations.ts';
import {isProved} from '../run/request.ts';
import {boundProofs} from '../run/rollback/readiness.ts';

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
        if (arm.manual || !(await areProved(action.context.place, arm.commands, lookup, world))) continue;
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
    if (!(await areProved(action.context.place, commands, lookup, world))) return false;
  }
  return true;
}

async function areProved(place: Place, commands: readonly Command[], lookup: Lookup, world: World): Promise<boolean> {
  const missing: Missing[] = [];
  const proofs = commands.flatMap(command => boundProofs(command, lookup, missing));
  if (missing.length > 0) return false;
  try {
    const answers = await world.prove(place, 'main', proofs);
    return proofs.every(proof => isProved(answers[proof.id]));
  } catch {
    // A place that does not answer proves nothing.
    return false;
  }
}
