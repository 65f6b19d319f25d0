/** The interface between the screen and everything else, declared by the screen. */
import type {StoreApi} from 'zustand/vanilla';
import type {Plan} from '../plan/plan.ts';
import type {Intent} from '../run/event.ts';
import type {Question} from '../run/question.ts';
import type {RunState} from '../run/state.ts';
import type {Pattern} from '../text/pattern.ts';

export type Session = {
  plan: Plan;
  run: StoreApi<RunState>;
  /** Resolves to the reason of a refusal, or to undefined when the intent was accepted. */
  send(intent: Intent): Promise<string | undefined>;
  /** Open questions of hosts, the oldest first. */
  questions: StoreApi<readonly Question[]>;
  /** Without `text` there will be no answer. Resolves as `send` does. */
  answer(questionId: string, text?: string): Promise<string | undefined>;
  spool: Spool;
  /** Only in a review before a run: the reading of a document that runs no longer changes. */
  placing?: Placing;
  /** What was written about an incident, in the run's directory; absent where there is none of this machine. */
  drafts?: {path(file: string): string; read(file: string): Promise<string>};
  /** Of a run that is only watched from here: the machine that has what its steps print. */
  elsewhere?: string;
  /** Of a past run that is played again: nothing is performed, and its clock can be moved. */
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

/** Log text by source and absolute line number, read from the run directory. Lines carry no escape sequence but SGR. */
export type Spool = {
  /** Sources in order of opening; `output` (what steps print) is always first. */
  sources(): readonly SpoolSource[];
  /** Lines `from … from+count-1` (0-based) as far as they exist. Synchronous: a window is small and the page cache is warm. */
  read(source: string, from: number, count: number): readonly string[];
  /** Next line matching from there, or undefined. `pattern` is a regular expression, smart-case. */
  find(
    source: string,
    pattern: Pattern,
    from: number,
    direction: 1 | -1,
    /** It may be given up at this line. */
    limit?: number,
  ): Promise<number | undefined>;
  /** Counts the matching lines of the source in the background; undefined while it has no lines. */
  tally(source: string, pattern: Pattern): Tally | undefined;
  /** Counts the lines that match each of the patterns, by where they stand; undefined while it has no lines. */
  density(source: string, patterns: readonly Pattern[]): Density | undefined;
  /** The last line of the source at this time, epoch ms; undefined when the times of its lines were not kept. */
  lineAt(source: string, at: number): Promise<SpoolMoment | undefined>;
  /** The first line of the source that came in a later second; undefined while none has. */
  lineAfter(source: string, at: number): Promise<number | undefined>;
  /** When the lines of the source came: the first line of each second, or ten, in which some did. */
  moments(source: string): Promise<readonly SpoolMoment[]>;
  /** The file that holds all lines of the source and grows with it; undefined where they are in several, or in none. */
  fileOf(source: string): string | undefined;
  /** Called at most ten times a second, and with events, when a source has grown or appeared. */
  subscribe(listener: () => void): () => void;
};

/** Counts the lines that match as the source grows. */
export type Tally = {
  /** Counts what is there and was not counted yet. Resolves when it is done, or stopped. */
  advance(): Promise<void>;
  /** Matching lines that were counted and are still kept. */
  matches(): number;
  /** Of the lines there are, the part that was counted: 0 … 1. */
  share(): number;
  /** How many matches stand at or before this line; undefined where the count has not come so far. */
  upTo(line: number): number | undefined;
  stop(): void;
};

/** Of lines that were counted so far. */
export type Density = {
  advance(): Promise<void>;
  /** About how many of the lines `from … to-1` match each of the patterns. */
  between(from: number, to: number): readonly number[];
  stop(): void;
};

/** `at`: when the line came, epoch ms, exact to the second. */
export type SpoolMoment = {line: number; at: number};

export type SpoolSource = {
  id: string;
  title: string;
  lines: number;
  /** So many of them, the oldest, are not kept any more. */
  gone?: number;
  linesPerSecond: number;
  up: boolean;
  detail: string;
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
