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
    const proved = await firstProved(action.arms, async arm => {
      const scripts = plan.steps.filter(one => arm.steps.includes(one.id) && one.action.kind === 'script');
      return scripts.length > 0 && (await allProved(scripts, lookup, world));
    });
    if (proved !== undefined) found[step.id] = proved.id;
  } else if (action.kind === 'script') {
    const {place} = action.context;
    const stages = action.stages.filter(stage => stage.kind === 'alternatives');
    await Promise.all(
      stages.map(async stage => {
        const arms = stage.arms.filter(({manual}) => !manual);
        const proved = await firstProved(arms, arm => areProved(place, arm.commands, lookup, world));
        if (proved !== undefined) found[stage.id] = proved.id;
      }),
    );
  }
  return found;
}

/** All are asked at the same time: on a group of hosts one question takes as long as many. */
async function firstProved<T>(arms: readonly T[], isProvedOf: (arm: T) => Promise<boolean>): Promise<T | undefined> {
  const proved = await Promise.all(arms.map(isProvedOf));
  return arms.find((_, index) => proved[index]);
}

/** Proves of a whole script only its commands outside of alternatives: which arm is taken is decided when it runs. */
async function allProved(steps: readonly Step[], lookup: Lookup, world: World): Promise<boolean> {
  const proved = await Promise.all(
    steps.map(async ({action}) => {
      if (action.kind !== 'script') return true;
      const commands = commandsIn(action.stages.filter(stage => stage.kind === 'commands'));
      return await areProved(action.context.place, commands, lookup, world);
    }),
  );
  return proved.every(one => one);
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
