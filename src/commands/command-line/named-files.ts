/** Checklist, bindings and review as the command line names them, read but not understood yet. */
import {existsSync, readFileSync, realpathSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {EXIT} from '../../run/exit-codes.ts';
import {CommandError, systemWords} from '../command-error.ts';

/** What the command line names, read but not understood yet: a run's engine does that, while the screen is prepared. */
export type NamedFiles = {
  /** Absolute. */
  checklist: string;
  bytes: Uint8Array;
  bindingsFile?: string;
  bindingsText?: string;
};

/** The largest document that is read; every real one is a thousand times smaller. */
const CHECKLIST_BYTES_MAX = 10 * 1024 * 1024;

/** The largest bindings file that is read. */
const BINDINGS_LENGTH_MAX = 1024 * 1024;

/** The largest review that is read. */
const REVIEW_LENGTH_MAX = 16 * 1024 * 1024;

/** What cannot be read at all ends the command with 65. */
export function readNamed(checklist: string | undefined, bindings: string | undefined, command = 'run'): NamedFiles {
  if (checklist === undefined)
    throw new CommandError(EXIT.usage, `name a checklist, as in \`tminus ${command} deploy.md\``);
  const bytes = readChecklist(checklist);
  const path = realpathSync(checklist);
  const file = bindingsPath(path, bindings);
  const text = readText(file, 'bindings', BINDINGS_LENGTH_MAX);
  if (text === undefined && bindings !== undefined)
    throw new CommandError(EXIT.invalid, `there is no bindings file ${file}`);
  const named = {checklist: path, bytes};
  return text === undefined ? named : {...named, bindingsFile: file, bindingsText: text};
}

/** Absolute; the file that is read where none is named, whether it is there or not. */
export function bindingsPath(checklist: string, bindings: string | undefined): string {
  return bindings === undefined ? join(dirname(checklist), 'tminus.yaml') : resolve(bindings);
}

function readChecklist(checklist: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(checklist);
  } catch (error) {
    throw new CommandError(EXIT.invalid, `cannot read the checklist ${checklist}: ${systemWords(error)}`, {
      cause: error,
    });
  }
  if (bytes.length > CHECKLIST_BYTES_MAX) {
    throw new CommandError(
      EXIT.invalid,
      `${checklist} has ${bytes.length} bytes; a checklist may have ${CHECKLIST_BYTES_MAX}`,
    );
  }
  return bytes;
}

/** The text of a review file, not understood yet; undefined while there is none. */
export function readReviewText(path: string): string | undefined {
  return readText(path, 'review', REVIEW_LENGTH_MAX);
}

/** `what`: `bindings`, `review`. */
function readText(file: string, what: string, lengthMax: number): string | undefined {
  try {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    if (text !== undefined && text.length > lengthMax) throw new Error(`it is too large to be a ${what} file`);
    return text;
  } catch (error) {
    throw new CommandError(EXIT.invalid, `cannot read the ${what} file ${file}: ${systemWords(error)}`, {cause: error});
  }
}
