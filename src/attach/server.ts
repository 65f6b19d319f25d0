/** The engine's side of the run's socket. Consoles come, fall behind and go; the engine never waits for one. */
import {unlinkSync} from 'node:fs';
import {readdir} from 'node:fs/promises';
import {createConnection, createServer, type Server} from 'node:net';
import {basename, dirname, join} from 'node:path';
import type {Recorded} from '../run/event.ts';
import type {Question} from '../run/question.ts';
import {compact} from '../text/compact.ts';
import type {LogSource} from '../text/log-text.ts';
import {openDoor} from './admission.ts';
import {AttachedConsole, type ConsoleHost} from './attached-console.ts';
import {createConsoleSlots} from './console-slots.ts';
import {socketProblem} from './own-socket.ts';

/** `shared`: the directory belongs to a group whose members may attach. */
export type ServeOptions = ConsoleHost & {socketPath: string; shared?: boolean};

export type Attachments = {
  /** To every console, after `state()` holds them. */
  publish(events: readonly Recorded[]): void;
  /** Logs have grown: consoles are told at most ten times a second, and with the next events. */
  grown(): void;
  /** A person is needed; who attaches later is told by `questions()`. */
  ask(question: Question): void;
  withdraw(questionId: string): void;
  /** The journal cannot be written, or (undefined) can again; who attaches later is told by `trouble()`. */
  trouble(text: string | undefined): void;
  /** Sends what is queued, then hangs up. */
  close(): Promise<void>;
};

/** The socket's name where the path of the run directory is too long for a socket. */
const SHORT_NAME = /^[0-9a-f]{24}\.sock$/;
/** While output flows in, each picture of it costs a console as much as thousands of lines cost the engine. */
const GROWN_EVERY_MS = 100;

/** Rejects when another engine answers on that path; a socket file that nobody listens on is replaced. */
export async function serve(options: ServeOptions): Promise<Attachments> {
  const {socketPath, shared = false} = options;
  const problem = socketProblem(socketPath);
  if (problem !== undefined) throw new Error(`${problem}: remove it`);
  await removeAbandoned(socketPath);
  await removeLeftovers(socketPath);
  const slots = createConsoleSlots<AttachedConsole>();
  const way = {host: options, door: openDoor(socketPath, shared), slots};
  const server = createServer(socket => new AttachedConsole(socket, way));
  await listenMasked(server, socketPath, shared ? 0o117 : 0o177);
  let linesTold = 0;
  const tellSources = () => {
    const sources = options.sources();
    linesTold = linesOf(sources);
    for (const attached of slots.inside()) attached.showSources(sources);
  };
  const throttled = throttle(GROWN_EVERY_MS, tellSources);
  return {
    publish(events) {
      // What a step has printed comes together with its end: one picture for both.
      if (linesOf(options.sources()) !== linesTold) tellSources();
      for (const attached of slots.inside()) attached.publish(events);
    },
    grown: throttled.call,
    ask(question) {
      for (const attached of slots.inside()) attached.tell({type: 'question', question});
    },
    withdraw(id) {
      for (const attached of slots.inside()) attached.tell({type: 'question-withdrawn', id});
    },
    trouble(text) {
      for (const attached of slots.inside()) attached.tell(compact({type: 'trouble', text}));
    },
    async close() {
      throttled.cancel();
      const closed = new Promise(resolve => server.close(resolve));
      for (const attached of slots.everybody()) attached.hangUp();
      await closed;
    },
  };
}

function linesOf(sources: readonly LogSource[]): number {
  return sources.reduce((sum, {lines}) => sum + lines, 0);
}

/** The first call acts at once, later ones together when the time is up. */
function throttle(everyMs: number, act: () => void): {call(): void; cancel(): void} {
  let timer: NodeJS.Timeout | undefined;
  let due = false;
  function run(): void {
    due = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (due) run();
    }, everyMs).unref();
    act();
  }
  return {
    call() {
      if (timer === undefined) run();
      else due = true;
    },
    cancel() {
      clearTimeout(timer);
      due = false;
    },
  };
}

async function removeAbandoned(path: string): Promise<void> {
  const answer = await new Promise<string>(resolve => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve('answered');
    });
    socket.once('error', error => resolve('code' in error ? String(error.code) : error.message));
  });
  if (answer === 'answered') throw new Error(`another engine is listening on ${path}`);
  if (answer === 'ECONNREFUSED') unlinkSync(path);
}

/** Where the sockets of many runs stand side by side, those of engines that were killed are nobody's. */
async function removeLeftovers(path: string): Promise<void> {
  const place = dirname(path);
  if (!SHORT_NAME.test(basename(path))) return;
  const others = (await readdir(place)).filter(name => SHORT_NAME.test(name) && name !== basename(path));
  // One that answers is at work.
  await Promise.allSettled(others.map(name => removeAbandoned(join(place, name))));
}

/** Binding happens inside `listen`, so the file is never open to more than it should be, not even for a moment. */
async function listenMasked(server: Server, path: string, umask: number): Promise<void> {
  const mask = process.umask(umask);
  const listening = new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  process.umask(mask);
  await listening;
  // A connection that cannot be accepted (no descriptors left) must not end the engine.
  server.on('error', () => {});
}
