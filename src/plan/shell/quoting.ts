/** Writes values into shell text so that they stay data. */

// A value may stand bare, in quotes, in a substitution or in a here-document. Where another shell or interpreter reads
// the text again, only values of harmless characters are allowed.

import {REDACTED} from '../words/secret-name.ts';
import {
  COMMENT,
  data,
  type Filling,
  inSqlName,
  inSqlString,
  UNBOUND,
  unsafe,
  type Written,
  ZERO_BYTE,
} from './escaping.ts';
import {type ShellPosition, shellPositions} from './text-positions.ts';

export function escapeShell(text: string, fillings: readonly Filling[]): Written[] {
  const places = shellPositions(text, fillings);
  return fillings.map((filling, index) => {
    const place = places[index] ?? {kind: 'plain-only'};
    if (place.kind === 'comment') return COMMENT;
    const {value} = filling;
    if (value === undefined) return UNBOUND;
    if (value.includes('\0')) return unsafe(ZERO_BYTE);
    return written(value, place, text, filling);
  });
}

/** The value as one word of a shell command. */
export function quoteForShell(value: string): string {
  if (PLAIN.test(value) && /[A-Za-z]/.test(value) && !value.includes('=') && !KEYWORDS.test(value)) return value;
  return `'${inSingleQuotes(value)}'`;
}

/** All forms that a value takes when it is written into shell text or SQL; hiding a secret must find each of them. */
export function shapesWhenWritten(value: string): string[] {
  const ofShell = [inSingleQuotes(value), inDoubleQuotes(value), inHereDocument(value)];
  return [value, ...ofShell, inSqlString(value), inSqlName(value)];
}

function inSingleQuotes(value: string): string {
  return value.replaceAll("'", String.raw`'\''`);
}

function inDoubleQuotes(value: string): string {
  return value.replace(/["\\$`]/g, String.raw`\$&`);
}

function inHereDocument(value: string): string {
  return value.replace(/[\\$`]/g, String.raw`\$&`);
}

function written(value: string, place: ShellPosition, text: string, filling: Filling): Written {
  switch (place.kind) {
    case 'word':
      return data(isGlued(text, filling) && PLAIN.test(value) ? value : quoteForShell(value));
    case 'single':
      return data(inSingleQuotes(value));
    case 'double':
      return data(inDoubleQuotes(value));
    case 'here-document':
      return endsDocument(value, place.delimiter, text, filling)
        ? unsafe('one of its lines would end the here-document')
        : data(place.literal ? value : inHereDocument(value));
    case 'plain-only':
      return value === REDACTED || (PLAIN.test(value) && !value.startsWith('-')) ? data(value) : unsafe(READ_AGAIN);
    case 'comment':
      return COMMENT;
  }
}

const READ_AGAIN =
  'a second shell or program reads this text again, where only letters, digits and . / : @ % + , = _ - are safe, and no - first';

/** Behind other characters of the same word, a value cannot be a file descriptor, keyword, option or assignment. */
function isGlued(text: string, {start}: Filling): boolean {
  return /[\w./-]/.test(text[start - 1] ?? '');
}

/** Characters without a meaning in any shell, quoted or not, read once or twice. */
const PLAIN = /^[\w./:@%+,=-]+$/;

// At the start of a command these words are grammar.
const KEYWORDS = /^(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|in|function|select|time|coproc)$/;

/** A line of the value that equals the delimiter would end the document, and the rest of it would be run. */
function endsDocument(value: string, delimiter: string, text: string, {start, end}: Filling): boolean {
  if (!/[\r\n]/.test(value) && value.length > delimiter.length) return false;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  // The delimiter stands alone on its line: on a long line of many values, no more than the first can be it.
  if (text.slice(lineStart, start).trimStart().length > delimiter.length && !/[\r\n]/.test(value)) return false;
  const lineEnd = text.indexOf('\n', end);
  const around = text.slice(lineStart, start) + value + text.slice(end, lineEnd === -1 ? undefined : lineEnd);
  return around.split(/\r?\n|\r/).some(line => line.trim() === delimiter);
}
