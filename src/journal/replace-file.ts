/** Puts a whole new text in the place of a file, so that nobody ever finds half of it. */
import {randomBytes} from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';

/**
 * A file that exists keeps its permissions, and a link goes on pointing to it; `mode` is for a new one, whatever the umask.
 * Throws what keeps it from being written; then the file is as it was.
 */
export function replaceFile(path: string, text: string, mode: number): void {
  const isThere = existsSync(path);
  const target = isThere ? realpathSync(path) : path;
  const draft = `${target}.${randomBytes(4).toString('hex')}.new`;
  try {
    const file = openSync(draft, 'wx', mode);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    chmodSync(draft, isThere ? statSync(target).mode & 0o777 : mode);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, {force: true});
    throw error;
  }
}
