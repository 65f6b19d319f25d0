import {accessSync, constants, realpathSync} from 'node:fs';
import {basename, delimiter, dirname, isAbsolute, relative, resolve} from 'node:path';
import {shellWord} from '../report/command-text.ts';

/** How whoever reads this started the program, so that a command with it can be pasted into the same shell. */
export function programName(): string {
  return programNameFor(process.argv[1] ?? '', process.cwd(), process.env['PATH'] ?? '');
}

export function programNameFor(program: string, directory: string, path: string): string {
  const name = basename(program);
  if (name === '' || path.split(delimiter).some(folder => folder !== '' && isSame(resolve(folder, NAME), program)))
    return NAME;
  const near = relative(directory, program);
  const shown =
    near === '' || near.startsWith('../..') || isAbsolute(near) ? program : dirname(near) === '.' ? `./${near}` : near;
  return isExecutable(program) ? shellWord(shown) : `node ${shellWord(shown)}`;
}

const NAME = 'tminus';

function isSame(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
