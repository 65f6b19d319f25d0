/** Appends lines to the file of one source, many at once, and never fails for it: what is not kept is counted and said. */
import {closeSync, constants, fchmodSync, fdatasyncSync, ftruncateSync, openSync, writeSync} from 'node:fs';
import type {Lines} from './line-assembler.ts';
import {openLineFile} from './line-file.ts';
import type {LineTimes} from './line-times.ts';

/** The most that waits in memory; together with the timer of the spool it makes one write of many lines. */
const PENDING_BYTES_MAX = 256 * 1024;
/** So many bytes of UTF-8 one UTF-16 code unit takes at most. */
const BYTES_PER_UNIT_MAX = 3;
const NOTICE_BYTES_MAX = 256;
const LINE_FEED = 10;

export class SpoolWriter {
  readonly #path: string;
  readonly #bytesMax: number;
  readonly #fileMode: number;
  readonly #times: LineTimes;
  #file: OpenFile | undefined;
  readonly #pending = Buffer.allocUnsafeSlow(PENDING_BYTES_MAX);
  #pendingBytes = 0;
  #pendingLines = 0;
  #lines = 0;
  /** Lines lost since a notice about it stood in the file, and in all. */
  #unsaid = 0;
  #lost = 0;
  #trouble: string | undefined;
  #full = false;

  constructor(path: string, bytesMax: number, fileMode: number, times: LineTimes) {
    this.#path = path;
    this.#bytesMax = bytesMax;
    this.#fileMode = fileMode;
    this.#times = times;
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

  add({content, count}: Lines): void {
    if (count === 0) return;
    const bytesMost = typeof content === 'string' ? content.length * BYTES_PER_UNIT_MAX : content.length;
    if (this.#pendingBytes + bytesMost > PENDING_BYTES_MAX) this.flush();
    if (bytesMost > PENDING_BYTES_MAX) return this.#store(Buffer.from(content), count);
    const rest = this.#pending.subarray(this.#pendingBytes);
    this.#pendingBytes += typeof content === 'string' ? rest.write(content) : content.copy(rest);
    this.#pendingLines += count;
  }

  flush(): void {
    if (this.#pendingBytes === 0) return;
    const content = this.#pending.subarray(0, this.#pendingBytes);
    const count = this.#pendingLines;
    this.#pendingBytes = 0;
    this.#pendingLines = 0;
    this.#store(content, count);
  }

  /** What the journal says of these lines must not outlive them. */
  sync(): void {
    this.flush();
    try {
      if (this.#file !== undefined) fdatasyncSync(this.#file.descriptor);
    } catch (error) {
      this.#trouble = reasonFrom(error);
    }
  }

  close(): void {
    this.flush();
    if (this.#file !== undefined) closeSync(this.#file.descriptor);
    this.#file = undefined;
    this.#times.close();
    this.#full = true;
  }

  #store(content: Buffer, count: number): void {
    if (this.#full) return this.#lose(count);
    const trouble = this.#open() ?? this.#write(content, count);
    if (trouble === undefined) return;
    this.#trouble = trouble;
    this.#lose(count);
  }

  #open(): string | undefined {
    if (this.#file !== undefined) return undefined;
    try {
      this.#file = openForAppending(this.#path, this.#fileMode);
    } catch (error) {
      return reasonFrom(error);
    }
    this.#lines = this.#file.lines;
    return undefined;
  }

  #write(content: Buffer, count: number): string | undefined {
    const file = this.#file;
    if (file === undefined) return undefined;
    const room = this.#bytesMax - NOTICE_BYTES_MAX * 2 - file.bytes;
    if (content.length > room) return this.#writeLast(file, content, room, count);
    try {
      if (this.#unsaid > 0) {
        appendWhole(file, Buffer.from(`[tminus] ${this.#unsaid} lines are missing here: ${this.#trouble}\n`));
        this.#lines += 1;
        this.#unsaid = 0;
      }
      appendWhole(file, content);
    } catch (error) {
      return reasonFrom(error);
    }
    this.#times.note(this.#lines);
    this.#lines += count;
    this.#trouble = undefined;
    return undefined;
  }

  /** As many lines as there is room for, and why there are no more. */
  #writeLast(file: OpenFile, content: Buffer, room: number, count: number): string | undefined {
    const fits = room > 0 ? content.subarray(0, content.lastIndexOf(LINE_FEED, room - 1) + 1) : content.subarray(0, 0);
    const kept = countLines(fits);
    const because = `limit of ${this.#bytesMax} bytes reached`;
    const missing = this.#unsaid === 0 ? '' : ` (${this.#unsaid} lines are missing before this one)`;
    try {
      appendWhole(
        file,
        Buffer.concat([fits, Buffer.from(`[tminus] ${because}: later lines are counted, not kept${missing}\n`)]),
      );
    } catch (error) {
      return reasonFrom(error);
    }
    this.#lines += kept + 1;
    this.#full = true;
    this.#trouble = because;
    this.#lose(count - kept);
    return undefined;
  }

  #lose(count: number): void {
    this.#unsaid += count;
    this.#lost += count;
  }
}

type OpenFile = {descriptor: number; bytes: number; lines: number};

function openForAppending(path: string, fileMode: number): OpenFile {
  const {O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY} = constants;
  const descriptor = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
  fchmodSync(descriptor, fileMode);
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
