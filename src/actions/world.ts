/** What actions and probes reach the world through. Made once per engine by `openWorld`. */
import {dirname} from 'node:path';
import type {Bindings} from '../plan/plan.ts';
import type {Place} from '../plan/script.ts';
import type {LinkSeen} from '../run/events/link-events.ts';
import type {HostOutcome, Outcome, Table, Timing} from '../run/outcome.ts';
import type {Ask} from '../run/question.ts';
import type {Look, Proof, Proved, Request} from '../run/request.ts';
import type {SentRequests} from './http/http.ts';
import type {Raised, Raising} from './jobs/fence.ts';
import type {LinkError} from './link-error.ts';
import type {LogPosition} from './logs/seen-lines.ts';
import type {Fence} from './shell.ts';

/** What was to be performed waits for the link to `host`, and nothing of it was sent; or it waits no more. */
export type OnAwaited = (host: string, waits: boolean) => void;

/** Receives raw output as it arrives. `source` is a spool source id; step output goes to `output`. */
export type Sink = (source: string, chunk: Buffer | string) => void;

/** Behind a whole line of a file, which may have been replaced by another since. */
export type FilePosition = {
  inode: string;
  offset: number /** The bytes before it, in hex: they tell the file from others. */;
  last?: string;
};

export type Followed = {file: string; from?: FilePosition} | {command: string; from?: LogPosition};

/** `position`: behind the last whole line that has come; nothing for a command that cannot go on from there. */
export type Following = {close(): void; position(): FilePosition | LogPosition | undefined};

/** Why there is no answer to SQL; `state` is the SQLSTATE of what the server said, absent when it said nothing. */
export type Unanswered = {error: string; state?: string};

export type World = {
  /** Performs one request to its end. Never throws for what the world does; `signal` cancels (TERM, then KILL). */
  perform(request: Request, sink: Sink, signal: AbortSignal, onAwaited?: OnAwaited): Promise<Outcome>;
  /** Runs each proof in `place`; the answer has one entry per proof. Throws `LinkError` when the place cannot be reached. */
  prove(place: Place, lane: 'main' | 'rollback', proofs: readonly Proof[]): Promise<Readonly<Record<string, Proved>>>;
  /** What each look prints in `place`, its first line; no entry for one that prints nothing. Throws like `prove`. */
  read(place: Place, lane: 'main' | 'rollback', looks: readonly Look[]): Promise<Readonly<Record<string, string>>>;
  /** Runs a short command and returns its output; for probes. */
  capture(place: Place, command: string, timeoutMs: number): Promise<{code: number; output: string}>;
  /**
   * Follows a file (or a command that never ends), reconnecting with backoff until closed. `onTrouble`: why a file that is
   * there cannot be read, or that it can be read now.
   */
  follow(
    place: Place,
    what: Followed,
    source: string,
    sink: Sink,
    onTrouble?: (reason: string | undefined) => void,
  ): Following;
  /**
   * One measured request over a connection of its own: for HTTP probes, `from` here or a host. Never throws; an error
   * comes back in words. `unasked`: it cannot be asked from there, which says nothing about the server.
   */
  measure(
    request: {method: string; url: string; headers: Readonly<Record<string, string>>; body?: string; from?: Place},
    timeoutMs: number,
  ): Promise<{status: number; body: string; timing: Timing} | {error: string; unasked?: true}>;
  /** One SQL statement on a database of the bindings, over a connection of its own; rows as text. */
  query(database: string, sql: string, timeoutMs: number): Promise<Table | Unanswered>;
  /** The hosts of a group of the bindings, in the order of its inventory. Throws `LinkError` where nobody can say. */
  hostsOf(group: string): Promise<readonly string[]>;
  /** The next proof of a group is asked of all of its hosts. */
  forgetLooks(): void;
  /** Opens the rollback lane to these hosts ahead of need, and loads what a rollback would wait for. */
  reserve(hosts: readonly string[]): void;
  /** Somebody is there who can be asked: questions that were left unanswered may be put again. */
  askAgain(): void;
  /** Takes the output of the jobs whose names begin with `prefix` from a place when nobody needs it any more. */
  forget(place: Place, prefix: string): Promise<void>;
  /** For an engine that takes a run over: its number is put up on the host, or on each of a group. Never throws. */
  raiseFence(place: Place, raising: Raising): Promise<readonly Raised[]>;
  close(): Promise<void>;
};

/** `host`: as the bindings call it. `means`: a key's file, `agent`, `password` …; `hostKey`: the fingerprint that was accepted. */
export type Login = {host: string; user: string; address: string; means: string; hostKey: string};

export type WorldOptions = {
  bindings: Bindings;
  /** Where a local context starts. */
  directory: string;
  /** With which local commands make files; this process's own unless said otherwise. */
  umask?: number;
  onLink: (link: LinkSeen) => void;
  /** A step of a group has ended on these hosts, and runs on on others. */
  onHosts?: (ended: readonly HostOutcome[]) => void;
  /** A connection was opened: to whom, as whom, and what they were let in with. Returns why it is not to be used. */
  onLogin?: (login: Login) => LinkError | undefined;
  /** Whether an engine of the same run has reached that host: where it is not reached now, it may come back. */
  wasReached?: (host: string) => boolean;
  /** Puts what only a person knows: unknown host keys, passphrases, passwords. Absent = there is nobody. */
  ask?: Ask;
  /** A script whose host could not be reached for this long is `lost`; 15 minutes unless said otherwise. */
  lostAfterMs?: number;
  sent?: SentRequests;
  /** What the jobs of this run are fenced with, asked at the start of each; absent: nothing is fenced. */
  fence?: () => Fence | undefined;
  /** Absolute path where jobs of this machine keep their files; `~/.tminus/jobs` unless said otherwise, as on a host. */
  jobsDirectory?: string;
};

/** Where `on:` of the bindings leads; without it, here. A name that they do not hold is taken for an ssh alias. */
export function placeOf(on: string | undefined, hosts: Bindings['hosts']): Place {
  if (on === undefined || on === 'local') return {kind: 'local'};
  return {kind: 'host', host: on, destination: hosts[on]?.destination ?? on};
}

/** Where relative paths of the bindings begin: the folder of their file, or `directory` where they are in no file. */
export function bindingsDirectory({file}: Pick<Bindings, 'file'>, directory: string): string {
  return file === undefined ? directory : dirname(file);
}
