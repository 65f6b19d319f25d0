/** One attached console as the engine sees it: greeted, kept up to date, put on hold while it does not read. */
import type {Socket} from 'node:net';
import type {Plan} from '../plan/plan.ts';
import type {Console} from '../run/console.ts';
import type {Intent, Recorded} from '../run/event.ts';
import type {Question} from '../run/question.ts';
import type {RunState} from '../run/state.ts';
import type {LogSource} from '../text/log-text.ts';
import {consoleOf, type Door} from './admission.ts';
import {readClientMessage} from './client-message.ts';
import type {ConsoleSlots, Guest} from './console-slots.ts';
import {createLineSplitter} from './line-splitter.ts';
import {CLIENT_MESSAGE_BYTES_MAX, encodeMessage, type Hello, type ServerMessage} from './protocol.ts';

/** What consoles are shown, and where their wishes go. */
export type ConsoleHost = {
  plan: Plan;
  runDirectory: string;
  /** The state after everything that was published, or later. */
  state(): RunState;
  sources(): readonly LogSource[];
  /** Why the journal cannot be written just now. */
  trouble(): string | undefined;
  /** Resolves when the arrival is in the journal; a rejection turns the console away with its message. */
  join(console: Console): Promise<void>;
  leave(consoleId: string): void;
  /** Resolves to why it was refused, or to nothing. Whether this console may is decided here, not by the client. */
  submit(console: Console, intent: Intent): Promise<string | undefined>;
  /** What waits for a person. */
  questions(): readonly Question[];
  /** Why the answer was not taken, or nothing. */
  answerQuestion(console: Console, questionId: string, text: string | undefined): string | undefined;
};

/** What may wait for a console before it is put on hold and gets a snapshot later instead. */
const QUEUE_BYTES_MAX = 1024 * 1024;
/** Growth of logs is news only while it is new. */
const SOURCES_QUEUE_BYTES_MAX = 64 * 1024;
const INTENTS_AT_ONCE_MAX = 64;
const HELLO_WITHIN_MS = 5000;
const HANG_UP_WITHIN_MS = 500;

/** `new`: has said nothing yet. `asked`: is to show who it is. `joining`: on its way into the journal. `gone`: nothing more is read from it. */
type Standing =
  | {kind: 'new'}
  | {kind: 'asked'; hello: Hello; nonce: string}
  | {kind: 'joining'}
  | {kind: 'attached'; console: Console; seq: number; onHold: boolean; sourcesDue: boolean}
  | {kind: 'gone'};

export class AttachedConsole implements Guest {
  readonly #socket: Socket;
  readonly #host: ConsoleHost;
  readonly #door: Door;
  readonly #slots: ConsoleSlots<AttachedConsole>;
  readonly #splitter = createLineSplitter(CLIENT_MESSAGE_BYTES_MAX);
  readonly #impatience = setTimeout(
    () => this.refuse('no hello came, or no answer to who you are'),
    HELLO_WITHIN_MS,
  ).unref();
  #standing: Standing = {kind: 'new'};
  #unanswered = 0;

  constructor(
    socket: Socket,
    {host, door, slots}: {host: ConsoleHost; door: Door; slots: ConsoleSlots<AttachedConsole>},
  ) {
    this.#socket = socket;
    this.#host = host;
    this.#door = door;
    this.#slots = slots;
    socket.on('data', chunk => this.#receive(chunk));
    socket.on('drain', () => this.#drained());
    // A reset is a way of leaving; `close` follows.
    socket.on('error', () => {});
    socket.on('close', () => this.#depart());
    slots.wait(this);
  }

  isSilent(): boolean {
    return this.#standing.kind === 'new';
  }

  drives(): boolean {
    return this.#standing.kind === 'attached' && this.#standing.console.id === this.#host.state().driver;
  }

  publish(events: readonly Recorded[]): void {
    const attached = this.#standing;
    if (attached.kind !== 'attached' || attached.onHold) return;
    const fresh = events.filter(event => event.seq > attached.seq);
    const last = fresh.at(-1);
    if (last === undefined) return;
    if (this.#socket.writableLength > QUEUE_BYTES_MAX) attached.onHold = true;
    else if (fresh[0]?.seq !== attached.seq + 1) this.#sendSnapshot(attached);
    else {
      attached.seq = last.seq;
      this.#send({type: 'events', events: fresh});
    }
  }

  showSources(sources: readonly LogSource[]): void {
    const attached = this.#standing;
    if (attached.kind !== 'attached') return;
    attached.sourcesDue = attached.onHold || this.#socket.writableLength > SOURCES_QUEUE_BYTES_MAX;
    if (!attached.sourcesDue) this.#send({type: 'sources', sources});
  }

  tell(message: Extract<ServerMessage, {type: 'question' | 'question-withdrawn' | 'trouble'}>): void {
    if (this.#standing.kind === 'attached') this.#send(message);
  }

  refuse(reason: string): void {
    this.#send({type: 'refused', reason});
    this.#depart();
    this.hangUp();
  }

  /** What is queued still goes out. The console's leaving is not reported: the engine is what ends here. */
  hangUp(): void {
    clearTimeout(this.#impatience);
    this.#standing = {kind: 'gone'};
    this.#socket.end();
    this.#socket.resume();
    setTimeout(() => this.#socket.destroy(), HANG_UP_WITHIN_MS).unref();
  }

  #receive(chunk: Buffer): void {
    if (this.#standing.kind === 'gone') return;
    const lines = this.#splitter.push(chunk);
    if (lines === 'too-long') return this.refuse(`a message may be ${CLIENT_MESSAGE_BYTES_MAX} bytes long`);
    for (const line of lines) this.#receiveLine(line);
    this.#holdBackFlood();
  }

  #receiveLine(line: Buffer): void {
    const standing = this.#standing;
    if (standing.kind === 'gone') return;
    const read = readClientMessage(line);
    if ('reason' in read) return this.refuse(read.reason);
    const {message} = read;
    if (message.type === 'hello' && standing.kind === 'new') this.#ask(message);
    else if (message.type === 'arrived' && standing.kind === 'asked')
      this.#letIn(standing, message.failure).catch(error => this.refuse(messageOf(error)));
    else if (message.type === 'intent' && standing.kind === 'attached') {
      void this.#answer(standing.console, message.id, message.intent);
    } else if (message.type === 'answer' && standing.kind === 'attached') {
      const {id, questionId, text} = message;
      this.#sendAnswer(id, this.#host.answerQuestion(standing.console, questionId, text));
    } else this.refuse('hello comes first, and once');
  }

  #ask(hello: Hello): void {
    const nonce = this.#door.ask();
    this.#standing = {kind: 'asked', hello, nonce};
    this.#send({type: 'challenge', nonce});
  }

  async #letIn({hello, nonce}: {hello: Hello; nonce: string}, excuse: string | undefined): Promise<void> {
    clearTimeout(this.#impatience);
    this.#standing = {kind: 'joining'};
    const account = await this.#door.admit(nonce, excuse);
    if (this.#isGone()) return;
    if ('refusal' in account) return this.refuse(account.refusal);
    const noSlot = this.#slots.comeIn(this, account);
    if (noSlot !== undefined) return this.refuse(noSlot);
    await this.#greet(consoleOf(hello, account));
  }

  async #greet(console: Console): Promise<void> {
    const failure = await this.#host.join(console).then(() => undefined, messageOf);
    // It may have hung up meanwhile; then its arrival, which is in the journal, is followed by its leaving.
    if (this.#isGone()) {
      if (failure === undefined) this.#host.leave(console.id);
      return;
    }
    if (failure !== undefined) return this.refuse(failure);
    // Snapshot and subscription in one turn: no event falls between them, none comes twice.
    const {plan, runDirectory} = this.#host;
    const state = this.#host.state();
    this.#standing = {kind: 'attached', console, seq: state.seq, onHold: false, sourcesDue: false};
    this.#send({type: 'welcome', consoleId: console.id, plan, runDirectory, state, sources: this.#host.sources()});
    for (const question of this.#host.questions()) this.tell({type: 'question', question});
    const text = this.#host.trouble();
    if (text !== undefined) this.tell({type: 'trouble', text});
  }

  async #answer(console: Console, id: number, intent: Intent): Promise<void> {
    this.#unanswered += 1;
    const refusal = await this.#host.submit(console, intent).catch(messageOf);
    this.#unanswered -= 1;
    this.#sendAnswer(id, refusal);
    this.#holdBackFlood();
  }

  #sendAnswer(id: number, refusal: string | undefined): void {
    this.#send(refusal === undefined ? {type: 'answer', id} : {type: 'answer', id, refusal});
  }

  /** Reads no further from a console that asks faster than it is answered, or that does not read its answers. */
  #holdBackFlood(): void {
    if (this.#isGone()) return;
    if (this.#unanswered >= INTENTS_AT_ONCE_MAX || this.#socket.writableLength > QUEUE_BYTES_MAX) this.#socket.pause();
    else this.#socket.resume();
  }

  #drained(): void {
    this.#holdBackFlood();
    const attached = this.#standing;
    if (attached.kind !== 'attached') return;
    if (attached.onHold) {
      attached.onHold = false;
      this.#sendSnapshot(attached);
    }
    if (attached.sourcesDue) this.showSources(this.#host.sources());
  }

  #sendSnapshot(attached: {seq: number}): void {
    const state = this.#host.state();
    attached.seq = state.seq;
    this.#send({type: 'snapshot', state});
  }

  #send(message: ServerMessage): void {
    if (this.#socket.writable) this.#socket.write(encodeMessage(message));
  }

  #depart(): void {
    const was = this.#standing;
    clearTimeout(this.#impatience);
    this.#standing = {kind: 'gone'};
    this.#slots.leave(this);
    if (was.kind === 'attached') this.#host.leave(was.console.id);
    if (was.kind === 'asked') this.#door.forget(was.nonce);
  }

  #isGone(): boolean {
    return this.#standing.kind === 'gone';
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
