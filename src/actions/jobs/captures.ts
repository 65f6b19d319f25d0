/** Expressions such as `$(date +%Y%m%d)`, evaluated once per job and held in a variable, so that midnight cannot split them. */
import type {BoundCommand} from '../../run/request.ts';
import {quote} from '../shell-quote.ts';

/** Evaluates an expression unless it has been; one that fails with nothing to show stops the job, rather than running it with a hole. */
export function captureText(expression: string, number: number): string {
  const name = `_tm_c${number}`;
  return `if [ -z "\${${name}+x}" ]; then
  eval ${quote(`${name}=${expression}`)}; _tm_x=$?
  if [ "$_tm_x" -ne 0 ] && [ -z "$${name}" ]; then
    printf '%s\\n' ${quote(`cannot evaluate ${expression}`)}; unset ${name}; _tm_s=$_tm_x
  else _tm_capture ${number} "$${name}"; fi
fi`;
}

/** The command with each captured expression as a variable, except inside single quotes, where the shell reads neither. */
export function withVariables({text, captures}: BoundCommand, expressions: readonly string[]): string {
  let done = '';
  let rest = text;
  let quoted: '' | "'" | '"' = '';
  while (rest !== '') {
    const capture = quoted === "'" ? undefined : captures.find(({expression}) => rest.startsWith(expression));
    if (capture !== undefined) {
      done += `\${_tm_c${expressions.indexOf(capture.expression)}}`;
      rest = rest.slice(capture.expression.length);
      continue;
    }
    const length = rest.startsWith('\\') && quoted !== "'" ? 2 : 1;
    const sign = rest.slice(0, length);
    if (sign === quoted) quoted = '';
    else if (quoted === '' && (sign === "'" || sign === '"')) quoted = sign;
    done += sign;
    rest = rest.slice(length);
  }
  return done;
}
