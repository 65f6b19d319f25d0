/** Reads numbers with units, durations, windows on the mission clock and repetitions ("every 5 minutes"). */
import {matchesOf} from '../../text/matches.ts';
import type {Span, Unit} from '../plan.ts';
import {phrase, piece, topicPattern} from '../words/vocabulary.ts';

export type Quantity = {value: number; unit: Unit};

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Text behind this is not read, so that no long line can delay the reader. People write no longer phrases. */
export const PHRASE_LENGTH_MAX = 2000;

/** The first quantity in the text, in base units: `1.5 s` is 1500 ms, `0.5GB/day` about 21 MB/h, `8,234` is a count. */
export function readQuantity(text: string): Quantity | undefined {
  for (const {index} of matchesOf(text, /\d/g)) {
    const found = quantityAt(text, index);
    if (found !== undefined) return {value: found.value, unit: found.unit};
  }
  return undefined;
}

/** The quantity that starts exactly at `index`. `length`: how many characters it takes; `of`: what a rate counts. */
export function quantityAt(text: string, index: number): (Quantity & {length: number; of: string}) | undefined {
  if (/[\w.,]/.test(text[index - 1] ?? '')) return undefined;
  const rest = text.slice(index, index + QUANTITY_LENGTH_MAX);
  const number = NUMBER.exec(rest);
  if (number === null) return undefined;
  const [digits, figure = '', thousands = ''] = number;
  const unit = unitAt(rest.slice(digits.length));
  // The unit must end with the word: "2FA", "3rd" and "1.2.3" are no quantities.
  const length = digits.length + unit.length;
  if (/^(?:\w|[.,]\d)/.test(rest.slice(length))) return undefined;
  return {...scaled(readNumber(figure, unit) * (SCALES[thousands] ?? 1), unit.name, unit.per), length, of: unit.of};
}

/** The longest number with its unit that is read. */
const QUANTITY_LENGTH_MAX = 80;
// "5M" alone may be megabytes; before a counted noun ("5M rows") it is millions.
const NUMBER =
  /^(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:['’\u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?)([kK]\b|M(?=\+? (?:rows|records|requests|events|messages|users|entries|documents|docs|keys)\b))?/;
const SCALES: Readonly<Record<string, number>> = {k: 1000, K: 1000, M: 1_000_000};

const SHARE = phrase`^\s?(?:%|${'percent'}\b|[x×](?!\w)|times(?= (?:the |as |higher|slower|more|less|baseline|normal|usual|longer))\b|(?:[mg]bps|[mg]bit\/s)\b)`;
const PERCENT = phrase`^${'percent'}$`;
const TIME_TOPICS = ['second', 'minute', 'hour', 'day', 'week'] as const;
const TIME_WORD = piece`${'second'}|${'minute'}|${'hour'}|${'day'}|${'week'}`;
const SIZE = piece`[kmgt]i?b`;
/** "10 req/s", "5 BGP flaps per hour": the counted noun has at most two words and is no time. */
const RATED = phrase`^\s?(${SIZE}|(?!(?:${TIME_WORD}|ms|[smhd])\b)(?:\p{L}[\p{L}\p{N}-]*\s)?\p{L}[\p{L}-]+)?(?:\s?\/\s?|\s${'per'}\s)(${TIME_WORD}|[smhd])(?![\p{L}\p{N}_])`;
const PLAIN = phrase`^\s?(?:kib|mib|gib|tib|kb|mb|gb|tb|ki|mi|gi|bytes?|${'millisecond'}|${TIME_WORD}|[smhdw]|rps|qps|tps)(?![\p{L}\p{N}_/-])`;

/** The unit at the start of a text; its `name` is empty when there is none. */
function unitAt(text: string): Counted {
  const rated = RATED.exec(text);
  if (rated !== null) {
    const name = (rated[1] ?? '').toLowerCase();
    return {name, of: name, per: (rated[2] ?? '').toLowerCase(), length: rated[0].length};
  }
  const [found = ''] = SHARE.exec(text) ?? PLAIN.exec(text) ?? [];
  // A single letter is a unit of time only in lower case: "0.9 W" are watts, "128M" is a size.
  if (/^\s?[MWS]$/.test(found)) return {name: '', of: '', per: '', length: 0};
  return {name: found.trim().toLowerCase(), of: '', per: '', length: found.length};
}

/** "5 errors per minute": `of` is "errors", `per` is "minute". */
type Counted = {name: string; of: string; per: string; length: number};

function scaled(figure: number, unit: string, per: string): Quantity {
  if (unit === '%' || PERCENT.test(unit)) return {value: figure, unit: '%'};
  if (unit === 'x' || unit === '×' || unit === 'times') return {value: figure, unit: 'x'};
  // Throughput has no unit in `Unit`, so it is a count, of Mbit/s or of MB/s.
  if (/^[mg](?:bps|bit)/.test(unit)) return {value: unit.startsWith('g') ? figure * 1000 : figure, unit: 'count'};
  const size = SIZES_MB[unit];
  if (size !== undefined) {
    if (/^s/.test(per)) return {value: figure * size, unit: 'count'};
    if (per === '') return {value: figure * size, unit: 'MB'};
    return {value: (figure * size * HOUR_MS) / timeUnitMs(per), unit: 'MB/h'};
  }
  if (unit === 'rps' || unit === 'qps' || unit === 'tps') return {value: figure * 60, unit: '/min'};
  if (per !== '') return {value: (figure * MINUTE_MS) / timeUnitMs(per), unit: '/min'};
  const time = unit === '' ? 0 : timeUnitMs(unit);
  return time === 0 ? {value: figure, unit: 'count'} : {value: figure * time, unit: 'ms'};
}

const SIZES_MB: Readonly<Record<string, number>> = {
  byte: 1 / 1_048_576,
  bytes: 1 / 1_048_576,
  kb: 1 / 1024,
  kib: 1 / 1024,
  ki: 1 / 1024,
  mb: 1,
  mib: 1,
  mi: 1,
  gb: 1024,
  gib: 1024,
  gi: 1024,
  tb: 1_048_576,
  tib: 1_048_576,
};

/** Milliseconds in one unit; 0 when the word is no unit of time. */
function timeUnitMs(word: string): number {
  const unit = word.toLowerCase();
  if (/^(ms|msecs?|milli|mili)/.test(unit)) return 1;
  return TIMES.find(([pattern]) => pattern.test(unit))?.[1] ?? 0;
}

const TIMES = [1000, MINUTE_MS, HOUR_MS, DAY_MS, 7 * DAY_MS].map((ms, index) => {
  const topic = TIME_TOPICS[index] ?? 'second';
  return [phrase`^(?:${{source: topic.charAt(0)}}|${topic})$`, ms] as const;
});

/** Units in which nobody writes three decimal places: "1.500 ms" means 1500 ms, while "0,5 %" is half a percent. */
const FINE = /^(?:|ms|msecs?|milli\p{L}*|mili\p{L}*|kb|kib|mb|mib)$/u;

function readNumber(figure: string, {name, per}: Counted): number {
  const isWhole = (FINE.test(name) || per !== '') && /^[1-9]\d{0,2}\.\d{3}$/.test(figure);
  return numberOf(isWhole ? figure.replace('.', '') : figure.replaceAll(/['’\u00a0\u202f]/g, ''));
}

function numberOf(text: string): number {
  if (/^\d{1,3}(\.\d{3}){2,}(,\d+)?$/.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'));
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return Number(text.replaceAll(',', ''));
  return Number(text.replace(',', '.'));
}

const LONG_UNIT = piece`(?:milliseconds?|ms|${TIME_WORD}|h)(?![\p{L}\p{N}_])`;
const DASH = piece`\s*(?:[-‐‑‒–—]|${'to'}|${'and'})\s*`;
const FIGURE = piece`(\d+(?:\.\d+)?)`;
const SPAN = phrase`(<|≤|~|≈|up to\s|under\s|max(?:imum)?\s)?\s*(?<![\w.+-])${FIGURE}(?:\s?(${LONG_UNIT})?${DASH}${FIGURE})?(\+)?[\s-]?(${LONG_UNIT})`;

/** "15-20 minutes", "(5 min)", "48 hours". "< 5 min" is anything up to five minutes. */
export function readDuration(text: string): Span | undefined {
  const match = SPAN.exec(text.slice(0, PHRASE_LENGTH_MAX));
  if (match === null) return undefined;
  const unit = timeUnitMs(match[6] ?? '');
  const first = Number(match[2]) * (match[3] === undefined ? unit : timeUnitMs(match[3]));
  const last = match[4] === undefined ? first : Number(match[4]) * unit;
  if (/^(<|≤|up|under|max)/i.test(match[1] ?? '')) return {minMs: 0, maxMs: first};
  return {minMs: Math.min(first, last), maxMs: Math.max(first, last)};
}

const WORD_NUMBERS: Readonly<Record<string, number>> = {one: 1, two: 2, three: 3, four: 4, six: 6, twelve: 12};

/** The number may stand before "first": "2 premières heures". */
const FIRST = phrase`\<(?:(?:(\d+)\s+)?${'opening'}|next|within(?:\s+the)?(?:\s+first)?)\s+(\d+(?:\.\d+)?|one|two|three|four|six|twelve)?[\s-]*(${LONG_UNIT})`;
const RANGE = phrase`(?<![\w.+-])T?\+?${FIGURE}\s?(${LONG_UNIT})?${DASH}T?\+?${FIGURE}[\s-]?(${LONG_UNIT})`;
const EVERY = phrase`\<${'every'}\s+(?:(\d+(?:\.\d+)?|one|two|three|four|six|twelve|other)[\s-]*)?(${LONG_UNIT})`;

const REGULARLY = [
  [topicPattern('hourly'), HOUR_MS],
  [topicPattern('daily'), DAY_MS],
  [topicPattern('weekly'), 7 * DAY_MS],
] as const;

/**
 * A window on the mission clock: "First 2 Hours", "0-15 minutes", "24-48 Hours", "Hour 4-24", "Day 2-7", "Within 24
 * hours".
 */
export function readWindow(title: string): {fromMs: number; toMs: number} | undefined {
  const text = title.slice(0, PHRASE_LENGTH_MAX);
  const counted = COUNTED.exec(text);
  if (counted !== null) return countedWindow(counted);
  const first = FIRST.exec(text);
  if (first !== null) {
    const [, before, behind, unit = ''] = first;
    const count = before ?? behind ?? '1';
    return {fromMs: 0, toMs: (WORD_NUMBERS[count.toLowerCase()] ?? Number(count)) * timeUnitMs(unit)};
  }
  const range = RANGE.exec(text);
  if (range === null) return undefined;
  const unit = timeUnitMs(range[4] ?? '');
  const fromMs = Number(range[1]) * (range[2] === undefined ? unit : timeUnitMs(range[2]));
  return {fromMs, toMs: Math.max(fromMs, Number(range[3]) * unit)};
}

const COUNTED = phrase`\<(${'day'}|${'hour'}|${'week'})\s+(\d+)(?:\s*(?:[-–—]|${'to'})\s*(\d+))?(?![\d:.])`;

// "Day 2" is the second day, so it begins after one day. "Hour 4-24" runs from hour 4 to hour 24.
function countedWindow(match: RegExpExecArray): {fromMs: number; toMs: number} {
  const unit = timeUnitMs(match[1] ?? '');
  const first = Number(match[2]);
  const last = match[3] === undefined ? undefined : Number(match[3]);
  if (unit >= DAY_MS) return {fromMs: Math.max(0, first - 1) * unit, toMs: (last ?? first) * unit};
  return last === undefined
    ? {fromMs: Math.max(0, first - 1) * unit, toMs: first * unit}
    : {fromMs: first * unit, toMs: last * unit};
}

/** Milliseconds between two repetitions: "every 5 minutes", "Run Daily", "hourly". */
export function readCadence(phrase: string): number | undefined {
  const text = phrase.slice(0, PHRASE_LENGTH_MAX);
  const every = EVERY.exec(text);
  if (every !== null) {
    const figure = every[1] === undefined ? 1 : (WORD_NUMBERS[every[1].toLowerCase()] ?? (Number(every[1]) || 2));
    return figure * timeUnitMs(every[2] ?? '');
  }
  return REGULARLY.find(([pattern]) => pattern.test(text))?.[1];
}
