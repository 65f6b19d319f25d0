/** Appends lines to the file of one source, many at once, and never fails for it: what is not kept is counted and said. */
import {closeSync, constants, ftruncateSync, openSync, writeSync} from 'node:fs';
import type {Lines} from './line-assembler.ts';
import {openLineFile} from './line-file.ts';

export type SpoolWriter = {
  add(lines: Lines): void;
  flush(): void;
  /** Lines in the file. */
  lines(): number;
  /** What is wrong with keeping it, or nothing. */
  trouble(): string | undefined;
  close(): void;
};

/** The most that waits in memory; together with the timer of the spool it makes one write of many lines. */
const PENDING_LENGTH_MAX = 256 * 1024;
const NOTICE_BYTES_MAX = 256;
const LINE_FEED = 10;

export function createSpoolWriter(path: string, bytesMax: number): SpoolWriter {
  let file: OpenFile | undefined;
  let pending: string[] = [];
  let pendingLength = 0;
  let lines = 0;
  // Lines lost since the last notice about it stood in the file, and in all.
  let unsaid = 0;
  let lost = 0;
  let trouble: string | undefined;
  let full = false;

  function flush(): void {
    if (pending.length === 0) return;
    const content = Buffer.from(pending.join(''));
    pending = [];
    pendingLength = 0;
    if (full) lose(countLines(content));
    else keep(content);
  }

  function keep(content: Buffer): void {
    const failure = open() ?? write(content);
    if (failure === undefined) return;
    trouble = failure;
    lose(countLines(content));
  }

  function open(): string | undefined {
    if (file !== undefined) return undefined;
    try {
      file = openForAppending(path);
      lines = file.lines;
      return undefined;
    } catch (error) {
      return reasonFrom(error);
    }
  }

  function write(content: Buffer): string | undefined {
    if (file === undefined) return undefined;
    const notice = unsaid === 0 ? '' : `[tminus] ${unsaid} lines are missing here: ${trouble}\n`;
    const room = bytesMax - NOTICE_BYTES_MAX - file.bytes - notice.length;
    const fits = content.length <= room ? content.length : content.lastIndexOf(LINE_FEED, Math.max(0, room - 1)) + 1;
    const end =
      fits === content.length
        ? ''
        : `[tminus] this source has reached its limit of ${bytesMax} bytes; later lines are counted, not kept\n`;
    const bytes = Buffer.concat([Buffer.from(notice), content.subarray(0, fits), Buffer.from(end)]);
    try {
      appendWhole(file, bytes);
    } catch (error) {
      return reasonFrom(error);
    }
    lines += countLines(bytes);
    unsaid = 0;
    trouble = undefined;
    if (end !== '') {
      full = true;
      trouble = `limit of ${bytesMax} bytes reached`;
      lose(countLines(content.subarray(fits)));
    }
    return undefined;
  }

  function lose(count: number): void {
    unsaid += count;
    lost += count;
  }

  // A file that is there already is continued: its lines count before anything is written.
  trouble = open();
  return {
    add({text, count}) {
      if (count === 0) return;
      pending.push(text);
      pendingLength += text.length;
      if (pendingLength >= PENDING_LENGTH_MAX) flush();
    },
    flush,
    lines: () => lines,
    trouble: () => (trouble === undefined ? undefined : `${trouble}; ${lost} lines not kept`),
    close() {
      flush();
      if (file !== undefined) closeSync(file.descriptor);
      file = undefined;
      full = true;
    },
  };
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
