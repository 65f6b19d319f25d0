/** One source of the spool: what is known of it, its way into its file and back. */
import {compact} from '../../text/compact.ts';
import type {LogSource} from '../../text/log-text.ts';
import type {Redactor} from '../secrets/redact.ts';
import {createIngest, type Ingest} from './ingest.ts';
import type {Lines} from './line-assembler.ts';
import {type LineFile, openLineFile} from './line-file.ts';
import {keepLineTimes} from './line-times.ts';
import {SpoolWriter} from './line-writer.ts';

const RATE_OVER_MS = 2000;
const RATE_EVERY_MS = 200;

export class StoredSource {
  readonly id: string;
  title: string;
  up = true;
  detail = '';
  readonly writer: SpoolWriter;
  readonly #path: string;
  readonly #ingest: Ingest;
  /** For reading back; opened when first needed. */
  #file: LineFile | undefined;
  /** How many of the lines that come next are in the file already. */
  #repeated = 0;
  /** Counts of the last seconds, oldest first. */
  readonly #counts: {atMs: number; lines: number}[] = [];

  constructor(options: {
    id: string;
    title: string;
    path: string;
    timesPath: string;
    /** Epoch ms. */
    now: () => number;
    redactor: Redactor;
    bytesMax: number;
    fileMode: number;
  }) {
    this.id = options.id;
    this.title = options.title;
    this.#path = options.path;
    this.#ingest = createIngest(options.redactor);
    const times = keepLineTimes(options.timesPath, options.fileMode, options.now);
    this.writer = new SpoolWriter(options.path, options.bytesMax, options.fileMode, times);
  }

  write(chunk: Buffer | string): void {
    for (const lines of this.#ingest.write(chunk)) this.writer.add(this.#unknownOf(lines));
  }

  settle(): number {
    for (const lines of this.#ingest.end()) this.writer.add(this.#unknownOf(lines));
    this.#repeated = 0;
    this.writer.sync();
    return this.lines();
  }

  /** What is written next is the same again as stands from line `from` on; it goes on where that ends. */
  repeat(from: number): void {
    this.#repeated = Math.max(0, this.lines() - from);
  }

  #unknownOf({content, count}: Lines): Lines {
    if (this.#repeated === 0) return {content, count};
    const known = Math.min(this.#repeated, count);
    this.#repeated -= known;
    return {content: withoutLines(content, known), count: count - known};
  }

  lines(): number {
    this.writer.flush();
    return this.writer.lines;
  }

  trouble(): string | undefined {
    this.writer.flush();
    return this.writer.trouble;
  }

  readBack(): LineFile | undefined {
    this.writer.flush();
    this.#file ??= openLineFile(this.#path);
    this.#file?.refresh();
    return this.#file;
  }

  status(): LogSource {
    const {id, title, up} = this;
    const lines = this.lines();
    const gone = this.writer.firstLine || undefined;
    const linesPerSecond = this.#rate(lines);
    return compact({id, title, lines, gone, linesPerSecond, up, detail: this.writer.trouble ?? this.detail});
  }

  close(): void {
    this.settle();
    this.writer.close();
    this.#file?.close();
  }

  /** Over about two seconds, so that the number can be read while it changes. */
  #rate(lines: number): number {
    const atMs = performance.now();
    const counts = this.#counts;
    const newest = counts.at(-1);
    if (newest === undefined || atMs - newest.atMs >= RATE_EVERY_MS) counts.push({atMs, lines});
    while (counts.length > 2 && atMs - (counts[1]?.atMs ?? atMs) >= RATE_OVER_MS) counts.shift();
    const oldest = counts[0];
    if (oldest === undefined || atMs - oldest.atMs < RATE_EVERY_MS) return 0;
    return Math.round(((lines - oldest.lines) * 1000) / (atMs - oldest.atMs));
  }
}

/** The rest behind so many lines. */
export function withoutLines(content: string | Buffer, count: number): string | Buffer {
  let at = 0;
  for (let left = count; left > 0; left -= 1) at = content.indexOf('\n', at) + 1;
  return typeof content === 'string' ? content.slice(at) : content.subarray(at);
}
