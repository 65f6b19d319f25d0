/** Finds captures in commands: `$(date +%Y%m%d)`, read once in a run and kept under the name that later text uses. */
import {matchesOf} from '../../text/matches.ts';

/** `expression`: as it stands in the command. `name`: as later text writes it: `YYYYMMDD`, `timestamp`. */
export type Capture = {expression: string; name: string};

/** The captures of a command. */
export function readCaptures(command: string): Capture[] {
  const captures = new Map<string, Capture>();
  for (const [expression, bracketed, ticked] of matchesOf(command, /\$\(\s*(date\b[^()]*)\)|`\s*(date\b[^`]*)`/g)) {
    captures.set(expression, {expression, name: captureName(bracketed ?? ticked ?? '')});
  }
  return [...captures.values()];
}

/** The text with each capture replaced by its name: `app.$(date +%Y%m%d)` becomes `app.YYYYMMDD`. */
export function withNames(text: string, captures: readonly Capture[]): string {
  return captures.reduce((named, {expression, name}) => named.replaceAll(expression, name), text);
}

/** The text of a command with the values that the document set before and the names of its captures. */
export function namedText({
  text,
  named,
  captures,
}: {
  text: string;
  named?: string;
  captures: readonly Capture[];
}): string {
  return named ?? withNames(text, captures);
}

/**
 * The name of the capture that a placeholder refers to: `timestamp` for `[timestamp]`, YYYYMMDD for `JJJJMMTT`,
 * `AAAAMMDD`.
 */
export function capturedAs(placeholder: string): string {
  const name = placeholder.replace(/^[<[{]+|[>\]}]+$/g, '');
  return /^(?:JJJJ|AAAA)/.test(name) ? name.replace(/^(?:JJJJ|AAAA)/, 'YYYY').replace(/TT|JJ/, 'DD') : name;
}

/** How people write the result of a `date` command: `+%Y%m%d` is YYYYMMDD, `+%s` is a timestamp. */
function captureName(date: string): string {
  const format = /\+(?:"([^"]*)"|'([^']*)'|(\S+))|["']\+([^"']*)["']/.exec(date);
  const text = format?.[1] ?? format?.[2] ?? format?.[3] ?? format?.[4];
  if (text === undefined) return 'date';
  return text.replace(/%[-_0^#]?([a-zA-Z%])/g, (whole, letter: string) => LETTERS[letter] ?? whole);
}

const LETTERS: Readonly<Record<string, string>> = {
  Y: 'YYYY',
  y: 'YY',
  m: 'MM',
  d: 'DD',
  e: 'DD',
  H: 'HH',
  I: 'HH',
  M: 'MM',
  S: 'SS',
  F: 'YYYY-MM-DD',
  T: 'HH:MM:SS',
  R: 'HH:MM',
  D: 'MM/DD/YY',
  j: 'DDD',
  s: 'timestamp',
  N: 'nanoseconds',
  Z: 'TZ',
  z: 'TZ',
  b: 'MMM',
  B: 'MMMM',
  a: 'DDD',
  '%': '%',
};
