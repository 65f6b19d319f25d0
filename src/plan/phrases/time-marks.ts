/** Reads when something begins, from a title or a table. */
import {memoize} from '../../text/memoize.ts';
import type {Section, TimeMark} from '../plan.ts';
import {everyPhrase, phrase, piece} from '../words/vocabulary.ts';
import {DAY_MS, HOUR_MS, MINUTE_MS, PHRASE_LENGTH_MAX, readCadence, readWindow} from './quantity.ts';
import {SINCE_DEPLOY} from './threshold-clauses.ts';

/** `T-30`, `T+0:45`, `T-1 Week`, `T-6 hours`, `08:30`. A number without a unit counts minutes. */
export const readTimeMark = memoize(timeMarkIn);

function timeMarkIn(text: string): TimeMark | undefined {
  const mission = MISSION.exec(text);
  if (mission !== null) {
    const [, sign = '+', first = '0', minutes, unit = ''] = mission;
    const size = minutes === undefined ? sizeOf(unit) : HOUR_MS;
    const span = Number(first) * size + Number(minutes ?? 0) * MINUTE_MS;
    return {offsetMs: sign === '+' || span === 0 ? span : -span};
  }
  const clock = CLOCK.exec(text);
  return clock === null ? undefined : {clock: `${clock[1]?.padStart(2, '0')}:${clock[2]}`};
}

const UNITS = [
  [phrase`^(?:m|${'minute'})$`, MINUTE_MS],
  [phrase`^(?:h|${'hour'})$`, HOUR_MS],
  [phrase`^(?:d|${'day'})$`, DAY_MS],
  [phrase`^(?:w|${'week'})$`, 7 * DAY_MS],
] as const;
const UNIT = piece`(?:[mhdw]|${'minute'}|${'hour'}|${'day'}|${'week'})`;
const MISSION = phrase`(?<![\p{L}\p{N}_-])T\s?([-+−–])\s?(\d{1,4})(?::(\d{2}))?(?:\s?(${UNIT}))?(?![\p{L}\p{N}])`;
/** Behind "2.41" alone, words may say of what it is the version. */
const CLOCK = phrase`^\W*([01]?\d|2[0-3])[:.h]([0-5]\d)(?:\s?(?:h|[ap]m|${'o-clock'})|(?<!\.\d\d)|(?=\s*(?:$|[-–—:|])))\s*(?:$|[-–—:|]|\s[A-Z\p{L}])`;

function sizeOf(unit: string): number {
  return UNITS.find(([pattern]) => pattern.test(unit))?.[1] ?? MINUTE_MS;
}

/** The text without times of the day: "Tuesday 8 h 00", "à 9 h 45", "um 8 Uhr" last for no hours. */
export function withoutClock(text: string): string {
  return text.replace(TIME_OF_DAY, ' ');
}

const OF_HOURS = piece`(?:[01]?\d|2[0-3])\s?`;
/** "2 h 30" may be a length of time, unless a day or "at" stands before it. */
const TIME_OF_DAY = everyPhrase`(?<![\p{L}\p{N}.,:])${OF_HOURS}h\s?00(?!\d)|(?<![\p{L}\p{N}])(?:${'later-day'}|${'at-clock'}),?\s+${OF_HOURS}(?:(?:h|[:.])(?:\s?[0-5]\d)?(?:\s?(?:h|${'o-clock'}))?|${'o-clock'})(?![\p{L}\p{N}])`;

/** The end of `02:00 - 04:00 UTC`, `10pm–2:30am`. Undefined for another zone: nobody knows which clock is meant. */
export function readWindowEnd(text: string): {clock: string; utc?: true} | undefined {
  const found = windowPattern().exec(text.slice(0, WINDOW_LENGTH_MAX).replace(DATE, ' '));
  if (found === null) return undefined;
  const [, hour = '', minute = '00', late, alone, zone = ''] = found;
  const half = late ?? alone ?? '';
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const isMidnight = hours === 24 && minute === '00';
  if (hours > 23 && !isMidnight) return undefined;
  const clock = `${isMidnight ? '00' : String(hours).padStart(2, '0')}:${minute}`;
  if (/^(?:utc|gmt|z)$/i.test(zone)) return {clock, utc: true};
  return zone === '' || HERE.test(zone) ? {clock} : undefined;
}

const WINDOW_LENGTH_MAX = 200;
const DATE = /\d{4}-\d\d-\d\d/g;
const HERE = phrase`^(?:local|${'o-clock'})$`;

/** Made when it is needed: few documents name a window. An end such as `4` alone could be a day. */
function windowPattern(): RegExp {
  const time = piece`\d{1,2}(?:[:.h][0-5]\d)?\s?(?:[ap]m|utc|gmt|z|h|${'o-clock'})?`;
  const end = piece`(\d{1,2})(?:[:.h]([0-5]\d)(?:\s?([ap]m))?|\s?([ap]m))`;
  const window = piece`(?<!\d)${time}\s*(?:[-–—]|${'to'})\s*${end}\s*\(?\s*(\p{L}{1,5}(?!\p{L}))?`;
  return new RegExp(window.source, 'iu');
}

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
