/** Reads for which time after the deploy an item holds: "for first 30 min". */
import type {Section} from '../plan.ts';
import {phrase} from '../words/vocabulary.ts';
import {PHRASE_LENGTH_MAX, readCadence, readWindow} from './quantity.ts';
import {SINCE_DEPLOY} from './threshold-clauses.ts';

/** On the mission clock: ms after the deploy started. */
export type Hours = {fromMs: number; toMs: number};

/**
 * The time that an item gives itself: "(every 5 minutes for first 30 min)". It counts from the start of the section's
 * window where that opens later.
 */
export function hoursOf(item: string, section: Section): Hours | undefined {
  const hours = readCadence(item) === undefined ? readFirstHours(item) : readWindow(item.replace(EVERY, ''));
  if (hours === undefined) return undefined;
  const opensMs = section.window?.fromMs ?? 0;
  return hours.fromMs >= opensMs ? hours : {fromMs: opensMs + hours.fromMs, toMs: opensMs + hours.toMs};
}

const EVERY = phrase`\<${'every'}\s+[\p{L}\p{N}]+\s+\p{L}+`;

/**
 * The part of the mission clock to which a sentence is limited: "for first 30 min", "(>3 in first hour)", "within 10
 * minutes of the deploy". "Within 5 minutes" and "over 15 minutes" alone are not: they look back from now, or are
 * durations.
 */
export function readFirstHours(sentence: string): Hours | undefined {
  const text = sentence.slice(0, PHRASE_LENGTH_MAX);
  const since = SINCE_DEPLOY.exec(text);
  if (since !== null) return readWindow(`first ${since[1] ?? ''} ${since[2] ?? ''}`);
  const match = FIRST.exec(text);
  return match === null ? undefined : readWindow(match[0]);
}

// `readWindow` decides whether the last word is a unit of time.
const FIRST = phrase`\<(?:\d+\s+)?${'opening'}\s+(?:(?:\d+(?:\.\d+)?|one|two|three|four|six|twelve)[\s-]*)?\p{L}+`;
