/** Shell text, SQL and requests of a checklist: what a step's action is made of. Plain JSON data. */
import type {Operator, Unit} from './kinds.ts';
import type {Capture} from './shell/captures.ts';

export {type Interruption, interruptionsBy} from './hazards/interruptions.ts';
export {onlyReads} from './hazards/only-reads.ts';
export {type Capture, capturedAs} from './shell/captures.ts';
export {looksOnly, readsOnly} from './shell/looks.ts';
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
export {operands, shellCommands, simpleCommands} from './shell/words.ts';
export {isSecretHeader, isSecretName, isSecretVariable, REDACTED, SECRET_WORDS} from './words/secret-name.ts';

export type Action =
  | {kind: 'manual'}
  | {kind: 'input'; blanks: readonly Blank[]}
  | {kind: 'choice'; arms: readonly ChoiceArm[]}
  /** Shell text, here or on a host. `StepKind` is `shell` or `ssh` by its place. */
  | {kind: 'script'; context: Context; stages: readonly Stage[]}
  /** `bound`: the bindings gave it, and without an expectation an answer is enough; a document's own rows are judged. */
  | {kind: 'sql'; statements: readonly SqlStatement[]; database?: string; bound?: boolean}
  /** `context`: from where it is asked; absent = from here. */
  | {kind: 'http'; requests: readonly HttpRequest[]; context?: Context}
  /** Opens a log source named `source`; never blocks the run. Either a file or a command that never ends. */
  | {kind: 'tail'; source: string; context: Context; file?: Text; command?: Text; alternatives: readonly string[]}
  /** Bound by `log:` — judged on the lines a log source received since the deploy began. Regular expressions as text. */
  | {kind: 'log'; source: string; absent?: string; present?: string}
  /** Bound by `prometheus:`. `context` as for requests. */
  | {kind: 'prometheus'; url: string; query: string; context?: Context}
  | {kind: 'rule'; rules: readonly string[]};

/** A blank to fill. `computed` says what the run can fill in by itself. */
export type Blank = {
  id: string;
  label: string;
  line: number;
  computed?: 'date' | 'time' | 'timestamp' | 'user' | 'start' | 'end' | 'duration' | 'start-date';
};

/** `steps` are the steps under the option's heading; empty for a bare radio item. */
export type ChoiceArm = {
  id: string;
  title: string;
  line: number;
  steps: readonly string[];
  recommended?: boolean;
  /** It is the answer once the deploy was rolled back: "Deployment failed - rolled back". */
  rolledBack?: true;
};

/** Where shell text runs. Fences of one context share directory and exported variables, through `id`. */
export type Context = {
  /** Same id = same shell session, e.g. `deployment-steps:user@your-vps-ip`, `local`. */
  id: string;
  place: Place;
  /** Where the context starts when nothing has said `cd` yet (from bindings `directory`). */
  directory?: string;
};

/** `host` is the key under `hosts:` when one matches, else the destination as the document writes it. */
export type Place = {kind: 'local'} | {kind: 'host'; host: string; destination: string};

/** Stages of a script run one after the other; each runs to its end before the next begins. */
export type Stage =
  | {kind: 'commands'; commands: readonly Command[]}
  | {kind: 'alternatives'; id: string; line: number; arms: readonly ScriptArm[]}
  | {kind: 'http'; request: HttpRequest; condition?: string};

/** One arm after `# OR`. A manual arm ("via Plesk") has no commands; `label` says what to do. */
export type ScriptArm = {id: string; label: string; line: number; commands: readonly Command[]; manual: boolean};

export type Command = {
  line: number;
  text: Text;
  /** Shown instead of `text`, where that is a program of ours and not the document's command. */
  label?: string;
  /** The directory it will run in as far as the document says (placeholders not bound). */
  directory?: Text;
  /** Comment lines just above it: what it is for. */
  comment?: string;
  condition?: string;
  /** What it destroys, e.g. `deletes apps/backend`. */
  destructive?: string;
  /** `$(date +%Y%m%d)` in it, evaluated once per run and kept under `name`. */
  captures: readonly Capture[];
  /** The text with the names of its captures and the values that the document has set before, where that is another. */
  named?: Text;
  /** Proved before it runs (in a rollback) and shown as readiness. */
  inputs: readonly Input[];
};

/** Text of the document that may still hold placeholders; bind it with `bindText`. */
export type Text = string;

/** Something that must exist where a command runs. Texts may hold placeholders. */
export type Input =
  | {kind: 'program'; name: Text}
  | {kind: 'unit'; manager: 'systemctl' | 'supervisorctl' | 'service'; name: Text}
  | {kind: 'git-ref'; ref: Text; directory?: Text}
  /** `madeFrom`: what a command of the document copies there, seen from the same directory. */
  | {kind: 'directory'; path: Text; directory?: Text; madeFrom?: Text}
  | {kind: 'file'; path: Text; directory?: Text; madeFrom?: Text}
  /** A file or a directory; `path` may be a pattern. */
  | {kind: 'path'; path: Text; directory?: Text; mayBeEmpty?: true}
  /** The deletions of this command leave what the command at `line` needs. `inJob`: only its own shell knows what they name. */
  | {kind: 'survives'; needed: Text; deleted: readonly Deletion[]; line: number; directory?: Text; inJob?: true}
  /** What is copied from `from` is not already what stands at `to`, and does not hold it. */
  | {kind: 'apart'; from: Text; to: Text}
  /** A backup that this command would write over, and that the command at `line` needs. */
  | {kind: 'kept'; path: Text; line: number}
  | {kind: 'disk'; path: Text; megabytes: number};

/** A path or pattern, or a command that lists what goes. */
export type Deletion = {path: Text} | {listing: readonly Text[]};

export type SqlStatement = {line: number; text: Text; expectations: readonly Expectation[]};

/** `writeOut`: what `-w` prints. `directory`: where the line is run, as far as the document says. */
export type CurlLine = {text: Text; writeOut?: Text; directory?: Text};

export type HttpRequest = {
  line: number;
  method: string;
  url: Text;
  headers: readonly {name: string; value: Text}[];
  body?: Text;
  /** `curl -k`. */
  insecure?: boolean;
  /** The line itself, where only curl does what it says. */
  curl?: CurlLine;
  expectations: readonly Expectation[];
};

/** What must hold for a step to pass. Without `check` a person judges it. */
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
  /** The answer contains this JSON (subset) . */
  | {kind: 'json'; subset: unknown}
  /** `words`: not as a part of other words; `inactive` does not show `active`. */
  | {kind: 'contains'; text: string; words?: true}
  | {kind: 'absent'; text: string}
  | {kind: 'empty'}
  /** Wall time of the request or command, ms. */
  | {kind: 'duration'; op: Operator; value: number}
  /** It ends with an error, a query or a request is refused; `text`: what the error says. */
  | {kind: 'fails'; text?: string}
  /** The answer is one number and nothing else, or one cell; anything else a person judges. */
  | {kind: 'number'; op: Operator; value: number}
  /** Number of rows. */
  | {kind: 'rows'; op: Operator; value: number};
