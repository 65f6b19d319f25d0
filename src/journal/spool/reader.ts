/** The console's side of the spool: log text by source and line number, straight from the files. */
import {existsSync} from 'node:fs';
import type {Pattern} from '../../text/pattern.ts';
import {spoolPath, spoolTimesPath} from '../run-directory.ts';
import {createDensity, type Density} from './line-density.ts';
import {type LineFile, openLineFile} from './line-file.ts';
import {findLine} from './line-search.ts';
import {createTally, type Tally} from './line-tally.ts';
import {lineAfter, type Moment, momentAt, momentsOf} from './line-times.ts';
import {beginningOf} from './pieces.ts';

export type SpoolReader = {
  /** Lines `from … from+count-1`, 0-based, as far as they exist. */
  read(source: string, from: number, count: number): string[];
  /** The nearest matching line at or after (`1`), at or before (`-1`) `from`. */
  find(
    source: string,
    pattern: Pattern,
    from: number,
    direction: 1 | -1,
    /** It may be given up at this line. */
    limit?: number,
  ): Promise<number | undefined>;
  /** Counts the matching lines of the source; undefined while it has none. */
  tally(source: string, pattern: Pattern): Tally | undefined;
  /** Counts the lines that match each of the patterns, by where they stand; undefined while it has none. */
  density(source: string, patterns: readonly Pattern[]): Density | undefined;
  /** Where the source had got to at this time; undefined when the times of its lines were not kept. */
  lineAt(source: string, at: number): Promise<Moment | undefined>;
  /** The first line that came in a later second; undefined while none has. */
  lineAfter(source: string, at: number): Promise<number | undefined>;
  /** When its lines came. */
  moments(source: string): Promise<readonly Moment[]>;
  /** The file of the source, where no older pieces stand beside it. */
  fileOf(source: string): string | undefined;
  /** As of the last `refresh` (or the first use). */
  lines(source: string): number;
  /** Takes in what the files have grown by. */
  refresh(): void;
  close(): void;
};

/** So much is read of one file in one `refresh`: a tenth of a second. A larger file takes several. */
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
      return existsSync(path) && beginningOf(path).offset === 0 ? path : undefined;
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
