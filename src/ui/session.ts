/** All that the screen knows of the rest: declared here by its consumer. */
import type {StoreApi} from 'zustand/vanilla';
import type {Plan} from '../plan/plan.ts';
import type {Intent} from '../run/event.ts';
import type {Question} from '../run/question.ts';
import type {RunState} from '../run/state.ts';

export type Session = {
  plan: Plan;
  run: StoreApi<RunState>;
  /** Resolves to why it was refused, or to nothing when it was taken. */
  send(intent: Intent): Promise<string | undefined>;
  /** What hosts wait for, oldest first. */
  questions: StoreApi<readonly Question[]>;
  /** Without `text`: there will be no answer. Resolves as `send` does. */
  answer(questionId: string, text?: string): Promise<string | undefined>;
  spool: Spool;
  /** Only in a review before a run: what is read of a document that runs stays as it is. */
  placing?: Placing;
  /** This console's id; `role` follows `run.driver`. */
  consoleId: string;
  me: string;
  /** How the program was called: what it says to type must work. */
  program: string;
  /** Why the engine cannot write the journal just now: nothing new starts meanwhile. */
  trouble: StoreApi<{text: string | null}>;
  /** The engine went away; a picture that can no longer change must say so. */
  onLost(listener: (detail: string) => void): () => void;
};

/** `names`: `local` and the hosts that the bindings and the document name. */
export type Placing = {
  names: readonly string[];
  /** Has the section run there, and reads the document again. Resolves to why not, or to nothing. */
  place(sectionId: string, name: string): Promise<string | undefined>;
};

/** Log text by source and absolute line number, read from the run directory. Lines carry no escape sequence but SGR. */
export type Spool = {
  /** Sources in order of opening; `output` (what steps print) is always first. */
  sources(): readonly SpoolSource[];
  /** Lines `from … from+count-1` (0-based) as far as they exist. Synchronous: a window is small and the page cache is warm. */
  read(source: string, from: number, count: number): readonly string[];
  /** Next line matching from there, or undefined. `pattern` is a regular expression, smart-case. */
  find(source: string, pattern: RegExp, from: number, direction: 1 | -1): Promise<number | undefined>;
  /** The line that a source had reached at this time, epoch ms; undefined when the times of its lines were not kept. */
  lineAt(source: string, at: number): Promise<SpoolMoment | undefined>;
  /** Called at most 20 times a second when a source has grown or appeared. */
  subscribe(listener: () => void): () => void;
};

/** `at`: when that line came, to the second, epoch ms. */
export type SpoolMoment = {line: number; at: number};

export type SpoolSource = {
  id: string;
  title: string;
  lines: number;
  linesPerSecond: number;
  up: boolean;
  detail: string;
};
