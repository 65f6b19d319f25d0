/** A real pgbouncer before a PostgreSQL, pooling by transaction as hosted databases do. */
import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {freePort, waitForPort} from './ports.ts';
import type {Postgres} from './postgres.ts';

export const pgbouncerMissing = !isInstalled();

function isInstalled(): boolean {
  try {
    execFileSync('pgbouncer', ['--version'], {stdio: 'ignore'});
    return true;
  } catch {
    return false;
  }
}

/** `people`: who comes in with which password, as whom; without it everybody comes as the owner. */
type Pooling = {address?: string; people?: Readonly<Record<string, string>>};

export async function startPgbouncer(
  {port: target, user, password}: Postgres,
  {address = '127.0.0.1', people}: Pooling = {},
) {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-pgbouncer-'));
  chmodSync(directory, 0o755);
  const port = await freePort();
  const file = join(directory, 'pgbouncer.ini');
  const names = Object.entries(people ?? {}).map(([name, own]) => `"${name}" "${own}"\n`);
  writeFileSync(join(directory, 'people'), names.join(''));
  writeFileSync(
    file,
    `[databases]
postgres = host=127.0.0.1 port=${target}${people === undefined ? ` user=${user} password=${password}` : ''}
[pgbouncer]
listen_addr = ${address}
listen_port = ${port}
unix_socket_dir =
auth_type = ${people === undefined ? 'any' : 'plain'}
auth_file = ${join(directory, 'people')}
pool_mode = transaction
`,
  );
  // It refuses to run as root.
  const asUser = userInfo().uid === 0 ? ['-u', user] : [];
  const child: ChildProcess = spawn('pgbouncer', [...asUser, file], {stdio: 'ignore'});
  await waitForPort(port, undefined, address);
  return {
    port,
    url: `postgresql://${user}@${address}:${port}/postgres`,
    stop() {
      child.kill('SIGKILL');
      rmSync(directory, {recursive: true, force: true});
    },
  };
}
