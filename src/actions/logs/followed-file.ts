/** Following a file with tail: from its last lines, through rotations, and on from where a lost link left it. */
import {quoteForShell as quote} from '../../plan/script.ts';
import type {Listener} from '../shell.ts';
import {directoryWord} from '../short-command.ts';
import type {FilePlace, Followed, Following} from '../world.ts';

export type Told = {output(chunk: Buffer): unknown; trouble(reason: string | undefined): unknown};

export type Follower = {
  /** Shell text for the next stay. */
  text(): string;
  listen: Listener;
  ended(): void;
  place: Following['place'];
};

/** What is shown of a file at first. */
const LINES_FIRST = 200;

export function followFile({file, from}: Extract<Followed, {file: string}>, {output, trouble}: Told): Follower {
  const place = placeInFile(from);
  const words = tailWords(place.hear, trouble);
  return {
    text: () => fileText(file, place.resume()),
    listen: {
      out(chunk) {
        place.read(chunk);
        words.received();
        output(chunk);
      },
      err: chunk => words.hear(chunk.toString('utf8')),
    },
    ended() {},
    place: place.afterLastLine,
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
  };
}

const LINE_FEED = 10;

/** Where in the file the next stay takes up. After a rotation only the new file's bytes count. */
function placeInFile(from: FilePlace | undefined) {
  let at = from;
  let read = 0;
  /** Up to the end of the last whole line; below zero when that was before `at`. */
  let readLines = 0;
  return {
    read(chunk: Buffer) {
      const last = chunk.lastIndexOf(LINE_FEED);
      if (last !== -1) readLines = read + last + 1;
      read += chunk.length;
    },
    hear(text: string) {
      const beginning = /^@ at (\d+) (\d*)$/m.exec(text);
      const offset = Number(beginning?.[1]);
      if (beginning !== null) {
        // Anywhere else than where it was asked to go on it has found another file. Of either, some may be here already.
        if (offset !== at?.offset) readLines = Math.max(0, readLines);
        at = {offset, inode: beginning[2] ?? ''};
      }
      // In these words tail says that it has begun another file under the same name.
      if (/has been replaced|has appeared|truncated/.test(text)) {
        at = {offset: 0, inode: ''};
        read = 0;
        readLines = 0;
      }
    },
    resume(): FilePlace | undefined {
      if (at === undefined) return undefined;
      at = {offset: at.offset + read, inode: at.inode};
      readLines -= read;
      read = 0;
      return at;
    },
    afterLastLine(): FilePlace | undefined {
      return at === undefined ? undefined : {offset: at.offset + readLines, inode: at.inode};
    },
  };
}

function fileText(file: string, resume: FilePlace | undefined): string {
  const from =
    resume === undefined
      ? `o=$((s - $(tail -n ${LINES_FIRST} "$f" 2>/dev/null | wc -c)))`
      : `o=${resume.offset}; { [ "$s" -ge "$o" ] && { [ ${quote(resume.inode)} = "" ] || [ "$i" = ${quote(resume.inode)} ]; }; } || o=0`;
  return `f=${directoryWord(file)}; s=0; i=
if [ -f "$f" ]; then s=$(wc -c <"$f"); i=$(ls -iL "$f" | awk '{print $1}'); fi
s=$((s)); ${from}
[ "$o" -ge 0 ] || o=0
echo "@ at $o $i" >&2
LC_ALL=C tail -c "+$((o+1))" -F "$f" &
t=$!
read -r _
kill $t 2>/dev/null`;
}
