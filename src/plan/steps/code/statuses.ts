/** The HTTP status that a text names beside a request: "doit répondre 503", "muss 503 liefern", "→ 404". */
import {matchesOf} from '../../../text/matches.ts';
import {withoutMarks} from '../../phrases/expectation-phrases.ts';
import {type Action, commandsOfStage, type Expectation} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {phrase} from '../../words/vocabulary.ts';

/** `isSure`: words or signs say that it is what comes back; a bare figure may count something else. */
export type SaidStatus = {text: string; codes: readonly number[]; isSure: boolean};

/**
 * The statuses that are to come back, one for each sentence that names some. Not those of a case ("if it still answers
 * 200, …"), nor a figure with a unit, a comparison or a noun behind it ("200 rows").
 */
export function statusesSaid(text: string): SaidStatus[] {
  if (!ANY.test(text)) return [];
  return withoutCommands(text)
    .split(SENTENCE_END)
    .flatMap(sentence => statusIn(sentence));
}

/** The same of the text of one line, or of lines joined, as expectations. */
function statusExpectations(text: string, line: number): Expectation[] {
  return statusesSaid(text).flatMap(({text: said, codes, isSure}): Expectation[] =>
    isSure ? [{text: shown(said), line, readable: true, check: {kind: 'status', codes}}] : [],
  );
}

function shown(said: string): string {
  return withoutMarks(said).replaceAll('`¶`', '…').replaceAll(/\s+/g, ' ').trim();
}

type Asking = {action: Action; expectations: readonly Expectation[]};
type About = {line: number; endLine: number; expectations: readonly Expectation[]};

/**
 * Gives the only request among the readings the status that the lines of its item, or the label above it, name. A person
 * judges it where other commands use the answer, or where the lines name several.
 */
export function withStatuses<R extends Asking>(
  readings: readonly R[],
  about: About,
  lines: readonly string[],
): readonly R[] {
  const asking = readings.filter(({action}) => asks(action));
  const [only] = asking;
  if (only === undefined || asking.length > 1) return readings;
  const known = [...about.expectations, ...expectationsIn(only)];
  if (known.some(({check}) => check?.kind === 'status' || check?.kind === 'fails')) return readings;
  const said = textsOf(about, lines).flatMap(({text, line}) => statusExpectations(text, line));
  const told = said.filter((one, index) => said.findIndex(other => sameStatus(one, other)) === index);
  const found = only.action.kind === 'http' && told.length === 1 ? told : told.map(byPerson);
  const more = found.filter(one => one.readable || !known.some(({text}) => text.includes(one.text)));
  return readings.map(one => (one === only ? {...one, expectations: [...one.expectations, ...more]} : one));
}

/** What was read from a text, and the status that it names where it states none. */
export function withStatusOf(found: readonly Expectation[], text: string, line: number): readonly Expectation[] {
  if (found.some(({check}) => check?.kind === 'status' || check?.kind === 'fails')) return found;
  return withoutStatusTexts([...found, ...statusExpectations(text, line)]);
}

/** What a person judged, or was looked for in the answer, is the status that the request is judged by. */
function withoutStatusTexts(expectations: readonly Expectation[]): readonly Expectation[] {
  const codes = new Set(expectations.flatMap(({check}) => (check?.kind === 'status' ? check.codes : [])));
  if (codes.size === 0) return expectations;
  return expectations.filter(({check, text, readable}) => {
    if (check?.kind === 'contains' || check?.kind === 'number')
      return !isCode(String('text' in check ? check.text : check.value), codes);
    return readable || !statusesSaid(text).some(one => one.codes.every(code => codes.has(code)));
  });
}

function isCode(text: string, codes: ReadonlySet<number>): boolean {
  return codes.has(Number(text));
}

function sameStatus(one: Expectation, other: Expectation): boolean {
  return JSON.stringify(one.check) === JSON.stringify(other.check);
}

function byPerson({text, line}: Expectation): Expectation {
  return {text, line, readable: false};
}

/** A script has no HTTP status, so a person judges an expected status in what its commands print. */
export function forAction(expectations: readonly Expectation[], {action}: {action: Action}): readonly Expectation[] {
  const hasAnswers = action.kind !== 'script' || action.stages.some(({kind}) => kind === 'http');
  if (hasAnswers) return withoutStatusTexts(expectations.map(one => (countsLines(one) ? byPerson(one) : one)));
  return expectations.map(one => (one.check?.kind === 'status' ? byPerson(one) : one));
}

/** "Both say `ok`" is meant of several answers, and each is judged alone. */
function countsLines({check}: Expectation): boolean {
  return check?.kind === 'contains' && check.times !== undefined;
}

/** Whether it asks something over HTTP, by itself or within other commands. */
function asks(action: Action): boolean {
  if (action.kind === 'http') return true;
  return action.kind === 'script' && action.stages.flatMap(commandsOfStage).some(({text}) => asksInText(text));
}

export function asksInText(text: string): boolean {
  return ASKS.test(text);
}

const ASKS = /(?:^|[\s|;&('"])(?:curl|wget|https?)\s/;

function expectationsIn({expectations, action}: Asking): readonly Expectation[] {
  return [...expectations, ...(action.kind === 'http' ? action.requests.flatMap(one => one.expectations) : [])];
}

/** The paragraphs from the line of the item to its end, outside its blocks and the tasks below it. */
function textsOf({line, endLine}: About, lines: readonly string[]): {text: string; line: number}[] {
  const found: {text: string; line: number}[] = [];
  let isInBlock = false;
  for (let at = line; at <= Math.min(endLine, line + LINES_MAX); at += 1) {
    const text = lines[at - 1] ?? '';
    if (at > line && TASK.test(text)) break;
    if (FENCE.test(text)) isInBlock = !isInBlock;
    if (isInBlock || FENCE.test(text)) continue;
    const last = found.at(-1);
    if (last === undefined || text.trim() === '' || BULLET.test(text)) found.push({text, line: at});
    else last.text = `${last.text} ${text.trim()}`;
  }
  return found;
}

const LINES_MAX = 60;
const TASK = /^\s*(?:[-*+]|\d+[.)])\s+\[.\]/;
const BULLET = /^\s*(?:[-*+]|\d+[.)])\s/;
const FENCE = /^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?(?:`{3,}|~{3,})/;

function statusIn(sentence: string): SaidStatus[] {
  const all = matchesOf(sentence, STATUS).filter(({index, 0: figure}) => {
    const [before, after] = [sentence.slice(0, index), sentence.slice(index + figure.length)];
    return !(IN_CASE.test(before.replaceAll(REFLEXIVE, ' ')) || OTHER_BEFORE.test(before) || OTHER_BEHIND.test(after));
  });
  const wanted = all.filter(({index}) => !DENIED.test(sentence.slice(0, index)));
  const [first = all[0]] = wanted;
  if (first === undefined) return [];
  const named = (wanted.length > 0 ? wanted : all).map(([figure]) => Number(figure));
  // "Must no longer answer 200": any failure will do. A failure that must not come back is judged as ever.
  const codes = wanted.length > 0 ? [...new Set(named)] : named.some(isGood) ? FAILURES : [];
  if (codes.length === 0) return [];
  const plain = sentence.replaceAll(/[*_`"“”„«»]/g, ' ');
  const isAlone = ALONE.test(sentence) || SIGN_BEFORE.test(sentence.slice(0, first.index));
  const goesOn = plain.slice(first.index + first[0].length);
  const isSure = isAlone || (SAYS.test(plain.replaceAll(STATUS, '¶')) && !COUNTS.test(goesOn));
  return [{text: sentence, codes, isSure}];
}

function isGood(code: number): boolean {
  return code < 300;
}

/** Code that is run, and addresses, hold figures of their own. */
function withoutCommands(text: string): string {
  return text
    .replaceAll(/`([^`]*)`/g, (code, inside: string) =>
      looksLikeCommand(inside) || !/^\W*(?:HTTP\S*\s)?[1-5]\d\d\b/i.test(inside) ? '`¶`' : code,
    )
    .replaceAll(/\b\w+:\/\/\S+/g, '¶');
}

const CODES = '200|20[1-6]|30[1-478]|40[0-9]|41[0-8]|42[0-9]|431|451|50[0-8]|511';
const FAILURES = [301, 302, 303, 307, 308, 400, 401, 403, 404, 410, 429, 500, 501, 502, 503, 504];
const STATUS = new RegExp(String.raw`(?<![\p{L}\p{N}.,:/#+_-])(?:${CODES})(?![\p{L}\p{N}_/%-]|[.,:]\d)`, 'gu');
const ANY = /(?<!\d)[2-5]\d\d(?!\d)/;
const SENTENCE_END = /(?<=[.!?;][*_"'”»)]*)\s+(?=\D)/;
/** "Espera-se": a part of the verb, and no "if". */
const REFLEXIVE = /-\p{Ll}{2}\s/gu;
const IN_CASE = phrase`\<(?:${'condition'}|${'if'})\>`;
/** "kein 500", "not 200", "plus 200". */
const DENIED = phrase`\<(?:${'denies'}|${'not'})\>(?:\s+(?:\p{L}+|¶)){0,3}\s*[\W_]*$`;
const OTHER_BEFORE = phrase`(?:[<>≤≥~±]\s*=?|\<(?:${'at-most'}|${'at-least'}|${'above'}|${'below'})\s*[\W_]*|\<(?:${'number-of'})\.?\s*[*_\x60]*)$`;
const OTHER_BEHIND = phrase`^[\s*_\x60]*(?:(?:${'amount'}|${'rows'}|${'listed'})\>|[€$%]|[.,]\s?%)`;
const SAYS = phrase`\<(?:${'says-status'}|${'shows'}|${'answers'}|${'expected'})\>`;
const SIGN_BEFORE = /(?:->|=>|→|⇒|[:=(])[\s*_`"“„«]*(?:HTTP\S*\s)?$/i;
const ALONE = /^[\W_]*(?:HTTP\S*\s)?[1-5]\d\d[\W_]*$/i;
/** A noun behind the figure: "returns 200 documents". */
const COUNTS = phrase`^\s+(?!(?:${'says-status'}|${'shows'}|${'show-last'}|${'expected'}|${'and'}|${'or'}|${'is'}|${'adverb'}|${'not'}|${'at'}|${'small-word'}|${'condition'}|${'behind-status'})(?!\p{L}))\p{L}{3,}`;
