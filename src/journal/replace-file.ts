/** Replaces the text of a file in one step, so that no reader ever finds half of it. */
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
 * An existing file keeps its permissions, and a link still points to it. A new file gets exactly `mode`, whatever the
 * umask. Throws when the file cannot be written; the old text is then still there.
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
