/** Ways back of which one is for the very case that the other denies. */
import type {Step} from '../../plan.ts';
import {areOpposite} from '../../words/way-titles.ts';
import type {Leads} from '../lines-above.ts';
import type {Way} from './whole-ways.ts';

/** "No schema change in the release:", "With a schema change: ...": the texts of steps of which one denies the other. */
export function oppositeWays(steps: readonly Step[], leadsOf: Leads): Way[] {
  const told = steps.map(step => [...leadsOf(step), {line: step.line, text: step.title}].map(firstClause));
  return steps.flatMap(({id}, at) => {
    const others = told.flatMap((all, index) => (index === at ? [] : all));
    const own = told[at]?.find(({text}) => others.some(other => areOpposite(text, other.text)));
    return own === undefined ? [] : [{...own, steps: [id]}];
  });
}

function firstClause<T extends {text: string}>(said: T): T {
  return {...said, text: CLAUSE.exec(said.text)?.[0] ?? ''};
}

const CLAUSE = /^[^:：–—,.(]*/;
