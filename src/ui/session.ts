/** The interface between the screen and everything else, declared by the screen. */
import type {StoreApi} from 'zustand/vanilla';
import type {Plan} from '../plan/plan.ts';
import type {Intent} from '../run/event.ts';
import type {Question} from '../run/question.ts';
import type {RunState} from '../run/state.ts';
import type {LogSource, LogText} from '../text/log-text.ts';

export type Session = {
  plan: Plan;
  run: StoreApi<RunState>;
  /** Resolves to the reason of a refusal, or to undefined when the intent was accepted. */
  send(intent: Intent): Promise<string | undefined>;
  /** Only in a review before a run: all of them as one change, until one is refused. */
  sendAll?(intents: readonly Intent[]): Promise<SentAll>;
  /** Open questions of hosts, the oldest first. */
  questions: StoreApi<readonly Question[]>;
  /** Without `text` there will be no answer. Resolves as `send` does. */
  answer(questionId: string, text?: string): Promise<string | undefined>;
  spool: Spool;
  /** Only in a review before a run: the reading of a document that runs no longer changes. */
  placing?: Placing;
  /** What was written about an incident, in the run's directory; absent where there is none of this machine. */
  drafts?: {path(file: string): string; read(file: string): Promise<string>};
  /** For a run of another machine: that machine. The newest of what its steps print comes here. */
  elsewhere?: string;
  /** For a past run that is played again: nothing is performed, and its clock can be moved. */
  replay?: Replay;
  /** This console's id; `role` follows `run.driver`. */
  consoleId: string;
  me: string;
  /** How the program was called, so that the commands it shows can be typed as they are. */
  program: string;
  /** Why the engine cannot write the journal now; nothing new starts while it cannot. */
  trouble: StoreApi<{text: string | null}>;
  /** Called when the engine is gone. `detail`: why. */
  onLost(listener: (detail: string) => void): () => void;
};

/** `accepted`: how many of the first. `refused`: why the next one was not. */
export type SentAll = {accepted: number; refused?: string};

export type Replay = {
  /** `speed`: times real time. `length`: of the run, ms; `at`: what of it has been shown, in whole seconds. */
  status: StoreApi<{speed: number; isPlaying: boolean; at: number; length: number}>;
  toggle(): void;
  /** The next speed of a fixed list. */
  changeSpeed(direction: 1 | -1): void;
  seekBy(ms: number): void;
  /** To the next or the last event that a timeline tells. */
  jump(direction: 1 | -1): void;
};

/** `names`: `local` and the hosts that the bindings and the document name. */
export type Placing = {
  names: readonly string[];
  /**
   * Makes the section run there, or without a name where it was read to run, and reads the document again. Resolves to
   * the reason of a refusal, or to undefined.
   */
  place(sectionId: string, name: string | undefined): Promise<string | undefined>;
  /** What was set for the section before, if anything. */
  placed(sectionId: string): string | undefined;
  /** Reads the document again. Returns the reason of a refusal, or undefined. */
  reread(): string | undefined;
  /** The command that runs the document when all is confirmed: `tminus run deploy.md -b prod.yaml`. */
  next: string;
};

/** The text of the logs, and how far they have grown. */
export type Spool = LogText & {
  /** Sources in order of opening; `output` (what steps print) is always first. */
  sources(): readonly LogSource[];
  /** Called at most ten times a second, and with events, when a source has grown or appeared. */
  subscribe(listener: () => void): () => void;
};

export const EMPTY_SPOOL: Spool = {
  sources: () => [],
  read: () => [],
  find: async () => undefined,
  tally: () => undefined,
  density: () => undefined,
  lineAt: async () => undefined,
  lineAfter: async () => undefined,
  moments: async () => [],
  fileOf: () => undefined,
  subscribe: () => () => {},
};
