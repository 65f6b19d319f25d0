/** Probes of a bindings file: what each kind of them may say. */

import {z} from 'zod';
import type {Unlined} from './actions.ts';
import {defined, expectation, flag, http, interval, refuse, strict, text, unit, whole} from './fields.ts';
import type {PostgresFigure, ProbeBinding} from './types.ts';

const DEFAULT_EVERY_MS = 15_000;
const DEFAULT_TIMEOUT_MS = 10_000;

/** What a probe measures, and which further keys go with it; the cadence goes with all that have one. */
const KINDS = {
  http: ['expect'],
  rss: ['on'],
  cpu: ['on'],
  disk: ['on', 'free'],
  run: ['on', 'expect', 'unit'],
  log: ['count', 'of', 'per', 'capture', 'unit'],
  sql: ['on', 'rows', 'expect', 'unit'],
  postgres: ['on', 'like', 'pool'],
  prometheus: ['query', 'unit'],
  step: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;
type Kind = keyof typeof KINDS;

const FIGURES: readonly PostgresFigure[] = ['connections', 'statements', 'replication-lag'];

const fields = strict(
  {
    http: http.optional(),
    rss: text.optional(),
    // The whole machine has no pattern: `cpu: true`.
    cpu: z.union([z.literal(true), text]).optional(),
    disk: text.optional(),
    run: text.optional(),
    log: text.optional(),
    sql: text.optional(),
    postgres: z.enum(FIGURES, {error: `unknown figure; write one of ${FIGURES.join(', ')}`}).optional(),
    prometheus: text.optional(),
    step: text.optional(),
    on: text.optional(),
    free: flag.optional(),
    count: text.optional(),
    capture: text.optional(),
    of: text.optional(),
    per: z.literal('minute', {error: 'expected `minute`'}).optional(),
    rows: flag.optional(),
    like: text.optional(),
    pool: whole.optional(),
    query: text.optional(),
    expect: expectation.optional(),
    unit: unit.optional(),
    every: interval.optional(),
    timeout: interval.optional(),
  },
  '{http: "https://…/health", every: 5s}',
);
type Given = z.output<typeof fields>;

export const probe = fields.transform((given, context): Unlined<ProbeBinding> => {
  const kinds = (Object.keys(KINDS) as Kind[]).filter(name => given[name] !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    const names = Object.keys(KINDS).join(', ');
    return refuse(context, given, `measures ${kinds.join(' and ') || 'nothing'}; give one of ${names}`);
  }
  const foreign = foreignKeys(kind, given);
  if (foreign.length > 0) {
    return refuse(context, given, `\`${foreign.join('`, `')}\` says nothing about \`${kind}\`; remove it`);
  }
  const measured = measuredBy(given);
  if (typeof measured === 'string') return refuse(context, given, measured);
  const clock = {everyMs: given.every ?? DEFAULT_EVERY_MS, timeoutMs: given.timeout ?? DEFAULT_TIMEOUT_MS};
  return {...clock, ...defined({unit: given.unit}), ...measured};
});

function foreignKeys(kind: Kind, given: Given): string[] {
  const clock = kind === 'step' ? [] : ['every', 'timeout'];
  const own: readonly string[] = [kind, ...KINDS[kind], ...clock];
  return Object.entries(given).flatMap(([key, value]) => (value === undefined || own.includes(key) ? [] : [key]));
}

/** Everything but the cadence, which all probes have alike. */
type Measured<Bound = ProbeBinding> = Bound extends unknown
  ? Omit<Bound, 'everyMs' | 'timeoutMs' | 'line' | 'unit'>
  : never;

/** What is measured, or what is wrong with it. */
function measuredBy(given: Given): Measured | string {
  const {http: request, rss, cpu, disk, run, sql, step} = given;
  const place = defined({on: given.on});
  const expected = defined({expect: given.expect});
  if (request !== undefined) return {kind: 'http', http: request, ...expected};
  if (rss !== undefined) return isPattern(rss) ? {kind: 'rss', pattern: rss, ...place} : noPattern(rss);
  if (cpu === true) return {kind: 'cpu', ...place};
  if (cpu !== undefined) return isPattern(cpu) ? {kind: 'cpu', pattern: cpu, ...place} : noPattern(cpu);
  if (disk !== undefined) return {kind: 'disk', path: disk, ...(given.free === true ? {free: true} : {}), ...place};
  if (run !== undefined) return {kind: 'run', run, ...place, ...expected};
  if (sql !== undefined) return {kind: 'sql', sql, ...(given.rows === true ? {rows: true} : {}), ...place, ...expected};
  if (step !== undefined) return {kind: 'step', step};
  if (given.log !== undefined) return ofLog(given, given.log);
  if (given.postgres !== undefined) return ofPostgres(given, given.postgres);
  if (given.query === undefined) return '`prometheus` needs a `query`; add it';
  return {kind: 'prometheus', url: given.prometheus ?? '', query: given.query};
}

function ofLog({count, capture, of, per}: Given, log: string): Measured | string {
  if (capture !== undefined) {
    if (count !== undefined) return 'has count and capture; keep one of them';
    if (of !== undefined || per !== undefined) return '`of` and `per` go with `count`; remove them';
    if (!isPattern(capture)) return noPattern(capture);
    if (groupsIn(capture) === 0)
      return `\`${capture}\` captures nothing; put the number in brackets: took ([0-9.]+) ms`;
    return {kind: 'capture', log, capture};
  }
  if (count === undefined) return 'counts nothing; add `count: PATTERN`, or `capture: PATTERN`';
  if (!isPattern(count)) return noPattern(count);
  if (of !== undefined && per !== undefined) return 'has of and per; a share is no rate, keep one of them';
  return {kind: 'log', log, count, ...defined({of, per})};
}

function ofPostgres({on, like, pool}: Given, about: PostgresFigure): Measured | string {
  if (pool !== undefined && about !== 'connections') return '`pool` goes with `postgres: connections`; remove it';
  if (pool === 0) return '`pool` is 0; write how many connections it holds';
  if (like !== undefined && about === 'replication-lag') return '`like` says nothing about a lag; remove it';
  return {kind: 'postgres', about, ...defined({on, like, pool})};
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

function noPattern(pattern: string): string {
  return `\`${pattern}\` is not a regular expression; write special characters such as ( with a backslash before them`;
}

/** The empty alternative matches anything, and its match tells how many groups there are. */
function groupsIn(pattern: string): number {
  return (new RegExp(`${pattern}|`).exec('')?.length ?? 1) - 1;
}
