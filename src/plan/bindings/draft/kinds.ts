/** What steps for a person and rules without a signal are about, in the words that checklists use for it. */
import {namesIn} from '../../binding/env-file-check.ts';
import type {Rule, Step} from '../../plan.ts';

/** Tables that a step says must exist: "Tables exist: a, b", or names in back-ticks. */
export function tablesNamed(step: Step): readonly string[] {
  if (step.action.kind !== 'manual' || !TABLES.test(step.title)) return [];
  const listed = step.title.slice(step.title.indexOf(':') + 1);
  const after = step.title.includes(':') ? listed.split(/,|;|&|\s(?:and|y|e|und)\s/) : [];
  const names = after.map(name => name.trim().replace(/[`*.]+$|^[`*]+/g, ''));
  if (names.length > 0 && names.every(name => TABLE.test(name))) return [...new Set(names)];
  return namesIn([step.title, ...step.instructions], TABLE);
}

/** Whether a step only asks for a database that answers. */
export function asksForConnection({action, title}: Step): boolean {
  return action.kind === 'manual' && CONNECTION.test(title);
}

/** Variables that a step says must be set, in a file; the file as the step has it. */
export function variablesNamed(step: Step): {file: string; isNamed: boolean; count: number} | undefined {
  if (step.action.kind !== 'manual') return undefined;
  const texts = [step.title, ...step.instructions];
  const names = namesIn(texts, /^[A-Z][A-Z0-9_]{2,}$/);
  const isAbout = /\benv(?:ironment)?\b|\bvariables?\b|\bsecrets?\b|\.env\b|entorno|umgebung/i.test(texts.join(' '));
  if (names.length === 0 || !isAbout) return undefined;
  const file = texts.map(text => ENV_FILE.exec(text)?.[0]).find(found => found !== undefined);
  return {file: file ?? '.env', isNamed: file !== undefined, count: names.length};
}

/** Whether a step asks for a log without errors. */
export function asksForQuietLog({action, title}: Step): boolean {
  return action.kind === 'manual' && QUIET_LOG.test(title);
}

export type Family = 'latency' | 'queries' | 'errors' | 'memory' | 'cpu' | 'disk' | 'connections' | 'other';

/** What would measure a rule, as far as its metric and unit tell. */
export function familyOf({metric, unit, statistic}: Rule): Family {
  if (unit === 'ms') return QUERIES.test(metric) ? 'queries' : 'latency';
  if (statistic === 'error-rate') return 'errors';
  // "Database connection failures" are no connections, and nothing that is counted anywhere by itself.
  if (FAILING.test(metric)) return 'other';
  return FAMILIES.find(([, words, units]) => words.test(metric) && units.includes(unit))?.[0] ?? 'other';
}

const FAMILIES: readonly (readonly [family: Family, metric: RegExp, units: readonly Rule['unit'][]])[] = [
  ['disk', /\bdis[ck]s?\b|\bdisco\b|\bfestplatte|\bspeicherplatz|\bfile ?system|\bstorage\b/i, ['%']],
  ['memory', /\bmemory\b|\bmemoria\b|\barbeitsspeicher|\bspeicher\b|\bram\b|\brss\b|\bheap\b/i, ['%', 'MB', 'MB/h']],
  ['cpu', /\bcpu\b|\bprocessor\b|\bprozessor|\bprocesador\b/i, ['%']],
  ['connections', /\bconnections?\b|\bpool\b|\bconexiones\b|\bverbindungen\b/i, ['%', 'count']],
  ['errors', /\berrors?\b|\berrores\b|\bfehler|\bexceptions?\b/i, ['%', 'count', '/min']],
];

/** A metric that says nothing but that something is timed. */
export function isAnyLatency(metric: string): boolean {
  return metric.split(/[\s_-]+/).every(word => TIMED.test(word));
}

const FAILING = /\b(?:failures?|failed|failing|refused|lost|fallos?|ausfälle?)\b/i;
const TIMED =
  /^(?:|api|http|app|application|service|server|site|web|page|pages|endpoint|request|requests|response|responses|latency|latencies|latencia|latencias|latenz|time|times|tiempo|tiempos|de|la|respuesta|antwortzeit|antwortzeiten|load|loading|overall|average|p\d+)$/i;
const TABLES =
  /\btables?\b.*\b(?:exists?|present|created|there)\b|\btablas?\b.*\bexist|\btabellen?\b.*\b(?:existier|vorhanden|angelegt)/i;
const TABLE = /^[A-Za-z_]\w*(?:\.\w+)?$/;
const CONNECTION =
  /\b(?:database|db)\b.*\b(?:connection|connectivity|reachable|accessible)\b|\bconexi[oó]n\b.*\bbase de datos\b|\bdatenbank\w*\b.*\berreichbar/i;
const QUIET_LOG =
  /\bno\b.*\b(?:errors?|exceptions?|failures?)\b.*\blogs?\b|\blogs?\b.*\b(?:no|without|free of)\b.*\berrors?\b|\bsin errores\b.*\b(?:logs?|registros?)\b|\bkeine fehler\b.*\blogs?/i;
const ENV_FILE = /(?:[\w./~-]*\/)?\.env(?:\.\w+)?(?![\w/])/;
const QUERIES = /\bquer(?:y|ies)\b|\bsql\b|\bconsultas?\b|\babfragen?\b/i;
