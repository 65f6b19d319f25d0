/** What a target must have so that a document can be played against it. */
import type {Check, Place} from '../../plan/script.ts';

/** All of it is pure data, read from the plan alone: nothing here asks the bindings or the world. */
export type Needs = {
  /** Every place that a step runs on; `local` comes first and is always there. */
  places: readonly PlaceNeeds[];
  /** Addresses that are asked, each once. */
  services: readonly ServiceNeed[];
  /** Hosts that its programs reach by a name. */
  names: readonly string[];
  databases: readonly DatabaseNeed[];
  /** What stands before the deploy, and what the deploy brings: `v1.3.0` and `v1.4.0`. */
  versions: {old: string; new: string};
  /** A value for each placeholder that has none, by its text: the rehearsal binds them so. Destinations are among them. */
  values: Readonly<Record<string, string>>;
};

/** The same name as `Place.host`, or `local`. */
export type PlaceName = string;

export type PlaceNeeds = {
  name: PlaceName;
  place: Place;
  /** Where a shell starts, absolute; each context's shell starts here. */
  start: string;
  /** Absolute, parents before children. They are there before the deploy. */
  directories: readonly PathNeed[];
  /** Absolute. They are there before the deploy, because a command reads them and nothing in the document makes them. */
  files: readonly FileNeed[];
  repositories: readonly RepositoryNeed[];
  units: readonly UnitNeed[];
  programs: readonly ProgramNeed[];
};

export type PathNeed = {path: string; line: number};

/** `text`: what it holds. `archive`: packed, with the names of its members. `executable`: run by its path; does nothing. */
export type FileNeed = PathNeed & {
  kind: 'text' | 'archive' | 'executable' | 'dump' | 'link';
  text?: string;
  members?: readonly string[];
  /** Where a link leads. */
  target?: string;
};

/**
 * A checkout with a bare origin. It stands on `branch` at the old version; in the origin `branch` (or each of `ahead`)
 * is at the new one. A hash that the document names is a tag of that name.
 */
export type RepositoryNeed = PathNeed & {
  branch: string;
  /** Other branches that the document names, at the new version. */
  ahead: readonly string[];
  /** Those that the document deletes: they stand at the old version, here and in the origin. */
  behind: readonly string[];
  /** Tags that nothing in the document makes, at the old version; a tag of the new version at the new one. */
  tags: readonly {name: string; at: 'old' | 'new'}[];
  /** The document fetches from an origin: what is new comes by that. Else the checkout has all that is named already. */
  isFetched: boolean;
  /** It pushes what it never fetched: the new version is its own, and not in the origin yet. */
  brings: boolean;
  /** Paths inside of it, relative, that commands read: they differ between the versions. */
  files: readonly string[];
  /** Those of them that commands call. */
  programs: readonly string[];
  /** Remotes beside `origin` that commands name: `upstream`. They lead to the same. */
  otherRemotes: readonly string[];
  /** Addresses that it is cloned from or pushed to; empty where only `origin` is said. */
  remotes: readonly string[];
  /** The document clones it itself: only its origin is there before. */
  cloned: boolean;
};

export type UnitNeed = {
  manager: 'systemctl' | 'supervisorctl' | 'service';
  /** Without `.service`. */
  name: string;
  line: number;
  /** What it is before the deploy; one that the document only ever starts is stopped. */
  before: 'running' | 'stopped';
};

/** A program by the name that commands call. `how`: real in the box, played by a stand-in, or not run at all. */
export type ProgramNeed = {name: string; lines: readonly number[]; how: 'real' | 'stand-in' | 'unknown'};

/** One address with one method. `from`: the places that ask it. What only one version is asked for, both answer. */
export type ServiceNeed = {
  /** `http://localhost:8000/health`, with values put in. */
  url: string;
  method: string;
  from: readonly PlaceName[];
  lines: readonly number[];
  /** Before the deploy and after the rollback. */
  old: GoodAnswer;
  new: GoodAnswer;
};

/** What meets the expectations of the document. */
export type GoodAnswer = {
  status: number;
  /** Pieces of text that the answer has to hold. */
  holds: readonly string[];
  /** JSON that the answer has to contain. */
  json?: unknown;
  /** It answers faster than this, where the document says how fast. */
  belowMs?: number;
  /** All that is expected, for what the fields above cannot say. */
  checks: readonly Check[];
};

export type DatabaseNeed = {
  /** Name under `databases:`, of `psql -d`, or `main`. */
  name: string;
  engine: 'postgresql' | 'mysql' | 'sqlite' | 'other';
  /** The place whose psql asks it; absent: the plan's own SQL. */
  from: readonly PlaceName[];
  lines: readonly number[];
  /** The user of `psql -U`. */
  users: readonly string[];
  tables: readonly TableNeed[];
};

/** `schema.table`, or `table` in `public`. Types are those of PostgreSQL, guessed from names and comparisons. */
export type TableNeed = {
  name: string;
  columns: readonly {name: string; type: 'bigint' | 'text' | 'timestamptz' | 'boolean' | 'numeric' | 'jsonb'}[];
  /** This many rows satisfy what is expected. */
  rows: number;
  line: number;
};
