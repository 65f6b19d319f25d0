/** Problems: what is wrong with a checklist or its bindings, told to their author. */
import {compact} from '../text/compact.ts';

export type Severity = 'error' | 'warning' | 'info';

export type ProblemCode =
  | 'unbound-placeholder'
  | 'unusable-value'
  | 'alternatives-in-block'
  | 'destructive-command'
  | 'interactive-command'
  | 'endless-command'
  | 'outward-command'
  | 'irreversible-command'
  | 'secret-on-command-line'
  | 'forbidden-command'
  | 'unreadable-command'
  | 'unsupported-shell'
  | 'reference-card'
  | 'variable-never-set'
  | 'relative-path-after-cd'
  | 'place-assumed'
  | 'unguarded-curl'
  | 'rollback-missing'
  | 'rollback-assumed'
  | 'rollback-input-never-created'
  | 'backup-destroyed'
  | 'rollback-does-not-undo'
  | 'rollback-unverified'
  | 'contradictory-threshold'
  | 'preticked-box'
  | 'unreadable-expectation'
  | 'unknown-directive'
  | 'unknown-binding'
  | 'ambiguous-binding'
  | 'guessed-tie'
  | 'ambiguous-tie'
  | 'starved-rule'
  | 'invalid-binding'
  | 'unfilled-binding'
  | 'group-needs'
  | 'encoding-repaired'
  | 'unclosed-fence'
  | 'unread-content'
  | 'nothing-runnable';

/** Something the author should know. `line` and `column` are 1-based; `file` is set when it is not the checklist. */
export type Problem = {
  severity: Severity;
  code: ProblemCode;
  line: number;
  column: number;
  message: string;
  hint: string;
  file?: string;
};

/** A problem of a whole line. `file`: of the bindings. */
export function problemOf(
  severity: Severity,
  code: ProblemCode,
  line: number,
  message: string,
  hint: string,
  file?: string,
): Problem {
  return compact({severity, code, line, column: 1, message, hint, file});
}

/** The line of an offset into a text that begins on the line `from`. */
export function lineOfOffset(from: number, text: string, offset: number | undefined): number {
  return from + text.slice(0, offset).split('\n').length - 1;
}

/** Points at the column where `at` stands in the line; with an empty `at`, at the first character of the text. */
export function problemAt(
  lines: readonly string[],
  severity: Severity,
  code: ProblemCode,
  line: number,
  at: string,
  message: string,
  hint: string,
): Problem {
  const source = lines[line - 1] ?? '';
  const found = at === '' ? -1 : source.indexOf(at);
  const column = (found === -1 ? Math.max(0, source.search(/\S/)) : found) + 1;
  return {severity, code, line, column, message, hint};
}
