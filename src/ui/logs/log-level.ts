/** How serious a log line is, by the words programs use. */

export type LogLevel = 'error' | 'warn';

/** Also what `e` and `E` jump to. */
export const ERROR_PATTERN =
  /\b(?:ERROR|FATAL|CRITICAL|CRIT|EMERG|PANIC|SEVERE|Traceback)\b|\b[A-Z]\w*(?:Error|Exception)\b|\blevel["']?[=:]\s*["']?(?:error|fatal|critical)|\[(?:error|crit|alert|emerg|fatal)\]|\bpanic:|\bfatal:|" 5\d\d /;
const WARN_PATTERN = /\b(?:WARN|WARNING)\b|\blevel["']?[=:]\s*["']?warn|\[warn(?:ing)?\]|\bwarning:/i;

export function levelOf(plain: string): LogLevel | undefined {
  if (ERROR_PATTERN.test(plain)) return 'error';
  return WARN_PATTERN.test(plain) ? 'warn' : undefined;
}
