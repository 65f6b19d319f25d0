/** Consoles of a run on other machines, for its engine: who is there, and what they ask, by way of the team's ledger. */
import {setTimeout as sleep} from 'node:timers/promises';
import type {Console} from '../run/console.ts';
import type {Intent} from '../run/event.ts';
import {connectLedger, type Ledger} from './connection.ts';

/** What they lead to. `submit` resolves to why it was refused, or to nothing. */
export type TeamHost = {
  join(console: Console): Promise<void>;
  leave(consoleId: string): void;
  submit(console: Console, intent: Intent): Promise<string | undefined>;
};

export type TeamConsoles = {close(): Promise<void>};

type Options = {
  url: string;
  runId: string;
  /** Proves that this is the engine of the run. */
  secret: string;
  host: TeamHost;
  /** Told whether somebody watches from another machine, again and again. */
  watched?(is: boolean): void;
  /** What somebody sent, believing nothing; or what is wrong with it. */
  read(text: string): {intent: Intent} | {reason: string};
  /** A pooler between here and the server passes no notices on: it is asked as well. */
  askEveryMs?: number;
  retryMs?: number;
};

const ASK_EVERY_MS = 2000;
const ANSWER_MS = 10_000;
const RETRY_MS = 2000;
const LAST_ANSWERS_MS = 2000;
/** A console that was not heard of for so long has left; while the ledger is away, too. */
const GONE_MS = 30_000;
/** What was asked so long ago is not what somebody wants now. */
const LATE_MS = 15_000;

export function serveTeamConsoles(options: Options): TeamConsoles {
  const stop = new AbortController();
  const service = new Service(options);
  const done = service.work(stop.signal);
  return {
    async close() {
      stop.abort();
      // What has just been decided is still answered.
      await Promise.race([done, sleep(LAST_ANSWERS_MS)]);
    },
  };
}

class Service {
  readonly #options: Options;
  readonly #present = new Map<string, Console>();
  /** By number: an answer that did not get through is sent again, and nothing is done twice. */
  readonly #decided = new Map<number, string | undefined>();
  /** By the clock of the ledger: what was asked before was asked of an engine before this one. */
  #since: string | undefined;
  #reachedAt = performance.now();

  constructor(options: Options) {
    this.#options = options;
  }

  async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let ledger: Ledger | undefined;
      try {
        ledger = await connectLedger(this.#options.url, {signal, answerMs: ANSWER_MS});
        await this.#serve(ledger, signal);
      } catch {
        // Whoever needs to know why is told by the copy of the journal.
        if (performance.now() - this.#reachedAt > GONE_MS) {
          this.#keep(new Set());
          this.#options.watched?.(false);
        }
        await sleep(this.#options.retryMs ?? RETRY_MS, undefined, {ref: false, signal}).catch(() => {});
      } finally {
        ledger?.close();
      }
    }
  }

  async #serve(ledger: Ledger, signal: AbortSignal): Promise<void> {
    const {runId, askEveryMs = ASK_EVERY_MS} = this.#options;
    const wake = {up: Promise.withResolvers<void>()};
    await ledger.listen('tminus_asked', told => {
      if (told === runId) wake.up.resolve();
    });
    this.#since ??= String((await ledger.ask('select clock_timestamp()::text as now'))[0]?.['now']);
    while (!signal.aborted) {
      const woken = wake.up.promise;
      await this.#look(ledger);
      this.#reachedAt = performance.now();
      const waited = new AbortController();
      const any = AbortSignal.any([signal, waited.signal]);
      await Promise.race([woken, sleep(askEveryMs, undefined, {ref: false, signal: any}).catch(() => {})]);
      waited.abort();
      wake.up = Promise.withResolvers();
    }
  }

  async #look(ledger: Ledger): Promise<void> {
    const {runId, host} = this.#options;
    const rows = await ledger.ask(
      `select console, role::text, name, host, observes from tminus.consoles
        where run = $1 and not has_left and seen_at > clock_timestamp() - make_interval(secs => $2)`,
      [runId, GONE_MS / 1000],
    );
    this.#keep(new Set(rows.map(({console}) => String(console))));
    for (const row of rows) {
      const console = consoleOf(row);
      if (this.#present.has(console.id)) continue;
      this.#present.set(console.id, console);
      await host.join(console);
    }
    const asked = await ledger.ask(
      `select id, console, intent, sent_at < $2::timestamptz as before,
        extract(epoch from clock_timestamp() - sent_at) * 1000 as age
        from tminus.intents where run = $1 and answered_at is null order by id`,
      [runId, this.#since],
    );
    for (const row of asked) await this.#answer(ledger, row);
    const [watched] = await ledger.ask(
      'select seen_at > clock_timestamp() - make_interval(secs => $2) as now from tminus.watched where run = $1',
      [runId, GONE_MS / 1000],
    );
    this.#options.watched?.(watched?.['now'] === true);
  }

  async #answer(ledger: Ledger, row: Readonly<Record<string, unknown>>): Promise<void> {
    const id = Number(row['id']);
    if (!this.#decided.has(id)) this.#decided.set(id, await this.#decide(row));
    const {secret} = this.#options;
    await ledger.ask('select tminus.answer($1, $2, $3)', [id, this.#decided.get(id) ?? null, secret]);
    this.#decided.delete(id);
  }

  async #decide(row: Readonly<Record<string, unknown>>): Promise<string | undefined> {
    const {host, read} = this.#options;
    const console = this.#present.get(String(row['console']));
    if (row['before'] === true) return 'the engine that was asked has ended: ask again';
    const lateMs = Number(row['age']);
    if (lateMs > LATE_MS) return `it came ${Math.round(lateMs / 1000)} s after it was asked for: not done, ask again`;
    if (console === undefined) return 'this console has left';
    const said = read(String(row['intent']));
    return 'reason' in said ? said.reason : await host.submit(console, said.intent);
  }

  #keep(there: ReadonlySet<string>): void {
    for (const id of [...this.#present.keys()]) {
      if (there.has(id)) continue;
      this.#present.delete(id);
      this.#options.host.leave(id);
    }
  }
}

/** No Unix account is called so: `ana@ledger`. */
function consoleOf(row: Readonly<Record<string, unknown>>): Console {
  const role = String(row['role']);
  const user = `${role}@ledger`;
  const said = String(row['name']);
  const name = said === role ? user : said;
  return {
    id: String(row['console']),
    user,
    role,
    name,
    origin: String(row['host']),
    observer: row['observes'] === true,
    ...(name === user ? {} : {claimed: 'name'}),
  };
}
