/** Reads a journal back, as far as its chain of checksums holds. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Recorded} from '../run/event.ts';
import {decodeLine, type Position, recordedEvents, START} from './codec.ts';

export const JOURNAL_FILE = 'journal.ndjson';

export type Recovered = {
  events: Recorded[];
  last: Position;
  /** Length of the part that holds; whatever follows was not folded. */
  bytes: number;
  /** Byte offset of a last line that was never finished. It was not acknowledged, so nothing was done because of it. */
  tornAt?: number;
  /** A line that is whole and wrong, named: `line 12: the checksum does not match …`. */
  problem?: string;
};

/** Rejects only when the file cannot be read at all. */
export async function readJournal(runDirectory: string): Promise<Recovered> {
  return recoverFrom(await readFile(join(runDirectory, JOURNAL_FILE)));
}

export function recoverFrom(file: Buffer): Recovered {
  const events: Recorded[] = [];
  let last = START;
  let bytes = 0;
  for (let lineNumber = 1; bytes < file.length; lineNumber += 1) {
    const end = file.indexOf('\n', bytes);
    if (end === -1) return {events, last, bytes, tornAt: bytes};
    const decoded = decodeLine(last, file.subarray(bytes, end));
    if ('problem' in decoded) return {events, last, bytes, problem: `line ${lineNumber}: ${decoded.problem}`};
    for (const event of recordedEvents(decoded.decision)) events.push(event);
    last = decoded.position;
    bytes = end + 1;
  }
  return {events, last, bytes};
}
