/** How a stand-in answers: rows of a table, and what one call of it does. */

/**
 * One way a program is called. The first row that fits counts; a program of the table whose call fits no row answers
 * nothing and ends with 0. In `says` and in the texts of `does`, `{1}` is the first operand behind what `call` matched,
 * `{--tag}` the value of an option (`{--tag|latest}` with another word where it is absent), `{=KEY}` what is kept there.
 */
export type StandInRow = {
  /** A regular expression over the words behind the program, joined with one space: `^rollout (?:status|restart) `. */
  call: RegExp;
  /** Milliseconds it usually takes. */
  takesMs: number;
  says?: string;
  /** 0 unless it says so. */
  exit?: number;
  does?: readonly Deed[];
};

/**
 * What a call changes. `keep`: a value by a key, with all earlier ones; `back`: the value before it again, or the one that
 * `to` names, which fails with `missing` where there is none; `need`: fails where nothing is kept; `drop`: gone.
 */
export type Deed =
  | {kind: 'keep'; key: string; value: string}
  | {kind: 'back'; key: string; to?: string; missing: string}
  | {kind: 'need'; key: string; missing: string}
  | {kind: 'drop'; key: string}
  | {kind: 'unit'; act: 'start' | 'stop' | 'restart' | 'reload'; name: string}
  /** Relative to where it is called. `make`: with this text where it is absent. */
  | {kind: 'file'; act: 'make' | 'append' | 'delete'; path: string; text?: string}
  | {kind: 'directory'; path: string}
  /** The service of the target goes over to another version, as a unit that is restarted does. */
  | {kind: 'serve'; version: 'old' | 'new'};

export type StandIn = {
  programs: readonly string[];
  /** `package manager`, `Kubernetes`: said on the screen. */
  what: string;
  rows: readonly StandInRow[];
};

/** What stand-ins keep between calls: by `PROGRAM KEY` all values, the newest last. */
export type Kept = Readonly<Record<string, readonly string[]>>;

export type Call = {
  program: string;
  args: readonly string[];
  kept: Kept;
};

/** `deeds`: what the target itself must do, in order: units, files, directories, which version serves. */
export type Answer = {
  output: string;
  exit: number;
  takesMs: number;
  kept: Kept;
  deeds: readonly Exclude<Deed, {kind: 'keep' | 'back' | 'need' | 'drop'}>[];
};
