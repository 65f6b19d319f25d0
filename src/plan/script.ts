/** Shell text, SQL and requests of a checklist: what a step's action is made of. Plain JSON data. */
import type {Expectation} from './plan.ts';

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
  /** Proved before it runs (in a rollback) and shown as readiness. */
  inputs: readonly Input[];
};

/** Text of the document that may still hold placeholders; bind it with `bindText` (plan/shell/placeholders.ts). */
export type Text = string;

/** `expression` as it stands in the command; `name` as later text refers to it: `YYYYMMDD`, `timestamp`. */
export type Capture = {expression: string; name: string};

/** Something that must exist where a command runs. Texts may hold placeholders. */
export type Input =
  | {kind: 'program'; name: Text}
  | {kind: 'unit'; manager: 'systemctl' | 'supervisorctl' | 'service'; name: Text}
  | {kind: 'git-ref'; ref: Text; directory?: Text}
  | {kind: 'directory'; path: Text; directory?: Text}
  | {kind: 'file'; path: Text; directory?: Text}
  | {kind: 'disk'; path: Text; megabytes: number};

export type SqlStatement = {line: number; text: Text; expectations: readonly Expectation[]};

export type HttpRequest = {
  line: number;
  method: string;
  url: Text;
  headers: readonly {name: string; value: Text}[];
  body?: Text;
  /** `curl -k`. */
  insecure?: boolean;
  expectations: readonly Expectation[];
};
