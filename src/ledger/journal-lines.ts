/** Reads the lines of a growing journal, from a certain event on. */
import {constants} from 'node:fs';
import {open} from 'node:fs/promises';
import {join} from 'node:path';
import {JOURNAL_FILE} from '../journal/read-journal.ts';

export type JournalLines = {
  /**
   * The next lines behind those that were read before, without their line feeds. Lines that begin behind event `until`
   * are left for later: the journal has not vouched for them yet. Empty when there are none.
   */
  next(until: number): Promise<readonly string[]>;
  close(): Promise<void>;
};

/** What one statement carries. A single line may be longer. */
const BATCH_BYTES_MAX = 512 * 1024;
const PIECE_BYTES = 256 * 1024;
/** Every line begins so; see journal/journal-line.ts. */
const FIRST_EVENT = /^\{"v":\d+,"seq":(\d+),/;
const HEAD_BYTES = 40;

/** `after`: the event behind which it begins; it is the last of its line. */
export async function readJournalLines(runDirectory: string, after: number): Promise<JournalLines> {
  const file = await open(join(runDirectory, JOURNAL_FILE), constants.O_RDONLY);
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  let position = 0;
  let held = Buffer.alloc(0);

  /** The next whole line, as bytes; undefined while there is none. */
  async function peek(): Promise<Buffer | undefined> {
    for (;;) {
      const end = held.indexOf('\n');
      if (end !== -1) return held.subarray(0, end);
      const {bytesRead} = await file.read(piece, 0, piece.length, position);
      if (bytesRead === 0) return undefined;
      position += bytesRead;
      held = Buffer.concat([held, piece.subarray(0, bytesRead)]);
    }
  }

  return {
    async next(until) {
      const lines: string[] = [];
      let bytes = 0;
      for (let line = await peek(); line !== undefined && bytes < BATCH_BYTES_MAX; line = await peek()) {
        const first = Number(FIRST_EVENT.exec(line.toString('latin1', 0, HEAD_BYTES))?.[1]);
        // Nothing behind a line that is none can be trusted.
        if (!(first <= until)) break;
        if (first > after) {
          lines.push(line.toString('utf8'));
          bytes += line.length;
        }
        held = held.subarray(line.length + 1);
      }
      return lines;
    },
    close: () => file.close(),
  };
}
