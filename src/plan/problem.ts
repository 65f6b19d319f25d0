export type Severity = 'error' | 'warning' | 'info';

export type ProblemCode =
  | 'unbound-placeholder'
  | 'alternatives-in-block'
  | 'destructive-command'
  | 'interactive-command'
  | 'endless-command'
  | 'unguarded-curl'
  | 'rollback-missing'
  | 'rollback-input-never-created'
  | 'rollback-does-not-undo'
  | 'contradictory-threshold'
  | 'preticked-box'
  | 'unreadable-expectation'
  | 'unknown-directive'
  | 'unknown-binding'
  | 'ambiguous-binding'
  | 'invalid-binding'
  | 'encoding-repaired'
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
