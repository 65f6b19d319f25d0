/** Reads a journal back, as far as its chain of checksums holds. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Recorded} from '../run/event.ts';
import {decodeLine, type Position, recordedEvents, START} from './codec.ts';
import {readHead} from './journal-head.ts';

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
  // Before the journal, which may grow meanwhile.
  const head = readHead(runDirectory);
  return recoverFrom(await readFile(join(runDirectory, JOURNAL_FILE)), head);
}

/** `head`: how far it had got at least. */
export function recoverFrom(file: Buffer, head?: Position): Recovered {
  const events: Recorded[] = [];
  let last = START;
  let bytes = 0;
  let lineNumber = 1;
  for (; bytes < file.length; lineNumber += 1) {
    const end = file.indexOf('\n', bytes);
    if (end === -1) break;
    const decoded = decodeLine(last, file.subarray(bytes, end));
    if ('problem' in decoded) return {events, last, bytes, problem: `line ${lineNumber}: ${decoded.problem}`};
    if (head?.seq === decoded.position.seq && head.sum !== decoded.position.sum) {
      const problem = `line ${lineNumber}: it is not the line that was written here: somebody made this journal anew`;
      return {events, last, bytes, problem};
    }
    for (const event of recordedEvents(decoded.decision)) events.push(event);
    last = decoded.position;
    bytes = end + 1;
  }
  const torn = bytes < file.length ? {tornAt: bytes} : {};
  if (head === undefined || head.seq <= last.seq) return {events, last, bytes, ...torn};
  const missing = head.seq - last.seq;
  const problem = `line ${lineNumber}: the end is missing: ${missing} more event${missing === 1 ? '' : 's'} had been written`;
  return {events, last, bytes, problem, ...torn};
}
