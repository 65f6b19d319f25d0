/** How far the journal had got, in a file beside it. */
import {closeSync, constants, openSync, readFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import type {Position} from './journal-line.ts';

export const HEAD_FILE = 'journal.head';

/**
 * A chain of checksums shows what was changed, but not that its end is missing. The head is written after the journal's own
 * sync and never synced itself, so it is never ahead of what is on disk.
 */
export type JournalHead = {
  /** Never fails: without it, only a missing end of the journal would go unnoticed. */
  note(position: Position): void;
  close(): void;
};

const SEQ_DIGITS = 16;
const TEXT = /^(\d{16}) ([0-9a-f]{32})\n$/;

export function openHead(runDirectory: string, fileMode: number): JournalHead {
  const {O_CREAT, O_NOFOLLOW, O_WRONLY} = constants;
  let file: number | undefined;
  try {
    file = openSync(join(runDirectory, HEAD_FILE), O_WRONLY | O_CREAT | O_NOFOLLOW, fileMode);
  } catch {
    // A directory that takes no files takes no journal either, and that is said there.
  }
  return {
    note({seq, sum}) {
      if (file === undefined || sum === '') return;
      try {
        // Always the same length in the same place: there is never half of it.
        writeSync(file, `${String(seq).padStart(SEQ_DIGITS, '0')} ${sum}\n`, 0);
      } catch {
        // The next line brings the next chance.
      }
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

/** `missing`: somebody took it away, because it is made before the first line. Undefined: it says nothing yet. */
export function readHead(runDirectory: string): Position | 'missing' | undefined {
  try {
    const match = TEXT.exec(readFileSync(join(runDirectory, HEAD_FILE), 'latin1'));
    return match === null ? undefined : {seq: Number(match[1]), sum: match[2] ?? ''};
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : undefined;
  }
}
