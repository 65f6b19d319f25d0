/** A console's side of the run's socket: the same store as the engine's, made from a snapshot and the events after it. */
import {createConnection, type Socket} from 'node:net';
import {createStore, type StoreApi} from 'zustand/vanilla';
import type {Plan} from '../plan/plan.ts';
import type {Intent, Recorded} from '../run/event.ts';
import {evolve} from '../run/evolve.ts';
import type {Question} from '../run/question.ts';
import type {RunState} from '../run/state.ts';
import {compact} from '../text/compact.ts';
import type {LogSource} from '../text/log-text.ts';
import {leaveProof} from './account-proof.ts';
import {createLineSplitter} from './line-splitter.ts';
import {socketProblem} from './own-socket.ts';
import {
  type ClientMessage,
  encodeMessage,
  type Hello,
  PROTOCOL_VERSION,
  SERVER_MESSAGE_BYTES_MAX,
  type ServerMessage,
} from './protocol.ts';

export type Connection = {
  plan: Plan;
  runDirectory: string;
  store: StoreApi<RunState>;
  consoleId: string;
  /** Resolves to why it was refused (a lost engine is a reason, too), or to nothing. */
  send(intent: Intent): Promise<string | undefined>;
  /** What waits for a person, oldest first. */
  questions: StoreApi<readonly Question[]>;
  /** Without `text`: it is not answered here. Resolves to why that was not taken, or to nothing. */
  answer(questionId: string, text?: string): Promise<string | undefined>;
  /** Why the engine cannot write the journal just now. */
  trouble: StoreApi<Trouble>;
  sources(): readonly LogSource[];
  onSources(listener: () => void): () => void;
  /** After the store holds them. A console that could not keep up gets a new state instead of the events it missed. */
  onEvents(listener: (events: readonly Recorded[]) => void): () => void;
  /** The engine went away, with what is known about it. Called at once when it has gone already. */
  onLost(listener: (detail: string) => void): () => void;
  /** The machine of an engine that is out of reach from here: of what its steps print the newest comes. */
  elsewhere?: string;
  close(): void;
};

export type Trouble = {text: string | null};

/** `unreachable`: nobody listens there. `refused`: the engine said no. `lost`: it went away, or is no engine. */
export class AttachError extends Error {
  readonly kind: 'unreachable' | 'refused' | 'lost';

  constructor(kind: AttachError['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AttachError';
    this.kind = kind;
  }
}

const WELCOME_WITHIN_MS = 10_000;

/** Rejects with an `AttachError` when nobody listens, or the engine refuses. */
export function connect(socketPath: string, hello: Hello): Promise<Connection> {
  const problem = socketProblem(socketPath);
  if (problem !== undefined) return Promise.reject(new AttachError('refused', problem));
  return new Promise((resolve, reject) => {
    const socket = createConnection(socketPath);
    const splitter = createLineSplitter(SERVER_MESSAGE_BYTES_MAX);
    let attached: Attached | undefined;
    const impatience = setTimeout(() => fail('the engine did not answer'), WELCOME_WITHIN_MS);

    function fail(detail: string, kind: AttachError['kind'] = 'lost'): void {
      clearTimeout(impatience);
      socket.destroy();
      if (attached === undefined) reject(new AttachError(kind, detail));
      else attached.lose(detail);
    }

    function receive(messages: readonly ServerMessage[]): void {
      const refused = messages.find(message => message.type === 'refused');
      const [first, ...rest] = messages;
      if (attached !== undefined) attached.receive(messages);
      else if (first?.type === 'challenge') {
        const failure = leaveProof(socketPath, first.nonce);
        socket.write(encodeMessage({type: 'arrived', ...(failure !== undefined && {failure})}));
      } else if (first?.type === 'welcome') {
        clearTimeout(impatience);
        attached = new Attached(socket, first);
        resolve(attached.connection);
        attached.receive(rest);
      }
      if (refused !== undefined) fail(refused.reason, 'refused');
    }

    socket.on('connect', () => socket.write(encodeMessage({type: 'hello', version: PROTOCOL_VERSION, ...hello})));
    socket.on('data', chunk => {
      const lines = splitter.push(chunk);
      const messages = lines === 'too-long' ? undefined : parseAll(lines);
      if (messages === undefined) fail('the engine sent something that is not a message');
      else if (messages.length > 0) receive(messages);
    });
    socket.on('error', error => {
      if (attached === undefined) fail(`no engine listens there (${error.message})`, 'unreachable');
      else fail(`the connection to the engine broke (${error.message})`);
    });
    socket.on('close', () => fail('the engine hung up'));
  });
}

/** The connection once the engine has said welcome. */
class Attached {
  readonly connection: Connection;
  readonly #socket: Socket;
  readonly #plan: Plan;
  readonly #store: StoreApi<RunState>;
  readonly #questions = createStore<readonly Question[]>(() => []);
  readonly #trouble = createStore<Trouble>(() => ({text: null}));
  /** What waits for the engine's answer, by the number of its request. */
  readonly #answers = new Map<number, (refusal: string | undefined) => void>();
  readonly #eventListeners = new Set<(events: readonly Recorded[]) => void>();
  readonly #sourceListeners = new Set<() => void>();
  readonly #lostListeners = new Set<(detail: string) => void>();
  #sources: readonly LogSource[];
  #lost: string | undefined;
  #closed = false;
  #requests = 0;

  constructor(socket: Socket, welcome: ServerMessage & {type: 'welcome'}) {
    const {plan, runDirectory, consoleId, state, sources} = welcome;
    this.#socket = socket;
    this.#plan = plan;
    this.#store = createStore<RunState>(() => state);
    this.#sources = sources;
    this.connection = {
      plan,
      runDirectory,
      store: this.#store,
      consoleId,
      questions: this.#questions,
      trouble: this.#trouble,
      send: intent => this.#request(id => ({type: 'intent', id, intent})),
      answer: (questionId, text) => this.#request(id => compact({type: 'answer', id, questionId, text})),
      sources: () => this.#sources,
      onSources: listener => added(this.#sourceListeners, listener),
      onEvents: listener => added(this.#eventListeners, listener),
      onLost: listener => this.#onLost(listener),
      close: () => this.#close(),
    };
  }

  lose(detail: string): void {
    if (this.#lost !== undefined) return;
    this.#lost = detail;
    const refusal = `${detail} before it answered; whether it was taken is not known`;
    for (const answer of this.#answers.values()) answer(refusal);
    this.#answers.clear();
    if (!this.#closed) for (const listener of this.#lostListeners) listener(detail);
  }

  receive(messages: readonly ServerMessage[]): void {
    const {state, events} = foldMessages(this.#plan, this.#store.getState(), messages);
    // One set for all that arrived together: one picture, not hundreds.
    if (state !== this.#store.getState()) this.#store.setState(state, true);
    if (events.length > 0) for (const listener of this.#eventListeners) listener(events);
    const growth = messages.findLast(message => message.type === 'sources');
    if (growth !== undefined) {
      this.#sources = growth.sources;
      for (const listener of this.#sourceListeners) listener();
    }
    const open = foldQuestions(this.#questions.getState(), messages);
    if (open !== this.#questions.getState()) this.#questions.setState(open, true);
    const news = messages.findLast(message => message.type === 'trouble');
    if (news !== undefined) this.#trouble.setState({text: news.text ?? null}, true);
    // Answers last: who asked sees the state that the asking led to.
    for (const message of messages) {
      if (message.type !== 'answer') continue;
      this.#answers.get(message.id)?.(message.refusal);
      this.#answers.delete(message.id);
    }
  }

  #request(message: (id: number) => ClientMessage): Promise<string | undefined> {
    if (this.#closed) return Promise.resolve('not sent: this console has left');
    if (this.#lost !== undefined) return Promise.resolve(`not sent: ${this.#lost}`);
    this.#requests += 1;
    const id = this.#requests;
    return new Promise(resolve => {
      this.#answers.set(id, resolve);
      this.#socket.write(encodeMessage(message(id)));
    });
  }

  #onLost(listener: (detail: string) => void): () => void {
    if (this.#lost !== undefined && !this.#closed) listener(this.#lost);
    return added(this.#lostListeners, listener);
  }

  #close(): void {
    this.#closed = true;
    this.#socket.end();
  }
}

function foldMessages(plan: Plan, before: RunState, messages: readonly ServerMessage[]) {
  const events: Recorded[] = [];
  let state = before;
  for (const message of messages) {
    if (message.type === 'snapshot') state = message.state;
    if (message.type !== 'events') continue;
    for (const event of message.events) {
      state = evolve(plan, state, event);
      events.push(event);
    }
  }
  return {state, events};
}

/** The same list when nothing in it has changed. */
function foldQuestions(before: readonly Question[], messages: readonly ServerMessage[]): readonly Question[] {
  let open = before;
  for (const message of messages) {
    if (message.type === 'question') open = [...open, message.question];
    if (message.type === 'question-withdrawn') open = open.filter(({id}) => id !== message.id);
  }
  return open;
}

function parseAll(lines: readonly Buffer[]): ServerMessage[] | undefined {
  try {
    return lines.map(line => JSON.parse(line.toString('utf8')));
  } catch {
    return undefined;
  }
}

function added<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
