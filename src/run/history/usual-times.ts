/** How long the parts of a checklist usually take, from what earlier runs of it took. */
import type {Plan} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import type {RunSettings} from '../event.ts';
import {bare, type EarlierRun, sectionNames, stepNames, type Timed} from './earlier-run.ts';
import type {Usual, UsualTimes} from './usual-text.ts';

/** What is known of a run that begins; `hosts` as in `EarlierRun`. */
export type Beginning = {plan: Plan; hosts: readonly string[]} & Pick<
  RunSettings,
  'checklist' | 'bindings' | 'rehearsal'
>;

/** How many runs count at most, the newest first. */
const RUNS_MAX = 10;
/** From so many on, the shortest and the longest are left out. */
const RUNS_TRIMMED_MIN = 5;
/** At least this share of the steps that an earlier run timed must be in this checklist, too. */
const KNOWN_SHARE_MIN = 0.5;
const SHOWN_MS_MIN = 1000;

/** `earlier`: in any order. Undefined where none of them tells anything about this run. */
export function usualTimes(beginning: Beginning, earlier: readonly EarlierRun[]): UsualTimes | undefined {
  const {plan} = beginning;
  const stepOf = stepNames(plan);
  const known = new Set(stepOf.values());
  const alike = earlier.filter(one => isSameChecklist(beginning, one, known)).sort((a, b) => b.closedAt - a.closedAt);
  const own = alike.filter(one => isSameTarget(beginning, one)).slice(0, RUNS_MAX);
  const rollback = rollbackOf(own, alike);
  if (own.length === 0 && rollback === undefined) return undefined;
  const deploy = usualOf(own.flatMap(({deployMs}) => deployMs ?? []));
  return compact({
    runs: own.length,
    deploy,
    rollback,
    sections: byId(
      sectionNames(plan),
      own.map(({sections}) => sections),
    ),
    steps: byId(
      stepOf,
      own.map(({steps}) => steps),
    ),
  });
}

/**
 * The same title or the same file, and at least half of what that run timed is in this document, too: files called
 * "Deployment Checklist" are many.
 */
function isSameChecklist({plan, checklist}: Beginning, earlier: EarlierRun, known: ReadonlySet<string>): boolean {
  if (bare(earlier.title) !== bare(plan.title) && earlier.checklist !== checklist) return false;
  const shared = earlier.steps.filter(([name]) => known.has(name)).length;
  return shared >= earlier.steps.length * KNOWN_SHARE_MIN;
}

/** Against the same hosts; where neither names any, with the same bindings. Boxes of rehearsals are all alike. */
function isSameTarget({bindings, hosts, rehearsal}: Beginning, earlier: EarlierRun): boolean {
  if (rehearsal !== earlier.rehearsal) return false;
  if (rehearsal === true) return true;
  if (hosts.length === 0 && earlier.hosts.length === 0) return bindings === earlier.bindings;
  return hosts.length === earlier.hosts.length && hosts.every((host, index) => host === earlier.hosts[index]);
}

function rollbackOf(own: readonly EarlierRun[], alike: readonly EarlierRun[]): UsualTimes['rollback'] {
  const took = usualOf(own.flatMap(({rollbackMs}) => rollbackMs ?? []));
  if (took !== undefined) return took;
  const rehearsed = alike.filter(({rehearsal}) => rehearsal === true).slice(0, RUNS_MAX);
  const practised = usualOf(rehearsed.flatMap(({rollbackMs}) => rollbackMs ?? []));
  return practised === undefined ? undefined : {...practised, rehearsed: true};
}

function byId(
  names: ReadonlyMap<string, string>,
  runs: readonly (readonly Timed[])[],
): Readonly<Record<string, Usual>> {
  const took = new Map<string, number[]>();
  for (const [name, ms] of runs.flat()) took.set(name, [...(took.get(name) ?? []), ms]);
  const found = [...names].flatMap(([id, name]): [string, Usual][] => {
    const usual = usualOf(took.get(name) ?? []);
    return usual === undefined || usual.maxMs < SHOWN_MS_MIN ? [] : [[id, usual]];
  });
  return Object.fromEntries(found);
}

/** From the shortest to the longest; of five runs and more without the one shortest and the one longest. */
export function usualOf(tookMs: readonly number[]): Usual | undefined {
  const inOrder = tookMs.toSorted((a, b) => a - b);
  const kept = inOrder.length < RUNS_TRIMMED_MIN ? inOrder : inOrder.slice(1, -1);
  const [minMs] = kept;
  const maxMs = kept.at(-1);
  return minMs === undefined || maxMs === undefined ? undefined : {minMs, maxMs, runs: tookMs.length};
}
