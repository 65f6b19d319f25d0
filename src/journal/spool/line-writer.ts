/** Appends lines to the file of one source, many at once, and never fails for it: what is not kept is counted and said. */
import {closeSync, constants, fchmodSync, fdatasyncSync, ftruncateSync, openSync, readSync, writeSync} from 'node:fs';
import {beginningOf, dropOlder, firstLineOf, setAside} from './file-pieces.ts';
import type {Lines} from './line-assembler.ts';
import {createLineIndex, type LineIndex, type Place} from './line-index.ts';
import type {LineTimes} from './line-times.ts';

/** The most that waits in memory; together with the timer of the spool it makes one write of many lines. */
const PENDING_BYTES_MAX = 256 * 1024;
/** The most bytes of UTF-8 that one UTF-16 code unit takes. */
const BYTES_PER_UNIT_MAX = 3;
/** A full log is dropped in this many pieces: at most one of them is there beyond the limit. */
const PIECES = 16;

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
  #closed = false;
  #firstLine = 0;

  /** `bytesMax`: the newest of so many bytes are kept; of no more than that for good. */
  constructor(path: string, bytesMax: number, fileMode: number, times: LineTimes) {
    this.#path = path;
    this.#bytesMax = bytesMax;
    this.#fileMode = fileMode;
    this.#times = times;
    // A file that is there already is continued: its lines count before anything is written.
    try {
      this.#opened();
    } catch (error) {
      this.#trouble = reasonFrom(error);
    }
  }

  /** Lines so far, with those that are not kept any more. */
  get lines(): number {
    return this.#lines;
  }

  /** The first line that is still kept. */
  get firstLine(): number {
    return this.#firstLine;
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
    this.#closed = true;
  }

  #store(content: Buffer, count: number): void {
    if (this.#closed) return this.#lose(count);
    const trouble = this.#write(content, count);
    if (trouble === undefined) return;
    this.#trouble = trouble;
    this.#lose(count);
  }

  /** Throws what the system says. */
  #opened(): OpenFile {
    if (this.#file !== undefined) return this.#file;
    this.#file = openForAppending(this.#path, this.#fileMode);
    this.#lines = this.#file.lines;
    this.#firstLine = firstLineOf(this.#path);
    return this.#file;
  }

  #write(content: Buffer, count: number): string | undefined {
    try {
      const file = this.#fileFor(content.length);
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

  /** A file that has its share is set aside, and the oldest lines are dropped with the piece that holds them. */
  #fileFor(bytes: number): OpenFile {
    const file = this.#opened();
    if (file.bytes === 0 || file.bytes + bytes <= this.#bytesMax / PIECES) return file;
    const to = {line: this.#lines, offset: file.from.offset + file.bytes};
    if (!setAside(this.#path, file.from, to)) return file;
    closeSync(file.descriptor);
    this.#file = undefined;
    dropOlder(this.#path, to.offset - this.#bytesMax);
    return this.#opened();
  }

  #lose(count: number): void {
    this.#unsaid += count;
    this.#lost += count;
  }
}

/** `from`: where it begins; `bytes`: its own, `lines`: with those before it. */
type OpenFile = {descriptor: number; from: Place; bytes: number; lines: number};

function openForAppending(path: string, fileMode: number): OpenFile {
  const {O_APPEND, O_CREAT, O_NOFOLLOW, O_RDWR} = constants;
  const descriptor = openSync(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
  fchmodSync(descriptor, fileMode);
  const from = beginningOf(path);
  const known = indexOf(descriptor, from);
  const bytes = known.finishedBytes() - from.offset;
  // A crash may have left half a line behind.
  ftruncateSync(descriptor, bytes);
  return {descriptor, from, bytes, lines: known.lines()};
}

function indexOf(descriptor: number, from: Place): LineIndex {
  const index = createLineIndex(from);
  const buffer = Buffer.allocUnsafeSlow(PENDING_BYTES_MAX);
  for (;;) {
    const got = readSync(descriptor, buffer, 0, buffer.length, index.bytes() - from.offset);
    if (got === 0) return index;
    index.feed(buffer.subarray(0, got));
  }
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

function reasonFrom(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full';
  if (code === 'EROFS') return 'the file system is read-only';
  return error instanceof Error ? error.message : String(error);
}
