/** The closed lists of words in a plan (roles, kinds, units), and the check that a switch covers a whole list. */

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

/**
 * `criterion` is judged at the end of its window. A `trigger` has inverted polarity: when it holds, there is trouble.
 */
export type RuleRole = 'target' | 'alert' | 'trigger' | 'criterion';

export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
