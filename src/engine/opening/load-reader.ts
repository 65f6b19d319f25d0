/** The reader of documents: a third of the program, needed for one reading, and let go after it. */
import {existsSync} from 'node:fs';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {loadCompiled} from './compile-cache.ts';

type Reader = Pick<typeof import('./load-plan.ts'), 'loadPlan' | 'readBindings' | 'bindingsOf'>;

/** In a build it stands in a file of its own, as a program that can be let go: what is imported stays for good. */
const FILES = ['./reader.program.js', '../reader.program.js'].map(path =>
  fileURLToPath(new URL(path, import.meta.url)),
);

let reader: Reader | undefined;

export async function openReader(): Promise<Reader> {
  const file = FILES.find(path => existsSync(path));
  // Sources that are run as they are.
  if (file === undefined) return await import('./load-plan.ts');
  reader ??= load(file);
  return reader;
}

type Load = (exports: object, require: NodeJS.Require, module: {exports: object}) => void;

function load(file: string): Reader {
  const module = {exports: {}};
  (loadCompiled(file) as Load)(module.exports, createRequire(file), module);
  return module.exports as Reader;
}

/** With all of its words and expressions, some ten megabytes. Whoever needs it again loads it again. */
export function closeReader(): void {
  reader = undefined;
  // Zod keeps settings and a registry there, and with their functions the whole module.
  for (const name of Object.keys(globalThis)) if (name.startsWith('__zod_')) Reflect.deleteProperty(globalThis, name);
}
