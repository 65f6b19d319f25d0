/** Where runs live on disk, and what is in the directory of one. */
import {createHash, randomBytes} from 'node:crypto';
import {chmodSync, chownSync, constants, existsSync, lstatSync, mkdirSync, realpathSync, statSync} from 'node:fs';
import {mkdir, open, readdir} from 'node:fs/promises';
import {homedir, tmpdir} from 'node:os';
import {basename, dirname, join, resolve} from 'node:path';

export type RunPlace = {id: string; directory: string};

const RUN_ID = /^\d{8}T\d{6}Z-[0-9a-f]{4}$/;
const PRIVATE_DIRECTORY = 0o700;
const PRIVATE_FILE = 0o600;
/** The group bit of the directory makes new files the group's. */
const GROUP_DIRECTORY = 0o2750;
const SOCKET_NAME = 'engine.sock';
/** `sun_path` holds 108 bytes on Linux and 104 elsewhere, the closing zero included. */
const SOCKET_PATH_BYTES_MAX = 103;

/** The root of everything T-Minus keeps: `$TMINUS_HOME`, `$XDG_STATE_HOME/tminus` or `~/.local/state/tminus`. */
export function stateHome(env: Readonly<Record<string, string | undefined>>): string {
  if (env['TMINUS_HOME']) return resolve(env['TMINUS_HOME']);
  // The XDG specification says that a relative path there is to be ignored.
  if (env['XDG_STATE_HOME']?.startsWith('/')) return join(env['XDG_STATE_HOME'], 'tminus');
  return join(env['HOME'] || homedir(), '.local', 'state', 'tminus');
}

/** `20260102T030405Z-4f2a`: sorts by time. */
export function newRunId(now: Date): string {
  const seconds = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  // Milliseconds first: also of two runs of one second the later one sorts last.
  const milliseconds = now.getUTCMilliseconds().toString(16).padStart(3, '0');
  return `${seconds}Z-${milliseconds}${randomBytes(1).toString('hex').slice(0, 1)}`;
}

/**
 * Makes `runs/RUN` with the checklist, the bindings and the review as they were; readable by this user alone.
 * Rejects when the id is taken, or when `runs` belongs to somebody else.
 */
export async function createRunDirectory(
  home: string,
  runId: string,
  files: {checklist: Uint8Array; bindings?: string; review?: string},
): Promise<string> {
  const runs = join(home, 'runs');
  await makeAll(runs);
  refuseForeign(runs);
  const directory = join(runs, runId);
  await mkdir(directory, {mode: PRIVATE_DIRECTORY});
  await mkdir(join(directory, 'spool'), {mode: PRIVATE_DIRECTORY});
  await writePrivate(join(directory, 'checklist.md'), files.checklist);
  if (files.bindings !== undefined) await writePrivate(join(directory, 'bindings.yaml'), Buffer.from(files.bindings));
  if (files.review !== undefined) await writePrivate(join(directory, 'review.yaml'), Buffer.from(files.review));
  return directory;
}

/**
 * Opens the run to a Unix group: its members may enter, attach, and read journal and spool; what holds values of the
 * bindings stays private. New files belong to the group, too. Throws what to do when members could not get there.
 */
export function shareRunDirectory(home: string, runDirectory: string, gid: number): void {
  if (socketPath(runDirectory) !== join(runDirectory, SOCKET_NAME)) {
    throw new Error(`${runDirectory} is too long for a socket that others can find: set TMINUS_HOME to a shorter path`);
  }
  // Passed through, not listed.
  for (const above of [home, join(home, 'runs')]) {
    const {mode} = statSync(above);
    if ((mode & 0o011) !== 0o011) chmodSync(above, mode | 0o011);
  }
  for (const own of [runDirectory, join(runDirectory, 'spool')]) {
    chownSync(own, -1, gid);
    chmodSync(own, GROUP_DIRECTORY);
  }
  for (let above = dirname(realpathSync(home)); ; above = dirname(above)) {
    const {mode, gid: owner} = statSync(above);
    if ((mode & (owner === gid ? 0o010 : 0o001)) === 0) {
      throw new Error(`the group cannot get through ${above}: set TMINUS_HOME to a directory that it can reach`);
    }
    if (above === dirname(above)) return;
  }
}

/** What an engine prints that was started before the directory of its run is there. */
export function logAhead(runDirectory: string): string {
  return `${runDirectory}.log`;
}

/** Oldest first. */
export async function listRuns(home: string): Promise<readonly RunPlace[]> {
  const runs = join(home, 'runs');
  const entries = await readdir(runs, {withFileTypes: true}).catch(() => []);
  const ids = entries.filter(entry => entry.isDirectory() && RUN_ID.test(entry.name)).map(entry => entry.name);
  return ids.sort().map(id => ({id, directory: join(runs, id)}));
}

/**
 * The run of that id, or of the only id that begins or ends so; without one, the newest. A path names the directory of
 * a run wherever it is: one of another account, for a group.
 */
export async function findRun(home: string, id: string | undefined): Promise<RunPlace | undefined> {
  const direct = id === undefined ? undefined : resolve(id.includes('/') ? id : join(home, 'runs', id));
  if (direct !== undefined && RUN_ID.test(basename(direct)) && existsSync(direct)) {
    return {id: basename(direct), directory: direct};
  }
  const runs = await listRuns(home);
  if (id === undefined) return runs.findLast(hasBegun);
  const alike = runs.filter(run => run.id.startsWith(id) || run.id.endsWith(`-${id}`));
  return runs.find(run => run.id === id) ?? (alike.length === 1 ? alike[0] : undefined);
}

/**
 * The engine's socket. Normally `engine.sock` in the run directory; where that path is too long for a Unix socket,
 * a name made from it in a directory of this user's own under `$XDG_RUNTIME_DIR` or the temporary directory.
 */
export function socketPath(
  runDirectory: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const usual = join(runDirectory, SOCKET_NAME);
  if (Buffer.byteLength(usual) <= SOCKET_PATH_BYTES_MAX) return usual;
  const name = `${createHash('sha256').update(runDirectory).digest('hex').slice(0, 24)}.sock`;
  const homes = [env['XDG_RUNTIME_DIR'], tmpdir(), '/tmp'].filter(path => path?.startsWith('/')) as string[];
  for (const home of homes) {
    const directory = join(home, `tminus-${process.getuid?.() ?? 0}`);
    if (Buffer.byteLength(join(directory, name)) > SOCKET_PATH_BYTES_MAX) continue;
    mkdirSync(directory, {recursive: true, mode: PRIVATE_DIRECTORY});
    refuseForeign(directory);
    return join(directory, name);
  }
  throw new Error(`no directory is short enough for the socket of ${runDirectory}`);
}

/** One that was refused has no journal: `tminus rollback` must not take it for the run to roll back. */
function hasBegun({directory}: RunPlace): boolean {
  return existsSync(join(directory, 'journal.ndjson'));
}

/**
 * `mkdir -p`. The one of Node tries for ever when a directory is refused as if its parent were missing, as below /proc.
 */
async function makeAll(directory: string): Promise<void> {
  try {
    await mkdir(directory, {mode: PRIVATE_DIRECTORY});
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || existsSync(dirname(directory))) throw error;
    await makeAll(dirname(directory));
    await makeAll(directory);
  }
}

/** Nobody but its owner may have written what an engine goes on with. Throws what is wrong. */
export function refuseForeignRun(runDirectory: string): void {
  refuseForeign(dirname(runDirectory));
  refuseForeign(runDirectory);
}

/** In a shared place somebody else may have made the directory first, to read or replace what is put there. */
export function refuseForeign(path: string): void {
  const found = lstatSync(path);
  const mine = process.getuid?.() ?? found.uid;
  if (!found.isDirectory()) throw new Error(`${path} is not a directory`);
  if (found.uid !== mine) throw new Error(`${path} belongs to another user (uid ${found.uid})`);
  if ((found.mode & 0o022) !== 0) throw new Error(`${path} can be written by others: chmod go-w it`);
}

async function writePrivate(path: string, content: Uint8Array): Promise<void> {
  const {O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY} = constants;
  await using file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, PRIVATE_FILE);
  await file.writeFile(content);
  await file.sync();
}

/** Names of sources come from documents and bindings: they may hold anything, and be of any length. */
const NAME_LENGTH_MAX = 100;

/** `spool/SOURCE.log`; what does not fit a file name is percent-encoded. Different sources never share a file. */
export function spoolPath(runDirectory: string, source: string): string {
  return join(runDirectory, 'spool', `${fileName(source)}.log`);
}

/** `spool/SOURCE.times`: when its lines came. */
export function spoolTimesPath(runDirectory: string, source: string): string {
  return join(runDirectory, 'spool', `${fileName(source)}.times`);
}

function fileName(source: string): string {
  const encoded = encodeURIComponent(source.toWellFormed())
    .replace(/[!'()*~]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/^\./, '%2E');
  if (encoded.length <= NAME_LENGTH_MAX) return encoded || '%';
  const hash = createHash('sha256').update(source).digest('hex').slice(0, 16);
  return `${encoded.slice(0, NAME_LENGTH_MAX - 17)}~${hash}`;
}
