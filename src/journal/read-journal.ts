/** Reads a journal back, as far as its chain of checksums holds. */
import {constants} from 'node:fs';
import {open} from 'node:fs/promises';
import {join} from 'node:path';
import type {Recorded} from '../run/event.ts';
import {HEAD_FILE, readHead} from './journal-head.ts';
import {decodeLine, type Position, recordedEvents, START} from './journal-line.ts';

export const JOURNAL_FILE = 'journal.ndjson';

/** How far a journal holds. */
export type Reach = {
  last: Position;
  /** Length of the part that holds; whatever follows was not folded. */
  bytes: number;
  /** Byte offset of a last line that was never finished. It was not acknowledged, so nothing was done because of it. */
  tornAt?: number;
  /** A line that is whole and wrong, named: `line 12: the checksum does not match …`. */
  problem?: string;
};

export type Recovered = Reach & {events: Recorded[]};

/** Rejects only when the file cannot be read at all. */
export async function readJournal(runDirectory: string): Promise<Recovered> {
  const events: Recorded[] = [];
  const reach = await foldJournal(runDirectory, event => events.push(event));
  return {events, ...reach};
}

/**
 * The same, event by event: of a run of two days, all of them at once would take more memory than the engine has. Rejects
 * only when the file cannot be read at all. `until`: the event behind which it stops, for the run as it stood then.
 */
export async function foldJournal(
  runDirectory: string,
  take: (event: Recorded) => void,
  until = Number.POSITIVE_INFINITY,
): Promise<Reach> {
  // Before the journal, which may grow meanwhile.
  const head = readHead(runDirectory);
  const chain = followChain(head === 'missing' ? undefined : head, take, until);
  await using file = await open(join(runDirectory, JOURNAL_FILE), constants.O_RDONLY);
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  for (;;) {
    const {bytesRead} = await file.read(piece, 0, piece.length);
    if (bytesRead === 0 || !chain.push(piece.subarray(0, bytesRead))) break;
  }
  const reach = chain.reach();
  const lost = reach.bytes === 0 ? undefined : headLost(head, runDirectory, chain.lines());
  if (lost === undefined) return reach;
  return {problem: `${HEAD_FILE} beside it ${lost}: nothing shows whether its last lines are there`, ...reach};
}

/** Before the second line is begun, the head tells of the first. */
function headLost(head: ReturnType<typeof readHead>, runDirectory: string, lines: number): string | undefined {
  if (head === 'missing') return 'is missing';
  return lines > 1 && head === undefined && readHead(runDirectory) === undefined ? 'says nothing' : undefined;
}

const PIECE_BYTES = 1024 * 1024;

/** `head`: how far it had got at least. */
export function recoverFrom(file: Buffer, head?: Position): Recovered {
  const events: Recorded[] = [];
  const chain = followChain(head, event => events.push(event));
  chain.push(file);
  return {events, ...chain.reach()};
}

type Chain = {
  /** False from the first line on that is not what was written. */
  push(bytes: Buffer): boolean;
  /** How many hold. */
  lines(): number;
  reach(): Reach;
};

function followChain(
  head: Position | undefined,
  take: (event: Recorded) => void,
  until = Number.POSITIVE_INFINITY,
): Chain {
  let last = START;
  let bytes = 0;
  let lineNumber = 1;
  let problem: string | undefined;
  /** The bytes of a line whose end has not come yet. */
  let begun = Buffer.alloc(0);

  function takeLine(line: Buffer): void {
    const decoded = decodeLine(last, line);
    if ('problem' in decoded) {
      problem = `line ${lineNumber}: ${decoded.problem}`;
    } else if (head?.seq === decoded.position.seq && head.sum !== decoded.position.sum) {
      problem = `line ${lineNumber}: it is not the line that was written here: somebody made this journal anew`;
    } else {
      for (const event of recordedEvents(decoded.decision)) take(event);
      last = decoded.position;
      bytes += line.length + 1;
      lineNumber += 1;
    }
  }

  const isOpen = () => problem === undefined && last.seq < until;

  return {
    push(piece) {
      let from = 0;
      for (let end = piece.indexOf('\n'); end !== -1 && isOpen(); end = piece.indexOf('\n', from)) {
        const line = piece.subarray(from, end);
        takeLine(begun.length === 0 ? line : Buffer.concat([begun, line]));
        begun = Buffer.alloc(0);
        from = end + 1;
      }
      if (from < piece.length) begun = Buffer.concat([begun, piece.subarray(from)]);
      return isOpen();
    },
    lines: () => lineNumber - 1,
    reach() {
      if (problem !== undefined) return {last, bytes, problem};
      if (last.seq >= until) return {last, bytes};
      const torn = begun.length > 0 ? {tornAt: bytes} : {};
      if (head === undefined || head.seq <= last.seq) return {last, bytes, ...torn};
      const missing = head.seq - last.seq;
      const lost = `line ${lineNumber}: the end is missing: ${missing} more event${missing === 1 ? '' : 's'} had been written`;
      return {last, bytes, problem: lost, ...torn};
    },
  };
}
