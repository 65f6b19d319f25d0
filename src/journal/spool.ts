/** The engine's side of the spool: what steps print and logs say, kept as lines beside the journal. */
import {createIngest, type Ingest} from './ingest.ts';
import type {LineFile} from './line-file.ts';
import {openLineFile} from './line-file.ts';
import {countLines} from './line-search.ts';
import type {Redactor} from './redact.ts';
import {spoolPath} from './spool-path.ts';
import {createSpoolWriter, type SpoolWriter} from './spool-writer.ts';

export type SpoolSource = {
  id: string;
  title: string;
  lines: number;
  linesPerSecond: number;
  up: boolean;
  detail: string;
};

export type Spool = {
  /** Makes a source known. One that has a file from before a crash is continued. */
  open(source: string, title: string): void;
  /** Takes raw output; a source nobody opened is opened under its own name. Never throws for a disk that refuses. */
  write(source: string, chunk: Buffer | string): void;
  /** Ends an unfinished line (a step that printed no last line feed) and returns `lines(source)`. */
  settle(source: string): number;
  mark(source: string, status: {up: boolean; detail: string}): void;
  /** Lines in the file; an unfinished line does not count. */
  lines(source: string): number;
  /** In the order of opening; `output` is first. Everything counted here can be read from the files. */
  statuses(): SpoolSource[];
  /** The last `count` lines. */
  tail(source: string, count: number): string[];
  /** Lines from number `from` on, at most `LINES_AT_ONCE_MAX`. */
  linesSince(source: string, from: number): string[];
  /** How many lines from number `from` on match, of how many, and the first few that do. */
  countMatching(
    source: string,
    pattern: RegExp,
    from: number,
  ): Promise<{matches: number; lines: number; sample: string[]}>;
  flush(): void;
  close(): void;
};

export const OUTPUT_SOURCE = 'output';
export const LINES_AT_ONCE_MAX = 10_000;
/** More than a day of a busy log; the disk belongs to the deploy, too. */
export const SOURCE_BYTES_MAX = 2 * 1024 * 1024 * 1024;
const FLUSH_EVERY_MS = 20;
const SAMPLE_LINES_MAX = 5;

export function createSpool(
  runDirectory: string,
  redactor: Redactor,
  {sourceBytesMax = SOURCE_BYTES_MAX}: {sourceBytesMax?: number} = {},
): Spool {
  const sources = new Map<string, Source>();
  let timer: NodeJS.Timeout | undefined;

  function sourceOf(id: string, title = id): Source {
    const known = sources.get(id);
    if (known !== undefined) return known;
    const path = spoolPath(runDirectory, id);
    const source: Source = {
      id,
      title,
      path,
      up: true,
      detail: '',
      ingest: createIngest(redactor),
      writer: createSpoolWriter(path, sourceBytesMax),
      rate: [],
    };
    sources.set(id, source);
    return source;
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    for (const {writer} of sources.values()) writer.flush();
  }

  function linesOf(id: string): number {
    const source = sources.get(id);
    source?.writer.flush();
    return source?.writer.lines() ?? 0;
  }

  function readBack(id: string): LineFile | undefined {
    const source = sources.get(id);
    if (source === undefined) return undefined;
    source.writer.flush();
    source.file ??= openLineFile(source.path);
    source.file?.refresh();
    return source.file;
  }

  sourceOf(OUTPUT_SOURCE);
  return {
    open(id, title) {
      sourceOf(id, title).title = title;
    },
    write(id, chunk) {
      const source = sourceOf(id);
      source.writer.add(source.ingest.write(chunk));
      timer ??= setTimeout(flush, FLUSH_EVERY_MS).unref();
    },
    settle(id) {
      const source = sourceOf(id);
      source.writer.add(source.ingest.end());
      return linesOf(id);
    },
    mark(id, {up, detail}) {
      Object.assign(sourceOf(id), {up, detail});
    },
    lines: linesOf,
    statuses() {
      flush();
      return [...sources.values()].map(statusOf);
    },
    tail(id, count) {
      const file = readBack(id);
      return file?.read(Math.max(0, file.lines() - count), Math.min(count, LINES_AT_ONCE_MAX)) ?? [];
    },
    linesSince: (id, from) => readBack(id)?.read(from, LINES_AT_ONCE_MAX) ?? [],
    async countMatching(id, pattern, from) {
      const file = readBack(id);
      if (file === undefined) return {matches: 0, lines: 0, sample: []};
      return await countLines(file, pattern, {from, to: file.lines()}, SAMPLE_LINES_MAX);
    },
    flush,
    close() {
      for (const {writer, ingest, file} of sources.values()) {
        writer.add(ingest.end());
        writer.close();
        file?.close();
      }
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

type Source = {
  id: string;
  title: string;
  path: string;
  up: boolean;
  detail: string;
  ingest: Ingest;
  writer: SpoolWriter;
  /** For reading back; opened when first needed. */
  file?: LineFile | undefined;
  /** Counts of the last seconds, oldest first. */
  rate: {atMs: number; lines: number}[];
};

const RATE_OVER_MS = 2000;
const RATE_EVERY_MS = 200;

function statusOf(source: Source): SpoolSource {
  const {id, title, up, writer} = source;
  const lines = writer.lines();
  return {id, title, lines, linesPerSecond: rateOf(source, lines), up, detail: writer.trouble() ?? source.detail};
}

/** Over about two seconds, so that the number can be read while it changes. */
function rateOf({rate}: Source, lines: number): number {
  const atMs = performance.now();
  const newest = rate.at(-1);
  if (newest === undefined || atMs - newest.atMs >= RATE_EVERY_MS) rate.push({atMs, lines});
  while (rate.length > 2 && atMs - (rate[1]?.atMs ?? atMs) >= RATE_OVER_MS) rate.shift();
  const oldest = rate[0];
  if (oldest === undefined || atMs - oldest.atMs < RATE_EVERY_MS) return 0;
  return Math.round(((lines - oldest.lines) * 1000) / (atMs - oldest.atMs));
}
