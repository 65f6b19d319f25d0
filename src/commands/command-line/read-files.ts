/** Whether files are still as they were when they were read. */
import {statSync} from 'node:fs';
import {basename} from 'node:path';

/** `changed`: the name of the first file that another program has written since it was noted. */
export type ReadFiles = {note(): void; changed(): string | undefined};

/** Noted at once. A file that is not there is as it was while it is not there. */
export function readFiles(paths: readonly string[]): ReadFiles {
  let noted = paths.map(stampOf);
  return {
    note() {
      noted = paths.map(stampOf);
    },
    changed() {
      const path = paths.find((each, index) => stampOf(each) !== noted[index]);
      return path === undefined ? undefined : basename(path);
    },
  };
}

function stampOf(path: string): string {
  const stat = statSync(path, {throwIfNoEntry: false});
  return stat === undefined ? '' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}
