/** A console on another machine than the engine of its run: it says that it is there, and asks, by way of the team's ledger. */
import {randomBytes} from 'node:crypto';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Intent} from '../run/event.ts';
import {connectLedger, type Ledger, ledgerError} from './connection.ts';

export type TeamDriver = {
  consoleId: string;
  /** Resolves to why it was refused, or to nothing. */
  send(intent: Intent): Promise<string | undefined>;
  /** Says that it leaves, where the ledger can be reached. */
  close(): Promise<void>;
};

/** `name`: how the person wishes to be called. `host`: the machine of the console. */
type Options = {url: string; runId: string; name: string; host: string; observes: boolean};

const HERE_EVERY_MS = 10_000;
const ANSWER_MS = 10_000;
/** The engine asks every two seconds, where no notice comes through. */
const DECIDED_WITHIN_MS = 20_000;
const LOOK_AGAIN_MS = 500;

/** Rejects with a `LedgerError`. */
export async function attendRun({url, runId, name, host, observes}: Options): Promise<TeamDriver> {
  const consoleId = randomBytes(8).toString('hex');
  const stop = new AbortController();
  let opened: Promise<Ledger> | undefined;
  let answered = Promise.withResolvers<void>();

  async function open(): Promise<Ledger> {
    const ledger = await connectLedger(url, {answerMs: ANSWER_MS});
    await ledger.listen('tminus_answered', told => {
      if (!told.startsWith(`${runId} `)) return;
      answered.resolve();
      answered = Promise.withResolvers();
    });
    return ledger;
  }

  /** Over the connection that there is, or a new one; one that has failed is not used again. */
  async function ask(sql: string, values: readonly unknown[]) {
    opened ??= open();
    const mine = opened;
    try {
      return await (await mine).ask(sql, values);
    } catch (error) {
      if (opened === mine) opened = undefined;
      mine.then(ledger => ledger.close()).catch(() => {});
      throw error;
    }
  }

  const attend = () => ask('select tminus.attend($1, $2, $3, $4, $5)', [runId, consoleId, name, host, observes]);
  await attend();
  void (async () => {
    while (!stop.signal.aborted) {
      await sleep(HERE_EVERY_MS, undefined, {ref: false, signal: stop.signal}).catch(() => {});
      if (!stop.signal.aborted) await attend().catch(() => {});
    }
  })();

  async function decided(id: number): Promise<string | undefined> {
    const until = performance.now() + DECIDED_WITHIN_MS;
    while (performance.now() < until) {
      const woken = answered.promise;
      const [row] = await ask('select answered_at is not null as done, refusal from tminus.intents where id = $1', [
        id,
      ]);
      if (row?.['done'] === true) return row['refusal'] === null ? undefined : String(row['refusal']);
      await Promise.race([woken, sleep(LOOK_AGAIN_MS)]);
    }
    return `no answer from the engine within ${DECIDED_WITHIN_MS / 1000} s: whether it was done is seen above`;
  }

  return {
    consoleId,
    async send(intent) {
      try {
        const [row] = await ask('select tminus.ask($1, $2, $3) as id', [runId, consoleId, JSON.stringify(intent)]);
        return await decided(Number(row?.['id']));
      } catch (error) {
        return `the ledger: ${ledgerError(error).message}`;
      }
    },
    async close() {
      stop.abort();
      await ask('select tminus.leave($1, $2)', [runId, consoleId]).catch(() => {});
      await opened?.then(ledger => ledger.close()).catch(() => {});
    },
  };
}
