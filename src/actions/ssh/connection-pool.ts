/** Connections to hosts, one per host and lane, which stay open once they were needed. */
import {resolve} from 'node:path';
import type {ParsedKey} from 'ssh2';
import {compact} from '../../text/compact.ts';
import {isFinal, LinkError, messageOf} from '../link-error.ts';
import type {Answers} from '../remembered-answers.ts';
import {FIRST_DELAY_MS, nextDelay} from '../waiting.ts';
import {bindingsDirectory, type WorldOptions} from '../world.ts';
import {type Lease, type Live, leaseOf} from './lease.ts';
import {endLink} from './link-interface.ts';
import {expandHome} from './ssh-config-text.ts';

export type Lane = 'main' | 'rollback';

export type Connections = {
  /** A connection with room for one more session. Throws `LinkError`. */
  lease(host: string, destination: string, lane: Lane): Promise<Lease>;
  /** Opens the connection now and keeps it open, trying again until closed. */
  keep(host: string, destination: string, lane: Lane): void;
  /** Whether there is a connection now. It may hang. */
  isOpen(host: string, lane: Lane): boolean;
  /** Whether it was reached before and is not now: it may come back. */
  isAway(host: string, lane: Lane): boolean;
  /** What was asked in vain may be asked again: of this host, or of all. */
  askAgain(host?: string): void;
  close(): Promise<void>;
};

type Line = {
  host: string;
  destination: string;
  live: Live[];
  /** On a new connection, as the server was seen to allow them. */
  sessionsMax: number;
  opening?: Promise<Live>;
  reopening: boolean;
  /** Why a login that needed a person failed: work in the background must not ask again and again. */
  barred?: LinkError;
};

/** OpenSSH allows 10 sessions on a connection (MaxSessions); one is for the waiting shell, one for the heartbeat. */
const SESSIONS_MAX = 8;
const HEARTBEAT_MS = 10_000;

export function openConnections(options: WorldOptions, answers: Answers): Connections {
  return new ConnectionPool(options, answers);
}

/**
 * They stay open because the rollback must not have to log in. When a connection has as many sessions as a server usually
 * allows, another is opened beside it.
 */
class ConnectionPool implements Connections {
  readonly #options: WorldOptions;
  readonly #answers: Answers;
  readonly #opened = new Map<string, ParsedKey>();
  readonly #end = new AbortController();
  readonly #lines = new Map<string, Line>();
  readonly #up = new Set<string>();
  readonly #reached = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(options: WorldOptions, answers: Answers) {
    this.#options = options;
    this.#answers = answers;
  }

  async lease(host: string, destination: string, lane: Lane): Promise<Lease> {
    const line = this.#lineTo(host, destination, lane);
    for (;;) {
      const free = line.live.find(one => one.sessions < one.sessionsMax);
      if (free !== undefined) return leaseOf(line, free, () => this.#dropped(line, free));
      await this.#open(line);
    }
  }

  keep(host: string, destination: string, lane: Lane): void {
    const line = this.#lineTo(host, destination, lane);
    if (line.live.length === 0) void this.#reopen(line);
  }

  isOpen(host: string, lane: Lane): boolean {
    return (this.#lines.get(`${lane} ${host}`)?.live.length ?? 0) > 0;
  }

  isAway(host: string, lane: Lane): boolean {
    return this.#reached.has(host) && !this.isOpen(host, lane);
  }

  askAgain(host?: string): void {
    for (const line of this.#lines.values()) if (host === undefined || line.host === host) delete line.barred;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#end.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    const clients = [...this.#lines.values()].flatMap(line => line.live.map(live => live.client));
    await Promise.all(clients.map(endLink));
  }

  #lineTo(host: string, destination: string, lane: Lane): Line {
    const key = `${lane} ${host}`;
    const line = this.#lines.get(key) ?? {host, destination, live: [], sessionsMax: SESSIONS_MAX, reopening: false};
    this.#lines.set(key, line);
    return line;
  }

  /** Everybody who needs the connection while it is being opened waits for the same attempt. */
  async #open(line: Line): Promise<Live> {
    this.#refuseWhenClosed();
    if (line.barred !== undefined) throw line.barred;
    line.opening ??= this.#connect(line).finally(() => {
      delete line.opening;
    });
    try {
      return await line.opening;
    } catch (error) {
      if (this.#options.wasReached?.(line.host) === true) this.#reached.add(line.host);
      if (error instanceof LinkError && error.wantsPerson) line.barred = error;
      throw error;
    }
  }

  async #connect(line: Line): Promise<Live> {
    const {bindings, directory} = this.#options;
    const {config, transport} = bindings.hosts[line.host] ?? {};
    // Loaded when it is first needed: the first frame of a run does not wait for it.
    const {dial} = await import('./dial.ts');
    const client = await dial(
      line.destination,
      compact({
        host: line.host,
        answers: this.#answers,
        opened: this.#opened,
        signal: this.#end.signal,
        config: config === undefined ? undefined : resolve(bindingsDirectory(bindings, directory), expandHome(config)),
        transport,
        onLogin: this.#options.onLogin,
        onWait: (detail: string) => this.#options.onLink({host: line.host, up: this.#up.has(line.host), detail}),
      }),
    );
    if (this.#closed) client.end();
    this.#refuseWhenClosed();
    const live: Live = {client, sessions: 0, sessionsMax: line.sessionsMax};
    line.live.push(live);
    client.once('close', () => this.#dropped(line, live));
    this.#reached.add(line.host);
    this.#report(line, 'connected');
    if (line.live.length === 1) this.#beat(line, live);
    return live;
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new LinkError('unreachable', 'tminus is closing its connections');
  }

  /** A host is up while one lane is. Latency is news even when nothing else has changed. */
  #report({host}: Line, detail: string, latencyMs?: number): void {
    const isUp = [...this.#lines.values()].some(line => line.host === host && line.live.length > 0);
    const changed = isUp !== this.#up.has(host);
    if (isUp) this.#up.add(host);
    else this.#up.delete(host);
    if (this.#closed || (!changed && latencyMs === undefined)) return;
    const latency = latencyMs === undefined ? {} : {latencyMs: Math.round(latencyMs)};
    this.#options.onLink({host, up: isUp, detail, ...latency});
  }

  #dropped(line: Line, live: Live): void {
    if (!line.live.includes(live)) return;
    const wasFirst = line.live[0] === live;
    line.live = line.live.filter(one => one !== live);
    const [first] = line.live;
    if (first !== undefined && wasFirst) this.#beat(line, first);
    if (this.#closed || first !== undefined) return;
    this.#report(line, 'link lost');
    void this.#reopen(line);
  }

  /** What waits for this connection may open it sooner; this keeps trying when nothing does. */
  async #reopen(line: Line): Promise<void> {
    if (line.reopening) return;
    line.reopening = true;
    for (let delayMs = FIRST_DELAY_MS; !this.#closed && line.live.length === 0; ) {
      try {
        await this.#open(line);
      } catch (error) {
        const isRefused = error instanceof LinkError && isFinal(error);
        this.#options.onLink({
          ...{host: line.host, up: this.#up.has(line.host), detail: messageOf(error)},
          ...(isRefused ? {refused: true} : {}),
        });
        if (isRefused) break;
        await this.#pause(delayMs);
        delayMs = nextDelay(delayMs);
      }
    }
    line.reopening = false;
  }

  /** Starting a process on the host takes two round trips, and proves that more than its network is alive. */
  #beat(line: Line, live: Live): void {
    const again = () => this.#later(HEARTBEAT_MS, () => this.#beat(line, live));
    if (this.#closed || !line.live.includes(live)) return;
    const sentAt = performance.now();
    try {
      live.client.exec(':', (error, channel) => {
        if (error || !line.live.includes(live)) return again();
        this.#report(line, 'connected', (performance.now() - sentAt) / 2);
        channel.resume();
        channel.stderr.resume();
        channel.once('close', again);
      });
    } catch {
      // It has ended, and its `close` is still to come.
      this.#dropped(line, live);
    }
  }

  #later(delayMs: number, work: () => void): void {
    if (this.#closed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, delayMs);
    this.#timers.add(timer);
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise(resolve => this.#later(delayMs, resolve));
  }
}
