/** Following a file with tail: from its last lines, through rotations, and on from where a lost link left it. */
import type {Listener} from '../shell.ts';
import type {Followed, Following} from '../world.ts';
import {positionInFile} from './file-position.ts';
import {followScript} from './follow-script.ts';

export type Told = {output(chunk: Buffer): unknown; trouble(reason: string | undefined): unknown};

export type Follower = {
  /** Shell text for the next stay. */
  text(): string;
  listen: Listener;
  ended(): void;
  position: Following['position'];
};

export function followFile({file, from}: Extract<Followed, {file: string}>, {output, trouble}: Told): Follower {
  const position = positionInFile(from);
  /** Lines come by another stream than their position. Without it they could not be gone on after: they wait for it. */
  let early: Buffer[] | undefined;
  function take(chunk: Buffer): void {
    position.read(chunk);
    words.received();
    output(chunk);
  }
  const words = tailWords(line => {
    if (!position.hear(line)) return;
    const chunks = early ?? [];
    early = undefined;
    for (const chunk of chunks) take(chunk);
  }, trouble);
  return {
    text() {
      early = [];
      words.beginAnew();
      return followScript(file, position.resume());
    },
    listen: {
      out(chunk) {
        if (early === undefined) take(chunk);
        else early.push(chunk);
      },
      err: chunk => words.hear(chunk.toString('utf8')),
    },
    ended() {},
    position: position.afterLastLine,
  };
}

/** In these words tail says that it reads the file. */
const READABLE_AGAIN = /^tail: .*(?:has become accessible|has appeared|has been replaced)/;
/** Why it does not, as in `tail: cannot open 'error.log' for reading: Permission denied`. One that is not there yet may come. */
const TAIL_REASON =
  /^tail: (?:(?:cannot|can't|error reading)\s.*|.*has become inaccessible|.*(?=: Permission denied)): (?!No such file)([^:]+)$/;

const WORDS_LENGTH_MAX = 4096;

/** What tail says on its error stream, line by line: it writes each in several pieces. */
function tailWords(hear: (line: string) => void, onTrouble: (reason: string | undefined) => void) {
  let begun = '';
  let trouble: string | undefined;
  function set(reason: string | undefined): void {
    if (reason !== trouble) onTrouble(reason);
    trouble = reason;
  }
  return {
    hear(piece: string) {
      const lines = (begun + piece).split('\n');
      begun = lines.pop()?.slice(-WORDS_LENGTH_MAX) ?? '';
      for (const line of lines) {
        hear(line);
        if (READABLE_AGAIN.test(line)) set(undefined);
        else set(TAIL_REASON.exec(line)?.[1] ?? trouble);
      }
    },
    received: () => set(undefined),
    beginAnew() {
      begun = '';
    },
  };
}
