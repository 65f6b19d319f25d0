/** Regular expressions over log text: what was typed to search or filter, and how serious a line is. */
import {ERROR_WORDS} from '../../text/error-words.ts';
import {ownPattern, type Pattern, patternOf, whyNoPattern} from '../../text/pattern.ts';

/** Smart-case: small letters match both. What cannot be used as a pattern is taken literally; '' is none. */
export function compilePattern(typed: string | undefined): Pattern | undefined {
  if (typed === undefined || typed === '') return undefined;
  const flags = /\p{Lu}/u.test(typed.replace(/\\./g, '')) ? '' : 'i';
  if (whyNoPattern(typed) === undefined) return patternOf(typed, flags);
  const literal = typed.slice(0, LITERAL_LENGTH_MAX);
  return patternOf(literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), flags);
}

/** The longest text that is looked for letter by letter; each letter may take two in a pattern. */
const LITERAL_LENGTH_MAX = 500;

export type LogLevel = 'error' | 'warn';

const WARNINGS = /\b(?:WARN|WARNING)\b|\blevel["']?[=:]\s*["']?warn|\[warn(?:ing)?\]|\bwarning:/i;

export const WARN_PATTERN = ownPattern(WARNINGS);

export function levelOf(plain: string): LogLevel | undefined {
  if (ERROR_WORDS.test(plain)) return 'error';
  return WARNINGS.test(plain) ? 'warn' : undefined;
}
