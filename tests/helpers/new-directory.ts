/** A directory whose name may stand in a checklist: two random capitals can read as if they stood for something else. */
import {randomBytes} from 'node:crypto';
import {mkdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** For this account alone, and for the caller to remove. */
export function newDirectory(prefix: string, place = tmpdir()): string {
  const path = join(place, `${prefix}${randomBytes(4).toString('hex')}`);
  mkdirSync(path, {mode: 0o700});
  return path;
}
