/** Reads what follows a bound: its window, how long and how often it must hold, how many samples it needs. */
import {compact} from '../../text/compact.ts';
import type {Operator, Statistic, Unit} from '../plan.ts';
import {phrase, piece} from '../words/vocabulary.ts';
import {PHRASE_LENGTH_MAX, quantityAt, readDuration, readWindow} from './quantity.ts';

export type Clauses = {
  /** "in first hour": the window over which the figure is taken. */
  windowMs?: number;
  /** "for 5 minutes": how long it must hold. */
  forMs?: number;
  /** "3 consecutive checks". */
  consecutive?: number;
  /** "min 1000 requests". */
  samples?: number;
};

/** One bound on one metric; `value` and `target` are in `unit`. `person`: nothing measures it, people report it. */
export type Threshold = {
  metric: string;
  statistic?: Statistic;
  op: Operator;
  value: number;
  unit: Unit;
  target?: number;
  text: string;
  line: number;
  person?: boolean;
  /** How words that give no clear bound were read; a person confirms it. */
  assumed?: string;
} & Clauses;

export function clausesIn(text: string): Clauses {
  const after = text.slice(0, PHRASE_LENGTH_MAX);
  const windowMs = windowOf(after.replace(SINCE_DEPLOY, ' '));
  const forMs = windowMs === undefined ? sustainedFor(after) : undefined;
  const consecutive = figure(CONSECUTIVE.exec(after)?.[1]);
  const samples = figure(SAMPLES.exec(after)?.[1]);
  return compact({
    windowMs,
    forMs,
    consecutive,
    samples,
  });
}

const TIME = piece`${'second'}|${'minute'}|${'hour'}|${'day'}`;
const LEAST = piece`(?:${'above'}\s+|${'at-least'}\s+|>=?\s*|≥\s*)?`;

/**
 * "in first hour", "over 5 minutes", "in the last 15 min"; directly behind the figure also "/5 min", "(5 min average)".
 */
function windowOf(after: string): number | undefined {
  const match = WINDOW.exec(after) ?? BESIDE.exec(after);
  if (match === null) return undefined;
  return readWindow(`first ${match[1] ?? ''} ${match[2] ?? ''}`)?.toMs;
}

const BESIDE = phrase`^\s*(?:/\s?|\()(\d+)[\s-]*(${TIME})(?:\s${'averaged'})?(?:\>|\))`;

const WINDOW = phrase`\<${'span'}\s+(?:${'the'}\s+)?(?:${'recent'}\s+)?(?:(\d+)[\s-]*)?(${TIME})\>`;

/** A window before the bound: "Dumps in the last 24 hours: < 50". */
export const WINDOW_BEFORE = phrase`\<${'span'}\s+(?:${'the'}\s+)?${'recent'}\s+(?:(\d+)[\s-]*)?(${TIME})\>`;

export function windowBefore(before: string): Clauses {
  const match = WINDOW_BEFORE.exec(before.slice(-PHRASE_LENGTH_MAX));
  const windowMs = match === null ? undefined : readWindow(`first ${match[1] ?? ''} ${match[2] ?? ''}`)?.toMs;
  return windowMs === undefined ? {} : {windowMs};
}

/** "within 10 minutes of the deploy" says when the rule is judged; it is no window. */
export const SINCE_DEPLOY = phrase`\<${'span'}\s+(?:${'the'}\s+)?(?:${'recent'}\s+)?(\d+)[\s-]*(${TIME})\s+${'since-deploy'}\>`;

/** How long it must hold, ms; "for 3 consecutive minutes" too. */
function sustainedFor(after: string): number | undefined {
  const match = SUSTAINED.exec(after);
  return match === null ? undefined : readDuration(`${match[1]} ${match[2]}`)?.maxMs;
}

const SUSTAINED = phrase`\<${'sustained'}\s+${LEAST}(\d+(?:\.\d+)?)\+?[\s-]*(?:${'consecutive'}\s+)?(${TIME})\>`;

const CONSECUTIVE = phrase`(?<![\d.,])(\d{1,3})\s+(?:${'consecutive'}\s+(?!${TIME})|(?:[\p{L}]+\s+){1,2}${'consecutive'}\>)`;

const SAMPLES = phrase`\<(?:${'at-least'}|n\s*[>≥]=?)\s*:?\s*(\d[\d.,]*k?)\s+${'sampled'}\>`;

/** "> 10 min after the restart", "> 500 and rising": what nothing measures makes the bound a guess. */
export function qualified(after: string): Pick<Threshold, 'assumed'> {
  const clause = /^[^.;]*/.exec(after.slice(0, PHRASE_LENGTH_MAX))?.[0] ?? '';
  const rest = [SINCE_DEPLOY, SINCE, WINDOW].reduce((text, known) => text.replace(known, ' '), clause);
  const said = (QUALIFIED.exec(rest) ?? UNREAD_SPAN.exec(rest.replace(SUSTAINED, ' ')))?.[0].trim();
  return said === undefined ? {} : {assumed: `"${said}" is not measured: the bound is judged without it`};
}

const SINCE = phrase`\<${'since-deploy'}\>`;
const QUALIFIED = phrase`\<(?:${'unless'}|${'after'}|${'if'})\>[^,]{3,60}|\<${'goes-on-changing'}\>`;

/** "> 8 % gedurende 30 min": a time directly behind the bound, with a word of no known language before it. */
const UNREAD_SPAN = phrase`^\s*(?!(?:${'and'}|${'or'}|${'to'}|${'every'}|${'opening'}|${'above'}|${'at-least'}|${'span'}|${'sustained'}|${'per'})\>)\p{L}{2,}\s+\d+(?:[.,]\d+)?[\s-]*(?:${TIME}|[smhd])\>`;

function figure(text: string | undefined): number | undefined {
  const value = text === undefined ? undefined : quantityAt(text, 0)?.value;
  return value === undefined || value < 1 ? undefined : value;
}

/** "> 32 Gbit/s": nothing says in what its signal counts. */
export function asThroughput({unit, value, text}: Threshold): string | undefined {
  const [, figure = '', bits] = (unit === 'count' ? THROUGHPUT.exec(text) : null) ?? [];
  if (figure === '') return undefined;
  const counts = bits === undefined || /Bps$/.test(bits) ? 'MB/s' : 'Mbit/s';
  return `"${figure}" is compared as ${value}: its signal must count ${counts}`;
}

const THROUGHPUT = /(\d[\d.,]*\s?[mg](?:(bps|bit\/s)|i?b\/s(?:ec)?))(?!\w)/i;
