/** Appends lines to the file of one source, many at once, and never fails for it: what is not kept is counted and said. */
import {closeSync, constants, ftruncateSync, openSync, writeSync} from 'node:fs';
import type {Lines} from './line-assembler.ts';
import {openLineFile} from './line-file.ts';

/** The most that waits in memory; together with the timer of the spool it makes one write of many lines. */
const PENDING_LENGTH_MAX = 256 * 1024;
const NOTICE_BYTES_MAX = 256;
const LINE_FEED = 10;

export class SpoolWriter {
  readonly #path: string;
  readonly #bytesMax: number;
  #file: OpenFile | undefined;
  #pending: string[] = [];
  #pendingLength = 0;
  #lines = 0;
  /** Lines lost since a notice about it stood in the file, and in all. */
  #unsaid = 0;
  #lost = 0;
  #trouble: string | undefined;
  #full = false;

  constructor(path: string, bytesMax: number) {
    this.#path = path;
    this.#bytesMax = bytesMax;
    // A file that is there already is continued: its lines count before anything is written.
    this.#trouble = this.#open();
  }

  /** Lines in the file. */
  get lines(): number {
    return this.#lines;
  }

  /** What is wrong with keeping it, or nothing. */
  get trouble(): string | undefined {
    return this.#trouble === undefined ? undefined : `${this.#trouble}; ${this.#lost} lines not kept`;
  }

  add({text, count}: Lines): void {
    if (count === 0) return;
    this.#pending.push(text);
    this.#pendingLength += text.length;
    if (this.#pendingLength >= PENDING_LENGTH_MAX) this.flush();
  }

  flush(): void {
    if (this.#pending.length === 0) return;
    const content = Buffer.from(this.#pending.join(''));
    this.#pending = [];
    this.#pendingLength = 0;
    if (this.#full) return this.#lose(content);
    const trouble = this.#open() ?? this.#write(content);
    if (trouble === undefined) return;
    this.#trouble = trouble;
    this.#lose(content);
  }

  close(): void {
    this.flush();
    if (this.#file !== undefined) closeSync(this.#file.descriptor);
    this.#file = undefined;
    this.#full = true;
  }

  #open(): string | undefined {
    if (this.#file !== undefined) return undefined;
    try {
      this.#file = openForAppending(this.#path);
    } catch (error) {
      return reasonFrom(error);
    }
    this.#lines = this.#file.lines;
    return undefined;
  }

  #write(content: Buffer): string | undefined {
    const file = this.#file;
    if (file === undefined) return undefined;
    const notice = this.#unsaid === 0 ? '' : `[tminus] ${this.#unsaid} lines are missing here: ${this.#trouble}\n`;
    const room = this.#bytesMax - NOTICE_BYTES_MAX - file.bytes - notice.length;
    const fits = content.length <= room ? content.length : content.lastIndexOf(LINE_FEED, Math.max(0, room - 1)) + 1;
    const full = fits < content.length;
    const bytes = Buffer.concat([
      Buffer.from(notice),
      content.subarray(0, fits),
      Buffer.from(full ? `[tminus] limit of ${this.#bytesMax} bytes reached: later lines are counted, not kept\n` : ''),
    ]);
    try {
      appendWhole(file, bytes);
    } catch (error) {
      return reasonFrom(error);
    }
    this.#lines += countLines(bytes);
    this.#unsaid = 0;
    this.#full = full;
    this.#trouble = full ? `limit of ${this.#bytesMax} bytes reached` : undefined;
    this.#lose(content.subarray(fits));
    return undefined;
  }

  #lose(content: Buffer): void {
    const count = countLines(content);
    this.#unsaid += count;
    this.#lost += count;
  }
}

type OpenFile = {descriptor: number; bytes: number; lines: number};

function openForAppending(path: string): OpenFile {
  const {O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY} = constants;
  const descriptor = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
  const existing = openLineFile(path);
  existing?.refresh();
  const file = {descriptor, bytes: existing?.finishedBytes() ?? 0, lines: existing?.lines() ?? 0};
  existing?.close();
  // A crash may have left half a line behind.
  ftruncateSync(descriptor, file.bytes);
  return file;
}

/** All of it or nothing: half a line would be continued by another. */
function appendWhole(file: OpenFile, bytes: Buffer): void {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(file.descriptor, bytes, written);
    file.bytes += bytes.length;
  } catch (error) {
    if (written > 0) ftruncateSync(file.descriptor, file.bytes);
    throw error;
  }
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}

function reasonFrom(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full';
  if (code === 'EROFS') return 'the file system is read-only';
  return error instanceof Error ? error.message : String(error);
}
