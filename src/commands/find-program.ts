/** Programs of this machine, as its PATH finds them. */
import {accessSync, constants, statSync} from 'node:fs';
import {delimiter, join} from 'node:path';

/** Its path; undefined where there is none. */
export function findProgram(
  {PATH = ''}: Readonly<Record<string, string | undefined>>,
  name: string,
): string | undefined {
  const places = PATH.split(delimiter).filter(place => place !== '');
  return places.map(place => join(place, name)).find(path => may(path, constants.X_OK) && statSync(path).isFile());
}

/** Whether this user may do that with a file; `mode` as for access(2). */
export function may(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
