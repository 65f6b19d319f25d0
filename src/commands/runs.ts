import {existsSync} from 'node:fs';
import {createConnection} from 'node:net';
import {join} from 'node:path';
import {foldJournal, JOURNAL_FILE} from '../journal/recover.ts';
import {listRuns, type RunPlace, socketPath, stateHome} from '../journal/run-directory.ts';
import type {Recorded} from '../run/event.ts';
import {EXIT} from './exit-codes.ts';
import {parseArguments} from './terminal/arguments.ts';
import {programName} from './terminal/program-name.ts';

type Listed = {
  id: string;
  title: string;
  status: string;
  openedAt: string;
  by: string;
  live: boolean;
  exitCode?: number;
  /** Where its journal does not hold, and why. */
  problem?: string;
};

const nameless = {title: '', openedAt: '', by: '', live: false};

export async function runsCommand(args: readonly string[]): Promise<number> {
  const {values: flags} = parseArguments(args, {json: {type: 'boolean', default: false}}, 0);
  const places = await listRuns(stateHome(process.env));
  const runs = (await Promise.all(places.filter(hasJournal).map(listedRun))).filter(run => run !== undefined);
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(runs, undefined, 2)}\n`);
  } else if (runs.length === 0) {
    process.stdout.write(`no runs yet; \`${programName()} rehearse\` is a safe first one\n`);
  } else {
    process.stdout.write(`${tableOf(runs)}\n`);
  }
  return EXIT.succeeded;
}

function hasJournal({directory}: RunPlace): boolean {
  return existsSync(join(directory, 'journal.ndjson'));
}

async function listedRun({id, directory}: RunPlace): Promise<Listed | undefined> {
  const events: Recorded[] = [];
  const take = (event: Recorded) => {
    if (/^(?:run-opened|run-closed|phase-changed)$/.test(event.type)) events.push(event);
  };
  const {problem} = await foldJournal(directory, take).catch(unreadable);
  if (problem !== undefined) process.stderr.write(`tminus: ${join(directory, JOURNAL_FILE)}: ${problem}\n`);
  const opened = events.find(event => event.type === 'run-opened');
  if (opened === undefined) return problem === undefined ? undefined : {...nameless, id, status: 'damaged', problem};
  const last = events.findLast(event => event.type === 'run-closed' || event.type === 'phase-changed');
  const live = existsSync(join(directory, 'engine.pid')) && (await answers(directory));
  const listed = {id, title: opened.title, openedAt: new Date(opened.at).toISOString(), by: opened.user, live};
  if (problem !== undefined) return {...listed, status: 'damaged', problem};
  if (last?.type === 'run-closed') return {...listed, status: last.status, exitCode: last.exitCode};
  return {...listed, status: live ? phaseOf(last) : 'interrupted'};
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

function tableOf(runs: readonly Listed[]): string {
  const rows = runs.map(({id, openedAt, status, live, by, title}) => [
    id,
    openedAt.slice(0, 16).replace('T', ' '),
    live ? `${status} (live)` : status,
    by,
    title,
  ]);
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
