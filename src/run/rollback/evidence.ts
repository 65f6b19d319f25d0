/** What shows after a rollback which version is in place: commits and links, held against what was there before. */
import type {Plan, Step} from '../../plan/plan.ts';
import type {Command} from '../../plan/script.ts';
import {type Fact, resultsOfCommand, shortCommit} from '../binding/facts.ts';
import {shownLookup} from '../binding/lookups.ts';
import {commandsIn} from '../operations.ts';
import {stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {namedFacts} from './readiness.ts';

/** Each in words. `against`: the version that was deployed is still in place. */
export type Evidence = {old: readonly string[]; against: readonly string[]};

/** What the commands of the rollback that ran have left behind, as far as it was seen before and after. */
export function evidenceOf(plan: Plan, state: RunState, steps: readonly Step[]): Evidence {
  const old = new Set<string>();
  const against = new Set<string>();
  for (const facts of resultsOf(plan, state, steps)) {
    const ref = facts.find(({kind}) => kind === 'ref');
    for (const fact of facts.filter(({kind}) => kind !== 'ref')) {
      const {is, text} = compare(state, fact, ref);
      if (is === 'old') old.add(text);
      if (is === 'new') against.add(text);
    }
  }
  return {old: [...old], against: [...against]};
}

/** When the last of it ended that a look after it can judge; undefined when there is nothing to look at. */
export function evidenceSince(plan: Plan, state: RunState, steps: readonly Step[]): number | undefined {
  if (resultsOf(plan, state, steps).length === 0) return undefined;
  return Math.max(...steps.map(({id}) => endOf(state, id)));
}

function endOf(state: RunState, id: string): number {
  const own = stepState(state, id);
  return own.status === 'passed' ? own.at : 0;
}

function resultsOf(plan: Plan, state: RunState, steps: readonly Step[]): readonly (readonly Fact[])[] {
  const lookup = shownLookup(plan, state);
  return steps.flatMap(step => {
    const {action} = step;
    if (action.kind !== 'script') return [];
    const {place} = action.context;
    return commandsIn(action.stages)
      .filter(command => hasRun(state, step, command))
      .map(command => namedFacts(resultsOfCommand, command, place, lookup))
      .filter(facts => facts.length > 0);
  });
}

function hasRun(state: RunState, {id}: Step, {line}: Command): boolean {
  const own = stepState(state, id);
  if (own.status !== 'passed' || own.outcome?.kind !== 'exited') return false;
  return own.outcome.commands.some(command => command.line === line && command.code === 0);
}

type Comparison = {is: 'old' | 'new' | 'unknown'; text: string};

function compare({readiness, before, rollback}: RunState, {id, what}: Fact, ref: Fact | undefined): Comparison {
  const now = readiness?.seen?.[id];
  const deployed = rollback.status === 'running' ? rollback.deployed?.[id] : undefined;
  const was = before?.[id]?.value;
  if (now === undefined) return {is: 'unknown', text: ''};
  const named = shortCommit(now);
  if (was === now) return {is: 'old', text: `${what} is ${named}, as before the deploy`};
  if (deployed === now && was !== undefined)
    return {is: 'new', text: `${what} is still ${named}, which was deployed; before it was ${shortCommit(was)}`};
  const stood = ref === undefined ? undefined : before?.[ref.id]?.value;
  return stood === now && deployed !== now
    ? {is: 'old', text: `${what} is ${ref?.what}, ${named}, where it stood before the deploy`}
    : {is: 'unknown', text: ''};
}
