/** Follows the journal of a run in the ledger: what is there, and each line soon after it came. */
import {setTimeout as sleep} from 'node:timers/promises';
import {connectLedger, type Ledger, ledgerError} from './connection.ts';
import type {TextFollower} from './follow-text.ts';

/** Of what the run was opened with, by the names of its directory. */
type RunFile = {name: string; content: Buffer};

/** `host` and `account`: of its newest engine. */
export type RunThere = {host: string; account: string; files: readonly RunFile[]};

/** Undefined where the ledger does not know the run. Rejects with a `LedgerError`. */
export async function runThere({ask}: Ledger, id: string): Promise<RunThere | undefined> {
  const [run] = await ask(
    `select coalesce(n.host, r.host) as host, coalesce(n.account, r.account) as account
      from tminus.runs r left join tminus.lease_numbers n on n.run = r.id where r.id = $1 order by n.number desc limit 1`,
    [id],
  );
  if (run === undefined) return undefined;
  const files = await ask('select name, content from tminus.files where run = $1 order by name', [id]);
  return {
    host: String(run['host']),
    account: String(run['account']),
    files: files.map(({name, content}) => ({name: String(name), content: content as Buffer})),
  };
}

/** Lines of one answer: each may hold a few hundred kilobytes. */
const LINES_MAX = 100;

/** The next lines behind event `after`, and the number of the last event then. Rejects with a `LedgerError`. */
export async function linesBehind(
  {ask}: Ledger,
  id: string,
  after: number,
): Promise<{lines: readonly string[]; seq: number}> {
  const rows = await ask(
    `select line, last_seq from tminus.lines where run = $1 and first_seq > $2 order by first_seq limit ${LINES_MAX}`,
    [id, after],
  );
  return {lines: rows.map(({line}) => String(line)), seq: Number(rows.at(-1)?.['last_seq'] ?? after)};
}

export type Follow = {
  url: string;
  runId: string;
  /** The last event that is known. */
  after: number;
  /** Whole lines of the journal, in order, each once. */
  take(lines: readonly string[]): void;
  /** Of a console that shows what steps print. */
  text?: TextFollower | undefined;
  /** Why the ledger cannot be reached; nothing once it can be again. */
  away(because: string | undefined): void;
  /** A pooler between here and the server passes no notices on: it is asked as well. */
  askEveryMs?: number;
  retry?: {min: number; max: number};
};

const ASK_EVERY_MS = 2000;
const ANSWER_MS = 10_000;
const RETRY = {min: 500, max: 5000};

/** Goes on until it is closed, over any number of connections. */
export function followRun(follow: Follow): {close(): void} {
  const stop = new AbortController();
  void work(follow, stop.signal);
  return {close: () => stop.abort()};
}

async function work(follow: Follow, signal: AbortSignal): Promise<void> {
  const {url, away, retry = RETRY} = follow;
  const place = {seq: follow.after};
  let wait = retry.min;
  while (!signal.aborted) {
    let ledger: Ledger | undefined;
    try {
      ledger = await connectLedger(url, {signal, answerMs: ANSWER_MS});
      away(undefined);
      wait = retry.min;
      await listen(ledger, follow, place, signal);
    } catch (error) {
      if (signal.aborted) break;
      away(ledgerError(error).message);
      await sleep(wait, undefined, {signal}).catch(() => {});
      wait = Math.min(retry.max, wait * 2);
    } finally {
      ledger?.close();
    }
  }
}

/** One connection. It listens first: what comes between that and the first look is told then. */
async function listen(
  ledger: Ledger,
  {runId, take, text, askEveryMs = ASK_EVERY_MS}: Follow,
  place: {seq: number},
  signal: AbortSignal,
) {
  const wake = {up: Promise.withResolvers<void>()};
  await ledger.listen('tminus', told => {
    if (told.startsWith(`${runId} `)) wake.up.resolve();
  });
  const onText = (told: string) => told === runId && wake.up.resolve();
  if (text !== undefined) await ledger.listen('tminus_text', onText);
  while (!signal.aborted) {
    const woken = wake.up.promise;
    const {lines, seq} = await linesBehind(ledger, runId, place.seq);
    if (lines.length > 0) {
      place.seq = seq;
      take(lines);
      continue;
    }
    // The journal always comes first.
    if (await text?.look(ledger)) continue;
    const waited = new AbortController();
    const late = sleep(askEveryMs, undefined, {signal: AbortSignal.any([signal, waited.signal])}).catch(() => {});
    await Promise.race([woken, late]);
    waited.abort();
    wake.up = Promise.withResolvers();
  }
}
