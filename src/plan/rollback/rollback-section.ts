/** Compiles the rollbacks of a plan: their steps, their triggers, and what they do not undo. */

import {compact} from '../../text/compact.ts';
import {type Rollback, rollbacksOf, type Section, type Step} from '../plan.ts';
import {withGuards} from '../shell/inputs.ts';
import {lastingEffects, notUndone} from './lasting-effects.ts';
import {withSequences} from './paths.ts';
import {mainPart, type RollbackPart, rollbackParts} from './rollback-parts.ts';

export type Rollbacks = {rollback: Rollback | null; rollbacks?: readonly Rollback[]};

/**
 * What people say of the rollbacks. `asked`: the titles from `choices:`. `told`: those of sections that were made the
 * rollback in the review, which count where the document has none.
 */
type Said = {asked: readonly string[]; told: readonly string[]};

/** The rollbacks of the document, and the one that is run unless another is chosen. */
export function compileRollbacks(
  sections: readonly Section[],
  steps: readonly Step[],
  triggers: readonly string[],
  {asked, told}: Said,
): Rollbacks {
  const own = rollbackParts(sections, steps).slice(-ROLLBACKS_MAX);
  const parts = own.length > 0 ? own : rollbackParts(madeRollback(sections, told), steps).slice(-ROLLBACKS_MAX);
  const only = parts.length === 1;
  const lasting = lastingEffects(steps, sections);
  const compiled = new Map(
    parts.map(part => [part, compile(only ? {root: part.root, steps: part.steps} : part, sections, lasting, triggers)]),
  );
  const wanted = parts.find(part => asked.some(name => titleHolds(compiled.get(part)?.heading ?? '', name)));
  const main = wanted ?? mainPart(parts);
  const rollback = main === undefined ? null : (compiled.get(main) ?? null);
  return compiled.size < 2 ? {rollback} : {rollback, rollbacks: [...compiled.values()]};
}

function madeRollback(sections: readonly Section[], told: readonly string[]): readonly Section[] {
  if (told.length === 0) return sections;
  return sections.map(section => (told.includes(section.title) ? {...section, use: 'rollback'} : section));
}

/** Nobody chooses from more. */
const ROLLBACKS_MAX = 32;

function titleHolds(heading: string, name: string): boolean {
  return heading.toLowerCase().includes(name.trim().toLowerCase());
}

function compile(
  {root, steps: own, phase}: RollbackPart,
  sections: readonly Section[],
  lasting: ReturnType<typeof lastingEffects>,
  triggers: readonly string[],
): Rollback {
  const around = phase === undefined ? undefined : sections.find(({id}) => id === phase);
  const estimate = [root, ...sections].find(
    section =>
      section.estimate !== undefined && (section === root || section.parent === root.id) && section.role === 'rollback',
  )?.estimate;
  return compact({
    heading: around === undefined ? root.title : `${around.title} › ${root.title}`,
    line: root.line,
    triggers,
    steps: own.map(step => step.id),
    doesNotUndo: notUndone(lasting, own).map(({text}) => text),
    estimate,
    phase,
  });
}

/** Removes inputs that an earlier command of the same rollback makes. */
export function withoutOwnInputs(steps: readonly Step[], rollbacks: Rollbacks): Step[] {
  const made = new Map(
    rollbacksOf(rollbacks).flatMap(one => {
      const own = new Set<string>();
      return one.steps.map(id => [id, own] as const);
    }),
  );
  return steps.map(step => {
    const own = made.get(step.id);
    if (own === undefined) return step;
    // Only one arm is taken, so later commands cannot rely on what an arm makes.
    return withSequences(step, (commands, isArm) => withGuards(commands, isArm ? new Set(own) : own));
  });
}
