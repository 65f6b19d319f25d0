/** Recognises the phrases which announce an expected result: "Expected: …", "Should return …". */
import {compact} from '../../text/compact.ts';
import {memoize} from '../../text/memoize.ts';
import type {TextLine} from '../document/blocks.ts';
import {anyWithDecimalComma, phrase, piece, topicPattern} from '../words/vocabulary.ts';
import {readComparisons} from './comparison.ts';
import {PHRASE_LENGTH_MAX} from './quantity.ts';

/**
 * `said`: what must come out; `negated`: must not. `literal`: it stands behind a colon, so it may be the very text.
 * `prose`: a sentence with "should", which counts outside comments only when it can be read. `failing`: a failure is
 * expected: "should be refused without a token".
 */
export type Statement = {said: string; negated: boolean; literal: boolean; prose?: true; failing?: true};

/**
 * The statement in a text, undefined when there is none. Points that group thousands (German, French …) are removed.
 */
export const statementIn = memoize(statementOf);

function statementOf(text: string): Statement | undefined {
  const found = FORMS.map(form => form(text)).find(statement => statement !== undefined);
  if (found === undefined) return undefined;
  // Without the place where a person writes the actual value: "8,234, Actual: ____".
  const said = (POINTED.test(text) ? withPoints(found.said) : found.said).replace(ACTUAL, '').trim();
  return said === '' ? undefined : {...found, said};
}

const LEADS = piece`(?:(?:it|this|that|you|they|there|there should|${'expected-what'}|command|query|page)\s+)*`;
const ADVERBS = piece`(?:${'adverb'}\s+)*`;
const NOTHING_VERB = piece`(?:be\s+no|see\s+no|show\s+no|return\s+no|print\s+no)\b`;

const EXPECTED = phrase`^(?:${'expected-what'}\s+)?${'expected'}(?:\s+(?:${'expected-what'}|\(?http\)?|code))*\s*(?::|=|->|→|(?=\s[\d"'\x60{<>≤≥])|(?=\s(?:no|zero|nothing)\s))\s*(.+)$`;
/** "Orders: Expected 8,234, Actual: ____". */
const NAMED = phrase`^[^.;]{2,80}?[\s,:—–-]${'expected'}\s*:?\s+(?=[<>≤≥]?\s?\d)([^()]+)$`;
/** "Zero rows expected", "Keine Zeilen erwartet": a count before the word. */
const COUNT_EXPECTED = phrase`^(${'nothing'}|(?:\d[\d.,]*|${'zero'}|${'none-of'})\s+(?:${'rows'}|${'expected-what'}|${'trouble'}))\s+(?:${'is'}\s+)?${'expected'}\W*$`;
const USUAL = phrase`^${'usual'}\s*:\s*(?=[<>≤≥~\d])(.+)$`;
const VERB = piece`${'should'}\s+${ADVERBS}(?:(${NOTHING_VERB})|(${'fail'})\>|(?:(${'not'})\s+)?(?:(${'show'})|not)(?:s\b)?)\s*(?:${'with-what'}\s+)?(:)?\s*(.*)$`;
/** The three patterns below need this word, and it is cheaper to look for. */
const SHOULDS = phrase`${'should'}`;
const SHOULD = phrase`^${LEADS}${VERB}`;
const SENTENCE = phrase`^(?:[^\s(]+\s+){1,6}?${VERB}`;
/** German puts the verb last: "sollte 403 liefern". */
const VERB_LAST = phrase`^(?:[^\s(]+\s+){0,6}?${'should'}\s+(?:(${'not'})\s+)?(.+?)\s+${'show-last'}\s*[.!]?$`;
const RETURNS =
  /^(?:returns?|responds?(?:\s+with)?|answers?(?:\s+with)?|http(?:\/[\d.]+)?|status(?:\s+code)?(?:\s+is)?:?)\s+(?:an?\s+)?(?:http\s+)?(?:status\s+)?(?=[1-5]\d\d\b)(.+)$/i;
/** Not in "watch for pages that return 500". */
const ANSWERS = phrase`^(?!.*\b(?:if|when|that|which|any|no|not|never|until|watch|look)\b)(?:[^\s(:]+\s+){1,6}?${'answers'}\s+(?:${'with-what'}\s+)?(?:an?\s+)?(?:http\s+)?(?:status\s+)?(?=[1-5]\d\d\b(?!\s+(?:items?|results?|${'rows'})))(.+)$`;
const CODES =
  /^[1-5]\d\d(?:\s+(?:ok|created|accepted|no content|moved|found|bad|unauthori[sz]ed|forbidden|not found)\b|\s*(?:,|or|\/)\s*(?:or\s+)?[1-5]\d\d\b)/i;
const SHOWS = piece`(?:${'shows'}|->|→)`;
const OF_COMMAND = phrase`^\x60[^\x60]+\x60\s*(?:\p{L}+\s)?${SHOWS}\s+(?:an?\s+)?(.+)$`;
/** "Wait for the node: `curl … | wc -l` should be 6". */
const LATER_COMMAND = phrase`\x60[^\x60]+\x60(?:\s+\p{L}{1,4}\s+\x60?[\w.-]+\x60?)?[\s,–—-]*(?:${SHOWS}|${'should'}\s+${'show'})\s+(?=[\d"\x60<>≤≥])((?:[^.]|\.(?!\s+\p{Lu}))+)`;
/** "Version shows 16.8". Without a figure or a quotation it may be an opinion ("Output is good"). */
const OF_OUTPUT = phrase`^(?:${'the'}\s+)?${'expected-what'}\s+${'reads'}\s+(?=.*[\d"\x60])(.+)$`;
/** "`amtool silence query` → `amtool silence expire ID`": the second is done next. */
const CHAINED = /`([\w./-]+)\s[^`]*`\s*(?:->|→)\s*`\1\s/;
const LOOK_FOR = phrase`^${'look-for'}\s*:\s*(.+)$`;
const ABSENCE = /^(?:look|check|search) for (?:the )?absence of\s+(.+)$/i;
const IN_BRACKETS = phrase`\((?:${'expected'}|${'usual'})(?:[:\s]+|(?=[<>≤≥]))([^()]+)\)`;
const GOAL = phrase`\(${'goal'}[:\s]+([^()]+)\)`;
/** "9/9 tests passing". */
export const ALL_PASSING = phrase`\b(\d+)\s*\/\s*\1(?!\d)\s+(?:\p{L}+\s+){0,3}${'passing'}\>|\b(\d+)\s*\/\s*\2\s+pass`;

/** In this order: the first form that matches wins. */
const FORMS: readonly ((text: string) => Statement | undefined)[] = [
  text => stated(EXPECTED.exec(text)?.[1], true),
  text => stated(USUAL.exec(text)?.[1], true),
  text => stated(COUNT_EXPECTED.exec(text)?.[1], true),
  text => stated(NAMED.exec(text)?.[1], false),
  text => {
    const gone = ABSENCE.exec(text)?.[1];
    return gone === undefined ? undefined : {said: gone, negated: true, literal: /^\S+$/.test(gone)};
  },
  text => stated(LOOK_FOR.exec(text)?.[1], true),
  text => (SHOULDS.test(text) ? fromVerbLast(VERB_LAST.exec(text), text) : undefined),
  text => (SHOULDS.test(text) ? fromShould(SHOULD.exec(text)) : undefined),
  text => {
    const code = RETURNS.exec(text)?.[1] ?? (CODES.test(text) ? text : undefined);
    return code === undefined ? undefined : {said: `HTTP ${code}`, negated: false, literal: false};
  },
  text => {
    const code = ANSWERS.exec(text)?.[1];
    return code === undefined ? undefined : {said: `HTTP ${code}`, negated: false, literal: false, prose: true};
  },
  text =>
    text.includes('`') && !CHAINED.test(text)
      ? stated((OF_COMMAND.exec(text) ?? LATER_COMMAND.exec(text))?.[1], false)
      : undefined,
  text => {
    const shown = OF_OUTPUT.exec(text)?.[1];
    return shown === undefined ? undefined : {said: shown, negated: false, literal: true, prose: true};
  },
  text => stated(IN_BRACKETS.exec(text)?.[1], true),
  text => (readComparisons(text.replace(GOAL, '')).length > 0 ? undefined : stated(GOAL.exec(text)?.[1], true)),
  text => {
    const bare = /^expected\s+p\d\d\b/i.test(text) || /^(?:0|zero)\s+(?:errors?|failures?|warnings?)\b/i.test(text);
    return bare ? stated(text.replace(/^expected\s+/i, ''), false) : undefined;
  },
  text => stated(ALL_PASSING.exec(text)?.[0], false),
  text => {
    const sentence = SHOULDS.test(text) ? fromShould(SENTENCE.exec(text)) : undefined;
    return sentence === undefined ? undefined : {...sentence, prose: true};
  },
];

function stated(said: string | undefined, literal: boolean): Statement | undefined {
  return said === undefined ? undefined : {said, negated: false, literal};
}

function fromShould(match: RegExpExecArray | null): Statement | undefined {
  if (match === null) return undefined;
  const [, none, failing, not, verb = '', colon, said = ''] = match;
  if (none !== undefined) return {said: `no ${said}`, negated: false, literal: false};
  if (failing !== undefined) return {said: said === '' ? failing : said, negated: false, literal: false, failing: true};
  if (said.trim() === '') return undefined;
  const literal = colon === ':' && !/^look/i.test(verb);
  return {said, negated: not !== undefined || verb === '', literal};
}

function fromVerbLast(match: RegExpExecArray | null, text: string): Statement | undefined {
  const said = match?.[2];
  if (said === undefined || FAIL_LAST.test(text)) return undefined;
  const alone = ALONE.test(text);
  return compact({said, negated: match?.[1] !== undefined, literal: false, prose: alone ? undefined : true});
}

const ALONE = phrase`^${'should'}\>`;
const FAIL_LAST = phrase`\<${'fail'}\s*[.!]?$`;

const ACTUAL = phrase`[,;|–-]?\s*\<${'actual'}\s*(?::\s*(?:\\?_)*|(?:\\?_){2,})\s*\.?$`;

const POINTED = phrase`\<(?:${anyWithDecimalComma('expected', 'should', 'usual', 'or-more', 'at-least', 'at-most')})\>`;

/** `1.204.331,5` becomes 1204331.5. */
function withPoints(said: string): string {
  return said.replace(/(?<![\d.,])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d.]*\d)/g, figure =>
    figure.replaceAll('.', '').replace(',', '.'),
  );
}

/** Removes marks of lists, tasks and comments, bold and decoration. Quotes and code stay. */
export const withoutMarks = memoize(removeMarks);

function removeMarks(text: string): string {
  return text
    .replace(/^\s*(?:[-*+]\s+)?(?:\[[ xX]\]\s+)?(?:(?:#+|--|\/\/)\s*)?/, '')
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/(?<!\w)__(.+?)__(?!\w)/g, '$1')
    .replace(/[✅✔✓☑❌✗]\ufe0f?/gu, '')
    .trim();
}

/** Whether the expected result stands on the next lines: "# Expected output:", "Should show:". */
function opensList(text: string): boolean {
  if (text.length > PHRASE_LENGTH_MAX) return false;
  const bare = withoutMarks(text);
  return /:\s*(?:\*+\s*)?$/.test(text) && (OPENS.test(bare) || OPENS_VERB.test(bare));
}

const OPENS = topicPattern('expected');
const OPENS_VERB = phrase`\<${'should'}\s+(?:${'not'}\s+)?${'show'}\>`;

/**
 * Puts a statement together with the lines below it. JSON over several lines is one statement; in a list, each line is
 * one.
 */
export const joinedLines = memoize(joinLines);

function joinLines(text: string): readonly {text: string; offset: number}[] {
  const lines = text.split(/\r?\n/);
  const joined: {text: string; offset: number}[] = [];
  for (let offset = 0; offset < lines.length; offset += 1) {
    const line = lines[offset] ?? '';
    if (!opensList(line) || offset + 1 === lines.length) {
      if (line.trim() !== '') joined.push({text: line, offset});
      continue;
    }
    const head = line.replace(/\**\s*$/, '');
    const rest = lines.slice(offset + 1).map(next => next.replace(/^\s*(?:#+|--|\/\/)?\s*(?:[-*•]\s+)?/, '').trim());
    if (/^[{[]/.test(rest[0] ?? '')) return [...joined, {text: `${head} ${rest.join(' ')}`, offset}];
    const listed = rest.map((next, index) => ({text: `${head} ${next}`, offset: offset + 1 + index, next}));
    return [
      ...joined,
      ...listed.filter(({next}) => next !== '').map(({text: one, offset: at}) => ({text: one, offset: at})),
    ];
  }
  return joined;
}

/** The comments in order. The lines under "# Expected output:" are added to its text. */
export function withLists(comments: readonly TextLine[]): TextLine[] {
  const joined: TextLine[] = [];
  let last = 0;
  for (const {line, text} of comments) {
    const open = joined.at(-1);
    if (open !== undefined && line === last + 1 && opensList(open.text.split('\n')[0] ?? '')) {
      joined[joined.length - 1] = {line: open.line, text: `${open.text}\n${text}`};
    } else joined.push({line, text});
    last = line;
  }
  return joined;
}
