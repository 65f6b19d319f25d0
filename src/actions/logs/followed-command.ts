/** Following what a command that never ends says, again and again until it is closed. */
import {quoteForShell as quote} from '../../plan/script.ts';
import type {Followed} from '../world.ts';
import type {Follower, Told} from './followed-file.ts';
import {logCommand} from './log-command.ts';

const LINE_FEED = 10;
const WORDS_MAX = 400;

/** A command that says nothing for so long follows its log. */
const QUIET_MS = 3000;

export function followCommand({command, from}: Extract<Followed, {command: string}>, told: Told): Follower {
  const log = logCommand(command, from);
  if (log === undefined) return followAnyCommand(command, told);
  const {output, trouble} = told;
  let said = '';
  let quiet: NodeJS.Timeout | undefined;
  const saysNoMore = () => {
    said = '';
    trouble(undefined);
  };
  const hear = (word: string) => {
    said = word.trim().slice(0, WORDS_MAX) || said;
  };
  return {
    text() {
      quiet = setTimeout(saysNoMore, QUIET_MS).unref();
      return commandText(log.text());
    },
    listen: {
      out(chunk) {
        const {lines, words} = log.read(chunk);
        for (const word of words) hear(word);
        if (lines.length === 0) return;
        saysNoMore();
        output(lines);
      },
      err: chunk => hear(chunk.toString('utf8')),
    },
    // Only then it is known that what it said was the reason.
    ended() {
      clearTimeout(quiet);
      if (said !== '') trouble(said);
      log.ended();
    },
    position: log.position,
  };
}

const FOLLOWED_AGAIN =
  '[tminus] followed again: this command cannot go on where it stopped, so that lines may be missing here or come twice\n';

/** What it says on its error stream is part of what it says. */
function followAnyCommand(command: string, {output}: Told): Follower {
  let last: number | undefined;
  let isCut = false;
  const take = (chunk: Buffer) => {
    if (isCut) output(Buffer.from(`${last === LINE_FEED ? '' : '\n'}${FOLLOWED_AGAIN}`));
    isCut = false;
    last = chunk.at(-1);
    output(chunk);
  };
  return {
    text: () => commandText(command),
    listen: {out: take, err: take},
    ended() {
      isCut = last !== undefined;
    },
    position: () => undefined,
  };
}

/** In a group of its own, so that all of a pipeline ends with it. The watcher turns the end of our interest into its end. */
function commandText(command: string): string {
  const run = `sh -c ${quote(command)} </dev/null 3<&- &`;
  return `exec 3<&0
if command -v setsid >/dev/null 2>&1; then setsid ${run}
else ${run}
fi
c=$!
( read -r _ <&3; kill -s TERM -- "-$c" 2>/dev/null || kill -s TERM "$c" ) >/dev/null 2>&1 &
w=$!
wait $c
kill $w 2>/dev/null`;
}
