/** What a run keeps for later runs of its checklist: how long its steps, its sections and its rollback took. */
import type {Plan} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import type {Recorded} from '../event.ts';
import {progress, stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {spentIn} from './section-durations.ts';

/** A part by its name, see `stepNames`, and how long it took, ms. */
export type Timed = readonly [name: string, ms: number];

export type EarlierRun = {
  run: string;
  /** Epoch ms. */
  closedAt: number;
  title: string;
  /** Absolute path, as the run was opened. */
  checklist: string;
  bindings?: string;
  /** Where the hosts of its bindings are, sorted: `deploy@203.0.113.7`. */
  hosts: readonly string[];
  rehearsal?: true;
  /** From the first step of the deploy to its last; absent where it did not come to that. */
  deployMs?: number;
  /** From the request to its end; absent where there was no rollback, or one that failed. */
  rollbackMs?: number;
  sections: readonly Timed[];
  /** Steps that ran and passed. */
  steps: readonly Timed[];
};

type Ended = {plan: Plan; state: RunState; events: readonly Recorded[]};

/** Undefined for a run that tells nothing: a dry run, or one in which nothing ran. */
export function whatItTook({plan, state, events}: Ended, hosts: readonly string[]): EarlierRun | undefined {
  const {run, closed, deployStartedAt, deployEndedAt} = state;
  if (run.dryRun || closed === null) return undefined;
  const stepOf = stepNames(plan);
  const sectionOf = sectionNames(plan);
  const steps = plan.steps.flatMap(({id}): Timed[] => {
    const own = stepState(state, id);
    // A step that a person marked done did not run to its end.
    if (own.status !== 'passed' || own.startedAt === undefined || own.reason !== undefined) return [];
    return [[stepOf.get(id) ?? id, own.at - own.startedAt]];
  });
  const sections = spentIn(plan, events)
    .filter(({section}) => isWhole(plan, state, section.id))
    .map(({section, from, to}): Timed => [sectionOf.get(section.id) ?? section.id, to - from]);
  const rollbackMs = rollbackTook(state, events);
  if (steps.length === 0 && rollbackMs === undefined) return undefined;
  const hasDeployed = deployStartedAt !== undefined && deployEndedAt !== undefined;
  return {
    ...{run: run.id, closedAt: closed.at, title: plan.title, checklist: run.checklist, hosts, sections, steps},
    ...compact({bindings: run.bindings, rehearsal: run.rehearsal, rollbackMs}),
    ...(hasDeployed ? {deployMs: deployEndedAt - deployStartedAt} : {}),
  };
}

/** Nobody knows how long a section takes that was left in the middle. */
function isWhole(plan: Plan, state: RunState, sectionId: string): boolean {
  const {done, total} = progress(plan, state, sectionId);
  return total > 0 && done === total;
}

function rollbackTook({rollback}: RunState, events: readonly Recorded[]): number | undefined {
  if (rollback.status !== 'finished') return undefined;
  // All of its commands passed; only proof that the old version is back may be missing.
  if (rollback.result !== 'rolled-back' && rollback.verdict !== 'unverified') return undefined;
  const asked = events.findLast(({type}) => type === 'rollback-requested');
  return asked === undefined ? undefined : rollback.at - asked.at;
}

/**
 * What each step is called, by its id: the title of its section and its own, without capitals, marks and durations. In a
 * later edition of the document its line is another one, but its name is the same. Steps of one name are counted.
 */
export function stepNames(plan: Plan): ReadonlyMap<string, string> {
  const titles = new Map(plan.sections.map(({id, title}) => [id, title]));
  return numbered(
    plan.steps.map(({id, title, section}) => [id, `${bare(titles.get(section) ?? '')} / ${bare(title)}`]),
  );
}

export function sectionNames(plan: Plan): ReadonlyMap<string, string> {
  return numbered(plan.sections.map(({id, title}) => [id, bare(title)]));
}

function numbered(named: readonly (readonly [id: string, name: string])[]): ReadonlyMap<string, string> {
  const seen = new Map<string, number>();
  return new Map(
    named.map(([id, name]) => {
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return [id, count === 1 ? name : `${name} #${count}`];
    }),
  );
}

/** `**Step 2:** Deploy Backend (15-20 minutes)` -> `step 2 deploy backend`. */
export function bare(title: string): string {
  return title
    .slice(0, NAME_LENGTH_MAX)
    .toLowerCase()
    .replace(/\([^()]*\d[^()]*\)/g, ' ')
    .replace(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, ' ')
    .trim();
}

const NAME_LENGTH_MAX = 200;
