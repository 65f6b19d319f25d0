/** The bindings file: what ties a checklist's names to the real world. Plain data, without the reader of the file. */
import {DEFAULT_ROLLBACK} from './defaults.ts';
import type {ProbeBinding} from './probe-kinds.ts';
import type {ExpectBinding, HttpBinding} from './requests.ts';

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
  /** Whole section title -> host name or `local`, as somebody said it in the review; `contexts` wins. */
  placed?: Readonly<Record<string, string>>;
  steps: readonly StepBinding[];
  probes: Readonly<Record<string, ProbeBinding>>;
  logs: Readonly<Record<string, LogBinding>>;
  rules: readonly RuleBinding[];
  rollback: {auto: boolean; countdownMs: number; requires: readonly {on?: string; run: string; line: number}[]};
  contacts: Readonly<Record<string, string>>;
  /** Who is told of what happens, and how. */
  notify?: readonly NotifyBinding[];
  /** Where the state of the run is served to Prometheus. */
  metrics?: MetricsBinding;
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

/** An address of this machine. */
export type MetricsBinding = {host: string; port: number};

/** `destination: local` means this machine is the host. */
export type HostBinding = {
  matches: readonly string[];
  destination: string;
  directory?: string;
  /** Another ssh_config file. */
  config?: string;
  /** Always through the system's own ssh. */
  transport?: 'openssh';
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

/** `needs-person`: it waits until a person decides. `window`: a time to watch is over, with what the rules say. */
export type Occasion = 'trigger' | 'failed' | 'needs-person' | 'rollback' | 'window' | 'closed';

/** How a notice is sent: to the input of a command here, as JSON to an address, as Slack or ntfy take it, or by `sendmail`. */
export type Channel =
  | {kind: 'run'; run: string}
  | {kind: 'webhook' | 'slack' | 'ntfy'; url: string}
  | {kind: 'mail'; to: string};

export type NotifyBinding = {on: readonly Occasion[]; by: Channel; line: number};

/** A file, or a command that follows a log until it is stopped: exactly one of them. */
export type LogBinding = {on?: string; tail?: string; run?: string; line: number};

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
