/** Shells on hosts, over pooled connections. */
import {randomUUID} from 'node:crypto';
import {LinkError, lostLink, messageOf} from '../link-error.ts';
import type {Ending, Listener, Running, Shell} from '../shell.ts';
import type {Connections, Lane} from './connection-pool.ts';
import {greet} from './greeting.ts';
import type {Lease} from './lease.ts';
import type {LinkChannel} from './link-interface.ts';
import {markedStream} from './marked-stream.ts';

export type Shells = {to(host: string, destination: string, lane: Lane): Shell};

/** Shells that wait, per host and lane; the others are closed when they are done. */
const IDLE_MAX = 3;
/** Connections that may turn out to have no room for a session. */
const TRIES_MAX = 8;

export function openShells(connections: Connections): Shells {
  const pools = new Map<string, ShellPool>();
  return {
    to(host, destination, lane) {
      const key = `${lane} ${host}`;
      const pool = pools.get(key) ?? new ShellPool(host, () => connections.lease(host, destination, lane));
      pools.set(key, pool);
      return {
        name: host,
        isAway: () => connections.isAway(host, lane),
        start: (text, listen, signal) => pool.start(text, listen, signal),
      };
    },
  };
}

/**
 * The shells of one host and lane. A shell that has done its work waits for the next text: opening one takes two round
 * trips and whatever the login shell's start-up files take, and the steps of a rollback must not each wait for that.
 */
class ShellPool {
  readonly #host: string;
  readonly #lease: () => Promise<Lease>;
  readonly #idle: LinkChannel[] = [];
  #isPreparing = false;

  constructor(host: string, lease: () => Promise<Lease>) {
    this.#host = host;
    this.#lease = lease;
  }

  async start(text: string, listen: Listener, signal?: AbortSignal): Promise<Running> {
    const waiting = this.#idle.pop();
    const channel = waiting !== undefined && isOpen(waiting) ? waiting : await this.#openUnless(signal);
    this.#prepareNext();
    return this.#run(channel, text, listen);
  }

  #run(channel: LinkChannel, text: string, listen: Listener): Running {
    return run(channel, text, listen, {giveBack: () => this.#giveBack(channel), kill: pid => this.#kill(pid)});
  }

  async #open(): Promise<LinkChannel> {
    for (let triesLeft = TRIES_MAX; ; triesLeft -= 1) {
      const lease = await this.#lease();
      try {
        return await openShell(lease, this.#host);
      } catch (error) {
        const isFull = isNotAllowed(error);
        if (isFull) lease.refused();
        lease.release();
        if (!isFull || triesLeft === 0) throw error;
      }
    }
  }

  /** Stops waiting when the shell is not wanted any more; the shell that was asked for is then given back. */
  async #openUnless(signal: AbortSignal | undefined): Promise<LinkChannel> {
    const opened = this.#open();
    if (signal === undefined) return await opened;
    return await new Promise((resolve, reject) => {
      const stop = () => {
        reject(new LinkError('unreachable', `${this.#host}: not needed any more`));
        opened.then(
          channel => this.#giveBack(channel),
          () => {},
        );
      };
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop, {once: true});
      opened.then(
        channel => {
          signal.removeEventListener('abort', stop);
          if (!signal.aborted) resolve(channel);
        },
        error => reject(error),
      );
    });
  }

  #giveBack(channel: LinkChannel): void {
    const waiting = this.#idle;
    if (!isOpen(channel) || waiting.length >= IDLE_MAX) {
      channel.end();
      return;
    }
    waiting.push(channel);
    channel.once('close', () => {
      const at = waiting.indexOf(channel);
      if (at >= 0) waiting.splice(at, 1);
    });
  }

  /** From another shell: a server need not pass signals on. It leads a session of its own, and so a process group. */
  async #kill(pid: string): Promise<void> {
    const text = `kill -s KILL -- -${pid} 2>/dev/null || kill -s KILL ${pid}`;
    this.#run(await this.#open(), text, {out() {}, err() {}});
  }

  /** A connection without room for a waiting shell does without. */
  #prepareNext(): void {
    if (this.#isPreparing || this.#idle.length > 0) return;
    this.#isPreparing = true;
    this.#open()
      .then(
        channel => this.#giveBack(channel),
        () => {},
      )
      .finally(() => {
        this.#isPreparing = false;
      });
  }
}

/** The server refuses to open a channel, and the connection lives. */
function isNotAllowed(error: unknown): boolean {
  return error instanceof LinkError && error.cause instanceof Error && 'reason' in error.cause;
}

function isOpen(channel: LinkChannel): boolean {
  return channel.writable && channel.readable;
}

/** Listens from the first moment: what runs instead of a shell may have ended with the packet that says it began. */
async function openShell({client, release, broken}: Lease, host: string): Promise<LinkChannel> {
  const {promise, resolve, reject} = Promise.withResolvers<LinkChannel>();
  // A connection that closes while the channel is being opened never calls back.
  const onClose = () => reject(lostLink(`${host}: link lost`));
  client.once('close', onClose);
  try {
    client.exec('exec sh', (error, channel) => {
      if (error) return reject(new LinkError('unreachable', `${host}: ${messageOf(error)}`, error));
      channel.once('close', release);
      greet(accepted(channel), host).then(() => resolve(channel), reject);
    });
    return await promise;
  } catch (error) {
    if (error instanceof LinkError) throw error;
    // It takes nothing more, and nobody was told yet that it is closed.
    broken();
    throw lostLink(`${host}: link lost`, error);
  } finally {
    client.off('close', onClose);
  }
}

function accepted(channel: LinkChannel): LinkChannel {
  channel.on('error', () => {});
  channel.setMaxListeners(0);
  return channel;
}

type Pool = {giveBack(): void; kill(pid: string): Promise<void>};

function run(channel: LinkChannel, text: string, listen: Listener, pool: Pool): Running {
  // Begins with a sign that is rare in output: a search for it stops at each.
  const mark = `~tminus-${randomUUID()}`;
  let over = false;
  let pid = '';
  const ended = new Promise<Ending>(resolve => {
    let code: number | undefined;
    let open = 2;
    const finish = (ending: Ending) => {
      over = true;
      channel.off('data', out);
      channel.stderr.off('data', err);
      channel.off('close', onClose);
      channel.off('exit', onExit);
      resolve(ending);
    };
    // Both streams must have come to their end: they do not keep step with each other.
    const onEnd = (rest: string) => {
      if (rest !== '') code = Number(rest);
      open -= 1;
      if (open > 0 || over) return;
      finish({kind: 'exited', code: code ?? 0});
      pool.giveBack();
    };
    let ending: Ending = {kind: 'dropped', detail: 'link lost'};
    const onExit = (status: number | null, signal?: string) => {
      ending =
        status === null
          ? {kind: 'dropped', detail: `ended by ${signal ?? 'a signal'}`}
          : {kind: 'exited', code: status};
    };
    const onClose = () => finish(ending);
    const out = markedStream(mark, {begin() {}, pass: listen.out, end: onEnd});
    const err = markedStream(mark, {begin: rest => (pid = rest), pass: listen.err, end: onEnd});
    channel.on('data', out);
    channel.stderr.on('data', err);
    channel.on('exit', onExit);
    channel.on('close', onClose);
  });
  channel.write(framed(mark, text));
  return {
    ended,
    release() {
      if (!over) channel.write('\n');
    },
    abandon() {
      // When even its beginning was not heard of, the link is gone and so is its shell.
      if (!over && /^\d+$/.test(pid)) pool.kill(pid).catch(() => {});
    },
  };
}

/**
 * One compound command, read to its end before any of it runs: half a text, cut off by the link, does nothing.
 * The marks tell its output from what start-up files and earlier texts have printed.
 */
function framed(mark: string, text: string): string {
  return `{ echo '${mark} begin '; echo "${mark} begin $$" >&2; (
${text}
); s=$?; echo "${mark} end $s"; echo '${mark} end ' >&2; }
`;
}
