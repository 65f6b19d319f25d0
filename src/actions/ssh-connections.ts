/**
 * Connections to hosts, one per host and lane, kept open once they were needed: the rollback must not have to log in.
 * When a connection has as many sessions as a server usually allows, another is opened beside it.
 */
import type {Client} from 'ssh2';
import {isFinal, LinkError, messageOf} from './link-error.ts';
import {type DialOptions, dial} from './ssh-dial.ts';
import type {WorldOptions} from './world.ts';

export type Lane = 'main' | 'rollback';

export type Connections = {
  /** A connection with room for one more session. Throws `LinkError`. */
  lease(host: string, destination: string, lane: Lane): Promise<Lease>;
  /** Opens the connection now and keeps it open, trying again until closed. */
  keep(host: string, destination: string, lane: Lane): void;
  close(): Promise<void>;
};

/** `release` once the session is over. */
export type Lease = {client: Client; release(): void};

type Live = {client: Client; sessions: number};
type Line = {host: string; destination: string; live: Live[]; opening?: Promise<Live>; reopening: boolean};

/** OpenSSH allows 10 sessions on a connection (MaxSessions); one is for the waiting shell, one for the heartbeat. */
const SESSIONS_MAX = 8;
const BACKOFF_MS_MIN = 1000;
const BACKOFF_MS_MAX = 15_000;
const HEARTBEAT_MS = 10_000;

export function openConnections({bindings, onLink, onUnknownHostKey}: WorldOptions): Connections {
  const lines = new Map<string, Line>();
  const up = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  function lineTo(host: string, destination: string, lane: Lane): Line {
    const key = `${lane} ${host}`;
    const line = lines.get(key) ?? {host, destination, live: [], reopening: false};
    lines.set(key, line);
    return line;
  }

  async function open(line: Line): Promise<Live> {
    if (closed) throw new LinkError('unreachable', 'tminus is closing its connections');
    line.opening ??= connect(line).finally(() => {
      delete line.opening;
    });
    return await line.opening;
  }

  async function connect(line: Line): Promise<Live> {
    const client = await dial(line.destination, dialOptions(line.host));
    if (closed) {
      client.end();
      throw new LinkError('unreachable', 'tminus is closing its connections');
    }
    const live: Live = {client, sessions: 0};
    line.live.push(live);
    client.once('close', () => dropped(line, live));
    report(line, 'connected');
    if (line.live.length === 1) beat(line, live);
    return live;
  }

  function dialOptions(host: string): DialOptions {
    const config = bindings.hosts[host]?.config;
    return {...(config === undefined ? {} : {config}), ...(onUnknownHostKey === undefined ? {} : {onUnknownHostKey})};
  }

  /** A host is up while one lane is. Latency is news even when nothing else has changed. */
  function report({host}: Line, detail: string, latencyMs?: number): void {
    const isUp = [...lines.values()].some(line => line.host === host && line.live.length > 0);
    const changed = isUp !== up.has(host);
    if (isUp) up.add(host);
    else up.delete(host);
    if (closed || (!changed && latencyMs === undefined)) return;
    onLink({host, up: isUp, detail, ...(latencyMs === undefined ? {} : {latencyMs: Math.round(latencyMs)})});
  }

  function dropped(line: Line, live: Live): void {
    line.live = line.live.filter(one => one !== live);
    if (closed || line.live.length > 0) return;
    report(line, 'link lost');
    void reopen(line);
  }

  /** What waits for this connection may open it sooner; this keeps trying when nothing does. */
  async function reopen(line: Line): Promise<void> {
    if (line.reopening) return;
    line.reopening = true;
    for (
      let delayMs = BACKOFF_MS_MIN;
      !closed && line.live.length === 0;
      delayMs = Math.min(delayMs * 2, BACKOFF_MS_MAX)
    ) {
      try {
        await open(line);
      } catch (error) {
        if (error instanceof LinkError && isFinal(error)) {
          onLink({host: line.host, up: up.has(line.host), detail: messageOf(error)});
          break;
        }
        await pause(delayMs);
      }
    }
    line.reopening = false;
  }

  /** Starting a process on the host takes two round trips, and proves that more than its network is alive. */
  function beat(line: Line, live: Live): void {
    const again = () => later(HEARTBEAT_MS, () => beat(line, live));
    if (closed || !line.live.includes(live)) return;
    const sentAt = performance.now();
    live.client.exec(':', (error, channel) => {
      if (error || !line.live.includes(live)) return again();
      report(line, 'connected', (performance.now() - sentAt) / 2);
      channel.resume();
      channel.stderr.resume();
      channel.once('close', again);
    });
  }

  function later(delayMs: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, delayMs);
    timers.add(timer);
  }

  function pause(delayMs: number): Promise<void> {
    return new Promise(resolve => later(delayMs, resolve));
  }

  function leaseOf(line: Line, live: Live): Lease {
    live.sessions += 1;
    let held = true;
    return {
      client: live.client,
      release() {
        if (!held) return;
        held = false;
        live.sessions -= 1;
        // Only the first connection is kept when nothing uses it.
        if (live.sessions === 0 && line.live[0] !== live) live.client.end();
      },
    };
  }

  return {
    async lease(host, destination, lane) {
      const line = lineTo(host, destination, lane);
      for (;;) {
        const free = line.live.find(one => one.sessions < SESSIONS_MAX);
        if (free !== undefined) return leaseOf(line, free);
        await open(line);
      }
    },
    keep(host, destination, lane) {
      const line = lineTo(host, destination, lane);
      if (line.live.length === 0) void reopen(line);
    },
    async close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      const clients = [...lines.values()].flatMap(line => line.live.map(live => live.client));
      await Promise.all(clients.map(endClient));
    },
  };
}

const GOODBYE_MS = 1000;

/** A link that is already dead never answers the goodbye. */
async function endClient(client: Client): Promise<void> {
  await new Promise<void>(resolve => {
    const timer = setTimeout(() => {
      client.destroy();
      resolve();
    }, GOODBYE_MS);
    client.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    client.end();
  });
}
