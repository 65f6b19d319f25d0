/** What actions are made of: commands, SQL statements, requests, expectations. Plain JSON data. */
import type {Operator, Unit} from './kinds.ts';
import type {Capture} from './shell/captures.ts';

export {altersInPlace} from './hazards/altering.ts';
export {type Interruption, interruptionsBy} from './hazards/interruptions.ts';
export {onlyReads} from './hazards/only-reads.ts';
export {type Capture, capturedAs} from './shell/captures.ts';
export {withProgramFirst} from './shell/carried-commands.ts';
export {archiveOf, type Copy, copyOf} from './shell/paths/copies.ts';
export {makesRef} from './shell/paths/outputs.ts';
export {commitBrought, type Incoming, linksMade, movesHead, type Restored, restoredBy} from './shell/paths/results.ts';
export {handsOnPipeline, hasFailed, type PipelinePart, watchPipelines} from './shell/pipelines.ts';
export {
  type BindMode,
  type Bound,
  bindText,
  findPlaceholders,
  type Lookup,
  type Missing,
  missingTexts,
  OTHER_VALUE,
} from './shell/placeholders.ts';
export {quoteForShell, shapesWhenWritten} from './shell/quoting.ts';
export {namesWork, onlyLooks} from './shell/read-only/looking-requests.ts';
export {looksOnly, readsOnly} from './shell/read-only/looks.ts';
export {operands, shellCommands, simpleCommands, withoutPrefixes} from './shell/words.ts';
export {isSecretHeader, isSecretName, isSecretVariable, REDACTED, SECRET_WORDS} from './words/secret-name.ts';

export type Action =
  | {kind: 'manual'}
  | {kind: 'input'; blanks: readonly Blank[]}
  | {kind: 'choice'; arms: readonly ChoiceArm[]}
  /** Shell text, on this machine or on a host; the place decides whether the `StepKind` is `shell` or `ssh`. */
  | {kind: 'script'; context: Context; stages: readonly Stage[]}
  /** `bound`: the bindings gave it, so any answer passes if nothing is expected. A document's own rows are judged. */
  | {kind: 'sql'; statements: readonly SqlStatement[]; database?: string; bound?: boolean}
  /** `context`: from which place it is requested; absent: from this machine. */
  | {kind: 'http'; requests: readonly HttpRequest[]; context?: Context}
  /** Opens a log source named `source`: a file, or a command that never ends. It never blocks the run. */
  | {kind: 'tail'; source: string; context: Context; file?: Text; command?: Text; alternatives: readonly string[]}
  /**
   * From `log:` of the bindings: judged on the lines that a log source received since the deploy began. `absent` and
   * `present` are regular expressions.
   */
  | {kind: 'log'; source: string; absent?: string; present?: string}
  /** From `prometheus:` of the bindings. `context` as for requests. */
  | {kind: 'prometheus'; url: string; query: string; context?: Context}
  | {kind: 'rule'; rules: readonly string[]};

/**
 * A blank to fill. `computed`: what the run can fill in by itself; a signer's name it only proposes. `asks`: which answer
 * of the sign-off belongs there.
 */
export type Blank = {
  id: string;
  label: string;
  line: number;
  computed?: 'date' | 'time' | 'timestamp' | 'user' | 'signer' | 'start' | 'end' | 'duration' | 'start-date';
  asks?: 'status' | 'issues' | 'notes';
};

/** `steps` are the steps under the option's heading; empty for a single radio item. */
export type ChoiceArm = {
  id: string;
  title: string;
  line: number;
  steps: readonly string[];
  recommended?: boolean;
  /** The answer once the deploy was rolled back ("Failed - rolled back"), or once that was wanted ("rollback required"). */
  rollback?: 'done' | 'needed';
};

/** Where shell text runs. All code blocks with the same `id` share their directory and exported variables. */
export type Context = {
  /** `deployment-steps:user@your-vps-ip`, `local`. */
  id: string;
  place: Place;
  /** Where the context starts before any `cd` (`directory` of the bindings). */
  directory?: string;
};

/**
 * `host` is a key of `hosts:` when one matches, otherwise the destination as the document writes it. `written`: the
 * destination in the document, where `destination` has the values of its placeholders.
 */
export type Place = {kind: 'local'} | {kind: 'host'; host: string; destination: string; written?: string};

/** The destination of a host as the document writes it. */
export function writtenPlace({destination, written = destination}: Extract<Place, {kind: 'host'}>): string {
  return written;
}

/** The stages of a script run one after the other; each ends before the next begins. */
export type Stage =
  | {kind: 'commands'; commands: readonly Command[]}
  | {kind: 'alternatives'; id: string; line: number; arms: readonly ScriptArm[]}
  | {kind: 'http'; request: HttpRequest; condition?: string};

/**
 * One of the ways between `# OR` lines. A manual arm ("via Plesk") has no commands; `label` says what a person does.
 */
export type ScriptArm = {id: string; label: string; line: number; commands: readonly Command[]; manual: boolean};

export type Command = {
  line: number;
  text: Text;
  /** Shown instead of `text`, where `text` is a program of T-Minus and not the document's command. */
  label?: string;
  /** The directory in which it will run, as far as the document says (placeholders are not bound yet). */
  directory?: Text;
  /** The comment lines directly above it: what it is for. */
  comment?: string;
  condition?: string;
  /** What it destroys, e.g. `deletes apps/backend`. */
  destructive?: string;
  /** The bindings gave it: it is meant as it stands. */
  bound?: true;
  /** `$(date +%Y%m%d)` in it, evaluated once per run and kept under `name`. */
  captures: readonly Capture[];
  /** The text with names of captures and values that the document set before; absent where that changes nothing. */
  named?: Text;
  /** What a rollback proves before the command runs, and shows as readiness. */
  inputs: readonly Input[];
};

/** Text of the document that may still hold placeholders; bind it with `bindText`. */
export type Text = string;

/** Something that must exist where a command runs. Texts may hold placeholders. */
export type Input =
  | {kind: 'program'; name: Text}
  | {kind: 'unit'; manager: 'systemctl' | 'supervisorctl' | 'service'; name: Text}
  /** `takenBack`: the change that a revert takes back, where another is the commit that is gone back to. */
  | {kind: 'git-ref'; ref: Text; directory?: Text; takenBack?: true; madeBy?: MadeBy}
  /** `madeFrom`: what a command of the document copies there, seen from the same directory. */
  | {kind: 'directory'; path: Text; directory?: Text; madeFrom?: Text; madeBy?: MadeBy}
  | {kind: 'file'; path: Text; directory?: Text; madeFrom?: Text; madeBy?: MadeBy}
  /** A file or a directory; `path` may be a pattern (`backups/*.gz`). */
  | {kind: 'path'; path: Text; directory?: Text; mayBeEmpty?: true; madeBy?: MadeBy}
  /**
   * What this command deletes leaves what the command at `line` needs. `inJob`: only the shell of the job knows its
   * values.
   */
  | {kind: 'survives'; needed: Text; deleted: readonly Deletion[]; line: number; directory?: Text; inJob?: true}
  /** `from` and `to` are different, and `to` does not lie in `from`: otherwise the copy fails. */
  | {kind: 'apart'; from: Text; to: Text}
  /** A backup that this command would overwrite, and that the command at `line` needs. */
  | {kind: 'kept'; path: Text; line: number};

/** The steps outside of the rollbacks that make an input, by id; `line`: of the first of their commands. */
export type MadeBy = {steps: readonly string[]; line: number};

/** A path or pattern; or a command that lists what will be deleted. */
export type Deletion = {path: Text} | {listing: readonly Text[]};

export type SqlStatement = {line: number; text: Text; expectations: readonly Expectation[]};

/** `writeOut`: the format of `-w`. `directory`: where the line runs, as far as the document says. */
export type CurlLine = {text: Text; writeOut?: Text; directory?: Text};

export type HttpRequest = {
  line: number;
  method: string;
  url: Text;
  headers: readonly {name: string; value: Text}[];
  body?: Text;
  /** `curl -k`. */
  insecure?: boolean;
  /** The curl line itself, where it has options that only curl honours exactly. */
  curl?: CurlLine;
  expectations: readonly Expectation[];
};

/** What must hold for a step to pass. Without `check`, a person judges it. */
export type Expectation = {
  text: string;
  line: number;
  readable: boolean;
  metric?: string;
  op?: Operator;
  value?: number;
  unit?: Unit;
  check?: Check;
};

export type Check =
  | {kind: 'status'; codes: readonly number[]}
  /** The answer contains this JSON (as a subset). */
  | {kind: 'json'; subset: unknown}
  /**
   * `words`: only as whole words, so that `inactive` does not show `active`. `times`: at least so often ("all four have to
   * say `present`"); absent: once.
   */
  | {kind: 'contains'; text: string; words?: true; times?: number}
  | {kind: 'absent'; text: string}
  | {kind: 'empty'}
  /** Wall time of the request or command, ms. */
  | {kind: 'duration'; op: Operator; value: number}
  /** The command, query or request ends with an error; `text`: what the error says. */
  | {kind: 'fails'; text?: string}
  /** The answer is one number and nothing else, or one cell. If it is anything else, a person judges. */
  | {kind: 'number'; op: Operator; value: number}
  /** Number of rows. */
  | {kind: 'rows'; op: Operator; value: number};
