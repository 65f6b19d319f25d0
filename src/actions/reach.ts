/** How the names of the bindings are got at: a place's shell, a host's destination, a database and the way to it. */
import {type DatabaseBinding, onlyDatabase} from '../plan/plan.ts';
import type {Place} from '../plan/script.ts';
import {compact} from '../text/compact.ts';
import {type CurlSetting, settingHere, settingOf} from './http/curl-setting.ts';
import type {Way} from './http/request-route.ts';
import {sudoPasswords} from './jobs/sudo.ts';
import {LinkError} from './link-error.ts';
import type {Answers} from './remembered-answers.ts';
import {localShell, type Shell} from './shell.ts';
import type {Tunnel} from './sql/stream.ts';
import type {Connections, Lane} from './ssh/connection-pool.ts';
import {openShells} from './ssh/ssh-shell.ts';
import {type OnWait, untilReached} from './until-reached.ts';
import type {WorldOptions} from './world.ts';

export type Reach = {
  shellOf(place: Place, lane: Lane): Shell;
  /** What leads to what the place can reach. */
  wayOf(place: Place, lane: Lane): Way;
  /** Where short commands start: the host's bound directory. */
  homeOf(place: Place): string | undefined;
  /** Absent when the host is this machine. */
  destinationOf(host: string): string | undefined;
  /** The empty name is the default database, or the only one. */
  databaseOf(name: string): DatabaseBinding | undefined;
  /** Absent when the database is reached straight from here. */
  tunnelOf(database: DatabaseBinding): Tunnel | undefined;
  /** Waits until there is a connection to a host, where its link is lost. Throws `LinkError` when there is none in time. */
  reached(place: Place, lane: Lane, signal: AbortSignal, onWait?: OnWait): Promise<void>;
};

/** As a destination: this machine is the host. */
const LOCAL = 'local';

export function reachThrough(
  connections: Connections,
  {bindings, directory, jobsDirectory, umask, fence}: WorldOptions,
  answers: Answers,
): Reach {
  const withSudo = (shell: Shell): Shell => ({
    ...shell,
    ...compact({fence}),
    sudo: sudoPasswords(answers, shell.name),
  });
  const here = withSudo(localShell(compact({directory, jobsDirectory, umask})));
  const shells = openShells(connections);
  const destinationOf = (host: string, written = host) => {
    const destination = bindings.hosts[host]?.destination ?? written;
    return destination === LOCAL ? undefined : destination;
  };
  const settingOfHere = settingHere();
  const settings = new Map<string, CurlSetting>();
  const shellOf = (place: Place, lane: Lane): Shell => {
    if (place.kind === 'local') return here;
    if (bindings.hosts[place.host]?.group !== undefined) return manyHosts(place.host);
    const destination = destinationOf(place.host, place.destination);
    if (destination === undefined) return here;
    const shell = withSudo(shells.to(place.host, destination, lane));
    return lane === 'rollback' ? shell : {...shell, standby: () => standbyOf(place.host, destination)};
  };
  const standbyOf = (host: string, destination: string) =>
    connections.isOpen(host, 'rollback') ? withSudo(shells.to(host, destination, 'rollback')) : undefined;
  return {
    destinationOf: host => destinationOf(host),
    shellOf,
    wayOf(place, lane) {
      const shell = shellOf(place, lane);
      if (place.kind === 'local') return {shell, setting: settingOfHere};
      const {host} = place;
      const destination = destinationOf(host, place.destination);
      if (destination === undefined) return {shell, setting: settingOfHere};
      // Each lane looks for itself: the other's connection may hang.
      const key = `${lane} ${host}`;
      const setting = settings.get(key) ?? settingOf(shell);
      settings.set(key, setting);
      return {shell, setting, lease: () => connections.lease(host, destination, lane)};
    },
    homeOf: place => (place.kind === 'local' ? undefined : bindings.hosts[place.host]?.directory),
    databaseOf(name) {
      const wanted = name === '' ? onlyDatabase(bindings.databases) : name;
      return wanted === undefined ? undefined : bindings.databases[wanted];
    },
    tunnelOf({via}) {
      const destination = via === undefined ? undefined : destinationOf(via);
      return via === undefined || destination === undefined ? undefined : tunnel(connections, via, destination);
    },
    async reached(place, lane, signal, onWait) {
      if (place.kind === 'local') return;
      const {host} = place;
      const destination = destinationOf(host, place.destination);
      if (destination === undefined) return;
      const connect = () => connections.lease(host, destination, lane);
      const lease = await untilReached(connect, {isAway: () => connections.isAway(host, lane)}, signal, onWait);
      lease.release();
    },
  };
}

/** For what can only be asked of one host. */
function manyHosts(name: string): Shell {
  const words = `${name} is a group of hosts, and this is asked of one host`;
  return {name, start: async () => Promise.reject(new LinkError('unsupported', words))};
}

function tunnel(connections: Connections, via: string, destination: string): Tunnel {
  return async (host, port) => {
    const lease = await connections.lease(via, destination, 'main');
    try {
      const {forward} = await import('./ssh/dial.ts');
      const stream = await forward(lease.client, host, port);
      stream.once('close', lease.release);
      return stream;
    } catch (error) {
      lease.release();
      throw error;
    }
  };
}
