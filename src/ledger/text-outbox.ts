/** Sends what steps print and logs say to the team's ledger, while somebody watches the run from another machine. */
import {setTimeout as sleep} from 'node:timers/promises';
import {spoolPath, spoolTimesPath} from '../journal/run-directory.ts';
import {momentsOf} from '../journal/spool/line-times.ts';
import {type NewestText, openNewestText, type TextPiece} from '../journal/spool/newest-text.ts';
import type {LineMoment, LogSource} from '../text/log-text.ts';
import {connectLedger, type Ledger} from './connection.ts';

// Text is no record: nothing waits for it, and what cannot be sent in time is left out. As long as nobody watches, nothing is
// read, sent or connected.

export type TextOutbox = {
  /** Whether somebody watches from another machine. */
  watched(is: boolean): void;
  /** Sends what is left, or takes back what nobody looks at; for no longer than this. */
  close(withinMs: number): Promise<void>;
};

export type TextOptions = {
  url: string;
  runId: string;
  runDirectory: string;
  /** Proves that this is the engine of the run. */
  secret: string;
  /** How far each has grown; all of it is in the files. */
  sources(): readonly LogSource[];
  retryMs?: number;
};

/** Both together bound the rate: four times as much a second, whatever is printed. */
const EVERY_MS = 250;
const TURN_BYTES = 128 * 1024;
/** What the ledger takes at once; the longest line is shorter. */
const PIECE_BYTES = 64 * 1024;
/** Of a source that grows faster only the newest is sent. */
const BEHIND_BYTES = 256 * 1024;
/** The ledger keeps no more of a run. */
const SOURCES_MAX = 32;
const WORDS_MAX = 120;
const ID_LENGTH_MAX = 255;
const ANSWER_MS = 10_000;
const RETRY_MS = 5000;

export function startTextOutbox(options: TextOptions): TextOutbox {
  const sender = new Sender(options);
  const done = sender.work();
  return {
    watched: is => sender.watched(is),
    async close(withinMs) {
      sender.close();
      const waited = new AbortController();
      await Promise.race([done, sleep(withinMs, undefined, {signal: waited.signal}).catch(() => {})]);
      waited.abort();
      sender.stop();
    },
  };
}

/** `due`: read, and not known to have arrived. `before`: when its lines came, of those that were there at first. */
type Source = {
  text: NewestText;
  before: {lines: number; moments: readonly LineMoment[]};
  due: (TextPiece & {cameAt: number}) | undefined;
};

class Sender {
  readonly #options: TextOptions;
  readonly #stop = new AbortController();
  readonly #sources = new Map<string, Source>();
  #isWatched = false;
  #isClosing = false;
  #hasBegun = false;
  #isOver = false;
  /** What the ledger was told last of how far they have grown. */
  #words = '';
  #wake = Promise.withResolvers<void>();

  constructor(options: TextOptions) {
    this.#options = options;
  }

  watched(is: boolean): void {
    if (is === this.#isWatched) return;
    this.#isWatched = is;
    this.#wake.resolve();
  }

  close(): void {
    this.#isClosing = true;
    this.#wake.resolve();
  }

  stop(): void {
    this.#stop.abort();
    for (const {text} of this.#sources.values()) text.close();
    this.#sources.clear();
  }

  async work(): Promise<void> {
    while (!this.#isOver && !this.#stop.signal.aborted) {
      this.#wake = Promise.withResolvers();
      if (this.#isWatched) await this.#connected(ledger => this.#sendOn(ledger));
      else if (!this.#isClosing) await this.#wake.promise;
      else if (this.#hasBegun) await this.#connected(ledger => this.#takeBack(ledger));
      else this.#isOver = true;
    }
  }

  /** Never rejects. Whoever needs to know why the ledger is away is told by the copy of the journal. */
  async #connected(work: (ledger: Ledger) => Promise<void>): Promise<void> {
    let ledger: Ledger | undefined;
    try {
      ledger = await connectLedger(this.#options.url, {signal: this.#stop.signal, answerMs: ANSWER_MS});
      await work(ledger);
    } catch {
      const {retryMs = RETRY_MS} = this.#options;
      await Promise.race([this.#wake.promise, this.#rest(this.#isClosing ? EVERY_MS : retryMs)]);
    } finally {
      ledger?.close();
    }
  }

  async #sendOn(ledger: Ledger): Promise<void> {
    const {runId, secret} = this.#options;
    if (!this.#hasBegun) await ledger.ask('select tminus.begin_text($1, $2)', [runId, secret]);
    this.#hasBegun = true;
    while (this.#isWatched && !this.#isOver && !this.#stop.signal.aborted) {
      this.#wake = Promise.withResolvers();
      const isLast = this.#isClosing;
      const isAll = await this.#turn(ledger);
      if (!isLast) await Promise.race([this.#wake.promise, this.#rest(EVERY_MS)]);
      this.#isOver = isLast && isAll;
    }
  }

  async #takeBack(ledger: Ledger): Promise<void> {
    const {runId, secret} = this.#options;
    await ledger.ask('select tminus.begin_text($1, $2)', [runId, secret]);
    this.#isOver = true;
  }

  async #rest(ms: number): Promise<void> {
    await sleep(ms, undefined, {ref: false, signal: this.#stop.signal}).catch(() => {});
  }

  /** A bounded part of what is new, of each source in turn. Returns whether that was all. */
  async #turn(ledger: Ledger): Promise<boolean> {
    const {runId, secret} = this.#options;
    let room = TURN_BYTES;
    let sent = 1;
    while (sent > 0 && room > 0) {
      sent = 0;
      for (const {id} of this.#told()) sent += await this.#sendNext(ledger, id);
      room -= sent;
    }
    const words = JSON.stringify(this.#told());
    if (room < TURN_BYTES || words !== this.#words)
      await ledger.ask('select tminus.tell_sources($1, $2, $3)', [runId, words, secret]);
    this.#words = words;
    return sent === 0;
  }

  /** Returns how many bytes. */
  async #sendNext(ledger: Ledger, id: string): Promise<number> {
    const {runId, secret} = this.#options;
    const source = this.#sources.get(id) ?? (await this.#open(id));
    source.due ??= this.#next(id, source);
    if (source.due === undefined) return 0;
    const {firstLine, lines, cameAt, content} = source.due;
    const values = [runId, id, firstLine, lines, cameAt, content, secret];
    await ledger.ask('select tminus.add_text($1, $2, $3, $4, $5, $6, $7)', values);
    source.due = undefined;
    return content.length;
  }

  async #open(id: string): Promise<Source> {
    const {runDirectory} = this.#options;
    const text = openNewestText(spoolPath(runDirectory, id), {pieceBytes: PIECE_BYTES, behindBytes: BEHIND_BYTES});
    const moments = await momentsOf(spoolTimesPath(runDirectory, id));
    const source = {text, before: {lines: this.#linesOf(id), moments}, due: undefined};
    this.#sources.set(id, source);
    return source;
  }

  #next(id: string, {text, before}: Source): Source['due'] {
    const piece = text.next(this.#linesOf(id));
    if (piece === undefined) return undefined;
    const moment = before.moments.findLast(({line}) => line <= piece.firstLine);
    const cameAt = piece.firstLine < before.lines ? moment?.at : undefined;
    return {...piece, cameAt: cameAt ?? Date.now()};
  }

  #linesOf(id: string): number {
    return this.#options.sources().find(source => source.id === id)?.lines ?? 0;
  }

  #told(): readonly LogSource[] {
    const known = this.#options.sources().filter(({id}) => id.length <= ID_LENGTH_MAX);
    return known.slice(0, SOURCES_MAX).map(shortened);
  }
}

function shortened({title, detail, ...source}: LogSource): LogSource {
  return {...source, title: title.slice(0, WORDS_MAX), detail: detail.slice(0, WORDS_MAX)};
}
