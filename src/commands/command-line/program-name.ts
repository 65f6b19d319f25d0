/** How this program was called, so that the commands it prints can be typed again as they are. */
import {basename, delimiter, dirname, relative} from 'node:path';
import {quoteForShell} from '../../plan/script.ts';

export type Called = {script: string; directory: string; path: string};

const NAME = 'tminus';

/** `tminus` where a shell finds it by that name; else `node dist/tminus.js`, from where one stands. */
export function programName(called: Called = asCalled()): string {
  const {script, directory, path} = called;
  const isFound = path.split(delimiter).includes(dirname(script));
  if (script === '' || (basename(script) === NAME && isFound)) return NAME;
  const near = relative(directory, script);
  return `node ${quoteForShell(near.startsWith('..') ? script : near)}`;
}

function asCalled(): Called {
  return {script: process.argv[1] ?? '', directory: process.cwd(), path: process.env['PATH'] ?? ''};
}
