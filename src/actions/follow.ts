/** Log sources: a file or a never-ending command, followed through rotations and lost links until closed. */
import {quoteForShell as quote} from '../plan/script.ts';
import type {Shell} from './shell.ts';
import {directoryWord} from './short-command.ts';
import {FIRST_DELAY_MS, nextDelay} from './waiting.ts';
import type {FilePlace, Followed, Following} from './world.ts';

/** What is shown of a file at first. */
const LINES_FIRST = 200;
/** A stay this long was a good one: the next attempt comes soon again. */
const GOOD_STAY_MS = 10_000;

export function follow(
  shell: Shell,
  directory: string | undefined,
  what: Followed,
  output: (chunk: Buffer) => void,
  onTrouble: (reason: string | undefined) => void = () => {},
): Following {
  const place = 'file' in what ? placeInFile(what.from) : undefined;
  let closed = false;
  let release = () => {};
  let wake = () => {};
  const words = tailWords(
    line => place?.hear(line),
    reason => closed || onTrouble(reason),
  );

  async function stay(): Promise<void> {
    const text =
      'file' in what ? fileText(what.file, directory, place?.resume()) : commandText(what.command, directory);
    const running = await shell.start(text, {
      out(chunk) {
        if (closed) return;
        place?.read(chunk);
        if (place !== undefined) words.received();
        output(chunk);
      },
      err(chunk) {
        if (place !== undefined) words.hear(chunk.toString('utf8'));
        // What a command says on its error stream is part of what it says.
        if (place === undefined && !closed) output(chunk);
      },
    });
    release = running.release;
    if (closed) running.release();
    await running.ended;
  }

  async function keepFollowing(): Promise<void> {
    let delayMs = FIRST_DELAY_MS;
    while (!closed) {
      const since = performance.now();
      // Whatever ended the stay, the answer is to come back; that the link is down is told by the connection.
      await stay().catch(() => {});
      if (closed) return;
      delayMs = performance.now() - since > GOOD_STAY_MS ? FIRST_DELAY_MS : delayMs;
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, delayMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      delayMs = nextDelay(delayMs);
    }
  }

  void keepFollowing();
  return {
    place: () => place?.afterLastLine(),
    close() {
      closed = true;
      release();
      wake();
    },
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

function fileText(file: string, directory: string | undefined, resume: FilePlace | undefined): string {
  const from =
    resume === undefined
      ? `o=$((s - $(tail -n ${LINES_FIRST} "$f" 2>/dev/null | wc -c)))`
      : `o=${resume.offset}; { [ "$s" -ge "$o" ] && { [ ${quote(resume.inode)} = "" ] || [ "$i" = ${quote(resume.inode)} ]; }; } || o=0`;
  return `${directory === undefined ? '' : `cd ${directoryWord(directory)} 2>/dev/null`}
f=${directoryWord(file)}; s=0; i=
if [ -f "$f" ]; then s=$(wc -c <"$f"); i=$(ls -iL "$f" | awk '{print $1}'); fi
s=$((s)); ${from}
[ "$o" -ge 0 ] || o=0
echo "@ at $o $i" >&2
LC_ALL=C tail -c "+$((o+1))" -F "$f" &
t=$!
read -r _
kill $t 2>/dev/null`;
}

/** In a group of its own, so that all of a pipeline ends with it. The watcher turns the end of our interest into its end. */
function commandText(command: string, directory: string | undefined): string {
  const run = `sh -c ${quote(command)} </dev/null 3<&- &`;
  return `${directory === undefined ? '' : `cd ${directoryWord(directory)} 2>/dev/null`}
exec 3<&0
if command -v setsid >/dev/null 2>&1; then setsid ${run}
else ${run}
fi
c=$!
( read -r _ <&3; kill -s TERM -- "-$c" 2>/dev/null || kill -s TERM "$c" ) >/dev/null 2>&1 &
w=$!
wait $c
kill $w 2>/dev/null`;
}
