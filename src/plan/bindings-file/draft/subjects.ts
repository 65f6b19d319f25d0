/** Recognises what manual steps and rules without a signal are about. */
import {namesIn} from '../../apply-bindings/env-file-check.ts';
import type {Rule, Step} from '../../plan.ts';
import {aspectPattern, phrase, topicPattern} from '../../words/vocabulary.ts';
import type {WordPattern} from '../../words/word-pattern.ts';

/** Tables that a step says must exist: "Tables exist: a, b", or names in back-ticks. */
export function tablesNamed(step: Step): readonly string[] {
  if (step.action.kind !== 'manual' || !TABLES.test(step.title)) return [];
  const listed = step.title.slice(step.title.indexOf(':') + 1);
  const after = step.title.includes(':') ? listed.split(LISTED) : [];
  const names = after.map(name => name.trim().replace(/[`*.]+$|^[`*]+/g, ''));
  if (names.length > 0 && names.every(name => TABLE.test(name))) return [...new Set(names)];
  return namesIn([step.title, ...step.instructions], TABLE);
}

/** Whether a step only asks for a database that can be reached. */
export function asksForConnection({action, title}: Step): boolean {
  return action.kind === 'manual' && CONNECTION.test(title);
}

/** The environment variables that a step says must be set, and their file; `isNamed`: the step names the file. */
export function variablesNamed(step: Step): {file: string; isNamed: boolean; count: number} | undefined {
  if (step.action.kind !== 'manual') return undefined;
  const texts = [step.title, ...step.instructions];
  const names = namesIn(texts, /^[A-Z][A-Z0-9_]{2,}$/);
  const isAbout = ENVIRONMENT.test(texts.join(' '));
  if (names.length === 0 || !isAbout) return undefined;
  const file = texts.map(text => ENV_FILE.exec(text)?.[0]).find(found => found !== undefined);
  return {file: file ?? '.env', isNamed: file !== undefined, count: names.length};
}

/** Whether a step asks for a log without errors. */
export function asksForQuietLog({action, title}: Step): boolean {
  return action.kind === 'manual' && QUIET_LOG.test(title);
}

export type Family = 'latency' | 'queries' | 'errors' | 'memory' | 'cpu' | 'disk' | 'connections' | 'other';

/** The kind of probe that could measure a rule, judged by its metric and unit. */
export function familyOf({metric, unit, statistic}: Rule): Family {
  if (unit === 'ms') return QUERIES.test(metric) ? 'queries' : 'latency';
  if (statistic === 'error-rate') return 'errors';
  // "Database connection failures" are no connections, and no probe counts them.
  if (FAILING.test(metric)) return 'other';
  return FAMILIES.find(([, words, units]) => words.test(metric) && units.includes(unit))?.[0] ?? 'other';
}

const FAMILIES: readonly (readonly [family: Family, metric: WordPattern | RegExp, units: readonly Rule['unit'][]])[] = [
  ['disk', aspectPattern('disk'), ['%']],
  ['memory', aspectPattern('memory'), ['%', 'MB', 'MB/h']],
  ['cpu', aspectPattern('processor'), ['%']],
  ['connections', aspectPattern('connections'), ['%', 'count']],
  ['errors', aspectPattern('errors'), ['%', 'count', '/min']],
];

/** Whether the metric only says that something is timed. */
export function isAnyLatency(metric: string): boolean {
  return metric.split(/[\s_-]+/).every(word => TIMED.test(word));
}

const LISTED = phrase`,|;|&|\s${'and'}\s`;
const FAILING = topicPattern('failing');
const TIMED = phrase`^(?:|${'timed'})$`;
const TABLES = topicPattern('tables-exist');
const TABLE = /^[A-Za-z_]\w*(?:\.\w+)?$/;
const CONNECTION = topicPattern('database-reachable');
const QUIET_LOG = topicPattern('quiet-log');
const ENVIRONMENT = topicPattern('environment');
const ENV_FILE = /(?:[\w./~-]*\/)?\.env(?:\.\w+)?(?![\w/])/;
const QUERIES = aspectPattern('query');
