/** Names of the files of the spool. */
import {createHash} from 'node:crypto';
import {join} from 'node:path';

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
