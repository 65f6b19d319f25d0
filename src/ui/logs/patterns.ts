/** Regular expressions over log text: what was typed to search or filter, and how serious a line is. */

/** Smart-case: small letters match both. A pattern that is no regular expression is taken literally; '' is none. */
export function compilePattern(typed: string | undefined): RegExp | undefined {
  if (typed === undefined || typed === '') return undefined;
  const flags = /\p{Lu}/u.test(typed.replace(/\\./g, '')) ? '' : 'i';
  try {
    return new RegExp(typed, flags);
  } catch {
    return new RegExp(typed.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), flags);
  }
}

export type LogLevel = 'error' | 'warn';

/** Also what `e` and `E` jump to. */
export const ERROR_PATTERN =
  /\b(?:ERROR|FATAL|CRITICAL|CRIT|EMERG|PANIC|SEVERE|Traceback)\b|\b[A-Z]\w*(?:Error|Exception)\b|\blevel["']?[=:]\s*["']?(?:error|fatal|critical)|\[(?:error|crit|alert|emerg|fatal)\]|\bpanic:|\bfatal:|" 5\d\d /;
const WARN_PATTERN = /\b(?:WARN|WARNING)\b|\blevel["']?[=:]\s*["']?warn|\[warn(?:ing)?\]|\bwarning:/i;

export function levelOf(plain: string): LogLevel | undefined {
  if (ERROR_PATTERN.test(plain)) return 'error';
  return WARN_PATTERN.test(plain) ? 'warn' : undefined;
}
