/** Builds the program once before the tests. */
import {execFileSync} from 'node:child_process';

/** The end-to-end tests run the built program, as a user does. */
export default function buildOnce(): void {
  execFileSync(process.execPath, ['.tools/build.mjs'], {stdio: 'inherit'});
}
