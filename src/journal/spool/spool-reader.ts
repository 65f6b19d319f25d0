/** The console's side of the spool: log text by source and line number, straight from the files. */
import {existsSync} from 'node:fs';
import type {LogText} from '../../text/log-text.ts';
import {spoolPath, spoolTimesPath} from '../run-directory.ts';
import {beginningOf} from './file-pieces.ts';
import {createDensity} from './line-density.ts';
import {type LineFile, openLineFile} from './line-file.ts';
import {findLine} from './line-search.ts';
import {createTally} from './line-tally.ts';
import {lineAfter, momentAt, momentsOf} from './line-times.ts';

export type SpoolReader = LogText & {
  /** As of the last `refresh` (or the first use). */
  lines(source: string): number;
  /** Takes in what the files have grown by. */
  refresh(): void;
  close(): void;
};

/** How much of one file one `refresh` reads: a tenth of a second. A larger file takes several. */
const REFRESH_BYTES_MAX = 64 * 1024 * 1024;

export function openSpoolReader(runDirectory: string): SpoolReader {
  const files = new Map<string, LineFile>();

  function fileOf(source: string): LineFile | undefined {
    const known = files.get(source);
    if (known !== undefined) return known;
    const opened = openLineFile(spoolPath(runDirectory, source));
    if (opened === undefined) return undefined;
    files.set(source, opened);
    opened.refresh(REFRESH_BYTES_MAX);
    return opened;
  }

  return {
    read(source, from, count) {
      const file = fileOf(source);
      if (file === undefined) return [];
      // Lines that are announced but not taken in yet.
      if (from + count > file.lines()) file.refresh();
      return file.read(from, count);
    },
    async find(source, pattern, from, direction, limit) {
      const file = fileOf(source);
      if (file === undefined) return undefined;
      file.refresh();
      return await findLine(file, pattern, {from, direction, limit});
    },
    tally(source, pattern) {
      const file = fileOf(source);
      return file && createTally(file, pattern);
    },
    density(source, patterns) {
      const file = fileOf(source);
      return file && createDensity(file, patterns);
    },
    lineAt: (source, at) => momentAt(spoolTimesPath(runDirectory, source), at),
    lineAfter: (source, at) => lineAfter(spoolTimesPath(runDirectory, source), at),
    moments: source => momentsOf(spoolTimesPath(runDirectory, source)),
    fileOf(source) {
      const path = spoolPath(runDirectory, source);
      return existsSync(path) && beginningOf(path).line === 0 ? path : undefined;
    },
    lines: source => fileOf(source)?.lines() ?? 0,
    refresh() {
      for (const file of files.values()) file.refresh(REFRESH_BYTES_MAX);
    },
    close() {
      for (const file of files.values()) file.close();
      files.clear();
    },
  };
}
