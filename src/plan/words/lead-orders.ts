/** Finds what a line that leads to commands asks for before them: "Comment the export out in cron. Then look what still runs:". */
import {leadsOn} from '../../text/leads-on.ts';
import {isDoneByOthers, NAMES, NAMES_PEOPLE, NO_COMMAND, orderIn, withoutLead} from './orders.ts';
import {isCommonWord, phrase, piece} from './vocabulary.ts';
import type {WordPattern} from './word-pattern.ts';

/**
 * What a person does before the commands: `asked`, and the sentences behind it up to the last one. The last sentence
 * names the commands; where it only names their place, the sentence before it does. `code`: the commands; what they do,
 * nobody does before them.
 */
export function askedBeforeLead(lead: string, code: string): {asked: string; rest: string} | undefined {
  const sentences = sentencesIn(lead);
  const last = sentences.pop() ?? '';
  const named = namedAbove(sentences, last, code);
  const first = sentences.findIndex(
    (sentence, at) => isForPeople(sentence) || (at !== named && isAskedBeside(sentence, code)),
  );
  const within = clauseBefore(last, code);
  const rest = [...sentences.slice(first + 1), ...(within === undefined ? [] : [within])].join(' ');
  if (first !== -1) return {asked: sentences[first] ?? '', rest};
  return within === undefined ? undefined : {asked: within, rest: ''};
}

/** Where the last sentence says nothing but where or in what case they run, the commands are named by the one before it. */
function namedAbove(sentences: readonly string[], last: string, code: string): number {
  if (!onlyLeads(last) || FOLLOWS.test(last)) return -1;
  const at = sentences.findLastIndex(isAsked);
  if (namesOthers(sentences[at] ?? '', code)) return -1;
  // "Read the plan. If it is what you expect:" decides what a person has looked at.
  return CASE.test(last) && LOOKS.test(withoutLead(sentences[at] ?? '')) ? -1 : at;
}

/** "Take the allowlist_format line out": a name of software, of which the commands know nothing. */
function namesOthers(sentence: string, code: string): boolean {
  return code !== '' && (sentence.match(NAMES_OF_SOFTWARE) ?? []).some(name => !code.includes(name));
}

const NAMES_OF_SOFTWARE =
  /[\p{L}\d]+(?:_[\p{L}\d]+)+|(?:\/[\w.-]+){2,}|[a-z][\w-]*\.(?:conf|ini|ya?ml|json|xml|cfg|env)\b/gu;
const CASE = phrase`^\W*(?:${'condition'})\>`;
const LOOKS = phrase`^\W*(?:${'asks-if'})\>`;

/** Behind a single letter, or a short form without vowels, no sentence ends. */
const SENTENCES =
  /(?<=[.!?]["”»)]?)(?<!(?:^\W*\d+|(?<![\p{L}\d])(?:\p{L}|[^\P{L}aeiouyäöü]{2,4}))\.)\s+(?=[^\p{L}]*\p{Lu})/u;
/** In small letters too, the last words may only lead on: "…, 4.2 refuses to start with it. gatedb:". */
const BEFORE_LEAD = /(?<=\p{L}{2}[.!?])\s+(?=\p{Ll}[^.!?:：]{1,30}[:：]\W*$)/u;
const TEXT_LENGTH_MAX = 2000;
const SENTENCE_LENGTH_MAX = 400;

export function sentencesIn(text: string): string[] {
  // The last sentence names what follows, so a long text loses its beginning.
  const sentences = text.slice(-TEXT_LENGTH_MAX).split(SENTENCES);
  const lead = sentences.pop()?.split(BEFORE_LEAD) ?? [];
  return [...sentences, ...lead].map(one => one.slice(0, SENTENCE_LENGTH_MAX));
}

export function isForPeople(sentence: string): boolean {
  const asked = withoutLead(sentence);
  return NO_COMMAND.test(asked) || isDoneByOthers(sentence) || (isOrderByForm(asked) && NAMES_PEOPLE.test(asked));
}

/** "Swap." alone is a title. */
export function isAsked(sentence: string): boolean {
  return /\p{L}\W+\p{L}/u.test(sentence) && (orderIn(sentence) !== undefined || isOrderByForm(sentence));
}

/** Whether it asks for more than the commands do: their words hold the verbs of orders that they carry out. */
function isAskedBeside(sentence: string, code: string): boolean {
  if (!isAsked(sentence)) return false;
  const orders = ordersOf(sentence);
  const words = code.toLowerCase();
  return (orders.length === 0 ? [sentence] : orders).some(order => {
    const verb = /\p{L}{3,}/u.exec(withoutLead(order).toLowerCase())?.[0];
    return verb === undefined || !words.includes(verb);
  });
}

/** The clauses of a text that ask for something. */
export function ordersOf(text: string): string[] {
  return sentencesIn(text)
    .flatMap(sentence => sentence.split(CLAUSES))
    .filter(isAsked);
}

/** Whether some word of the order stands in the commands, perhaps with another end. */
export function isTraced(order: string, code: string): boolean {
  const words = order.toLowerCase().match(/[\p{L}\d][\p{L}\d-]{3,}/gu) ?? [];
  return words.some(word => !isCommonWord(word) && code.includes(word.slice(0, BEGINNING_LENGTH)));
}

const BEGINNING_LENGTH = 5;
export const CLAUSES = phrase`[,;]\s+|\s(?:${'and-then'})\s`;

/** "Bump the image in the console", "Den Eintrag auskommentieren": an order by its form, whatever its verb. */
function isOrderByForm(sentence: string): boolean {
  const asked = withoutLead(sentence);
  // "Have the desk close it." begins with the verb.
  if (TOLD.test(asked.replace(FIRST_WORD, '')) || NAMES.test(asked)) return false;
  return (VERB_FIRST.test(asked) && !NO_VERB.test(asked)) || VERB_LAST.test(asked);
}

const VERB_FIRST = phrase`^[^\p{L}]*\p{L}{3,}\s+(?:${'the'}|it|them|this|that)\s+\S`;
export const NO_VERB = phrase`^[^\p{L}]*(?:${'subject'}|${'condition'}|${'moment'}|${'time-begins'}|${'at'}|${'the'}|${'any-of'}|${'by-means-of'}|${'each-of'}|${'small-word'}|${'for'}|${'in-time'})\>`;
const FIRST_WORD = /^\W*\p{L}+/u;
const TOLD = phrase`\<(?:${'is'}|${'tells'}|${'should'})\>`;
/** Nouns have a capital in German. */
const VERB_LAST = /^\W*\p{Lu}.*\s\p{L}*\p{Lu}\p{L}+.*\s\p{Ll}{2,}(?:en|ern|eln)\W*$/u;

/** The last sentence says nothing but where, in what case or that they are run. */
function onlyLeads(sentence: string): boolean {
  const bare = withoutLead(sentence);
  return ONLY_RUN.test(bare) || (orderIn(bare) === undefined && !isOrderByForm(bare));
}

/** "Run this on db1", "Commands:". */
const ONLY_RUN = phrase`^\W*${'command'}(?:\W+\p{L}+){0,2}?(?:\W+(?:${'behind-names'}|${'at'}|${'at-host'})\s.*)?\W*$`;

/** "Then …", "After that …", "…, so after the merge": what stands before it is done before it. */
const FOLLOWS: WordPattern = phrase`^\W*(?:${'and-then'}|${'after'})\>|\<${'after'}\s[^,.;:：]{3,60}[:：]\W*$`;

/** "Stop the app on both, then on db1:", "Ring the hall and look at the queue:". */
function clauseBefore(sentence: string, code: string): string | undefined {
  if (!leadsOn(sentence)) return undefined;
  const placed = THEN_THERE.exec(sentence)?.[1];
  if (placed !== undefined && isAskedBeside(placed, code)) return placed;
  return PEOPLE_FIRST.test(sentence) ? sentence.replace(/\s*[:：]\W*$/, '') : undefined;
}

const THERE = piece`(?:${'behind-names'}|${'at-host'}|${'at'})\s+[^,;:：.]{1,40}`;
const THEN_THERE = phrase`^(.{8,}?)[,;]?\s+(?:(?:${'and-then'})\s+)+(?:${THERE}(?:\s+${'command'})?|${'command'})[:：]\W*$`;
const PEOPLE_FIRST = phrase`^\W*(?:[^:：.]{3,60}[:：.]\s+)?(?:${'wait'}|${'ask-people'})\s[^:：]{3,120}?[,;]?\s+(?:${'and'}|${'and-then'})\s[^:：]{6,}[:：]\W*$`;
