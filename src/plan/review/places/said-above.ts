/** Finds what stands above commands that name no place and may hold for them: a sentence for all, or the host of a step. */

import {plainText} from '../../document/inline.ts';
import {withSectionsAround} from '../../outline/sections-around.ts';
import {commandsOf, type Plan, type Section, type Step} from '../../plan.ts';
import {placeOfAll} from '../../steps/places/section-places.ts';
import {sentHereIn} from '../../words/machine-words.ts';
import type {LineIndex} from '../found-doubt.ts';
import {reachesCluster} from './reached-hosts.ts';
import {hostOf, type Sessions, sessionBefore} from './sessions.ts';

/** "Everything from my laptop unless it says ssh", above the work: what names no place runs here. */
export function isAllHere({source, sections, steps}: Plan): boolean {
  const worked = new Set(steps.flatMap(step => (commandsOf(step).length > 0 ? [step.section] : [])));
  const first = sections.find(({id}) => worked.has(id))?.line ?? 0;
  return source.slice(0, first).some((text, index) => {
    const said = placeOfAll(text);
    if (said?.place.here !== true) return false;
    // "All commands in this section" holds for the section in which it stands.
    const own = sections.findLast(({line}) => line <= index + 1);
    if (said.isWhole || own === undefined) return true;
    const inside = insideOf(own, sections);
    return [...worked].every(id => inside.has(id)) || !steps.some(({section}) => inside.has(section));
  });
}

/** "All Linux commands, unless said otherwise: on db01", which the reader took for the place of its own section only. */
export function allElsewhere({source}: Plan): {line: number; text: string} | undefined {
  const at = source.findIndex(text => placeOfAll(text)?.place.here === false);
  return at === -1 ? undefined : {line: at + 1, text: plainText(source[at] ?? '').slice(0, SHOWN_MAX)};
}

const SHOWN_MAX = 100;

/** The ids of a section and of all in it. A section stands behind the one around it. */
function insideOf({id}: Section, sections: readonly Section[]): ReadonlySet<string> {
  const inside = new Set([id]);
  for (const one of sections) if (one.parent !== undefined && inside.has(one.parent)) inside.add(one.id);
  return inside;
}

/** "3. On db1: …", "4. Stop it": the last step above in the section, if that names its host. */
export function stepsOnHostAbove({steps, source}: Plan, unsaid: readonly Step[]): ReadonlyMap<Step, Step> {
  const open = new Set(unsaid);
  const last = new Map<string, Step>();
  return new Map(
    steps.flatMap((step): [Step, Step][] => {
      const before = last.get(step.section);
      if (hostOf(step) !== undefined && !logsIn(step, source)) last.set(step.section, step);
      else if (!open.has(step) && commandsOf(step).length > 0) last.delete(step.section);
      // The rows of a table name their places themselves.
      const isRow = /^\s*\|/.test(source[step.line - 1] ?? '');
      return before !== undefined && open.has(step) && !isRow ? [[step, before]] : [];
    }),
  );
}

/** A session that its own block opens and leaves. */
function logsIn({line, endLine}: Step, source: readonly string[]): boolean {
  return source.slice(line - 1, endLine).some(text => /(?:^|[\s`])ssh\s/.test(text));
}

/**
 * Without what a title says is done here ("Friday, from my laptop"), and without what would ask once more whether the
 * programs for a cluster run here: the first section that surely runs asks it for all up to the next host.
 */
export function notSaidAbove(
  plan: Plan,
  unsaid: readonly Step[],
  sessions: Sessions,
  {byId}: Pick<LineIndex, 'byId'>,
): readonly Step[] {
  const above = stepsOnHostAbove(plan, unsaid);
  const isLed = (step: Step) => above.get(step) !== undefined || sessionBefore(step, sessions) !== undefined;
  const isTold = ({section}: Step) =>
    withSectionsAround(section, byId).some(({title}) => sentHereIn(title) !== undefined);
  const open = unsaid.filter(step => isLed(step) || !isTold(step));
  if (plan.steps.some(step => reachesCluster(step) && hostOf(step) !== undefined)) return open;
  const asks = (step: Step) => reachesCluster(step) && !isLed(step);
  const first = open.find(step => {
    const section = byId.get(step.section);
    return asks(step) && section?.use === 'run' && section.role !== 'other';
  });
  if (first === undefined) return open;
  // Behind a login nobody may have left it.
  const away = plan.steps.find(step => step.line > first.line && hostOf(step) !== undefined)?.line ?? Infinity;
  return open.filter(
    step => step.section === first.section || step.line < first.line || step.line > away || !asks(step),
  );
}
