/** What a box is built from. The command writes it into the run's directory; the first process of the box reads it. */
import type {Needs} from '../needs.ts';

/** Where the files of a box are in its run's directory. */
export const BOX_FILES = {
  plan: 'box.json',
  /** Here the root of the box is mounted; outside of it this stays an empty directory. */
  root: 'box',
  /** Asks the box how its target stands. */
  socket: 'box.sock',
  /** A line for each call of a program that is played. */
  calls: 'stand-ins.ndjson',
} as const;

/** A file that stands in the root of a box and nowhere else: whoever sees it is inside. */
export const INSIDE = '/.rehearsal-of-tminus';

export type BoxPlan = {
  needs: Needs;
  /** `local` first. */
  hosts: readonly BoxHost[];
  databases: readonly BoxDatabase[];
  /** The one of them that the bindings do not name, and the document's SQL needs. */
  madeDatabase?: BoxDatabase;
  /** Programs of this machine that run in the box, by name: `awk` -> `/usr/bin/mawk`. */
  programs: Readonly<Record<string, string>>;
  /** Directory with the PostgreSQL that is started for `databases`; absent where there is none. */
  postgres?: {initdb: string; postgres: string};
  /** Unprivileged id that the hosts' processes have outside, where root builds the box. */
  owner?: number;
  /** Name of the account that rehearses. */
  operator: string;
  /** What usual durations are divided by. */
  faster: number;
};

export type BoxHost = {
  /** As the plan calls it; several names may mean the same host. */
  places: readonly string[];
  hostname: string;
  /** In 127.0.0.0/8; each host has its own. */
  address: string;
  /** What leads here: host names and numbers, as destinations have them. */
  names: readonly string[];
  ports: readonly number[];
  users: readonly string[];
  /** The home of the first user, in which a shell starts. */
  home: string;
};

/** `url`: of the bindings; whoever it names is let in. */
export type BoxDatabase = {name: string; url: string};

/** Who is logged in where nobody says it. */
export const USER = 'deploy';

export const LOCAL = 'local';
