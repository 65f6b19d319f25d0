/** How stand-ins answer: rows of tables, and what one call does. All of it is data; the target does what an answer says. */

/**
 * One way a program is called. The first row that fits counts; a call that fits no row answers nothing and ends with 0.
 * In `says` and in the texts of `does`, `{1}` is the first operand behind what `call` matched, `{*}` all words behind it,
 * `{--tag}` the value of an option (`{--tag|latest}` with another word where it is absent), `{=KEY}` what is kept there,
 * `{version}` the version that serves, `{new}` and `{old}` the two versions.
 */
export type StandInRow = {
  /** Over the words behind the program, joined with one space: `^rollout (?:status|restart) `. */
  call: RegExp;
  /** Milliseconds it usually takes. */
  takesMs: number;
  says?: string;
  /** 0 unless it says so. */
  exit?: number;
  does?: readonly Deed[];
};

/**
 * What a call changes. `keep`: a value by a key, with all earlier ones; `back`: the value before it again, and where
 * there is none it is as before the deploy; `drop`: gone. `serve`: the service of the target goes over to a version:
 * `words`: the one that the call names, `here`: that of the checkout where it is called, as a unit that is restarted does.
 */
export type Deed =
  | {kind: 'keep'; key: string; value: string}
  | {kind: 'back'; key: string}
  | {kind: 'drop'; key: string}
  | {kind: 'unit'; act: 'start' | 'stop' | 'restart' | 'reload' | 'status' | 'is-active'; name: string}
  /** Relative to where it is called. `make`: with this text where it is absent. */
  | {kind: 'file'; act: 'make' | 'append' | 'delete'; path: string; text?: string}
  /** Without it the call fails, in the words of the program. */
  | {kind: 'require'; path: string; missing: string}
  | {kind: 'directory'; path: string}
  | {kind: 'serve'; version: 'old' | 'new' | 'here' | 'words'};

export type StandIn = {
  programs: readonly string[];
  /** `package manager`, `Kubernetes`: said on the screen. */
  what: string;
  rows: readonly StandInRow[];
  /** It only runs what stands behind it, as `sudo` does: the target's shell runs that. */
  carries?: true;
};

/** What stand-ins keep between calls: by `PROGRAM KEY` all values, the newest last. */
export type Kept = Readonly<Record<string, readonly string[]>>;

export type Call = {
  program: string;
  args: readonly string[];
  kept: Kept;
  versions: {old: string; new: string};
  /** Which serves just now. */
  serving: 'old' | 'new';
};

/** `deeds`: what the target itself must do, in order; a `require` that is not met ends it with 1 and its words. */
export type Answer = {
  output: string;
  exit: number;
  takesMs: number;
  kept: Kept;
  deeds: readonly (
    | Exclude<Deed, {kind: 'keep' | 'back' | 'drop' | 'serve'}>
    | {kind: 'serve'; version: 'old' | 'new' | 'here'}
  )[];
};
