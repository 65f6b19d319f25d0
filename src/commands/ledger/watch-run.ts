/** A run of another machine, watched through the team's ledger: its files and its journal come into a directory of this command. */
import {appendFileSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Connection} from '../../attach/client.ts';
import {watching} from '../../attach/watching.ts';
import {decodeLine, recordedEvents, START} from '../../journal/codec.ts';
import {openHead} from '../../journal/journal-head.ts';
import {JOURNAL_FILE} from '../../journal/recover.ts';
import type {Ledger} from '../../ledger/connection.ts';
import {followRun, linesBehind, runThere} from '../../ledger/follow.ts';
import type {Recorded} from '../../run/event.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {CommandError} from '../command-error.ts';
import {readRun} from '../past-run.ts';
import {reachLedger, requiredLedger} from './reach-ledger.ts';

/** Cut off for so long, the picture is not the run any more. */
const AWAY_MS = 15_000;
const FILES: ReadonlySet<string> = new Set(['checklist.md', 'bindings.yaml', 'review.yaml', 'options.json']);
const PRIVATE_FILE = 0o600;

/** Undefined where the ledger does not know the run either. */
export async function watchRun(env: NodeJS.ProcessEnv, id: string): Promise<Connection | undefined> {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-watch-'));
  process.once('exit', () => rmSync(directory, {recursive: true, force: true}));
  const copy = copyJournal(directory);
  const run = await reachLedger(env, ledger => fetchRun(ledger, id, directory, copy));
  if (run === undefined) return undefined;
  if (run.problem !== undefined) throw new CommandError(EXIT.invalid, `the ledger's copy of run ${id}: ${run.problem}`);
  const {plan, state} = await readRun(directory);
  const refusal = `its engine is on ${run.host}, and this console only watches`;
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
    close,
  });
  const following = followRun({
    url: requiredLedger(env),
    runId: id,
    after: copy.seq(),
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
  return connection;
}

type Copy = {
  /** The last event that it holds. */
  seq(): number;
  /** Whole lines behind the last one; those from the first that does not hold on are left out, with what is wrong. */
  add(lines: readonly string[]): {events: readonly Recorded[]; problem?: string};
};

/** As an engine's journal stands in its directory, so that whatever reads one can read this. */
function copyJournal(directory: string): Copy {
  const head = openHead(directory, PRIVATE_FILE);
  let position = START;
  return {
    seq: () => position.seq,
    add(lines) {
      const events: Recorded[] = [];
      for (const line of lines) {
        const decoded = decodeLine(position, Buffer.from(line));
        if ('problem' in decoded) return {events, problem: decoded.problem};
        appendFileSync(join(directory, JOURNAL_FILE), `${line}\n`, {mode: PRIVATE_FILE});
        position = decoded.position;
        head.note(position);
        events.push(...recordedEvents(decoded.decision));
      }
      return {events};
    },
  };
}

type Fetched = {host: string; problem?: string};

async function fetchRun(ledger: Ledger, id: string, directory: string, copy: Copy): Promise<Fetched | undefined> {
  const run = await runThere(ledger, id);
  if (run === undefined) return undefined;
  const {host, files} = run;
  for (const {name, content} of files)
    if (FILES.has(name)) writeFileSync(join(directory, name), content, {mode: PRIVATE_FILE});
  for (;;) {
    const {lines} = await linesBehind(ledger, id, copy.seq());
    if (lines.length === 0) break;
    const {problem} = copy.add(lines);
    if (problem !== undefined) return {host, problem};
  }
  return copy.seq() === 0 ? {host, problem: 'nothing of its journal has come yet'} : {host};
}
