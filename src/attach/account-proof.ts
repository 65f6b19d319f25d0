/** Proves to the engine who connects: which account is at the other end of the socket. */
import {createHash} from 'node:crypto';
import {
  type BigIntStats,
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import {dirname, join} from 'node:path';

/** Members of the group may make files there, and only their maker (or the engine) may take them away. */
const SHARED_DIRECTORY = 0o1770;
const PRIVATE_DIRECTORY = 0o700;
/** Readable for the engine, which may be another account than the console. */
const PROOF_FILE = 0o644;
const NONCE = /^[0-9a-f]{32}$/;
/** Time stamps of files come from a coarser clock. */
const CLOCK_SLACK_MS = 2000;

/**
 * Makes the directory in which consoles show who they are. `shared`: for the group that it has inherited.
 *
 * Node does not tell the account at the other end of a socket, so the engine asks for a file: it names a nonce, the
 * console makes a file of that name in this directory beside the socket, and the kernel says whose file it is.
 * Another person's file that is linked or moved in has a second link, or lacks the content, which is bound to this very
 * directory: an answer that was given to another engine is none here.
 */
export function prepareArrivals(socketPath: string, shared: boolean): void {
  const directory = arrivalsBeside(socketPath);
  mkdirSync(directory, {recursive: true, mode: PRIVATE_DIRECTORY});
  const found = lstatSync(directory);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) throw new Error(`${directory} is not of our making`);
  chmodSync(directory, shared ? SHARED_DIRECTORY : PRIVATE_DIRECTORY);
}

/** The console's part. Returns why it cannot be done, or nothing. */
export function leaveProof(socketPath: string, nonce: string): string | undefined {
  const directory = arrivalsBeside(socketPath);
  const {O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY} = constants;
  try {
    // Whatever calls itself an engine must not make a console write anywhere else.
    if (!NONCE.test(nonce)) return 'the engine asked for something that is no nonce';
    const place = lstatSync(directory, {bigint: true});
    if (!place.isDirectory()) return `${directory} is no directory`;
    const file = openSync(join(directory, nonce), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, PROOF_FILE);
    try {
      fchmodSync(file, PROOF_FILE);
      writeSync(file, proofText(place, nonce));
    } finally {
      closeSync(file);
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The engine's part: whose file it is, or why it proves nothing. The file is gone afterwards. */
export function readProof(socketPath: string, nonce: string, askedAt: number): {uid: number} | {failure: string} {
  const directory = arrivalsBeside(socketPath);
  const path = join(directory, nonce);
  try {
    const failure = oddness(lstatSync(path, {bigint: true}), askedAt);
    if (failure !== undefined) return {failure};
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(file, {bigint: true});
      const expected = Buffer.from(proofText(lstatSync(directory, {bigint: true}), nonce));
      const found = Buffer.alloc(expected.length + 1);
      const read = readSync(file, found, 0, found.length, 0);
      if (!found.subarray(0, read).equals(expected)) return {failure: 'its content was made for something else'};
      const late = oddness(stats, askedAt);
      return late === undefined ? {uid: Number(stats.uid)} : {failure: late};
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return {failure: error instanceof Error ? error.message : String(error)};
  } finally {
    dropProof(socketPath, nonce);
  }
}

export function dropProof(socketPath: string, nonce: string): void {
  try {
    unlinkSync(join(arrivalsBeside(socketPath), nonce));
  } catch {
    // Never made; or something that is no file, which proves nothing and harms nobody.
  }
}

function arrivalsBeside(socketPath: string): string {
  return join(dirname(socketPath), 'arrivals');
}

function oddness(stats: BigIntStats, askedAt: number): string | undefined {
  if (!stats.isFile()) return 'it is not a plain file';
  if (stats.nlink !== 1n) return 'it has another name elsewhere';
  if ((stats.mode & 0o022n) !== 0n) return 'others than its owner may write it';
  const since = askedAt - CLOCK_SLACK_MS;
  const isOld = stats.mtimeMs < since || stats.ctimeMs < since;
  return isOld ? 'it was there before it was asked for' : undefined;
}

/** Device and inode name the directory as no path can: nobody can make another one that has them. */
function proofText({dev, ino}: BigIntStats, nonce: string): string {
  return createHash('sha256').update(`tminus arrival ${dev}:${ino} ${nonce}`).digest('hex');
}
