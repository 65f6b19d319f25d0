/** Where the files are that ship with the rehearsal. */
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/** Relative to this module: in the sources; in a bundle, beside it or one folder up; in a clone's bundle, the sources again. */
const places = ['.', 'rehearsal', '..', '../rehearsal', '../src/rehearsal', '../../src/rehearsal'];

/** Path of a file or folder that ships with the rehearsal; of several names, the first that is there. */
export function assetPath(...names: readonly [string, ...string[]]): string {
  const paths = names.flatMap(name => places.map(place => fileURLToPath(new URL(`${place}/${name}`, import.meta.url))));
  const found = paths.find(path => existsSync(path));
  if (!found) throw new Error(`the rehearsal's ${names[0]} is missing from this installation`);
  return found;
}
