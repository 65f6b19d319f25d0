/** `tminus runs`: the runs of this account, as a table or as JSON. */
import {existsSync, statSync} from 'node:fs';
import {createConnection} from 'node:net';
import {basename, dirname, join} from 'node:path';
import {foldJournal, JOURNAL_FILE} from '../journal/recover.ts';
import {listRuns, type RunPlace, socketPath, stateHome} from '../journal/run-directory.ts';
import type {Recorded, RollbackResult} from '../run/event.ts';
import {EXIT} from '../run/exit-codes.ts';
import {compact} from '../text/compact.ts';
import {tableLines} from '../text/table.ts';
import {duration} from '../text/times.ts';
import {oneLine} from '../text/width.ts';
import {parseArguments} from './command-line/arguments.ts';
import {programName} from './command-line/program-name.ts';
import {print, printJson, say} from './terminal/output.ts';

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
  /** Where its journal does not hold, and why. */
  problem?: string;
};

const nameless = {title: '', openedAt: '', by: '', live: false};

export async function runsCommand(args: readonly string[]): Promise<number> {
  const {values: flags} = parseArguments('runs', args);
  const places = await listRuns(stateHome(process.env));
  const runs: Listed[] = [];
  // One after the other: all of many journals at once would take all memory.
  for (const place of places.filter(hasJournal)) {
    const run = await listedRun(place);
    if (run !== undefined) runs.push(run);
  }
  if (flags.json === true) {
    printJson(runs, 2);
  } else if (runs.length === 0) {
    print(`no runs yet; \`${programName()} rehearse\` is a safe first one\n`);
  } else {
    const {columns, isTTY} = process.stdout;
    print(`${runsTable(runs, isTTY ? columns : undefined).join('\n')}\n`);
  }
  return EXIT.succeeded;
}

/** Whatever else stands in its place is no run, and a pipe there would keep this waiting. */
function hasJournal({directory}: RunPlace): boolean {
  return statSync(join(directory, JOURNAL_FILE), {throwIfNoEntry: false})?.isFile() === true;
}

async function listedRun({id, directory}: RunPlace): Promise<Listed | undefined> {
  const events: Recorded[] = [];
  let lastAt = 0;
  const take = (event: Recorded) => {
    lastAt = event.at;
    if (SHOWN.has(event.type)) events.push(event);
  };
  const {problem} = await foldJournal(directory, take).catch(unreadable);
  if (problem !== undefined) say(`tminus: ${join(directory, JOURNAL_FILE)}: ${problem}\n`);
  const opened = events.find(event => event.type === 'run-opened');
  if (opened === undefined) {
    return problem === undefined ? undefined : {...nameless, id, status: 'damaged', problem};
  }
  const last = events.findLast(event => event.type === 'run-closed' || event.type === 'phase-changed');
  const live = existsSync(join(directory, 'engine.pid')) && (await answers(directory));
  const tookMs = (live ? Date.now() : last?.type === 'run-closed' ? last.at : lastAt) - opened.at;
  const known = {id, title: opened.title, openedAt: new Date(opened.at).toISOString(), by: opened.user, live};
  const listed = {...known, ...compact({environment: environmentOf(opened), tookMs, rollback: rollbackOf(events)})};
  if (problem !== undefined) return {...listed, status: 'damaged', problem};
  if (last?.type === 'run-closed') return {...listed, status: last.status, exitCode: last.exitCode};
  return {...listed, status: live ? phaseOf(last) : 'interrupted'};
}

const SHOWN: ReadonlySet<Recorded['type']> = new Set([
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

function unreadable(error: unknown): {problem: string} {
  return {problem: `it cannot be read: ${error instanceof Error ? error.message : String(error)}`};
}

function phaseOf(last: Recorded | undefined): string {
  return last?.type === 'phase-changed' ? last.phase : 'ready';
}

/** Only whether somebody listens: who looks at a list has not joined the run. */
async function answers(directory: string): Promise<boolean> {
  return await new Promise(resolve => {
    const socket = createConnection(socketPath(directory));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** The newest first. `width`: of the terminal; absent where nothing needs to be cut. */
export function runsTable(runs: readonly Listed[], width?: number): readonly string[] {
  const rows = runs
    .toReversed()
    .map(({tookMs, rollback, ...listed}) => [
      listed.id,
      oneLine(listed.title),
      oneLine(listed.environment ?? ''),
      listed.live ? `${listed.status} (live)` : listed.status,
      listed.openedAt === '' ? '' : `${listed.openedAt.slice(0, 16).replace('T', ' ')}Z`,
      tookMs === undefined ? '' : duration(tookMs),
      rollback ?? '',
      oneLine(listed.by),
    ]);
  const header = ['RUN', 'CHECKLIST', 'ENVIRONMENT', 'PHASE', 'STARTED', 'TOOK', 'ROLLBACK', 'BY'];
  // An id is for other commands: half of one is of no use.
  const options = {cellWidthMax: CELL_WIDTH_MAX, whole: [0]};
  return tableLines([header, ...rows], width === undefined ? options : {...options, width});
}

const CELL_WIDTH_MAX = 48;
