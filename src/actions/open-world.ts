/** The real world: shells here and on hosts, databases and HTTP, over pooled connections. */
import type {DatabaseBinding} from '../plan/bindings.ts';
import type {Place} from '../plan/plan.ts';
import {follow} from './follow.ts';
import {exchange} from './http.ts';
import {perform, type Reach} from './perform.ts';
import {proveAll} from './prove.ts';
import {localShell, type Shell} from './shell.ts';
import {quote} from './shell-quote.ts';
import {inDirectory, runShort} from './short-command.ts';
import {querySql, type Tunnel} from './sql.ts';
import {openShells} from './ssh.ts';
import {type Lane, openConnections} from './ssh-connections.ts';
import {forward} from './ssh-dial.ts';
import type {World, WorldOptions} from './world.ts';

const LOCAL = 'local';
const LOST_AFTER_MS = 15 * 60_000;

export function openWorld(options: WorldOptions): World {
  const {bindings, directory, lostAfterMs = LOST_AFTER_MS} = options;
  const connections = openConnections(options);
  const shells = openShells(connections);
  const here = localShell(directory, options.jobsDirectory);
  const follows = new Set<{close(): void}>();

  function destinationOf(host: string): string {
    return bindings.hosts[host]?.destination ?? host;
  }

  function shellOf(place: Place, lane: Lane): Shell {
    if (place.kind === 'local') return here;
    const destination = bindings.hosts[place.host]?.destination ?? place.destination;
    return destination === LOCAL ? here : shells.to(place.host, destination, lane);
  }

  function homeOf(place: Place): string | undefined {
    return place.kind === 'local' ? undefined : bindings.hosts[place.host]?.directory;
  }

  function databaseOf(name: string): DatabaseBinding | undefined {
    if (name !== '') return bindings.databases[name];
    const all = Object.values(bindings.databases);
    return all.find(one => one.default) ?? (all.length === 1 ? all[0] : undefined);
  }

  function tunnelOf({via}: DatabaseBinding): Tunnel | undefined {
    const destination = via === undefined ? LOCAL : destinationOf(via);
    if (via === undefined || destination === LOCAL) return undefined;
    return async (host, port) => {
      const lease = await connections.lease(via, destination, 'main');
      try {
        const stream = await forward(lease.client, host, port);
        stream.once('close', lease.release);
        return stream;
      } catch (error) {
        lease.release();
        throw error;
      }
    };
  }

  const reach: Reach = {
    shellOf,
    databaseOf,
    tunnelOf,
    lostAfterMs,
    follow: (place, what, source, sink) => world.follow(place, what, source, sink),
  };

  const world: World = {
    perform: (request, sink, signal) => perform(request, reach, sink, signal),
    prove: (place, lane, proofs) =>
      proofs.length === 0 ? Promise.resolve({}) : proveAll(shellOf(place, lane), homeOf(place), proofs),
    async capture(place, command, timeoutMs) {
      const {code, output, errors} = await runShort(
        shellOf(place, 'main'),
        inDirectory(homeOf(place), `eval ${quote(command)}`),
        timeoutMs,
      );
      return {code, output: code === 0 ? output : output + errors};
    },
    follow(place, what, source, sink) {
      const one = follow(shellOf(place, 'main'), homeOf(place), what, chunk => sink(source, chunk));
      follows.add(one);
      return {
        close() {
          follows.delete(one);
          one.close();
        },
      };
    },
    async measure(request, timeoutMs) {
      const answer = await exchange(request, timeoutMs);
      if ('error' in answer) return {error: answer.error};
      return {status: answer.status, body: answer.body, totalMs: answer.timing.totalMs};
    },
    async query(name, sql, timeoutMs) {
      const database = databaseOf(name);
      if (database === undefined) return {error: `no database is called ${name}`};
      return await querySql(database, sql, timeoutMs, tunnelOf(database));
    },
    reserve(hosts) {
      for (const host of hosts) {
        const destination = destinationOf(host);
        if (destination !== LOCAL) connections.keep(host, destination, 'rollback');
      }
    },
    async close() {
      for (const one of follows) one.close();
      await connections.close();
    },
  };
  return world;
}
