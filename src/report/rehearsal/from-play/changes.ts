/** How the target differs after the rollback from what it was before the deploy. */
import type {Doing} from '../../../plan/parse-plan.ts';
import type {Finding} from '../finding.ts';
import type {Round, TargetFact} from '../played.ts';

export type Change = {
  place: string;
  kind: TargetFact['kind'];
  name: string;
  before?: string;
  deployed?: string;
  after?: string;
};

/** What differs between the two ends. That a unit was started again changes nothing. */
export function changesOf({before, deployed, after}: Round): Change[] {
  const [old, middle, now] = [before, deployed, after].map(byKey);
  const keys = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...keys].flatMap(key => {
    const fact = old?.get(key) ?? now?.get(key);
    const [was, is] = [old?.get(key)?.value, now?.get(key)?.value];
    if (fact === undefined || was === is || (FIRST_WORD.has(fact.kind) && stateOf(was) === stateOf(is))) return [];
    const {place, kind, name} = fact;
    const between = middle?.get(key)?.value;
    return [
      {
        place,
        kind,
        name,
        ...(was === undefined ? {} : {before: was}),
        ...(between === undefined ? {} : {deployed: between}),
        ...(is === undefined ? {} : {after: is}),
      },
    ];
  });
}

function byKey(facts: readonly TargetFact[]): Map<string, TargetFact> {
  return new Map(facts.map(fact => [`${fact.place}|${fact.kind}|${fact.name}`, fact]));
}

/** What stands behind it, how often a unit was started or on which branch a commit is, changes nothing. */
const FIRST_WORD: ReadonlySet<TargetFact['kind']> = new Set(['unit', 'ref']);

/** `running 41` -> `running`. */
export function stateOf(value: string | undefined): string | undefined {
  return value?.split(' ')[0];
}

/** What a change is told as. */
export type Said = Pick<Finding, 'kind' | 'weight' | 'title' | 'mend'> & {line: number | undefined};

/** The last line of the deploy that is meant, else of the rollback. */
export function lineOf(course: readonly Doing[], isMeant: (doing: Doing) => boolean): number | undefined {
  const found = course.filter(isMeant);
  return (found.findLast(({phase}) => phase === 'deploy') ?? found.at(-1))?.command.line;
}
