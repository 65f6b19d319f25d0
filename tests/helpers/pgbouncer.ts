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

export async function startPgbouncer({port: target, user, password}: Postgres) {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-pgbouncer-'));
  chmodSync(directory, 0o755);
  const port = await freePort();
  const file = join(directory, 'pgbouncer.ini');
  writeFileSync(
    file,
    `[databases]
postgres = host=127.0.0.1 port=${target} user=${user} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
`,
  );
  // It refuses to run as root.
  const asUser = userInfo().uid === 0 ? ['-u', user] : [];
  const child: ChildProcess = spawn('pgbouncer', [...asUser, file], {stdio: 'ignore'});
  await waitForPort(port);
  return {
    url: `postgresql://${user}@127.0.0.1:${port}/postgres`,
    stop() {
      child.kill('SIGKILL');
      rmSync(directory, {recursive: true, force: true});
    },
  };
}
