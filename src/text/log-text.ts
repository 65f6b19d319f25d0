/** How text of logs is read: by source and absolute line number, wherever it is kept. */
import type {Pattern} from './pattern.ts';

/** Lines carry no escape sequence but SGR. */
export type LogText = {
  /**
   * Lines `from … from+count-1` (0-based) as far as they exist. Synchronous: a window is small and the page cache is
   * warm.
   */
  read(source: string, from: number, count: number): readonly string[];
  /** The nearest matching line at or after (`1`), at or before (`-1`) `from`. `pattern` is smart-case. */
  find(
    source: string,
    pattern: Pattern,
    from: number,
    direction: 1 | -1,
    /** It may be given up at this line. */
    limit?: number,
  ): Promise<number | undefined>;
  /** Counts the matching lines of the source in the background; undefined while it has no lines. */
  tally(source: string, pattern: Pattern): LineTally | undefined;
  /** Counts the lines that match each of the patterns, by where they stand; undefined while it has no lines. */
  density(source: string, patterns: readonly Pattern[]): LineDensity | undefined;
  /** The last line of the source at this time, epoch ms; undefined when the times of its lines were not kept. */
  lineAt(source: string, at: number): Promise<LineMoment | undefined>;
  /** The first line of the source that came in a later second; undefined while none has. */
  lineAfter(source: string, at: number): Promise<number | undefined>;
  /** When the lines of the source came: the first line of each second, or ten, in which some did. */
  moments(source: string): Promise<readonly LineMoment[]>;
  /** The file that holds all lines of the source and grows with it; undefined where they are in several, or in none. */
  fileOf(source: string): string | undefined;
};

/** Counts the lines that match as the source grows. */
export type LineTally = {
  /** Counts what is there and was not counted yet. Resolves when it is done, or stopped. */
  advance(): Promise<void>;
  /** Matching lines that were counted and are still kept. */
  matches(): number;
  /** The share of the lines that has been counted: 0 … 1. */
  share(): number;
  /** How many matches stand at or before this line; undefined where the count has not come so far. */
  upTo(line: number): number | undefined;
  stop(): void;
};

/** Covers the lines that were counted so far. */
export type LineDensity = {
  /** Counts what is there and was not counted yet. Resolves when it is done, or stopped. */
  advance(): Promise<void>;
  /** About how many of the lines `from … to-1` match each of the patterns. */
  between(from: number, to: number): readonly number[];
  stop(): void;
};

/** `line`: 0-based; `at`: when it came, epoch ms, to the second (ten seconds in a long run). */
export type LineMoment = {line: number; at: number};

/** How far a source has grown. */
export type LogSource = {
  id: string;
  title: string;
  lines: number;
  /** How many of them, the oldest, are not kept any more. */
  gone?: number;
  linesPerSecond: number;
  up: boolean;
  detail: string;
};
