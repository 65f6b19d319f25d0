/** One row of `tminus runs`: what the events of a run say of it, and the table of all of them. */
import {basename, dirname} from 'node:path';
import type {Recorded, RollbackResult} from '../../run/event.ts';
import {compact} from '../../text/compact.ts';
import {tableLines} from '../../text/table.ts';
import {duration} from '../../text/times.ts';
import {oneLine} from '../../text/width.ts';

export type Listed = {
  id: string;
  title: string;
  status: string;
  openedAt: string;
  by: string;
  live: boolean;
  exitCode?: number;
  /** `rehearsal`, `dry run`, or its bindings by the names of file and folder: `prod.yaml`, `staging/tminus.yaml`. */
  environment?: string;
  /** Until it was closed, until now while it is live, and otherwise until the last thing that was recorded. */
  tookMs?: number;
  rollback?: 'asked' | RollbackResult;
  /** Only for the team's runs: where its engine is, and when its last line came to the ledger. */
  machine?: string;
  heardAt?: string;
  /** Where its journal does not hold, and why. */
  problem?: string;
};

const NAMELESS = {title: '', openedAt: '', by: '', live: false};

type Known = {
  live: boolean;
  /** The time of the last event, or now while the run is live; epoch ms. */
  lastAt: number;
  /** The status of a run that was not closed and is not live; without it, its phase. */
  left?: string;
  problem?: string | undefined;
};

/** `events`: of the types in `SHOWN`. Undefined for a run that has not been opened. */
export function listedOf(id: string, events: readonly Recorded[], known: Known): Listed | undefined {
  const {live, lastAt, left, problem} = known;
  const opened = events.find(event => event.type === 'run-opened');
  if (opened === undefined) {
    return problem === undefined ? undefined : {...NAMELESS, id, status: 'damaged', problem};
  }
  const last = events.findLast(event => event.type === 'run-closed' || event.type === 'phase-changed');
  const tookMs = (last?.type === 'run-closed' && !live ? last.at : lastAt) - opened.at;
  const whose = {id, title: opened.title, openedAt: new Date(opened.at).toISOString(), by: opened.user, live};
  const listed = {...whose, ...compact({environment: environmentOf(opened), tookMs, rollback: rollbackOf(events)})};
  if (problem !== undefined) return {...listed, status: 'damaged', problem};
  if (last?.type === 'run-closed') return {...listed, status: last.status, exitCode: last.exitCode};
  return {...listed, status: live || left === undefined ? phaseOf(last) : left};
}

/** All that a row needs. */
export const SHOWN: ReadonlySet<Recorded['type']> = new Set([
  'run-opened',
  'run-closed',
  'phase-changed',
  'rollback-requested',
  'rollback-finished',
]);

/** A file of the usual name says nothing without its folder. */
function environmentOf({rehearsal, dryRun, bindings}: Extract<Recorded, {type: 'run-opened'}>): string | undefined {
  if (rehearsal === true) return 'rehearsal';
  if (dryRun) return 'dry run';
  if (bindings === undefined) return undefined;
  const name = basename(bindings);
  return name === 'tminus.yaml' ? `${basename(dirname(bindings))}/${name}` : name;
}

function rollbackOf(events: readonly Recorded[]): Listed['rollback'] {
  const last = events.findLast(({type}) => type === 'rollback-requested' || type === 'rollback-finished');
  if (last === undefined) return undefined;
  return last.type === 'rollback-finished' ? last.result : 'asked';
}

function phaseOf(last: Recorded | undefined): string {
  return last?.type === 'phase-changed' ? last.phase : 'ready';
}

/** The newest first. `width`: of the terminal; absent where nothing needs to be cut. */
export function runsTable(runs: readonly Listed[], width?: number): readonly string[] {
  const isTeam = runs.some(({machine}) => machine !== undefined);
  const rows = runs
    .toReversed()
    .map(({tookMs, rollback, ...listed}) => [
      listed.id,
      oneLine(listed.title),
      oneLine(listed.environment ?? ''),
      listed.live ? `${listed.status} (live)` : listed.status,
      minuteOf(listed.openedAt),
      tookMs === undefined ? '' : duration(tookMs),
      rollback ?? '',
      oneLine(listed.by),
      ...(isTeam ? [oneLine(listed.machine ?? ''), minuteOf(listed.heardAt)] : []),
    ]);
  const header = ['RUN', 'CHECKLIST', 'ENVIRONMENT', 'PHASE', 'STARTED', 'TOOK', 'ROLLBACK', 'BY'];
  if (isTeam) header.push('MACHINE', 'LAST HEARD');
  // An id is for other commands: half of one is of no use.
  const options = {cellWidthMax: CELL_WIDTH_MAX, whole: [0]};
  return tableLines([header, ...rows], width === undefined ? options : {...options, width});
}

/** `2025-11-02 13:02Z` */
function minuteOf(time = ''): string {
  return time === '' ? '' : `${time.slice(0, 16).replace('T', ' ')}Z`;
}

const CELL_WIDTH_MAX = 48;
