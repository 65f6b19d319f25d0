/** Reads the expectations of a text: "# Expected: …", "Should return 301", "(expected: < 50%)". */
import type {Check, Expectation} from '../plan.ts';
import {phrase, topicPattern} from '../words/vocabulary.ts';
import {WordPattern} from '../words/word-pattern.ts';
import {hasBlank} from './blanks.ts';
import {
  isOpenEnded,
  literalTexts,
  type NumberReading as Reading,
  readAllPassing,
  readNumber,
  readRange,
  readTime,
  withJoinedParts,
  withoutRemark,
} from './expectation-numbers.ts';
import {joinedLines, type Statement, statementIn, withoutMarks} from './expectation-phrases.ts';
import {normaliseMetric} from './metric.ts';
import {PHRASE_LENGTH_MAX} from './quantity.ts';
import {quotedChecks, quotesCode, quotesPlainly} from './quoted-output.ts';
import {readThresholds} from './thresholds.ts';

/**
 * Every expectation in the text; [] when there is none. One that no machine can judge has `readable: false` and no
 * check. A bound on a named signal ("P95: <850ms (store_message)") has metric, op, value and unit, but no check.
 */
export function readExpectations(text: string, line: number): Expectation[] {
  return joinedLines(text).flatMap(({text: one, offset}) => {
    const clean = withoutMarks(one.slice(0, PHRASE_LENGTH_MAX));
    const isComment = /^\s*(?:#|--|\/\/)/.test(one);
    const whole = readSentence(clean, isComment, line + offset);
    if (!SEVERAL.test(clean)) return whole;
    const each = clean
      .split(SENTENCE_END)
      .flatMap((sentence, index) => readSentence(sentence, isComment, line + offset, index > 0));
    // The rest of the text belongs to no expectation that one sentence states as well.
    const checks = new Set(each.map(({check}) => JSON.stringify(check)));
    return whole.every(({check}) => checks.has(JSON.stringify(check))) ? each : whole;
  });
}

function readSentence(text: string, isComment: boolean, line: number, isBehind = false): Expectation[] {
  const statement = statementIn(text);
  if (statement === undefined) return readSaidFailure(text, line);
  const all = withJoinedParts(read(statement, text, line), statement.said);
  const found = isOfOther(text, statement.said, isBehind)
    ? all.map(one => (one.check?.kind === 'duration' ? {text, line, readable: false} : one))
    : all;
  if (found.some((one, index) => one !== all[index])) return found;
  return statement.prose === true && !isComment && !quotesCode(statement.said)
    ? found.filter(({readable}) => readable)
    : found;
}

/**
 * Whether something else takes the time: "Lag should come back under 5 min". Behind another sentence, "it" may be what that
 * one tells of.
 */
function isOfOther(text: string, said: string, isBehind: boolean): boolean {
  const [, subject] = SUBJECT.exec(text.slice(0, Math.max(0, text.indexOf(said)))) ?? [];
  if (subject === undefined) return false;
  const bare = subject.replaceAll(/`[^`]*`/g, ' ').trim();
  if (/\p{L}/u.test(bare)) return isBehind ? !OWN.test(bare) : !OWN.test(bare) && !ITSELF.test(bare);
  return isBehind;
}

const SUBJECT = phrase`^(.*?)\<${'should'}\>`;
const OWN = phrase`\<(?:${'expected-what'}|${'command'}|${'lasting'})`;
const ITSELF = phrase`^\W*(?:${'it-itself'})\W*$`;

/** "Connection refused is expected until the new one is up." */
function readSaidFailure(text: string, line: number): Expectation[] {
  const said = EXPECTED_BEHIND.exec(text)?.[1];
  const check = said === undefined ? undefined : messageCheck(said);
  return check === undefined ? [] : [{text, line, readable: true, check}];
}

/** "Read the plan. It should show 4 to add": the first sentence is the order, the next the result. */
const SEVERAL = /[.!?]\s+\p{Lu}/u;
const SENTENCE_END = /(?<=[.!?])\s+(?=\p{Lu})/u;

function read({said, negated, literal, failing, prose}: Statement, text: string, line: number): Expectation[] {
  const base = {text, line};
  const value = withoutRemark(said.trim());
  const readable = (readings: readonly Reading[]) =>
    readings.map(reading => ({...base, readable: true, ...(hasBlank(text) ? withoutTime(reading, text) : reading)}));
  if (failing === true) {
    const codes = statusCodes(value);
    return readable([{check: codes.length > 0 ? {kind: 'status', codes} : failureCheck(value)}]);
  }
  const isPlain = quotesPlainly(value, text, negated);
  if (negated) return isPlain ? absentExpectations(value, literal, base) : [{...base, readable: false}];
  const message = literal ? messageCheck(value) : undefined;
  if (message !== undefined) return readable([{check: message}]);
  const range = prose === true ? [] : readRange(value);
  if (range.length > 0) return readable(range);
  for (const reader of READERS) {
    const found = reader(value, text);
    if (found === undefined) continue;
    // "Consumers should be 8" names a thing; a number in the answer may be another thing.
    if (prose === true && found.check?.kind === 'number') break;
    // For "8 lines", `wc -l` prints a number and `ls` does not; mostly a person must count.
    if (found.check?.kind === 'number' && found.metric === undefined)
      return [{...base, readable: false, check: found.check}];
    // "HTTP 200 in under 300ms" holds two expectations.
    const time = found.check?.kind === 'status' ? readTime(value) : undefined;
    return readable([found, ...(time === undefined ? [] : [time])]);
  }
  const isPrinted = isPlain && !isOpenEnded(value) && !/^[{[]/.test(value);
  const checks = quotedChecks(isPrinted ? literalTexts(value, literal) : [], text);
  return checks === undefined ? [{...base, readable: false}] : readable(checks.map(check => ({check})));
}

/**
 * "First alert after: ____ minutes (target: <5 min)": a person fills in a time, so the time of this command is not
 * meant.
 */
function withoutTime(reading: Reading, text: string): Reading {
  const {check, ...bound} = reading;
  return check?.kind === 'duration' ? {...bound, metric: normaliseMetric(text.split(':')[0] ?? '')} : reading;
}

function absentExpectations(value: string, literal: boolean, base: {text: string; line: number}): Expectation[] {
  // A JSON pair is absent when it does not stand in the answer literally.
  const found = /^"[^"]+"\s*:/.test(value) ? [value] : literalTexts(value, literal);
  const texts = found.length === 0 && literal ? [value] : found;
  if (texts.length === 0) return [{...base, readable: false}];
  return texts.map(text => ({...base, readable: true, check: {kind: 'absent', text}}));
}

/** In this order: the first reader that understands the words wins. */
const READERS: readonly ((said: string, text: string) => Reading | undefined)[] = [
  readJson,
  readSignal,
  readAllPassing,
  readStatus,
  readEmpty,
  readTime,
  readNumber,
];

const CLIENT_ERRORS: readonly number[] = [
  400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 412, 415, 422, 423, 428, 429, 451,
];
const SERVER_ERRORS: readonly number[] = [500, 501, 502, 503, 504];

function readJson(said: string): Reading | undefined {
  const text = said.replace(/^`+|`+$/g, '').trim();
  // A pair cut out of an answer: "status": "green".
  const whole = /^"[^"]+"\s*:\s*\S/.test(text) ? `{${text.replace(/,\s*$/, '')}}` : text;
  if (!/^[{[]/.test(whole)) return undefined;
  // Documents shorten an answer: {"status": "healthy", ...}
  for (const candidate of [
    whole,
    whole.replace(/,?\s*(?:\.{3}|…)\s*(?=[}\]])/g, ''),
    whole.slice(0, whole.search(/[}\]][^}\]]*$/) + 1),
  ]) {
    try {
      return {check: {kind: 'json', subset: JSON.parse(candidate)}};
    } catch {
      // Not valid JSON in this form; try the next.
    }
  }
  return undefined;
}

/** A percentile, or a name in brackets, is about the samples of a signal and not about this one answer. */
function readSignal(said: string, text: string): Reading | undefined {
  if (!/\bp(?:50|90|95|99)\b|\baverage\b|%/i.test(`${text} ${said}`) && !/\)\s*$/.test(said)) return undefined;
  const threshold = readThresholds(text, 0)[0];
  if (
    threshold === undefined ||
    (threshold.unit === 'ms' && threshold.statistic === undefined && !/\(\w+\)\s*$/.test(said))
  )
    return undefined;
  const {metric, op, value, unit} = threshold;
  return {metric, op, value, unit};
}

function readStatus(said: string, text: string): Reading | undefined {
  const isNamed = (/^[1-5]\d\d\b/.test(said) && ANSWERED.test(text)) || OF_STATUS.test(said);
  if (!isNamed) return undefined;
  const codes = statusCodes(said.split(OTHER_CODES)[0] ?? said);
  if (codes.length === 0) return undefined;
  const errors = OR_ERROR.test(said) ? [...CLIENT_ERRORS, ...SERVER_ERRORS] : [];
  return {check: {kind: 'status', codes: [...new Set([...codes, ...errors])]}};
}

/** "must return 200 within 5s", "expects status 201"; but not "should return 200 rows". */
const ANSWERED = phrase`\b(?:status|http|code)\b|\<${'answering'}\s+(?:(?:${'with-what'}|an?)\s+)?[1-5]\d\d(?!\s+(?:items?|results?|entries|${'rows'})\b)\b`;
const OF_STATUS = phrase`\bhttp\b|\bstatus\b|\bcode\b|\bredirect\b|^[1-5]\d\d\s+(?:ok|created|accepted|no content|moved|found|not modified|bad|unauthori[sz]ed|forbidden|not found)\b|^[1-5]\d\d(?:\s*(?:,|or|\/)\s*(?:or\s+)?[1-5]\d\d)+\b|^[1-5]\d\d(?:\s+${'or'}\s.*)?$`;
/** "503. If it still answers 200, …", "503, not 200": what stands behind is another case. */
const OTHER_CODES = phrase`[.!?;(]\s|\<(?:${'not'}|${'condition'}|${'denies'})\>`;
const OR_ERROR = topicPattern('or-error');

function statusCodes(said: string): number[] {
  const codes = said.match(/(?<![\d.,\w-])[1-5]\d\d(?![\d.,]*\d|\s?(?:ms|s|%|mb|gb)\b|\w)/gi) ?? [];
  return [...new Set(codes.map(Number))];
}

function readEmpty(said: string): Reading | undefined {
  const bare = said.replace(/^["'`(]+|["'`).]+$/g, '');
  if (NOTHING.test(bare)) return {check: {kind: 'empty'}};
  return NO_ROWS.test(bare) ? {check: {kind: 'rows', op: '=', value: 0}} : undefined;
}

const NOTHING = phrase`^${'nothing'}$`;
const NO_ROWS = /^(?:no|0|zero) (?:rows?|results|records)(?: returned)?$/i;

/**
 * The check for a command that should fail. It looks for the message that the document quotes or that programs print.
 */
function failureCheck(said: string): Check {
  const quoted = /["“`]([^"“”`]+)["”`]/.exec(said)?.[1];
  const text = MESSAGE.exec(said)?.[0] ?? quoted;
  return text === undefined ? {kind: 'fails'} : {kind: 'fails', text: text.trim()};
}

/** The same where only the message is given and nothing says that it is a failure: "connection refused". */
function messageCheck(said: string): Check | undefined {
  const bare = said.replace(/^(?:an?\s+)?["“`']?(?:error\b[:\s]*)?/i, '').replace(/["”`'.]+$/, '');
  const message = MESSAGE.exec(bare);
  if (message === null || message.index > 0 || bare.length > message[0].length + REST_MAX) return undefined;
  return {kind: 'fails', text: message[0].trim()};
}

const REST_MAX = 30;
const EXPECTED_BEHIND = phrase`^(.{4,80}?)\s+${'is'}\s+${'expected'}\b`;
/** Messages of programs, which are English in documents of every language. */
const MESSAGE = new WordPattern(
  [
    String.raw`(?:relation|table|column|database|role|schema|function|type|user|index)\s+["'\x60]?[\w.$]+["'\x60]?\s+does not exist`,
    'does not exist',
    'connection (?:was )?(?:refused|reset|closed)(?: by peer)?',
    '(?:permission|access) denied',
    'no such (?:file or directory|file|container|host|service|table|column)',
    'command not found',
    'could not (?:connect|resolve(?: host)?)',
    'no route to host',
    'unknown (?:column|table|database|host)',
    'duplicate key(?: value)?',
    'authentication failed',
    'syntax error',
  ]
    .map(one => String.raw`\b${one}\b`)
    .join('|'),
  'i',
);
