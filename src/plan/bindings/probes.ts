/** Probes of a bindings file: one record a kind, with what it may say, its unit, its words, and whom it asks. */
import {z} from 'zod';
import {compact} from '../../text/compact.ts';
import type {Unit} from '../kinds.ts';
import type {SignalSource} from '../plan.ts';
import type {Unlined} from './actions.ts';
import {
  expectation,
  flag,
  groupsIn,
  http,
  interval,
  isPattern,
  noPattern,
  refuse,
  strict,
  text,
  unit,
  whole,
} from './fields.ts';
import type {PostgresFigure, ProbeBinding} from './types.ts';

const DEFAULT_EVERY_MS = 15_000;
const DEFAULT_TIMEOUT_MS = 10_000;

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
    'served-by': text.optional(),
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

/** As signals have them: a log is one kind, whether its lines are counted or numbers are captured from them. */
type Kind = SignalSource['kind'];
type Of<Name extends Kind> = Extract<ProbeBinding, {kind: Name extends 'log' ? 'log' | 'capture' : Name}>;

/** Whom a probe asks. Without a name: this machine, or the only database. */
type Asked = {kind: 'host' | 'database'; name: string | undefined} | {kind: 'log'; name: string};

type KindRecord<Name extends Kind> = {
  /** Which keys go with the one that names the kind, beside the cadence. */
  keys: readonly (keyof Given)[];
  /** What is measured, or what is wrong with it. `value`: of the key that names the kind. */
  read(value: NonNullable<Given[Name]>, given: Given): Measured<Of<Name>> | string;
  /** Of its readings; undefined when it depends on what is asked. */
  unit(probe: Of<Name>): Unit | undefined;
  /** What is measured, as `resident memory of python.*api`. */
  words(probe: Of<Name>): string;
  /** Undefined for the network. */
  asks(probe: Of<Name>): Asked | undefined;
};

const KINDS: {readonly [Name in Kind]: KindRecord<Name>} = {
  http: {
    keys: ['expect', 'served-by'],
    read: (http, {expect, 'served-by': servedBy}) => compact({kind: 'http', http, expect, servedBy}),
    unit: () => 'ms',
    words: ({http}) => `${http.method} ${withoutSecrets(http.url)}`,
    asks: () => undefined,
  },
  rss: {
    keys: ['on'],
    read: (pattern, {on}) => (isPattern(pattern) ? {kind: 'rss', pattern, ...compact({on})} : noPattern(pattern)),
    unit: () => 'MB',
    words: ({pattern}) => `resident memory of ${pattern}`,
    asks: ({on}) => ({kind: 'host', name: on}),
  },
  cpu: {
    keys: ['on'],
    read(pattern, {on}) {
      if (pattern === true) return {kind: 'cpu', ...compact({on})};
      return isPattern(pattern) ? {kind: 'cpu', pattern, ...compact({on})} : noPattern(pattern);
    },
    unit: () => '%',
    words: ({pattern}) => (pattern === undefined ? 'processor time of the machine' : `processor time of ${pattern}`),
    asks: ({on}) => ({kind: 'host', name: on}),
  },
  disk: {
    keys: ['on', 'free'],
    read: (path, {on, free}) => compact({kind: 'disk', path, free: free === true ? true : undefined, ...compact({on})}),
    unit: ({free}) => (free === true ? 'MB' : '%'),
    words: ({path, free}) => `disk space ${free === true ? 'left' : 'in use'} at ${path}`,
    asks: ({on}) => ({kind: 'host', name: on}),
  },
  run: {
    keys: ['on', 'expect', 'unit'],
    read: (run, {on, expect}) => ({kind: 'run', run, ...compact({on, expect})}),
    unit: () => undefined,
    words: ({run}) => run,
    asks: ({on}) => ({kind: 'host', name: on}),
  },
  log: {
    keys: ['count', 'of', 'per', 'capture', 'unit'],
    read: (log, given) => ofLog(given, log),
    unit(probe) {
      if (probe.kind === 'capture') return undefined;
      if (probe.per !== undefined) return '/min';
      return probe.of === undefined ? 'count' : '%';
    },
    words: probe =>
      probe.kind === 'capture'
        ? `numbers in ${probe.log}: ${probe.capture}`
        : `lines of ${probe.log} with ${probe.count}${shareWords(probe)}`,
    asks: ({log}) => ({kind: 'log', name: log}),
  },
  sql: {
    keys: ['on', 'rows', 'expect', 'unit'],
    read: (sql, {on, rows, expect}) =>
      compact({
        kind: 'sql',
        sql,
        rows: rows === true ? true : undefined,
        ...compact({on}),
        ...compact({expect}),
      }),
    unit: ({rows}) => (rows === true ? 'count' : undefined),
    words: ({sql, rows}) => `${rows === true ? 'rows of ' : ''}${sql}`,
    asks: ({on}) => ({kind: 'database', name: on}),
  },
  postgres: {
    keys: ['on', 'like', 'pool'],
    read: (about, given) => ofPostgres(given, about),
    unit: ({about}) => (about === 'connections' ? '%' : 'ms'),
    words: postgresWords,
    asks: ({on}) => ({kind: 'database', name: on}),
  },
  prometheus: {
    keys: ['query', 'unit'],
    read: (url, {query}) =>
      query === undefined ? '`prometheus` needs a `query`; add it' : {kind: 'prometheus', url, query},
    unit: () => undefined,
    words: ({query}) => query,
    asks: () => undefined,
  },
  step: {
    keys: [],
    read: step => ({kind: 'step', step}),
    unit: () => 'ms',
    words: ({step}) => `duration of ${step}`,
    asks: () => undefined,
  },
};

export const probe = fields.transform((given, context): Unlined<ProbeBinding> => {
  const kinds = (Object.keys(KINDS) as Kind[]).filter(name => given[name] !== undefined);
  const [kind] = kinds;
  const value = kind === undefined ? undefined : given[kind];
  if (kind === undefined || value === undefined || kinds.length > 1) {
    const names = Object.keys(KINDS).join(', ');
    return refuse(context, given, `measures ${kinds.join(' and ') || 'nothing'}; give one of ${names}`);
  }
  const {keys, read}: KindRecord<Kind> = KINDS[kind];
  const clock = kind === 'step' ? [] : ['every', 'timeout'];
  const foreign = foreignKeys(given, [kind, ...keys, ...clock]);
  if (foreign.length > 0) {
    return refuse(context, given, `\`${foreign.join('`, `')}\` says nothing about \`${kind}\`; remove it`);
  }
  const measured = read(value, given);
  if (typeof measured === 'string') return refuse(context, given, measured);
  const cadence = {everyMs: given.every ?? DEFAULT_EVERY_MS, timeoutMs: given.timeout ?? DEFAULT_TIMEOUT_MS};
  return {...cadence, ...compact({unit: given.unit}), ...measured};
});

/** The record of the probe's kind, for whoever shows where a signal comes from. */
export function kindOf(probe: ProbeBinding): {kind: Kind} & Pick<KindRecord<Kind>, 'unit' | 'words' | 'asks'> {
  const kind = probe.kind === 'capture' ? 'log' : probe.kind;
  return {kind, ...KINDS[kind]};
}

function foreignKeys(given: Given, own: readonly string[]): string[] {
  return Object.entries(given).flatMap(([key, value]) => (value === undefined || own.includes(key) ? [] : [key]));
}

/** Everything but the cadence, which all probes have alike. */
type Measured<Bound = ProbeBinding> = Bound extends unknown
  ? Omit<Bound, 'everyMs' | 'timeoutMs' | 'line' | 'unit'>
  : never;

function ofLog({count, capture, of, per}: Given, log: string): Measured<Of<'log'>> | string {
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
  return {kind: 'log', log, count, ...compact({of, per})};
}

function ofPostgres({on, like, pool}: Given, about: PostgresFigure): Measured<Of<'postgres'>> | string {
  if (pool !== undefined && about !== 'connections') return '`pool` goes with `postgres: connections`; remove it';
  if (pool === 0) return '`pool` is 0; write how many connections it holds';
  if (like !== undefined && about === 'replication-lag') return '`like` says nothing about a lag; remove it';
  return {kind: 'postgres', about, ...compact({on, like, pool})};
}

function shareWords({of, per}: {of?: string; per?: string}): string {
  if (per !== undefined) return ` per ${per}`;
  return of === undefined ? '' : `, of ${of}`;
}

function postgresWords({about, like, pool}: Extract<ProbeBinding, {kind: 'postgres'}>): string {
  switch (about) {
    case 'connections':
      return `connections${like === undefined ? '' : ` of ${like}`}, of ${pool === undefined ? 'the server limit' : `a pool of ${pool}`}`;
    case 'statements':
      return `mean time of ${like === undefined ? 'all statements' : `statements like ${like}`}`;
    case 'replication-lag':
      return 'replication lag';
  }
}

/** The name and password of an address, and what stands behind its question mark, are nobody's business on a screen. */
function withoutSecrets(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1').replace(/\?.*$/s, '');
}
