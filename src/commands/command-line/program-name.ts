/** How this program was called, so that the commands it prints can be typed again as they are; and which one it is. */
import {existsSync, readFileSync} from 'node:fs';
import {basename, delimiter, dirname, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {quoteForShell} from '../../plan/script.ts';

export type Called = {script: string; directory: string; path: string};

const NAME = 'tminus';

/** `tminus` where a shell finds it by that name; else `bin/tminus` or `node dist/tminus.js`, from where one stands. */
export function programName(called: Called = asCalled()): string {
  const {script, directory, path} = called;
  const isFound = path.split(delimiter).includes(dirname(script));
  if (script === '' || (basename(script) === NAME && isFound)) return NAME;
  const near = relative(directory, script);
  const file = quoteForShell(near.startsWith('..') ? script : near);
  if (basename(script) !== NAME) return `node ${file}`;
  // Without a slash a shell would look for it in its path.
  return file.includes('/') ? file : `./${file}`;
}

function asCalled(): Called {
  return {script: process.argv[1] ?? '', directory: process.cwd(), path: process.env['PATH'] ?? ''};
}

export type Program = {version: string; commit?: string; node: string};

/** The build writes `package.json` beside the bundle; in the sources it is the repository's, which names no commit. */
export function thisProgram(): Program {
  const places = ['./package.json', '../package.json', '../../../package.json'];
  const file = places.map(place => fileURLToPath(new URL(place, import.meta.url))).find(path => existsSync(path));
  const {version, commit} = JSON.parse(file === undefined ? '{}' : readFileSync(file, 'utf8'));
  return {version: version ?? 'unknown', ...(commit === undefined ? {} : {commit}), node: process.versions.node};
}

/** `tminus 0.1.0, commit 6a003f7, Node 24.21.0` */
export function versionLine(program: Program = thisProgram()): string {
  return `${programText(program)}, Node ${program.node}`;
}

/** `tminus 0.1.0, commit 6a003f7` */
export function programText({version, commit}: Program = thisProgram()): string {
  return `${NAME} ${version}, ${commit === undefined ? 'from its sources' : `commit ${commit}`}`;
}
