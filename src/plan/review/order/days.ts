/** Finds the days that a text names: "Thu Dec 3", "Mittwoch", "7. Dez.", "2026-12-08". */
import {matchesOf} from '../../../text/matches.ts';
import {MONTH_LANGUAGES} from '../../words/other-languages.ts';
import {phrase} from '../../words/vocabulary.ts';

/**
 * The days that a text names, each once, in the words of the text. A span from one day to another is one: it opens a
 * window.
 */
export function daysIn(text: string): string[] {
  const found = new Map<string, string>();
  let end = -1;
  for (const {0: words, index, groups} of matchesOf(text.slice(0, TEXT_LENGTH_MAX), DAY)) {
    const isSpan = end >= 0 && SPAN.test(text.slice(end, index));
    end = index + words.length;
    const day = (groups?.['date'] ?? words).toLowerCase().replaceAll(/[.,]/g, '');
    if (!isSpan && !found.has(day)) found.set(day, words.trim());
  }
  return [...found.values()];
}

const TEXT_LENGTH_MAX = 2000;

/** Whole names, as each language writes them in a date. */
export const MONTHS = monthsOf('long');
/** Only those with a capital: others are words of other languages. */
const SHORT_MONTHS = monthsOf('short').filter(name => /^\p{Lu}/u.test(name));
const WEEKDAYS = [...daysOf('long', MONTH_LANGUAGES), ...daysOf('short', ['en'])];

function monthsOf(month: 'long' | 'short'): string[] {
  return namesOf({month, day: 'numeric'}, MONTH_LANGUAGES, index => Date.UTC(2024, index, 4), 12);
}

function daysOf(weekday: 'long' | 'short', languages: readonly string[]): string[] {
  return namesOf({weekday}, languages, index => Date.UTC(2024, 0, index + 1), 7);
}

function namesOf(
  shown: Intl.DateTimeFormatOptions,
  languages: readonly string[],
  timeOf: (index: number) => number,
  count: number,
): string[] {
  const all = languages.flatMap(language => {
    const {format} = new Intl.DateTimeFormat(language, {...shown, timeZone: 'UTC'});
    return Array.from({length: count}, (_, index) => format(timeOf(index)));
  });
  return [...new Set(all.flatMap(text => text.match(/\p{L}{3,}/gu) ?? []))];
}

/** A name of three letters may be another word where it has no capital. */
function written(names: readonly string[]): string {
  return names
    .map(name => {
      const upper = `${name[0]?.toUpperCase()}${name.slice(1)}`;
      return name.length < 4 ? upper : `${name[0]?.toLowerCase()}${name.slice(1)}|${upper}`;
    })
    .join('|');
}

const MONTH = `(?:${written([...MONTHS, ...SHORT_MONTHS])})(?!\\p{L})`;
const WEEKDAY = `(?:${written(WEEKDAYS)})(?!\\p{L})`;
const DATE = String.raw`(?:${MONTH}\.?\s\d{1,2}(?!\d|[.:,]\d)|\d{1,2}(?:\.|\p{Ll}{2}|º)?\s(?:\p{Ll}{2}\s)?${MONTH}|20\d\d-\d\d-\d\d|\d{1,2}\.\d{1,2}\.(?:\d\d(?:\d\d)?)?(?![\d.]))`;
const DAY = new RegExp(
  String.raw`(?<![\p{L}\d./-])(?:(?:(?:${WEEKDAY}|\p{Lu}\p{Ll})[.,]?\s)?(?<date>${DATE})|${WEEKDAY})`,
  'gu',
);
/** "Mon 14 Dec 08:00 – Wed 16 Dec" */
const SPAN = phrase`^[\s\d:.,]*(?:[–—→-]|${'to'}\>)[\s\d:.,]*$`;
