/** The lease of a checklist in the team's ledger: taken for a time, renewed while its engine lives, given back at its end. */
import {setTimeout as sleep} from 'node:timers/promises';
import {compact} from '../text/compact.ts';
import {connectLedger, type Ledger, ledgerError} from './connection.ts';
import {isTakenOver} from './engine-of-run.ts';

/** Who has the checklist. `since`: epoch ms. `takenOver`: it has this very run, on another machine. */
export type LeaseHolder = {
  run: string;
  host: string;
  account: string;
  pid: number;
  role: string;
  since: number;
  endsInMs: number;
  takenOver: boolean;
};

/**
 * What becomes of it. `taken`: `before` names the run that had it in between. `unsure`: its time is over and the ledger
 * does not answer, so that somebody else may have it. `lost`: somebody else has it.
 */
export type LeaseNews =
  | {kind: 'taken'; number: number; before?: string}
  | {kind: 'unsure'; because: string}
  | {kind: 'lost'; holder: LeaseHolder};

export type Lease = {
  /** What the first attempt came to. */
  first: LeaseNews;
  /** The newest number that it was given; hosts refuse lower ones. */
  number(): number | undefined;
  /** Whether nobody else can have it now. */
  isValid(): boolean;
  /** From now on told of every change behind `first`. */
  listen(tell: (news: LeaseNews) => void): void;
  /** Asks the ledger now whether another engine goes on with this run; false where it does not answer in time. */
  isTakenOver(withinMs: number): Promise<boolean>;
  /** Stops, and gives it back where the ledger can be reached. */
  giveBack(withinMs: number): Promise<void>;
  /** Stops, and leaves it as it is: for the next engine with the same secret. */
  leave(): void;
};

export type LeaseOptions = {
  url: string;
  /** Names the checklist with its bindings for the whole team. */
  key: string;
  run: {id: string; host: string; user: string};
  /** What this engine alone knows, of 16 signs at least; kept for the next engine of the run on this machine. */
  secret: string;
  /** So long it is taken for each time. */
  leaseMs?: number;
  /** So long the first answer is waited for. */
  firstMs?: number;
  /** Both clocks must agree that it is not over: one stands still while the machine sleeps, the other can be set back. */
  clock?: {steady(): number; wall(): number};
};

const LEASE_MS = 30_000;
const FIRST_MS = 3000;
const FIRST_AGAIN_MS = 250;
/** Renewed so often within its time. */
const RENEWALS = 6;
/** What is begun while it is valid must arrive before it is over. */
const MARGIN_SHARE = 0.1;
const CLOCK = {steady: () => performance.now(), wall: () => Date.now()};

/** Resolves when the ledger has answered, or has not within `firstMs`; goes on by itself in either case. */
export async function takeLease(options: LeaseOptions): Promise<Lease> {
  const {firstMs = FIRST_MS} = options;
  const keeper = new Keeper(options);
  const first = Promise.withResolvers<LeaseNews>();
  keeper.tell = first.resolve;
  const late = setTimeout(() => {
    const because = keeper.because ?? `the ledger: no answer within ${firstMs / 1000} s`;
    first.resolve({kind: 'unsure', because});
  }, firstMs);
  void keeper.work();
  const news = await first.promise;
  clearTimeout(late);
  const held: LeaseNews[] = [];
  keeper.tell = one => held.push(one);
  return {
    first: news,
    number: () => keeper.number,
    isValid: () => keeper.isValid(),
    listen(tell) {
      keeper.tell = tell;
      for (const one of held.splice(0)) tell(one);
    },
    isTakenOver: withinMs => isTakenOver(options, withinMs),
    giveBack: withinMs => keeper.giveBack(withinMs),
    leave: () => keeper.stop(),
  };
}

class Keeper {
  number: number | undefined;
  because: string | undefined;
  tell: (news: LeaseNews) => void = () => {};
  readonly #options: LeaseOptions;
  readonly #leaseMs: number;
  readonly #clock: NonNullable<LeaseOptions['clock']>;
  readonly #stop = new AbortController();
  /** By both clocks; it is over when one of them says so. */
  #until: {steady: number; wall: number} | undefined;
  #told: LeaseNews['kind'] | undefined;
  #over: NodeJS.Timeout | undefined;
  #ledger: Ledger | undefined;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
    this.#clock = options.clock ?? CLOCK;
  }

  isValid(): boolean {
    const {steady, wall} = this.#clock;
    return this.#until !== undefined && steady() < this.#until.steady && wall() < this.#until.wall;
  }

  async work(): Promise<void> {
    const everyMs = this.#leaseMs / RENEWALS;
    while (!this.#stop.signal.aborted) {
      try {
        await this.#takeOrRenew();
      } catch (error) {
        this.#close();
        const {message, lasting} = ledgerError(error);
        this.because = `the ledger: ${message}`;
        // What only a person can mend is said at once.
        if (lasting || this.#told !== undefined) this.#sayUnsure();
      }
      const waitMs = this.#told === undefined ? Math.min(everyMs, FIRST_AGAIN_MS) : everyMs;
      await sleep(waitMs, undefined, {ref: false, signal: this.#stop.signal}).catch(() => {});
    }
  }

  stop(): void {
    this.#stop.abort();
    clearTimeout(this.#over);
    this.#until = undefined;
    this.#close();
  }

  async giveBack(withinMs: number): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#over);
    const {number} = this;
    const {url, key, secret} = this.#options;
    const signal = AbortSignal.timeout(withinMs);
    try {
      if (number === undefined) return;
      this.#ledger ??= await connectLedger(url, {signal, answerMs: withinMs});
      await this.#ledger.ask('select tminus.give_back_lease($1, $2, $3)', [key, number, secret]);
    } catch {
      // It ends by itself.
    } finally {
      this.#until = undefined;
      this.#close();
    }
  }

  async #takeOrRenew(): Promise<void> {
    const {url} = this.#options;
    const answerMs = this.#leaseMs / 4;
    const {steady, wall} = this.#clock;
    this.#ledger ??= await connectLedger(url, {signal: this.#stop.signal, answerMs});
    // Its time counts from before the question: by the clock of the server it ends later.
    const asked = {steady: steady(), wall: wall()};
    const answer = await this.#ask(this.#ledger);
    if (this.#stop.signal.aborted) return;
    if (answer['granted'] === true) return this.#granted(answer, asked);
    this.#until = undefined;
    this.#mustTake = true;
    clearTimeout(this.#over);
    const isSucceeded = answer['taken_over'] === true || this.#hasNewerEngine(answer);
    // Nobody has it any more: taken anew at once, under the next number.
    if (answer['free'] === true && !isSucceeded) return await this.#takeOrRenew();
    if (isSucceeded) this.#stop.abort();
    this.#say({kind: 'lost', holder: holderOf(answer, isSucceeded)});
  }

  /** A run has one engine: one that hears of a newer one never takes the lease from it again. */
  #hasNewerEngine({run, number}: Readonly<Record<string, unknown>>): boolean {
    return this.number !== undefined && run === this.#options.run.id && Number(number) > this.number;
  }

  #mustTake = true;

  async #ask(ledger: Ledger): Promise<Readonly<Record<string, unknown>>> {
    const {key, run, secret} = this.#options;
    const ms = this.#leaseMs;
    const [row] = this.#mustTake
      ? await ledger.ask('select tminus.take_lease($1, $2, $3, $4, $5, $6, $7) as answer', [
          ...[key, run.id, run.host, run.user, process.pid, secret, ms],
        ])
      : await ledger.ask('select tminus.renew_lease($1, $2, $3, $4) as answer', [key, this.number, secret, ms]);
    return row?.['answer'] as Record<string, unknown>;
  }

  #granted(answer: Readonly<Record<string, unknown>>, asked: {steady: number; wall: number}): void {
    const validMs = this.#leaseMs * (1 - MARGIN_SHARE);
    this.#until = {steady: asked.steady + validMs, wall: asked.wall + validMs};
    this.#mustTake = false;
    this.because = undefined;
    this.number = Number(answer['number']);
    clearTimeout(this.#over);
    this.#over = setTimeout(() => this.#sayUnsure(), validMs).unref();
    const before = answer['before'];
    const between = this.#told === 'lost' && typeof before === 'string' ? before : undefined;
    this.#say(compact({kind: 'taken', number: this.number, before: between}));
  }

  #sayUnsure(): void {
    if (!this.isValid()) this.#say({kind: 'unsure', because: this.because ?? 'the ledger does not answer'});
  }

  /** Each change once: a number that is renewed is no news. */
  #say(news: LeaseNews): void {
    const isGone = news.kind === 'lost' && news.holder.takenOver;
    if (news.kind === this.#told && news.kind !== 'taken' && !isGone) return;
    if (news.kind === 'taken' && this.#told === 'taken' && news.number === this.#toldNumber) return;
    this.#told = news.kind;
    if (news.kind === 'taken') this.#toldNumber = news.number;
    this.tell(news);
  }

  #toldNumber: number | undefined;

  #close(): void {
    this.#ledger?.close();
    this.#ledger = undefined;
  }
}

function holderOf(answer: Readonly<Record<string, unknown>>, takenOver: boolean): LeaseHolder {
  const text = (name: string) => String(answer[name] ?? '');
  return {
    run: text('run'),
    host: text('host'),
    account: text('account'),
    pid: Number(answer['pid']),
    role: text('role'),
    since: Number(answer['since']),
    endsInMs: Number(answer['ends_in_ms']),
    takenOver,
  };
}
