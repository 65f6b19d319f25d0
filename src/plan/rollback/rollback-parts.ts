/** Finds the rollbacks of a document: the sections that tell them, with their steps. */

import {compact} from '../../text/compact.ts';
import {isRun} from '../action-traits.ts';
import {isAfterRollback, isNumberedPart} from '../outline/section-role.ts';
import {losesData} from '../outline/undo-commands.ts';
import {commandsOf, type Section, type Step} from '../plan.ts';
import {phrase} from '../words/vocabulary.ts';
import {isLettered, isOneOfLevels, isOnlyThen, saysState} from '../words/way-titles.ts';
import {movesOf, sharedMove} from './repeated-work.ts';

/** One rollback: its section, and all its steps in order. */
export type RollbackPart = {
  root: Section;
  steps: readonly Step[];
  /** Id of the section that it undoes; absent when it undoes the whole deployment. */
  phase?: string;
};

/**
 * The rollbacks in document order, without those that have no steps. Sections about parts of a system form one
 * rollback; sections about phases, or about how thoroughly it is done, are separate rollbacks. What follows a rollback
 * ("Post-rollback verification") belongs to it.
 */
export function rollbackParts(sections: readonly Section[], steps: readonly Step[]): RollbackPart[] {
  const byId = new Map(sections.map(section => [section.id, section]));
  const roots = rootsOf(
    sections,
    byId,
    Map.groupBy(steps, ({section}) => section),
  );
  const held = new Map<Section, Step[]>();
  for (const step of steps) {
    const root = roots.get(step.section);
    if (root === undefined) continue;
    const own = held.get(root);
    if (own === undefined) held.set(root, [step]);
    else own.push(step);
  }
  const phases = phasesOf(sections);
  return [...held]
    .sort(([one], [other]) => one.line - other.line)
    .map(([root, own]) => {
      const phase = phaseOf(root, byId, phases);
      return compact({root, steps: own, phase});
    });
}

/** For each section of a rollback, the section that tells the whole rollback. */
function rootsOf(
  sections: readonly Section[],
  byId: ReadonlyMap<string, Section>,
  stepsIn: ReadonlyMap<string, readonly Step[]>,
): Map<string, Section> {
  const split = new Set(
    [...Map.groupBy(sections, ({parent}) => parent)].flatMap(([parent, siblings]) => {
      if (parent === undefined || byId.get(parent)?.role !== 'rollback') return [];
      const parts = siblings.filter(isPart);
      return parts.length > 1 ? parts : waysIn(siblings, stepsIn);
    }),
  );
  const partedAt = new Set([...split].map(({parent}) => parent));
  const roots = new Map<string, Section>();
  let last: Section | undefined;
  for (const section of sections) {
    if (section.use !== 'rollback') continue;
    const around = section.parent === undefined ? undefined : roots.get(section.parent);
    const isRoot = split.has(section) || around === undefined;
    const isParted = section.parent !== undefined && partedAt.has(section.parent);
    const follows = isAfterRollback(section.title) && (isRoot || isParted) ? last : undefined;
    const root = follows ?? (isRoot ? section : around);
    roots.set(section.id, root);
    if (root === section) last = section;
  }
  return roots;
}

const PHASE = phrase`${'phase'}\s+(\d+|[A-Z])\>`;
/** "Quick rollback", "Retour arrière rapide". */
const DEGREE = phrase`^(?:[\d.]+\s*)?(?:${'degree'}\>.*${'rollback'}|${'rollback'}\s+${'degree'}\>)`;

/**
 * Siblings for different states: two or more are lettered, are levels or say the state ("5A. Schema not touched yet"),
 * and one says it, or two of them stop or start the same thing.
 */
function waysIn(siblings: readonly Section[], stepsIn: ReadonlyMap<string, readonly Step[]>): readonly Section[] {
  const own = siblings.filter(({role, title}) => role === 'rollback' && !isAfterRollback(title));
  const isLevel = isOneOfLevels(own.map(({title}) => title));
  const ways = own.filter(({title}) => isLettered(title) || saysState(title) || isLevel(title));
  if (ways.length < 2) return [];
  const moves = ways.map(({id}) => movesOf(stepsIn.get(id) ?? []));
  const repeats = moves.some((one, at) => moves.slice(at + 1).some(other => sharedMove(one, other) !== undefined));
  return repeats || ways.some(({title}) => saysState(title)) ? ways : [];
}

/** Whether the section is one of several rollbacks: "Rollback of phase 2", "Quick rollback". */
function isPart({role, title}: Section): boolean {
  if (role !== 'rollback' || isAfterRollback(title)) return false;
  return PHASE.test(title) || DEGREE.test(title) || isOnlyThen(title) || isSpecialRollback(title);
}

/** "Rollback to a given version" beside "Automatic rollback"; but not a numbered step ("Step 5: Verify rollback"). */
function isSpecialRollback(title: string): boolean {
  return OWN_WAY.test(title) && !isNumberedPart(title);
}

const OWN_WAY = phrase`^(?:[\d.]+\s*)?${'rollback'}\s+${'own-way'}\>`;

/** The section of the deployment for each phase that a title numbers. */
function phasesOf(sections: readonly Section[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const {id, title, role} of sections) {
    const phase = role === 'rollback' || role === 'triggers' ? undefined : PHASE.exec(title)?.[0]?.toLowerCase();
    if (phase !== undefined && !found.has(phase)) found.set(phase, id);
  }
  return found;
}

/** The phase in its title, otherwise the section of the deployment around it. */
function phaseOf(
  root: Section,
  byId: ReadonlyMap<string, Section>,
  phases: ReadonlyMap<string, string>,
): string | undefined {
  const counted = PHASE.exec(root.title)?.[0]?.toLowerCase();
  const named = counted === undefined ? undefined : phases.get(counted);
  if (named !== undefined) return named;
  const around = root.parent === undefined ? undefined : byId.get(root.parent);
  return around === undefined || around.role === 'rollback' || around.depth <= 1 ? undefined : around.id;
}

/**
 * The rollback to run: of those for the whole deployment, the one with most steps for the engine; one that loses data
 * only if all do. If each undoes one phase, the last with such steps, because it undoes what was done last.
 */
export function mainPart(parts: readonly RollbackPart[]): RollbackPart | undefined {
  const scripted = parts.filter(part => runnable(part) > 0);
  const all = scripted.filter(({phase}) => phase === undefined);
  const mild = all.filter(({steps}) => !steps.some(step => !isForCase(step) && goesFar(step)));
  const whole = mild.length > 0 ? mild : all;
  const fullest = whole.reduce<RollbackPart | undefined>(
    (best, part) => (best === undefined || runnable(part) > runnable(best) ? part : best),
    undefined,
  );
  return fullest ?? scripted.at(-1) ?? parts.find(({phase}) => phase === undefined) ?? parts.at(-1);
}

function isForCase({condition, arm}: Step): boolean {
  return condition !== undefined || arm !== undefined;
}

/** Whether a command of it loses data. */
export function goesFar(step: Step): boolean {
  return commandsOf(step).some(({text}) => losesData(text));
}

function runnable({steps}: RollbackPart): number {
  return steps.filter(isRun).length;
}
