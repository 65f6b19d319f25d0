/** The last error lines of every log, with their place. Only the end of each file is read. */
import {closeSync, constants, fstatSync, openSync, readdirSync, readSync} from 'node:fs';
import {dirname} from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import {isErrorLine} from '../../text/error-words.ts';
import {spoolPath} from '../run-directory.ts';
import {openLineFile} from './line-file.ts';

/** `line`: counted from 1, as an editor counts it where no older piece of the log stands beside its file. */
export type ErrorLine = {source: string; line: number; text: string};

/** What steps print. */
export const OUTPUT_SOURCE = 'output';
const TAIL_BYTES = 256 * 1024;
const OF_EACH_MAX = 10;

/** `lines`: how many the source has; all of them are in its file. */
export function lastErrorLines(
  runDirectory: string,
  sources: readonly {id: string; lines: number}[],
): readonly ErrorLine[] {
  return sources.flatMap(({id, lines}) => {
    const tail = tailOf(spoolPath(runDirectory, id));
    const first = lines - tail.length;
    return tail
      .map((text, index) => ({source: id, line: first + index + 1, text: stripVTControlCharacters(text)}))
      .filter(({text}) => isErrorLine(text, id === OUTPUT_SOURCE))
      .slice(-OF_EACH_MAX);
  });
}

/** The same of a run that has no engine: how many lines there are has to be counted. */
export function errorLinesOf(runDirectory: string): readonly ErrorLine[] {
  const counted = sourcesIn(runDirectory).map(id => {
    const file = openLineFile(spoolPath(runDirectory, id));
    file?.refresh();
    const lines = file?.lines() ?? 0;
    file?.close();
    return {id, lines};
  });
  return lastErrorLines(runDirectory, counted);
}

/** What steps print first, then the logs in the order in which the run `opened` them, then others by name. */
export function sourcesIn(runDirectory: string, opened: readonly string[] = []): readonly string[] {
  const names = readdirSync(dirname(spoolPath(runDirectory, OUTPUT_SOURCE)));
  const logs = names.filter(name => name.endsWith('.log')).map(name => name.slice(0, -'.log'.length));
  const others = logs.filter(id => id !== OUTPUT_SOURCE && !opened.includes(id)).sort();
  return [OUTPUT_SOURCE, ...opened.filter(id => logs.includes(id)), ...others];
}

/** The last finished lines; nothing where there is no file. */
function tailOf(path: string): readonly string[] {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return [];
  }
  try {
    const {size} = fstatSync(file);
    const from = Math.max(0, size - TAIL_BYTES);
    const buffer = Buffer.alloc(size - from);
    const read = readSync(file, buffer, 0, buffer.length, from);
    const end = buffer.lastIndexOf('\n', read) + 1;
    const start = from === 0 ? 0 : buffer.indexOf('\n') + 1;
    if (end <= start) return [];
    return buffer.toString('utf8', start, end - 1).split('\n');
  } finally {
    closeSync(file);
  }
}
