/** The places that can be chosen for a section. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {placeOf} from '../../run/operations.ts';
import {readingOf} from '../../run/review.ts';
import {sectionExtent} from './document-position.ts';

/** `name`: a host, or `local`. `now`: all or some of the section runs there. `isNear`: its own text names it. */
export type ChosenPlace = {name: string; now: 'all' | 'some' | undefined; isNear: boolean};

/** Those whose names hold what was `typed`. `set`: the place that the next run takes. First those that the section's text names. None where nothing runs. */
export function placesFor(
  plan: Plan,
  section: string,
  {names, typed, set}: {names: readonly string[]; typed: string; set: string | undefined},
): readonly ChosenPlace[] {
  const place = set ?? readingOf(plan, section)?.place;
  if (place === undefined) return [];
  const places = new Set(place.split(' + ').map(name => (name === 'here' ? 'local' : name)));
  const {from, to} = sectionExtent(plan, section);
  const text = plan.source.slice(from - 1, to).join('\n');
  const share: ChosenPlace['now'] = places.size > 1 ? 'some' : 'all';
  const known = [...new Set(['local', ...names, ...hostsOf(plan)])];
  return known
    .filter(name => placeLabel(name).toLowerCase().includes(typed.trim().toLowerCase()))
    .map(name => ({
      name,
      now: places.has(name) ? share : undefined,
      isNear: name !== 'local' && text.includes(bare(name)),
    }))
    .toSorted((a, b) => Number(b.isNear) - Number(a.isNear));
}

export function placeLabel(name: string): string {
  return name === 'local' ? 'this machine' : name;
}

function hostsOf({steps}: Plan): readonly string[] {
  return steps.flatMap(({action}) => {
    const place = 'context' in action ? placeOf(action) : undefined;
    return place === undefined ? [] : [place];
  });
}

/** `audit-04` of `ops@audit-04`, and of `<audit-04>`, which has no address yet. */
function bare(name: string): string {
  return (name.split('@').at(-1) ?? name).replace(/^<(.*)>$/, '$1');
}
