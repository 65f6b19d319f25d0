/** Builds the program once before the tests. */
import {execFileSync} from 'node:child_process';

const BUILT = Symbol.for('tminus: built for these tests');

/** The end-to-end tests run the built program, as a user does. Each project of tests asks for it, in one process. */
export default function buildOnce(): void {
  if (Reflect.get(globalThis, BUILT) === true) return;
  execFileSync(process.execPath, ['.tools/build.mjs'], {stdio: 'inherit'});
  Reflect.set(globalThis, BUILT, true);
}
