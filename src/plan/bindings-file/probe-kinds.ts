/** Every kind of probe, one record each: its keys, unit, words, source, and aspects. */
import {compact} from '../../text/compact.ts';
import type {Interruption} from '../hazards/interruptions.ts';
import type {Unit} from '../kinds.ts';
import type {Check} from '../script.ts';
import type {Aspect} from '../words/language.ts';
import {
  type CapturedLog,
  type CountedLog,
  ofLog,
  ofPostgres,
  POSTGRES_ASPECTS,
  type PostgresFields,
  type PostgresFigure,
  postgresWords,
  refusedPattern,
  shareWords,
} from './compound-probes.ts';

// Every program loads this file at its start, through plan.ts: it must not load the reader of the bindings file.

export type HttpBinding = {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  json?: unknown;
  body?: string;
};

/** All checks must hold. */
export type ExpectBinding = {checks: readonly Check[]};

/** The fields of each kind of probe, without those that all kinds have. */
type Fields = {
  /** `on`: the host that sends it. `servedBy`: the host whose restarts interrupt it, where nothing else shows that. */
  http: {on?: string; http: HttpBinding; expect?: ExpectBinding; servedBy?: string};
  /** Resident memory of the processes whose command line matches, MB. */
  rss: {on?: string; pattern: string};
  /** Share of the machine's processor time, %. Without a pattern: of all processes. */
  cpu: {on?: string; pattern?: string};
  /** The file system that holds the path: % in use, or with `free` what is left, MB. */
  disk: {on?: string; path: string; free?: true};
  /** A command that prints a number. */
  run: {on?: string; run: string; expect?: ExpectBinding};
  log: CountedLog;
  capture: CapturedLog;
  /** The first cell, or with `rows` the number of rows. */
  sql: {sql: string; on?: string; rows?: true; expect?: ExpectBinding};
  postgres: PostgresFields;
  prometheus: {on?: string; url: string; query: string};
  /** The duration of every finished attempt at a step, which is named by a part of its text. It is not polled. */
  step: {step: string};
};

/** `unit`: of the samples, where the kind does not give it. `expect`: a sample that does not meet it is an error. */
type Common = {everyMs: number; timeoutMs: number; line: number; unit?: Unit};
export type ProbeBinding = {[Kind in keyof Fields]: Common & {kind: Kind} & Fields[Kind]}[keyof Fields];

/** The kinds in the file and of signals. A log is one kind, whether its lines are counted or numbers are captured. */
export type ProbeKind = Exclude<keyof Fields, 'capture'>;
type Of<Kind extends ProbeKind> = Extract<ProbeBinding, {kind: Kind extends 'log' ? 'log' | 'capture' : Kind}>;

/** The types of values in the file. */
export type FieldValues = {
  text: string;
  'text or true': string | true;
  flag: boolean;
  whole: number;
  request: HttpBinding;
  expectation: ExpectBinding;
  unit: Unit;
  duration: number;
  figure: PostgresFigure;
  minute: 'minute';
};

/** Every key of a probe in the file; the first keys name its kind. */
export const PROBE_KEYS = {
  http: 'request',
  rss: 'text',
  // `cpu: true` means the whole machine; a text is the pattern of processes.
  cpu: 'text or true',
  disk: 'text',
  run: 'text',
  log: 'text',
  sql: 'text',
  postgres: 'figure',
  prometheus: 'text',
  step: 'text',
  on: 'text',
  'served-by': 'text',
  free: 'flag',
  count: 'text',
  capture: 'text',
  of: 'text',
  per: 'minute',
  rows: 'flag',
  like: 'text',
  pool: 'whole',
  query: 'text',
  expect: 'expectation',
  unit: 'unit',
  every: 'duration',
  timeout: 'duration',
} as const satisfies Readonly<Record<string, keyof FieldValues> & Record<ProbeKind, keyof FieldValues>>;

type Key = keyof typeof PROBE_KEYS;
export type GivenProbe = {readonly [Name in Key]?: FieldValues[(typeof PROBE_KEYS)[Name]] | undefined};

/** What a probe asks. Without a name: this machine, or the only database. */
type Asked = {kind: 'host' | 'database'; name: string | undefined} | {kind: 'log'; name: string};

export type KindRecord<Kind extends ProbeKind> = {
  /** The other keys that this kind allows, besides the pace. */
  keys: readonly Key[];
  /** The probe, or what is wrong with it. `value`: of the key that names the kind. */
  read(value: NonNullable<GivenProbe[Kind]>, given: GivenProbe): MeasuredProbe<Of<Kind>> | string;
  /** The unit of its samples; undefined when it depends on what is asked. */
  unit(probe: Of<Kind>): Unit | undefined;
  /** What is measured, for people: `resident memory of python.*api`. */
  words(probe: Of<Kind>): string;
  /** Undefined: the network. */
  asks(probe: Of<Kind>): Asked | undefined;
  /** The aspects of rules that it may feed; empty when only its name shows them. */
  aspects(probe: Of<Kind>): readonly Aspect[];
  interrupted: Interrupted;
};

/** A probe without the fields that all kinds have. */
export type MeasuredProbe<Bound = ProbeBinding> = Bound extends unknown ? Omit<Bound, keyof Common> : never;

/**
 * The interruptions for which its samples are not judged for a while. `at`: of the host that is asked, or of the host
 * on which the answering service runs.
 */
type Interrupted = {at: 'asked' | 'serving'; by: readonly Interruption[]};
const NEVER: Interrupted = {at: 'asked', by: []};
const BY_REBOOT: Interrupted = {at: 'asked', by: ['host']};
const WITH_DATABASE: Interrupted = {at: 'serving', by: ['database', 'host']};

const ofHost = ({on}: {on?: string}): Asked => ({kind: 'host', name: on});
/** Without a host, the request goes from this machine into the network. */
const fromHost = ({on}: {on?: string}): Asked | undefined => (on === undefined ? undefined : ofHost({on}));
const ofDatabase = ({on}: {on?: string}): Asked => ({kind: 'database', name: on});

/** To add a kind: its fields and key above, its record here, and what measures it in probes/kinds.ts. */
export const PROBES: {readonly [Kind in ProbeKind]: KindRecord<Kind>} = {
  http: {
    keys: ['on', 'expect', 'served-by'],
    read: (http, {on, expect, 'served-by': servedBy}) => compact({kind: 'http', on, http, expect, servedBy}),
    unit: () => 'ms',
    words: ({http}) => `${http.method} ${withoutSecrets(http.url)}`,
    asks: fromHost,
    aspects: () => ['latency', 'errors'],
    interrupted: {at: 'serving', by: ['service', 'database', 'host', 'elsewhere']},
  },
  rss: {
    keys: ['on'],
    read: (pattern, {on}) => refusedPattern(pattern) ?? compact({kind: 'rss', pattern, on}),
    unit: () => 'MB',
    words: ({pattern}) => `resident memory of ${pattern}`,
    asks: ofHost,
    aspects: () => ['memory'],
    interrupted: {at: 'asked', by: ['service', 'database', 'host']},
  },
  cpu: {
    keys: ['on'],
    read(pattern, {on}) {
      if (pattern === true) return compact({kind: 'cpu', on});
      return refusedPattern(pattern) ?? compact({kind: 'cpu', pattern, on});
    },
    unit: () => '%',
    words: ({pattern}) => (pattern === undefined ? 'processor time of the machine' : `processor time of ${pattern}`),
    asks: ofHost,
    aspects: () => ['processor'],
    interrupted: BY_REBOOT,
  },
  disk: {
    keys: ['on', 'free'],
    read: (path, {on, free}) => compact({kind: 'disk', path, free: free === true ? true : undefined, on}),
    unit: ({free}) => (free === true ? 'MB' : '%'),
    words: ({path, free}) => `disk space ${free === true ? 'left' : 'in use'} at ${path}`,
    asks: ofHost,
    aspects: () => ['disk'],
    interrupted: BY_REBOOT,
  },
  run: {
    keys: ['on', 'expect', 'unit'],
    read: (run, {on, expect}) => compact({kind: 'run', run, on, expect}),
    unit: () => undefined,
    words: ({run}) => run,
    asks: ofHost,
    aspects: () => [],
    interrupted: BY_REBOOT,
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
    aspects: () => [],
    interrupted: NEVER,
  },
  sql: {
    keys: ['on', 'rows', 'expect', 'unit'],
    read: (sql, {on, rows, expect}) => compact({kind: 'sql', sql, rows: rows === true ? true : undefined, on, expect}),
    unit: ({rows}) => (rows === true ? 'count' : undefined),
    words: ({sql, rows}) => `${rows === true ? 'rows of ' : ''}${sql}`,
    asks: ofDatabase,
    aspects: () => [],
    interrupted: WITH_DATABASE,
  },
  postgres: {
    keys: ['on', 'like', 'pool'],
    read: (about, given) => ofPostgres(given, about),
    unit: ({about}) => (about === 'connections' ? '%' : 'ms'),
    words: postgresWords,
    asks: ofDatabase,
    aspects: ({about}) => [POSTGRES_ASPECTS[about]],
    interrupted: WITH_DATABASE,
  },
  prometheus: {
    keys: ['on', 'query', 'unit'],
    read: (url, {on, query}) =>
      query === undefined ? '`prometheus` needs a `query`; add it' : compact({kind: 'prometheus', on, url, query}),
    unit: () => undefined,
    words: ({query}) => query,
    asks: fromHost,
    aspects: () => [],
    interrupted: NEVER,
  },
  step: {
    keys: [],
    read: step => ({kind: 'step', step}),
    unit: () => 'ms',
    words: ({step}) => `duration of ${step}`,
    asks: () => undefined,
    aspects: () => ['duration'],
    interrupted: NEVER,
  },
};

/** The record of a probe's kind, for showing where a signal comes from. */
export function probeKindOf(probe: ProbeBinding): {kind: ProbeKind} & KindRecord<ProbeKind> {
  const kind = probe.kind === 'capture' ? 'log' : probe.kind;
  return {kind, ...PROBES[kind]};
}

/** Removes name, password and query from an address, because it is shown on screens. */
function withoutSecrets(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1').replace(/\?.*$/s, '');
}
