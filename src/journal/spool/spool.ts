/** The engine's side of the spool: what steps print and logs say, kept as lines beside the journal. */
import type {LogSource} from '../../text/log-text.ts';
import type {Pattern} from '../../text/pattern.ts';
import {spoolPath, spoolTimesPath} from '../run-directory.ts';
import type {Redactor} from '../secrets/redact.ts';
import {OUTPUT_SOURCE} from './error-lines.ts';
import {countLines} from './line-search.ts';
import {StoredSource} from './stored-source.ts';

export type Spool = {
  /** Makes a source known. One that has a file from before a crash is continued. */
  open(source: string, title: string): void;
  /** Takes raw output; a source nobody opened is opened under its own name. Never throws for a disk that refuses. */
  write(source: string, chunk: Buffer | string): void;
  /** Ends an unfinished line (a step that printed no last line feed) and returns `lines(source)`. */
  settle(source: string): number;
  /**
   * After a crash its output comes again from line `from` on: lines that are there already are not kept twice, until it is
   * settled.
   */
  repeat(source: string, from: number): void;
  mark(source: string, status: {up: boolean; detail: string}): void;
  /** Lines so far, with those that are not kept any more; an unfinished line does not count. */
  lines(source: string): number;
  /** Why lines of it are not kept just now; nothing while they are. */
  trouble(source: string): string | undefined;
  /** In the order of opening; `output` is first. Everything counted here can be read from the files. */
  statuses(): LogSource[];
  /** Lines from number `from` on, at most `LINES_AT_ONCE_MAX`. */
  linesSince(source: string, from: number): string[];
  /** How many lines from number `from` on match, of how many, the first few that do, and how many are not kept any more. */
  countMatching(source: string, pattern: Pattern, from: number): ReturnType<typeof countLines>;
  flush(): void;
  /** Called when sources have grown, are marked or opened; at most once per flush for what is written. */
  onChange(listener: () => void): void;
  close(): void;
};

const LINES_AT_ONCE_MAX = 10_000;
/** Only this much of a log, the newest part, is kept: the deploy needs the disk, too. Output of commands is kept whole. */
const LOG_BYTES_MAX = 1024 * 1024 * 1024;
const FLUSH_EVERY_MS = 20;
const SAMPLE_LINES_MAX = 5;

export type SpoolOptions = {logBytesMax?: number; fileMode?: number; now?: () => number};

export function createSpool(runDirectory: string, redactor: Redactor, options: SpoolOptions = {}): Spool {
  const sources = new SpoolSources(runDirectory, redactor, options);
  sources.of(OUTPUT_SOURCE);
  let timer: NodeJS.Timeout | undefined;
  let changed = () => {};

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    for (const {writer} of sources.all()) writer.flush();
    changed();
  }

  function flushSoon(): void {
    timer ??= setTimeout(flush, FLUSH_EVERY_MS).unref();
  }

  return {
    open(id, title) {
      sources.of(id).title = title;
      changed();
    },
    write(id, chunk) {
      sources.of(id).write(chunk);
      flushSoon();
    },
    settle(id) {
      const lines = sources.of(id).settle();
      flushSoon();
      return lines;
    },
    repeat: (id, from) => sources.of(id).repeat(from),
    mark(id, {up, detail}) {
      Object.assign(sources.of(id), {up, detail});
      changed();
    },
    lines: id => sources.find(id)?.lines() ?? 0,
    trouble: id => sources.find(id)?.trouble(),
    statuses: () => sources.all().map(source => source.status()),
    linesSince: (id, from) => sources.find(id)?.readBack()?.read(from, LINES_AT_ONCE_MAX) ?? [],
    async countMatching(id, pattern, from) {
      const file = sources.find(id)?.readBack();
      if (file === undefined) return {matches: 0, lines: 0, sample: [], gone: 0};
      return await countLines(file, pattern, {from, to: file.lines()}, SAMPLE_LINES_MAX);
    },
    flush,
    onChange(listener) {
      changed = listener;
    },
    close() {
      clearTimeout(timer);
      timer = undefined;
      for (const source of sources.all()) source.close();
    },
  };
}

/** The sources of one spool, in the order in which they were opened. */
class SpoolSources {
  readonly #runDirectory: string;
  readonly #redactor: Redactor;
  readonly #options: SpoolOptions;
  readonly #byId = new Map<string, StoredSource>();

  constructor(runDirectory: string, redactor: Redactor, options: SpoolOptions) {
    this.#runDirectory = runDirectory;
    this.#redactor = redactor;
    this.#options = options;
  }

  find(id: string): StoredSource | undefined {
    return this.#byId.get(id);
  }

  /** Opened under its own name when nobody has opened it. */
  of(id: string): StoredSource {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    const {logBytesMax = LOG_BYTES_MAX, fileMode = 0o600, now = Date.now} = this.#options;
    const source = new StoredSource({
      id,
      title: id,
      path: spoolPath(this.#runDirectory, id),
      timesPath: spoolTimesPath(this.#runDirectory, id),
      now,
      redactor: this.#redactor,
      bytesMax: id === OUTPUT_SOURCE ? Number.POSITIVE_INFINITY : logBytesMax,
      fileMode,
    });
    this.#byId.set(id, source);
    return source;
  }

  all(): StoredSource[] {
    return [...this.#byId.values()];
  }
}
