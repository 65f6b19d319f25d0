/** A run of another machine, watched through the team's ledger: its files and its journal come into a directory of this command. */
import {mkdtempSync, rmSync} from 'node:fs';
import {hostname, tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Connection} from '../../attach/client.ts';
import {watching} from '../../attach/distant-console.ts';
import {keptLease} from '../../engine/team/lease-file.ts';
import type {RunPlace} from '../../journal/run-directory.ts';
import type {Ledger} from '../../ledger/connection.ts';
import {isTakenOver} from '../../ledger/engine-of-run.ts';
import {followRun, runThere} from '../../ledger/follow-journal.ts';
import {followText} from '../../ledger/follow-text.ts';
import {rightsOf} from '../../ledger/ledger-status.ts';
import {attendRun, type TeamDriver} from '../../ledger/team-driver.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {CommandError} from '../command-error.ts';
import {readRun} from '../past-run.ts';
import {ledgerUrl} from '../settings/settings-file.ts';
import {reached, reachLedger, requiredLedger} from './reach-ledger.ts';
import {keepText} from './receive-text.ts';
import {type Copy, copyJournal, fetchLines, writeFiles} from './run-copy.ts';

/** When it was cut off for this long, what is shown is not the run any more. */
const AWAY_MS = 15_000;

/**
 * `observe`: only looks, also with a role that may more. `as`: how the person wishes to be called. `text`: what steps print
 * is shown, too.
 */
export type Watching = {observe: boolean; as?: string | undefined; text?: boolean};

/**
 * `role`: whom the ledger has let in, and whether it may ask something of an engine. `lose`: nothing more is expected, with
 * why. `left`: resolves when the engine has been told that the console has gone.
 */
export type Watched = {
  connection: Connection;
  role: string;
  mayAsk: boolean;
  lose(because: string): void;
  left(): Promise<void>;
};

/** Undefined where the ledger does not know the run either. */
export async function watchRun(
  env: NodeJS.ProcessEnv,
  id: string,
  {observe, as, text: showsText = false}: Watching,
): Promise<Watched | undefined> {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-watch-'));
  process.once('exit', () => rmSync(directory, {recursive: true, force: true}));
  const copy = copyJournal(directory);
  const run = await reachLedger(env, ledger => fetchRun(ledger, id, directory, copy));
  if (run === undefined) return undefined;
  if (run.problem !== undefined) throw new CommandError(EXIT.invalid, `the ledger's copy of run ${id}: ${run.problem}`);
  const {plan, state} = await readRun(directory);
  const refusal = `its engine is on ${run.host}, and this console only watches`;
  const url = requiredLedger(env);
  const driver = observe || !run.mayAsk || state.closed !== null ? undefined : await attended(url, id, as ?? run.role);
  const text = showsText ? keepText(directory) : undefined;
  let away: NodeJS.Timeout | undefined;
  const close = () => {
    following.close();
    clearTimeout(away);
  };
  const {connection, take, lose} = watching({
    plan,
    runDirectory: directory,
    state,
    refusal,
    elsewhere: run.host,
    driver,
    text,
    close,
  });
  const following = followRun({
    url,
    runId: id,
    after: copy.seq(),
    text: text && followText(id, text),
    take(lines) {
      const {events, problem} = copy.add(lines);
      if (events.length > 0) take(events);
      if (problem !== undefined) lose(`the ledger's copy of its journal does not hold: ${problem}`);
    },
    away(because) {
      clearTimeout(away);
      if (because !== undefined) away = setTimeout(() => lose(`cut off from it, the ledger: ${because}`), AWAY_MS);
    },
  });
  const {role, mayAsk} = run;
  return {connection, role, mayAsk, lose, left: async () => await driver?.close()};
}

function attended(url: string, runId: string, name: string): Promise<TeamDriver> {
  return reached(attendRun({url, runId, name, host: hostname(), observes: false}));
}

/** Whether the ledger knows of an engine on another machine that goes on with this run of ours; no where it does not say so in time. */
export async function isElsewhere(
  env: NodeJS.ProcessEnv,
  {id, directory}: RunPlace,
  withinMs: number,
): Promise<boolean> {
  const {secret} = keptLease(directory) ?? {};
  const url = ledgerUrl(env);
  return secret !== undefined && url !== undefined && (await isTakenOver({url, run: {id}, secret}, withinMs));
}

type Fetched = {host: string; role: string; mayAsk: boolean; problem: string | undefined};

async function fetchRun(ledger: Ledger, id: string, directory: string, copy: Copy): Promise<Fetched | undefined> {
  const run = await runThere(ledger, id);
  if (run === undefined) return undefined;
  writeFiles(directory, run);
  const {role, rights} = await rightsOf(ledger);
  return {host: run.host, role, mayAsk: rights === 'operator', problem: await fetchLines(ledger, id, copy)};
}
