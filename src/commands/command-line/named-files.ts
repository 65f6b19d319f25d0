/** Checklist and bindings as the command line names them, read but not understood yet. */
import {existsSync, readFileSync, realpathSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {EXIT} from '../../run/exit-codes.ts';
import {CommandError, orEndWith} from '../command-error.ts';

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

/** What cannot be read at all ends the command with 65. */
export function readNamed(checklist: string | undefined, bindings: string | undefined, command = 'run'): NamedFiles {
  if (checklist === undefined)
    throw new CommandError(EXIT.usage, `name a checklist, as in \`tminus ${command} deploy.md\``);
  const bytes = readChecklist(checklist);
  const path = realpathSync(checklist);
  const file = bindings === undefined ? join(dirname(path), 'tminus.yaml') : resolve(bindings);
  const text = readBindings(file, bindings !== undefined);
  const named = {checklist: path, bytes};
  return text === undefined ? named : {...named, bindingsFile: file, bindingsText: text};
}

function readChecklist(checklist: string): Uint8Array {
  const bytes = orEndWith(EXIT.invalid, `cannot read the checklist ${checklist}`, () => readFileSync(checklist));
  if (bytes.length > CHECKLIST_BYTES_MAX) {
    throw new CommandError(
      EXIT.invalid,
      `${checklist} has ${bytes.length} bytes; a checklist may have ${CHECKLIST_BYTES_MAX}`,
    );
  }
  return bytes;
}

function readBindings(file: string, isNamed: boolean): string | undefined {
  if (!existsSync(file)) {
    if (isNamed) throw new CommandError(EXIT.invalid, `there is no bindings file ${file}`);
    return undefined;
  }
  return orEndWith(EXIT.invalid, `cannot read the bindings ${file}`, () => {
    const text = readFileSync(file, 'utf8');
    if (text.length > BINDINGS_LENGTH_MAX) throw new Error('it is too large to be bindings');
    return text;
  });
}
