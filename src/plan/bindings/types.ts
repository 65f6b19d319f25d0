/** The bindings file: what ties a checklist's names to the real world. Plain data, without the reader of the file. */

import type {Unit} from '../kinds.ts';
import type {Check} from '../script.ts';
import {DEFAULT_ROLLBACK} from './defaults.ts';

/** Durations are milliseconds; `secret` values never leave the engine. */
export type Bindings = {
  /** Absolute path of the file, or absent when there is none. */
  file?: string;
  values: Readonly<Record<string, {value: string; secret: boolean; line: number}>>;
  hosts: Readonly<Record<string, HostBinding>>;
  databases: Readonly<Record<string, DatabaseBinding>>;
  /** Section title (or a piece of it) -> option. */
  choices: Readonly<Record<string, string>>;
  /** Section title (or a piece of it) -> host name or `local`. */
  contexts: Readonly<Record<string, string>>;
  steps: readonly StepBinding[];
  probes: Readonly<Record<string, ProbeBinding>>;
  logs: Readonly<Record<string, LogBinding>>;
  rules: readonly RuleBinding[];
  rollback: {auto: boolean; countdownMs: number; requires: readonly {on?: string; run: string; line: number}[]};
  contacts: Readonly<Record<string, string>>;
  /** How long a restart that the document asks for may be unwell before that counts, ms. */
  settleMs?: number;
  /** Where plain names stand in the file, for messages: `contexts.4. Backup` -> line. */
  lines?: Readonly<Record<string, number>>;
  /** What the file leaves for somebody to fill in; nothing else of these bindings speaks of it. */
  open?: readonly OpenBinding[];
};

/** `hosts`, `vps`, `destination`: an entry without a value. `matches`: of a host, as the document writes it. */
export type OpenBinding = {
  section: string;
  name: string;
  field?: string;
  matches: readonly string[];
  line: number;
  column: number;
};

/** `destination: local` means this machine is the host. */
export type HostBinding = {
  matches: readonly string[];
  destination: string;
  directory?: string;
  /** Another ssh_config file. */
  config?: string;
  line: number;
};

export type DatabaseBinding = {url: string; default: boolean; via?: string; line: number};

export type StepBinding = {
  match: string;
  all: boolean;
  on?: string;
  action:
    | {kind: 'run'; run: string}
    | {kind: 'sql'; sql: string}
    | {kind: 'http'; http: HttpBinding}
    | {kind: 'env-file'; file: string}
    | {kind: 'tables'; tables: readonly string[]}
    | {kind: 'log'; source: string; absent?: string; present?: string}
    | {kind: 'prometheus'; url: string; query: string}
    | {kind: 'tail'; file: string}
    | {kind: 'none'};
  expect?: ExpectBinding;
  timeoutMs?: number;
  retries?: number;
  /** With `--approve 2` a second person must agree before the step runs. */
  approvals?: 2;
  line: number;
};

export type HttpBinding = {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  json?: unknown;
  body?: string;
};

/** Several may be given; all must hold. */
export type ExpectBinding = {checks: readonly Check[]};

/** `unit`: of the readings, where the kind of probe does not say it. `expect`: a reading that does not meet it is an error. */
export type ProbeBinding = {
  everyMs: number;
  timeoutMs: number;
  line: number;
  unit?: Unit;
} /** `servedBy`: name of the host whose restarts interrupt the answers, where neither address nor document tells. */ & (
  | {kind: 'http'; http: HttpBinding; expect?: ExpectBinding; servedBy?: string}
  /** Resident memory of the processes whose command line matches, MB. */
  | {kind: 'rss'; on?: string; pattern: string}
  /** Share of the machine's processor time, %. Without a pattern: of everything that runs there. */
  | {kind: 'cpu'; on?: string; pattern?: string}
  /** Of the file system that holds the path: % in use, or with `free` what is left of it, MB. */
  | {kind: 'disk'; on?: string; path: string; free?: true}
  /** A command that prints a number. */
  | {kind: 'run'; on?: string; run: string; expect?: ExpectBinding}
  /**
   * Matching lines of a log source since the last reading. `of`: as the share of the lines of another source, or of
   * the samples of another probe. `per`: as a rate.
   */
  | {kind: 'log'; log: string; count: string; of?: string; per?: 'minute'}
  /** The numbers that the first group of a pattern captures from the lines of a log source: one sample each. */
  | {kind: 'capture'; log: string; capture: string}
  /** The first cell, or with `rows` the number of rows. */
  | {kind: 'sql'; sql: string; on?: string; rows?: true; expect?: ExpectBinding}
  /**
   * What a PostgreSQL server knows of itself. `like`: an SQL pattern; of application names for `connections`, of
   * queries for `statements`. `pool`: what the connections are a share of, instead of the server's own limit.
   */
  | {kind: 'postgres'; about: PostgresFigure; on?: string; like?: string; pool?: number}
  | {kind: 'prometheus'; url: string; query: string}
  /** The duration of every finished attempt at a step, by a piece of its text. It measures itself. */
  | {kind: 'step'; step: string}
);

export type PostgresFigure = 'connections' | 'statements' | 'replication-lag';

export type LogBinding = {on?: string; tail: string; line: number};

export type RuleBinding = {
  match?: string;
  all?: boolean;
  probe: string;
  statistic?: string;
  windowMs?: number;
  samples?: number;
  consecutive?: number;
  /** For rules that the document does not have. */
  name?: string;
  op?: string;
  value?: number;
  unit?: string;
  role?: string;
  line: number;
};

export const emptyBindings: Bindings = {
  values: {},
  hosts: {},
  databases: {},
  choices: {},
  contexts: {},
  steps: [],
  probes: {},
  logs: {},
  rules: [],
  rollback: DEFAULT_ROLLBACK,
  contacts: {},
};

/** The one that is meant where none is named. */
export function onlyDatabase(databases: Bindings['databases']): string | undefined {
  const names = Object.keys(databases);
  return names.find(name => databases[name]?.default) ?? (names.length === 1 ? names[0] : undefined);
}
