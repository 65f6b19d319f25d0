/** Which lines of a log belong together: a traceback, a stack or JSON over several lines is one event. Pure. */
import {timeEnd} from './line-time.ts';
import {plainText} from './log-line.ts';
import {levelOf} from './log-patterns.ts';

/** An event that goes on longer is taken as several. */
export const EVENT_LINES_MAX = 500;

/** Says of one line after the other whether an event begins with it; the first one does. */
export type EventReader = (plain: string) => boolean;

type Open = {
  lines: number;
  /** The first line has a time, so that a line without one belongs to it. */
  isDated: boolean;
  isError: boolean;
  /** A Python traceback ends with the first line that is not indented; a goroutine's calls are not indented. */
  trace: 'none' | 'python' | 'go';
};

const LEVEL_FIRST = /^\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL|SEVERE|PANIC)\b/i;
/** First words of lines that never stand alone. */
const GOES_ON =
  /^(?:Caused by:|Suppressed:|\.\.\. \d+ (?:more|common)|During handling of the above|The above exception was|at [\w$.<]+\(|#\d+ +\S|goroutine \d+ \[|\[signal [A-Z]|created by |--- |[Ss]tack ?(?:trace|backtrace|traceback)?:|stack traceback:|[}\])]+[,;]?$|[|^~ ]+$)/;
const TRACEBACK = /^Traceback \(most recent call/;
const GOROUTINE = /^goroutine \d+ \[/;
const GO_CALL = /^[\w./*()[\]·-]+\(.*\)$/;
/** PostgreSQL dates what it adds to an error, too. */
const ADDED = /^(?:\S+ ){0,4}(?:DETAIL|HINT|STATEMENT|CONTEXT|QUERY): /;

export function eventReader(): EventReader {
  let open: Open | undefined;
  return plain => {
    const end = timeEnd(plain);
    const isDated = end !== undefined;
    const body = plain.slice(end ?? 0);
    if (open !== undefined && open.lines < EVENT_LINES_MAX && goesOn(open, body, isDated)) {
      open.lines += 1;
      open.trace = traceAfter(open.trace, body);
      return false;
    }
    const trace = traceAfter('none', body);
    open = {lines: 1, isDated, isError: !isDated && levelOf(plain) === 'error', trace};
    return true;
  };
}

/** Lines `from … to-1`: the event that holds this line. */
export function eventAround(
  read: (from: number, count: number) => readonly string[],
  line: number,
): {from: number; to: number} {
  const begin = Math.max(0, line - EVENT_LINES_MAX);
  const texts = read(begin, line - begin + EVENT_LINES_MAX).map(plainText);
  const startsEvent = eventReader();
  let from = begin;
  for (const [offset, text] of texts.entries()) {
    if (!startsEvent(text)) continue;
    if (begin + offset > line) return {from, to: begin + offset};
    from = begin + offset;
  }
  return {from, to: begin + texts.length};
}

function goesOn({isDated, isError, trace}: Open, body: string, hasTime: boolean): boolean {
  if (hasTime && LEVEL_FIRST.test(body.trimStart())) return false;
  if (trace === 'python') return true;
  if (GOES_ON.test(body)) return true;
  if (TRACEBACK.test(body)) return isDated || isError;
  if (trace === 'go' && GO_CALL.test(body)) return true;
  // A program that dates every line also dates the lines of a stack.
  if (hasTime) return /^(?: {2}|\t)/.test(body) || ADDED.test(body);
  if (body === '' || /^\s/.test(body)) return true;
  return isDated && !LEVEL_FIRST.test(body);
}

function traceAfter(before: Open['trace'], body: string): Open['trace'] {
  if (TRACEBACK.test(body)) return 'python';
  if (GOROUTINE.test(body)) return 'go';
  if (before === 'python' && !/^\s/.test(body)) return 'none';
  return before;
}
