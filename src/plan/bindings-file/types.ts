/** The types of bindings, which tie a checklist's names to the real world. They do not load the reader. */

import {DEFAULT_ROLLBACK} from './defaults.ts';
import type {ExpectBinding, HttpBinding, ProbeBinding} from './probe-kinds.ts';

/** Durations are in milliseconds. `secret` values never leave the engine. */
export type Bindings = {
  /** Absolute path of the file; absent when there is none. */
  file?: string;
  values: Readonly<Record<string, {value: string; secret: boolean; line: number}>>;
  hosts: Readonly<Record<string, HostBinding>>;
  databases: Readonly<Record<string, DatabaseBinding>>;
  /** By section title, or a part of it: the option to take. */
  choices: Readonly<Record<string, string>>;
  /** By section title, or a part of it: a host or `local`. */
  contexts: Readonly<Record<string, string>>;
  /** By whole section title, or titles ("Step 2 > Option A"): a host or `local`, as answered in the review. `contexts` wins. */
  placed?: Readonly<Record<string, string>>;
  steps: readonly StepBinding[];
  probes: Readonly<Record<string, ProbeBinding>>;
  logs: Readonly<Record<string, LogBinding>>;
  rules: readonly RuleBinding[];
  rollback: {auto: boolean; countdownMs: number; requires: readonly {on?: string; run: string; line: number}[]};
  contacts: Readonly<Record<string, string>>;
  /** Who is told of what, and how. */
  notify?: readonly NotifyBinding[];
  /** Where the state of the run is served to Prometheus. */
  metrics?: MetricsBinding;
  /** How long a service may be unwell after a restart that the document asks for, ms. */
  settleMs?: number;
  /** The lines of plain names in the file, for messages: `contexts.4. Backup` → line. */
  lines?: Readonly<Record<string, number>>;
  /** What the file leaves open; it is in no other part of these bindings. */
  open?: readonly OpenBinding[];
};

/** An entry without a value: `hosts`, `vps`, `destination`. `matches`: the host's names in the document. */
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

/** `destination: local`: this machine is the host. */
export type HostBinding = {
  matches: readonly string[];
  destination: string;
  directory?: string;
  /** Another ssh_config file to read. */
  config?: string;
  /** Always use the system's own ssh. */
  transport?: 'openssh';
  /** It is no host but several, which Ansible knows; `destination` then says so in words and is no address. */
  group?: GroupBinding;
  line: number;
};

/** Hosts of an Ansible inventory. `inventory`: as Ansible takes it, from the folder of the bindings. */
export type GroupBinding = {
  inventory: string;
  /** A group of the inventory, or `all`. */
  name: string;
  /** So many hosts may fail before the step has failed. */
  maxFailures: HostCount;
  /** How many hosts Ansible talks to at a time; its own setting unless said otherwise. */
  forks?: number;
} & Batches;

/**
 * `batches`: how large each is that a deployment goes through, the last one again and again; all hosts at once unless said
 * otherwise. `pause` between two, ms; absent: as long as the rules look back, and a person where there are none.
 */
export type Batches = {batches?: readonly HostCount[]; pause?: number | 'person'};

/** A number of hosts, or a share of all of them in percent. */
export type HostCount = {hosts: number} | {percent: number};

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

/** `needs-person`: the run waits for a person's decision. `window`: a watch has ended, with what the rules say. */
export type Occasion = 'trigger' | 'failed' | 'needs-person' | 'rollback' | 'deploy' | 'window' | 'closed';

/**
 * How a notice is sent: as input of a local command, as JSON to an address, in the form of Slack or ntfy, by
 * `sendmail`, or as an annotation of Grafana.
 */
export type Channel =
  | {kind: 'run'; run: string}
  | {kind: 'webhook' | 'slack' | 'ntfy'; url: string}
  /** `url`: of its annotations. `token`: of a service account. */
  | {kind: 'grafana'; url: string; token?: string}
  | {kind: 'mail'; to: string};

export type NotifyBinding = {on: readonly Occasion[]; by: Channel; line: number};

/** A file (`tail`), or a command that follows a log (`run`): exactly one of them. */
export type LogBinding = {on?: string; tail?: string; run?: string; line: number};

export type RuleBinding = {
  match?: string;
  all?: boolean;
  probe: string;
  statistic?: string;
  windowMs?: number;
  samples?: number;
  consecutive?: number;
  /** The fields from here on define a rule that the document does not have. */
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

/** The database that is meant when none is named. */
export function onlyDatabase(databases: Bindings['databases']): string | undefined {
  const names = Object.keys(databases);
  return names.find(name => databases[name]?.default) ?? (names.length === 1 ? names[0] : undefined);
}
