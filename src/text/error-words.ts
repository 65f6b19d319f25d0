/** What makes a line of a log an error line. */
import {ownPattern} from './pattern.ts';

export const ERROR_WORDS =
  /\b(?:ERROR|FATAL|CRITICAL|CRIT|EMERG|PANIC|SEVERE|Traceback)\b|\b[A-Z]\w*(?:Error|Exception)\b|\blevel["']?[=:]\s*["']?(?:error|fatal|critical)|\[(?:error|crit|alert|emerg|fatal)\]|\bpanic:|\bfatal:|" 5\d\d /;

/** What `e` and `E` jump to, and what the incident layout keeps. */
export const ERROR_PATTERN = ownPattern(ERROR_WORDS);

const COMMAND = /^[$>] /;

/** `isOutput`: what steps print, where the commands stand, too: one that looks for errors, `$ grep ERROR`, is none. */
export function isErrorLine(text: string, isOutput: boolean): boolean {
  return ERROR_PATTERN.test(text) && !(isOutput && COMMAND.test(text));
}
