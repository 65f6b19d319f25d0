/** Doubts about sections whose one place was set by a person, while their text gives their commands to several. */
import {matchesOf} from '../../../text/matches.ts';
import {isNameIn} from '../../../text/name-in.ts';
import {placedAt} from '../../bindings-file/named-places.ts';
import type {Bindings} from '../../bindings-file/types.ts';
import {withSectionsAround} from '../../outline/sections-around.ts';
import {hostsMentioned} from '../../phrases/host-mentions.ts';
import {contextOf, type Plan, type Step} from '../../plan.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import type {Leads} from '../lines-above.ts';
import {byMention} from './mentioned-places.ts';
import {BESIDE, isOfPlace, type Reached, unreadPlaceDoubts} from './unread-places.ts';

// `contexts:` or `p` in the review gives one place to a whole section. That answers the rows which ask the same; where
// the text gives another row another place, its question stays open.

/** `by`: the title, or the piece of it, for which the place was set. */
export type SetPlace = {place: string; by: string};

/** The place that `contexts:` or the review gives to the section of the step, or to one around it. */
export function placeSetFor(sections: LineIndex['byId'], step: Step, bindings: Bindings): SetPlace | undefined {
  const {contexts} = bindings;
  const names = Object.keys(contexts);
  const around = withSectionsAround(step.section, sections);
  for (const {title, line} of around) {
    const by = names.find(name => name === `line:${line}` || title.toLowerCase().includes(name.trim().toLowerCase()));
    const place = by === undefined ? undefined : contexts[by];
    if (by !== undefined && place !== undefined) return {place, by};
  }
  return placedAt(
    around.map(({title}) => title),
    bindings,
  );
}

export function setPlaceDoubts(
  plan: Plan,
  bindings: Bindings,
  lines: LineIndex,
  leadsOf: Leads,
  isRun: (step: Step) => boolean,
  given: Reached,
): FoundDoubt[] {
  const set = new Map(
    plan.steps.flatMap((step): [string, SetPlace][] => {
      const own = isRun(step) ? placeSetFor(lines.byId, step, bindings) : undefined;
      return own === undefined || !isThere(step, own, bindings) ? [] : [[step.id, own]];
    }),
  );
  if (set.size === 0) return [];
  const before = unset(plan, set);
  const leadsBefore: Leads = step => leadsOf(plan.steps.find(({id}) => id === step.id) ?? step);
  const asked = (step: Step) => set.has(step.id);
  const unread = unreadPlaceDoubts(before, lines, leadsBefore, {...given, isAsked: asked});
  const known = new Set(unread.flatMap(({steps = []}) => steps));
  const rest = before.steps.filter(step => asked(step) && !known.has(step.id) && !given.reaches(step));
  const {mentioned} = byMention(before, rest, leadsBefore, given.hosts);
  return [...Map.groupBy(set, ([, {by}]) => by).values()].flatMap(own => {
    const ids = new Set(own.map(([id]) => id));
    const [, {place}] = own[0] as [string, SetPlace];
    const told = [...unread, ...mentioned].filter(({steps = []}) => steps.some(id => ids.has(id)));
    return stillOpen(told, ids.size, {place, names: namesOf(place, bindings), hosts: given.hosts});
  });
}

/** Its place is the one that was set: a line `ssh …` and a directive are stronger. */
function isThere(step: Step, {place}: SetPlace, bindings: Bindings): boolean {
  const own = contextOf(step)?.place;
  if (own === undefined) return false;
  if (place === 'local') return own.kind === 'local';
  return own.kind === 'host' && [place, ...namesOf(place, bindings)].includes(own.host);
}

function namesOf(place: string, {hosts}: Bindings): string[] {
  const host = hosts[place];
  const all = [place, ...(host?.matches ?? []), host?.destination ?? ''];
  return all.map(name => name.slice(name.lastIndexOf('@') + 1).toLowerCase()).filter(name => name !== '');
}

/** The plan without these places. */
function unset(plan: Plan, set: ReadonlyMap<string, SetPlace>): Plan {
  const steps = plan.steps.map(step =>
    set.has(step.id) && 'context' in step.action
      ? {...step, action: {...step.action, context: {id: 'local', place: {kind: 'local' as const}}}}
      : step,
  );
  return {...plan, steps};
}

/**
 * Without the questions that the place answers: those that name it, and the only one of its section, unless that names
 * another host and the place was set for other commands too.
 */
function stillOpen(told: readonly FoundDoubt[], count: number, {place, names, hosts}: Answer): FoundDoubt[] {
  const isAnswered = (one: FoundDoubt) =>
    one.message.includes(BESIDE) || names.some(name => isNameIn(name, saidIn(one)) || isOfPlace(saidIn(one), name));
  const others = told.filter(one => !isAnswered(one));
  const isOne = new Set(others.map(saidIn)).size === 1 && others.length === told.length;
  const isWhole = others.every(({steps = []}) => steps.length === count);
  if (isOne && (isWhole || !others.some(one => hostsMentioned(saidIn(one), hosts).length > 0))) return [];
  const there = `run ${place === 'local' ? 'here' : `on ${place}`}, as was set for all of it`;
  return others.map(({proposed: _, ...one}) => ({
    ...one,
    message: one.message.replace('taken for here', there),
    settle: 'confirm that they run there too, do them by hand, or give each its place under steps: in the bindings',
  }));
}

type Answer = {place: string; names: readonly string[]; hosts: ReadonlySet<string>};

/** "on db1" of `line 9 is taken for here, but the text says "on db1" (line 7)`; of other reasons all that is said. */
function saidIn({message}: FoundDoubt): string {
  const quoted = matchesOf(message, /"([^"]*)"/g).map(([, words = '']) => words);
  return (quoted.length > 0 ? quoted.join(' ') : message.slice(message.indexOf(', but '))).toLowerCase();
}
