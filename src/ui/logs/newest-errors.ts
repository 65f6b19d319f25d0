/** The newest error lines of all logs, each text once. It reads only the end of each. */
import {isErrorLine} from '../../text/error-words.ts';
import type {Spool} from '../session.ts';
import {timeEnd} from './line-time.ts';
import {plainText} from './log-line.ts';

const OUTPUT = 'output';
/** How many of the last lines of each log are searched. */
const LOOK_BACK = 2000;

/** The head of a traceback says nothing about the error; its last line does. */
export const TRACEBACK_HEAD = /Traceback \(most recent call last\):?$/;

export type ErrorLine = {source: string; text: string};

/** The line without its date and time: where it is the newest, they say nothing. */
export function untimed({text}: ErrorLine): string {
  return text.slice(timeEnd(text) ?? 0).trimStart();
}

export function newestErrors(spool: Spool, most: number): ErrorLine[] {
  const found = spool.sources().flatMap(({id, title, lines}) =>
    spool
      .read(id, Math.max(0, lines - LOOK_BACK), LOOK_BACK)
      .map(plainText)
      .filter(text => isErrorLine(text, id === OUTPUT) && !TRACEBACK_HEAD.test(text))
      .filter((text, index, all) => all.lastIndexOf(text) === index)
      .slice(-most)
      .map(text => ({source: title, text})),
  );
  return found.slice(-most);
}
