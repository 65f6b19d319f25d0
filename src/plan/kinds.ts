/** The closed lists of words that a plan is written in, and the check that a switch knows a whole list. */

export type SectionRole =
  | 'prepare'
  | 'deploy'
  | 'verify'
  | 'monitor'
  | 'validate'
  | 'triggers'
  | 'rollback'
  | 'criteria'
  | 'contacts'
  | 'notes'
  | 'reference'
  | 'other';

export type StepKind = 'manual' | 'input' | 'shell' | 'ssh' | 'sql' | 'http' | 'tail' | 'choice' | 'rule';

export type Operator = '<' | '<=' | '>' | '>=' | '=' | '!=';

/** Base units: times in ms, memory in MB, shares in %, slopes in MB/h, everything else a count. */
export type Unit = 'ms' | 'MB' | '%' | 'MB/h' | 'count' | '/min' | 'x';

export type Statistic = 'p50' | 'p90' | 'p95' | 'p99' | 'mean' | 'max' | 'last' | 'error-rate' | 'slope' | 'count';

/** `criterion` is evaluated at the end of its window; `trigger` has inverted polarity: holding means trouble. */
export type RuleRole = 'target' | 'alert' | 'trigger' | 'criterion';

export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
