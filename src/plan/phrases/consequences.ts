/** Finds what is to happen once a bound is crossed: "> 500 → section 5", "CPU over 90 %: call the DBA". */
import {matchesOf} from '../../text/matches.ts';
import {isOrder} from '../words/orders.ts';
import {phrase} from '../words/vocabulary.ts';
import {aspectIn, isWorseUpwards} from './aspects.ts';
import {type Comparison, readComparisons} from './comparison.ts';
import {givesRollbackReason, saysNoRollback} from './decisions.ts';
import type {Threshold} from './threshold-clauses.ts';

/**
 * `when`: the text up to the consequence, with the bounds. `then`: the consequence. `back`: it is the rollback; 'unclear'
 * where it is only the number of a part of the document. `isFailing`: it is for the bounds that do not hold ("otherwise").
 */
export type Consequence = {when: string; then: string; back: boolean | 'unclear'; isFailing: boolean};

/**
 * One for each bound that has one: "> 60 % → warn, > 80 % → roll back". Empty where nothing follows a bound, or what
 * follows is for a bound that holds: "< 1 % → continue".
 */
export function consequencesIn(text: string): Consequence[] {
  const whole = text.slice(0, TEXT_LENGTH_MAX);
  const first = firstIn(whole);
  if (first === undefined) return [];
  const [next] = readComparisons(first.then);
  if (next === undefined) return [first];
  const at = Math.max(0, ...matchesOf(next.before, /[,;.]\s/g).map(({0: mark, index}) => index + mark.length));
  const named = /\p{L}/u.test(next.before.slice(at)) ? '' : (readComparisons(first.when)[0]?.before ?? '');
  const rest = `${named}${first.then.slice(at)}`;
  return rest.length < whole.length ? [first, ...consequencesIn(rest)] : [first];
}

function firstIn(whole: string): Consequence | undefined {
  for (const {0: mark, index} of matchesOf(whole, MARKS)) {
    const when = whole.slice(0, index);
    const said = whole.slice(index + mark.length).trim();
    const then = said.replace(OTHERWISE, '').trim();
    const isFailing = then !== said;
    const last = readComparisons(when).at(-1);
    if (last === undefined || then === '' || OR.test(then)) continue;
    const back = GOES_BACK.test(then) && !saysNoRollback(then);
    const isUnclear = !back && REFERENCE.test(then);
    if (!back && !isUnclear && !isDone(then, isFailing || /[→⇒>]/.test(mark))) continue;
    if (isUnclear && !isFailing && isKept(last, when)) continue;
    return {when, then, back: isUnclear ? 'unclear' : back, isFailing};
  }
  return undefined;
}

/**
 * A sentence whose consequence is to go back, to stop, or another part of the document: "More than 25: clause 6.1", "T2
 * fails = go back", "A single no: postponed". Without a figure only signs show it, no comma.
 */
export function decisiveSentence(text: string): string | undefined {
  return text.slice(0, TEXT_LENGTH_MAX).split(SENTENCES).find(isDecisive);
}

/** "If we are not back by 01:15 we go back": a condition for going back, in one sentence. */
export function turningBackIn(text: string): string | undefined {
  return text
    .slice(0, TEXT_LENGTH_MAX)
    .split(SENTENCES)
    .find(sentence => TURNS_BACK.test(sentence));
}

function isDecisive(sentence: string): boolean {
  if (givesRollbackReason(sentence)) return true;
  for (const {0: mark, index} of matchesOf(sentence, MARKS)) {
    const when = sentence.slice(0, index);
    const said = sentence.slice(index + mark.length).trim();
    const then = said.replace(OTHERWISE, '').trim();
    if (!/[\p{L}\d]/u.test(when) || saysNoRollback(then)) continue;
    const isMeasured = then !== said || readComparisons(when).length > 0;
    const isSign = isMeasured || /[:：=→⇒]|->|=>/.test(mark);
    if (/[→⇒]|->|=>/.test(mark) && GOES_BACK.test(then)) return true;
    const isCase = CASE.test(sentence) && FAILS.test(when);
    if ((isMeasured || isCase) && (REFERENCE.test(then) || GOES_BACK.test(then))) return true;
    if (isSign && (CALLS_OFF.test(then) || (FAILS.test(when) && GOES_BACK.test(then)))) return true;
  }
  return false;
}

const TEXT_LENGTH_MAX = 400;

/** Behind an arrow any words are a consequence; behind other marks only an order is. */
function isDone(then: string, isArrow: boolean): boolean {
  if (GOES_WELL.test(then) || !/^[^\p{L}\p{N}<>≤≥=]*\p{L}/u.test(then)) return false;
  const isAsked = ASKS_PEOPLE.test(then) || isOrder(then.split(SENTENCES)[0] ?? then);
  return isArrow || (isAsked && !LOOKS.test(then));
}

/** "p95 < 500 ms → section 6": what comes when all is well. */
function isKept({op}: Comparison, when: string): boolean {
  return op.startsWith('<') && isWorseUpwards(when);
}

/**
 * Whether a bound names the bad side without saying so: nobody asks for a latency above 8 s, or for a success rate below
 * 99 %.
 */
export function isBadSide({
  metric,
  op,
  unit,
  statistic,
}: Pick<Threshold, 'metric' | 'op' | 'unit' | 'statistic'>): boolean {
  const aspect = aspectIn(metric);
  if (op.startsWith('<')) return unit === '%' && (aspect === 'success' || aspect === 'uptime');
  if (!op.startsWith('>')) return false;
  const isLatency = unit === 'ms' && (aspect === 'latency' || aspect === 'lag' || /^p\d/.test(statistic ?? ''));
  return isLatency || statistic === 'error-rate' || (unit === '%' && metric === 'cpu usage');
}

const MARKS = /\s*(?:→|⇒|(?:->|=>)(?!\s?\d)|[:：,;–—](?=\s)|\s-(?=\s)|\s=(?=\s))\s*/gu;
const SENTENCES = /(?<=[.!?])\s+/;
const TURNS_BACK = phrase`^\W*${'condition'}\s.{3,120}\s(?:${'undo'}|${'rollback'}|${'calls-off'})(?!\p{L})`;
/** Another reason, and no consequence. */
const OR = phrase`^${'or'}\s`;
const CASE = phrase`^\W*${'if'}\>`;
const OTHERWISE = phrase`^\W*${'otherwise'}\>[,:]?\s*`;
const GOES_BACK = phrase`^(?:[^\p{L}\d]*\p{L}+[^\p{L}\d]+){0,3}?(?:${'rollback'}|${'undo'})(?!\p{L})`;
const GOES_WELL = phrase`^\W*${'goes-well'}\>`;
const ASKS_PEOPLE = phrase`^\W*(?:${'and-then'}\s+)?${'ask-people'}\>`;
/** A short word may stand before it: "we stop", "on reporte". In "sudo systemctl stop" it is a command. */
const CALLS_OFF = phrase`^\W*(?:\p{L}{1,3}\s+){0,2}(?:${'calls-off'})(?!\p{L})`;
const FAILS = phrase`\<(?:${'goes-wrong'}|${'failing'}|${'trouble'}|${'not-well'})\>`;
const LOOKS = phrase`^\W*${'look'}\>`;
/** "section 5", "§ 5", "Abschnitt 5B", "6.2", "only R1". */
const REFERENCE = phrase`^\W*(?:(?:${'back-to'})\s+)?(?:(?:${'chapter'})\.?\s+(?:${'chapter'}\s+)?|§\s*)\d|^\W*\d+(?:\.\d+)+\W*$|^\W*\d[A-Z]\W*$|^\W*(?:${'only'}\s+)?[A-Z]{1,2}-?\d{1,2}\W*$`;
