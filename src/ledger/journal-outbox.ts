/** Copies the journal of a live run to the team's ledger: in order, at least once, from where it stopped. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {compact} from '../text/compact.ts';
import {connectLedger, type Ledger, LedgerError, ledgerError} from './connection.ts';
import {type Behind, CopyLag} from './copy-lag.ts';
import {type JournalLines, readJournalLines} from './journal-lines.ts';

// The journal on disk stays the truth, and nothing of a run ever waits for the ledger.

export type Outbox = {
  /** The journal holds all events up to this one on disk. */
  reached(seq: number): void;
  /** Copies what is left, within this time; returns how many events the ledger has not got. */
  finish(withinMs: number): Promise<number>;
};

type Options = {
  url: string;
  runDirectory: string;
  run: {id: string; host: string; user: string};
  /** What proves that this engine has the newest number of the run; absent of a run that never asked for one. */
  secret?: string | undefined;
  /** The last event that is on disk. */
  seq: number;
  /** Told when the ledger is behind, and (undefined) when it has everything again. */
  show(behind: Behind | undefined): void;
  /** Told of each event that the ledger has, with all before it. */
  copied?(seq: number): void;
  /** Gives up at the first failure: somebody waits for it. */
  once?: boolean;
  /** So long one answer of the ledger is waited for. */
  answerMs?: number;
  /** Copying takes a moment: nobody is told that it is behind before this. */
  tellAfterMs?: number;
  /** The shortest and the longest wait before another attempt, ms. */
  retry?: {min: number; max: number};
};

/** What another machine needs to take the run over. Nothing of it holds a secret. */
const FILES = ['checklist.md', 'bindings.yaml', 'review.yaml', 'options.json'];
/** A connection that nobody uses is asked now and then: a cut one would otherwise be found by the next line only. */
const ASK_EVERY_MS = 30_000;
const TELL_AFTER_MS = 3000;
const RETRY = {min: 1000, max: 30_000};
const LOOK_MS = 20;

export function startOutbox(options: Options): Outbox {
  const {show, seq, once = false, tellAfterMs = once ? 0 : TELL_AFTER_MS, retry = RETRY} = options;
  const lag = new CopyLag({seq, show, tellAfterMs});
  const stop = new AbortController();
  const wake = {up: Promise.withResolvers<unknown>()};
  let isOver = false;

  async function work(): Promise<void> {
    let wait = retry.min;
    const told = (reached: number) => options.copied?.(reached);
    const connected = () => {
      wait = retry.min;
    };
    while (!stop.signal.aborted) {
      try {
        await connectAndCopy(options, {lag, wake, signal: stop.signal, connected, told});
      } catch (error) {
        const {message, lasting} = ledgerError(error);
        lag.failed(message);
        if (once) break;
        await sleep(lasting ? retry.max : wait, undefined, {ref: false, signal: stop.signal}).catch(() => {});
        wait = Math.min(retry.max, wait * 2);
      }
    }
    isOver = true;
  }

  const watch = setInterval(() => lag.tell(), Math.max(LOOK_MS, tellAfterMs)).unref();
  void work();
  return {
    reached(durable) {
      lag.onDisk = Math.max(lag.onDisk, durable);
      wake.up.resolve('woken');
    },
    async finish(withinMs) {
      const late = AbortSignal.timeout(withinMs);
      while (lag.left() > 0 && !late.aborted && !isOver) await sleep(LOOK_MS);
      stop.abort();
      clearInterval(watch);
      return lag.left();
    },
  };
}

type Work = {
  lag: CopyLag;
  /** Resolved when there is more to copy; a new one is put in its place. */
  wake: {up: PromiseWithResolvers<unknown>};
  signal: AbortSignal;
  connected(): void;
  told(seq: number): void;
};

/** One connection from its begin until `signal` ends it. Rejects when it fails, or the ledger refuses. */
async function connectAndCopy({url, answerMs, runDirectory, run, secret}: Options, work: Work): Promise<void> {
  const {lag, signal} = work;
  const ledger = await connectLedger(url, compact({signal, answerMs}));
  let lines: JournalLines | undefined;
  try {
    const after = await openRun(ledger, runDirectory, run, secret);
    if (after >= lag.onDisk && lag.onDisk > 0) throw otherJournal(after + 1, lag.onDisk);
    lines = await readJournalLines(runDirectory, after);
    work.connected();
    await copy(ledger, lines, {id: run.id, secret}, work);
  } finally {
    await lines?.close();
    ledger.close();
  }
}

async function copy(
  ledger: Ledger,
  lines: JournalLines,
  {id, secret}: {id: string; secret: string | undefined},
  {lag, wake, signal, told}: Work,
): Promise<void> {
  for (;;) {
    const batch = await lines.next(lag.onDisk);
    if (batch.length > 0) {
      const types = batch.map(typesIn);
      const values = [id, batch, types.map(({length}) => length), types.map(each => each.join(',')), secret];
      const seq = await askNumber(ledger, 'select tminus.append($1, $2, $3, $4, $5) as seq', values);
      lag.upTo(seq);
      told(seq);
      continue;
    }
    if (signal.aborted) return;
    const idle = sleep(ASK_EVERY_MS, 'idle', {ref: false, signal}).catch(() => 'stopped');
    const woken = await Promise.race([wake.up.promise, idle]);
    wake.up = Promise.withResolvers();
    if (woken === 'idle') await ledger.ask('select 1');
  }
}

function otherJournal(itsSeq: number, ownSeq: number): LedgerError {
  const words = `the ledger has event ${itsSeq} of this run, and the journal here ends at ${ownSeq}: it was cut or replaced`;
  return new LedgerError(words, {lasting: true});
}

/** Makes the run known to the ledger. Returns the event behind which it is to be sent. */
async function openRun(
  ledger: Ledger,
  runDirectory: string,
  {id, host, user}: Options['run'],
  secret: string | undefined,
): Promise<number> {
  const after = await askNumber(ledger, 'select tminus.open_run($1, $2, $3, $4) as seq', [id, host, user, secret]);
  for (const name of FILES) {
    const content = contentOf(join(runDirectory, name));
    if (content !== undefined) await ledger.ask('select tminus.keep_file($1, $2, $3, $4)', [id, name, content, secret]);
  }
  return after;
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    // A run without bindings or review has no such file.
    return undefined;
  }
}

/** Of the events of a line of the journal. */
function typesIn(line: string): readonly string[] {
  const {events} = JSON.parse(line) as {events: readonly {type: string}[]};
  return events.map(({type}) => type);
}

/** The column `seq` of its one row. */
async function askNumber({ask}: Ledger, sql: string, values: readonly unknown[]): Promise<number> {
  const [row] = await ask(sql, values);
  return Number(row?.['seq']);
}
