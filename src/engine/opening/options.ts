/** What the command line asked for, as the run directory keeps it. */
import {readFileSync, realpathSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {RunSettings} from '../../run/event.ts';
import type {RunTakenOver} from '../../run/events/ledger-events.ts';

/** What the command line asked for, kept in the run directory so that a resumed engine knows it, too. */
export type EngineOptions = {
  runId: string;
  /** Root of the state: locks and runs. */
  home: string;
  /** Absolute paths as the operator named them; the engine reads the copies in the run directory. */
  checklist: string;
  bindings?: string;
  /** The review file beside the checklist, also while there is none. */
  review?: string;
  /** `--procedure`: of several procedures of the document the one that is meant. */
  procedure?: string;
  /** Where local commands start. */
  directory: string;
  /** Who opened it: `ana`, or `ana (root)`. */
  user: string;
  auto: boolean;
  yes: readonly string[];
  watch: 'none' | 'all' | number;
  unattended: boolean;
  dryRun: boolean;
  /** Rehearsals: it ends itself when it has had no console for this long. */
  aloneMsMax?: number;
  /** Rehearsals of one's own document: no engine may go on with it outside of its box. */
  box?: NonNullable<RunSettings['box']>;
  /** Rehearsals: the line whose command fails when it is run for the first time. */
  failAt?: number;
  /** Rehearsals: where the hosts that no binding names are in the box, by the host as the document writes it. */
  boxHosts?: Readonly<Record<string, string>>;
  /**
   * Rehearsals: the database of the box, for SQL for which the bindings name none. It does not change how the plan is
   * read.
   */
  madeDatabase?: {name: string; url: string};
  /** `--group`: the Unix group that the run directory belongs to. */
  group?: string;
  /** `--approve`. */
  approvers?: 2;
  /** `--value K=V` and `--choose SECTION=OPTION`, over the bindings. */
  values: Readonly<Record<string, string>>;
  /** Names of those values that are secret, which are kept nowhere. */
  secretValues?: readonly string[];
  choices: readonly (readonly [string, string])[];
  /**
   * For a run that goes on here and was begun on another machine: what its first engine here puts on record as an
   * event.
   */
  takenOver?: Omit<RunTakenOver, 'type'>;
  /** `--without-ledger`: why it is started although the team's ledger cannot be reached. */
  withoutLedger?: string;
};

/** What a run locks: its checklist in its environment, so that no other run of the two is live beside it. */
export function lockKey({checklist, bindings = ''}: Pick<EngineOptions, 'checklist' | 'bindings'>): string {
  return `${checklist}\n${realPath(bindings)}`;
}

/** The same file by another name is the same environment. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

const FILE = 'options.json';

/** With this flag an engine waits on this descriptor until it is told to open its run, and says there that it listens. */
export const STARTER = {flag: '--told', descriptor: 3};
/** Environment variable of an engine: secret values of `--value`, as JSON. */
export const SECRET_VALUES = 'TMINUS_SECRET_VALUES';
/**
 * For the C libraries, which read them once, as the process starts: memory that was given back does not stay with a
 * thread, and names that no server answers for keep only some of the threads that look names up.
 */
export const LIBRARY_SETTINGS = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: String(128 * 1024),
  UV_THREADPOOL_SIZE: '16',
};

export function writeOptions(runDirectory: string, options: EngineOptions): void {
  writeFileSync(join(runDirectory, FILE), `${JSON.stringify(options, undefined, 2)}\n`, {mode: 0o600});
}

export function readOptions(runDirectory: string): EngineOptions {
  return JSON.parse(readFileSync(join(runDirectory, FILE), 'utf8')) as EngineOptions;
}
