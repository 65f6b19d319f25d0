/** What shows after a rollback which version is in place: commits, links, restored files and checks of the document. */
import type {Plan, Step} from '../../plan/plan.ts';
import {verifications} from '../../plan/plan.ts';
import type {Command} from '../../plan/script.ts';
import {commandsIn} from '../operations.ts';
import {shownLookup} from '../requests/lookups.ts';
import {type Fact, NOTHING, restoredFacts, resultsOfCommand, shortCommit} from '../requests/version-facts.ts';
import {stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {named} from './readiness.ts';

/** Each in words. `against`: the version that was deployed is still in place. */
export type Evidence = {old: readonly string[]; against: readonly string[]};

/** What the commands of the rollback that ran have left behind, as far as it was seen before and after. */
export function versionEvidence(plan: Plan, state: RunState, steps: readonly Step[]): Evidence {
  const old = new Set<string>();
  const against = new Set<string>();
  const note = ({is, text}: Comparison) => {
    if (is === 'old') old.add(text);
    if (is === 'new') against.add(text);
  };
  for (const {facts, restored} of resultsOf(plan, state, steps)) {
    const ref = facts.find(({kind}) => kind === 'ref');
    for (const fact of facts.filter(({kind}) => kind !== 'ref')) note(compare(state, fact, ref));
    for (const pair of restored) note(compareContent(state, pair));
  }
  return {old: [...old], against: [...against]};
}

/** The checks of the document that ran after the last change and passed, in words. */
export function checksPassed(state: RunState, steps: readonly Step[]): readonly string[] {
  const passed = verifications(steps).filter(({step, commands}) => {
    if (stepState(state, step.id).status !== 'passed') return false;
    return commands.every(command => hasRun(state, step, command));
  });
  return [...new Set(passed.map(({step, commands: [command]}) => command?.text ?? step.title))];
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

type Results = {facts: readonly Fact[]; restored: readonly Pair[]};
type Pair = {backup: Fact; target: Fact};

function resultsOf(plan: Plan, state: RunState, steps: readonly Step[]): readonly Results[] {
  const lookup = shownLookup(plan, state);
  return steps.flatMap(step => {
    const {action} = step;
    if (action.kind !== 'script') return [];
    const {place} = action.context;
    return commandsIn(action.stages)
      .filter(command => hasRun(state, step, command))
      .map(command => ({
        facts: named(resultsOfCommand, command, place, lookup),
        restored: named(restoredFacts, command, place, lookup),
      }))
      .filter(({facts, restored}) => facts.length + restored.length > 0);
  });
}

function hasRun(state: RunState, {id}: Step, {line}: Command): boolean {
  const own = stepState(state, id);
  if (own.status !== 'passed' || own.outcome === undefined) return false;
  const {outcome} = own;
  const places = outcome.kind === 'on-hosts' ? outcome.hosts.map(one => one.outcome) : [outcome];
  return places.every(
    one => one.kind === 'exited' && one.commands.some(command => command.line === line && command.code === 0),
  );
}

type Comparison = {is: 'old' | 'new' | 'unknown'; text: string};

const UNKNOWN: Comparison = {is: 'unknown', text: ''};

function compare(state: RunState, {id, what}: Fact, ref: Fact | undefined): Comparison {
  const {before} = state;
  const now = state.readiness?.seen?.[id];
  const deployed = deployedIn(state)?.[id];
  const was = before?.[id]?.value;
  if (now === undefined) return UNKNOWN;
  const short = shortCommit(now);
  if (was === now) return {is: 'old', text: `${what} is ${short}, as before the deploy`};
  if (deployed === now && was !== undefined)
    return {is: 'new', text: `${what} is still ${short}, which was deployed; before it was ${shortCommit(was)}`};
  const stood = ref === undefined ? undefined : before?.[ref.id]?.value;
  return stood === now && deployed !== now
    ? {is: 'old', text: `${what} is ${ref?.what}, ${short}, where it stood before the deploy`}
    : UNKNOWN;
}

/**
 * What was put back is as its backup was, and was not so before: what the deploy had not changed says nothing of the
 * version.
 */
function compareContent(state: RunState, {backup, target}: Pair): Comparison {
  const now = state.readiness?.seen?.[target.id];
  const deployed = deployedIn(state);
  const [kept, was] = [deployed?.[backup.id], deployed?.[target.id]];
  if (now === undefined || kept === undefined || was === undefined || kept === was || isEmpty(kept)) return UNKNOWN;
  if (now === kept) return {is: 'old', text: `${target.what} is again as its backup ${backup.what}: ${inWords(now)}`};
  return now === was && !isEmpty(was) && isFile(was) === isFile(kept)
    ? {is: 'new', text: `${target.what} is still what was deployed, and not as its backup ${backup.what}`}
    : UNKNOWN;
}

function deployedIn({rollback}: RunState) {
  return rollback.status === 'running' ? rollback.deployed : undefined;
}

function inWords(content: string): string {
  return content.replace(/^1 files,/, '1 file,');
}

function isEmpty(content: string): boolean {
  return content === NOTHING || /(?:^|\s)0 bytes/.test(content);
}

function isFile(content: string): boolean {
  return content.startsWith('a file');
}
