/** Tells orders ("Restart the api") from sentences that only inform ("People without access build it on the host"). */
import {leadsOn} from '../../text/leads-on.ts';
import {memoize} from '../../text/memoize.ts';
import {everyPhrase, phrase, piece, topicPattern} from './vocabulary.ts';
import {WordPattern} from './word-pattern.ts';

const SUBJECT = phrase`^\W*${'subject'}\>`;
const TELLS = topicPattern('tells');
const IN_ORDER = topicPattern('in-order');
const IS_DONE = topicPattern('is-done');
const MAY = topicPattern('may');
const ORDER = phrase`^${'order'}\>`;
const CONDITION = topicPattern('condition');
const AFTER_COLON = everyPhrase`:\s+(\p{L}+)`;
/** German orders end with the verb: "Den Dienst stoppen." */
const ORDER_LAST = phrase`\s${'order-last'}(?:\W*$|\s+${'and'}\s)`;
const SHOULD = topicPattern('should');

/** The first word of a sentence, or of a part of one, that could begin an order. */
const STARTS = everyPhrase`(?:^|[.!?:;,]\s+|\s${'and-then'}\s+)\W*(\p{L}+)`;

/** Whether the text, or a part of it, begins with an order: "Restart the api:", "First copy the files". */
export const isOrder = memoize(saysOrder);

function saysOrder(text: string): boolean {
  const whole = text.slice(0, TEXT_LENGTH_MAX);
  return STARTS.all(whole).some(({0: start, 1: word = '', index}) =>
    ORDER.test(whole.slice(index + start.length - word.length)),
  );
}

/**
 * The first sentence that asks for something to be done: "Tell support.", "Then look at the page."; undefined if none
 * does.
 */
export function orderIn(text: string): string | undefined {
  const sentences = text.slice(0, TEXT_LENGTH_MAX).split(SENTENCE_ENDS);
  return sentences.find(sentence => {
    const asked = withoutLead(sentence);
    if (ORDER.test(asked)) return !NAMES.test(asked);
    // An order may stand behind a colon: "Once papers are signed, going back is forbidden: call the director first."
    if (CONDITION.test(sentence) && AFTER_COLON.all(sentence).some(({1: word = ''}) => ORDER.test(word))) return true;
    return ORDER_LAST.test(asked) && !TELLS.test(asked) && !SHOULD.test(asked);
  });
}

/** The same in running text, where a short title may stand before it: "Kitchen: close the hatch." */
export function orderInProse(text: string): string | undefined {
  const isAsked = (sentence: string) => isDoneByOthers(sentence) || orderIn(sentence) !== undefined;
  const asked = text.slice(0, TEXT_LENGTH_MAX).split(SENTENCE_ENDS).find(isAsked);
  if (asked !== undefined) return asked;
  const [title, behind] = TITLED.exec(text.slice(0, TEXT_LENGTH_MAX)) ?? [];
  return behind !== undefined && isAsked(behind) ? `${title}` : undefined;
}

/** Not in brackets, and not behind a short form: "(ext. 12)", "no. 3", "Dr. Ito", "A. Ito". */
export const SENTENCE_ENDS =
  /(?<=[.!?])(?<!(?<![\p{L}\d])(?:\p{Ll}{1,5}\.(?=\s+\d)|\p{Lu}[^\P{Ll}aeiouy]{0,2}\.))(?![^()]{0,200}\))\s+/u;

/** "The DBA locks the accounts.", "Payments ops send one transfer.": done by somebody else, who is told of it. */
export function isDoneByOthers(sentence: string): boolean {
  const [head] = OTHERS_DO.exec(sentence) ?? [];
  return head !== undefined && !INFORMS.test(head);
}

const OTHERS_DO = phrase`^[^\p{L}]*(?:${'the'}\s+)?(?:[\p{L}\p{N}-]+\s+){0,2}?${'crew'}(?:\s+${'crew'})?(?:\s*\([^()]*\))?\s+(?!${'small-word'}\>)\p{L}{2,}(?=\s+\S)`;
const INFORMS = phrase`\<(?:${'is'}|${'tells'}|${'should'})\>`;

const TITLED = new WordPattern(
  String.raw`^[^\p{L}\p{N}]*(?:[\p{L}\p{N}&/-]+\s){0,3}[\p{L}\p{N}&/-]+\s?:\s+([^\s.!?](?:[^.!?]|[.!?](?=\S))*)(?:[.!?](?=\s|$)|$)`,
  'u',
);

/**
 * Whether text directly above commands asks for something before them: "Review the plan. Anything but `0 to destroy`:
 * stop and ask." It does not when it only names the commands: "Take a snapshot."
 */
function ordersSomethingFirst(lead: string): boolean {
  if (leadsOn(lead)) return waitsFirst(lead);
  if (isDoneByOthers(lead)) return true;
  const asked = orderIn(lead);
  if (asked === undefined) return false;
  return NO_COMMAND.test(withoutLead(asked)) || isOrder(lead.replace(asked, ''));
}

/** "Wait two hourly chimes. Then:" asks for a wait; in "Wait until it is up:" the commands below do it. */
export function waitsFirst(lead: string): boolean {
  return WAIT_FIRST.test(lead) && THEN_BELOW.test(lead);
}

/** What running text asks of a person. `isLead`: it leads to a block below, which may do it. */
export function orderOfText(text: string, isLead: boolean): string | undefined {
  if (isLead && !ordersSomethingFirst(text)) return undefined;
  return orderInProse(text) ?? (waitsFirst(text) ? text : undefined);
}

const WAIT_FIRST = phrase`^\W*${'wait'}\>`;
const THEN_BELOW = phrase`[,;.!]\s+(?:${'and'}\s+)?${'and-then'}\W*$`;
/** "from the release approver", "with the DBA team". */
const WITH_PEOPLE = piece`\<${'from-people'}\s+(?:${'the'}\s+)?(?:[\p{L}-]+\s+){0,2}?${'crew'}(?=\s*(?:[^\p{L}\s]|$)|\s+${'order-last'}\W*$|\s+(?:${'small-word'}|${'at'}|${'and'}|${'for'}|${'moment'})\>)`;
export const NAMES_PEOPLE = phrase`${WITH_PEOPLE}`;
/** No command waits, or asks somebody: "Ask the hall to stop belt 7.", "Get a go from the release approver." */
export const NO_COMMAND = phrase`^\W*(?:${'wait'}|${'ask-people'})\>|\s${'ask-people'}\W*$|^\W*${'order'}\s[^.:：]{0,80}?${WITH_PEOPLE}`;

/** What the text behind a command asks of a person: "and wait until it is up", ". Then ring the hall." */
export function personAskedIn(behind: string): string | undefined {
  const joined = AND.exec(behind)?.[0];
  const rest = joined === undefined ? '' : behind.slice(joined.length);
  // "Run it and wait.": for the command itself.
  const isMore = /[\p{L}\d]\s+[\p{L}\d]/u.test(rest);
  if (isMore && (NO_COMMAND.test(rest) || orderIn(rest) !== undefined)) return rest;
  const sentences = behind.split(/(?<=[.!?;])\s+/).slice(1);
  const asked = orderIn(sentences.join(' '));
  return asked === undefined ? undefined : behind.slice(behind.indexOf(asked));
}

const AND = phrase`^[\s,;.:–—-]*(?:(?:${'and'}|${'and-then'})[\s,]+)+`;

/** What the text before a command asks of a person: "Wait 5 minutes, then", "Ring the hall and". */
export function personAskedAhead(before: string): string | undefined {
  return AHEAD.exec(before)?.[1];
}

const AHEAD = phrase`^\W*((?:${'wait'}|${'ask-people'})\s[^:：]{3,120}?)[\s,;.]*(?:[,;.]\s|[,;.\s]+(?:${'and'}|${'and-then'})(?:[\s,:]+|$))(?:${'command'}\s*)?$`;

/** A line whose list holds cases and nothing to do: "The deploy starts by itself when you:". */
export function leadsToCases(label: string): boolean {
  return CASES.test(label);
}

const CASES = phrase`(?<!\p{L})${'before-cases'}(?:\s\p{L}+){0,2}\W*$`;

/** A line whose list holds cases in which nobody does anything: "The deploy starts automatically when you:". */
export function startsByItself(label: string): boolean {
  const last = label.split(/(?<=[.!?])\s+/).at(-1) ?? label;
  return BY_ITSELF.test(last) && leadsToCases(last) && !isOrder(last);
}

const BY_ITSELF = topicPattern('by-itself');

/** A line whose list says what happens by itself: "What the script does:". */
export function tellsWhatHappens(label: string): boolean {
  return HAPPENS.test(label);
}

const HAPPENS = phrase`^\W*${'what-it-does'}\W*$`;

/** The order itself, without what stands before it. */
export const withoutLead = memoize((sentence): string => sentence.replace(LEADS, ''));

/**
 * What may stand before an order: who says it ("@ola 09:30 – "), "Then", "First", "Do not forget to", a place ("on
 * either, ") or a case ("If that is fine, ").
 */
const LEADS = phrase`^[^\p{L}\p{N}@]*(?:@[\w.-]+\W+)?(?:\d{1,2}[:.]\d\d\W+)?(?:(?:first|next|afterwards|finally|${'and-then'})[,\s]+)*(?:(?:do not|don['’]t) forget to\s+)?(?:(?:(?:${'condition'}|${'when'}|${'moment'}|once|as soon as) [^,]{3,80}|(?:on|in|at) [^,]{2,40}),\s+(?:then\s+)?)?`;
/** Begins like an order and is none: "Log files are in /var/log", "Do not touch it". */
export const NAMES =
  /^\p{L}+ (?:\p{L}+ )?(?:is|are|was|were|has|have|will|can|shows?|takes?)(?!\p{L})|^do(?: not|n['’]t)(?!\p{L})/iu;

/** The words which show that a text only informs; undefined when it holds an order, or no such words. */
export function informingWordsIn(text: string): string | undefined {
  const whole = text.slice(0, TEXT_LENGTH_MAX);
  if (isOrder(whole)) return undefined;
  for (const sentence of whole.split(/(?<=[.!?])\s+/)) {
    if (IN_ORDER.test(sentence) || IS_DONE.test(sentence)) continue;
    const told = (SUBJECT.test(sentence) ? TELLS.exec(sentence) : null) ?? MAY.exec(sentence) ?? ADDS.exec(sentence);
    if (told !== null) return told[0];
  }
  return undefined;
}

/**
 * "switch.sh does roughly this:", "Reception will use it like so:": another does what stands below. `isOne`: a single
 * command stands there.
 */
export function doneByItself(sentence: string, isOne: boolean): string | undefined {
  return isOrder(sentence) ? undefined : (isOne ? OTHER_DOES : DOES_ITSELF).exec(sentence)?.[1];
}

const SUBJECT_AHEAD = piece`^\W*(?!(?:${'and-then'}|${'command'}|${'pronoun'})\>)(?:${'the'}\s+)?(?:[\p{L}\d._/’'-]+\s+){0,3}?`;
const OTHER_DOES = phrase`${SUBJECT_AHEAD}(${'does-itself'})\>`;
const DOES_ITSELF = phrase`${SUBJECT_AHEAD}(${'does-itself'}|${'does-all'})\>`;

/**
 * "Quickly, with a short outage:" says how or when, not what to do. A German order, which ends with its verb, is
 * excluded.
 */
const ADDS = /^[^,:]{3,},\s+(?:\p{L}+\s+)*(?!\p{L}+e[lr]?n\W*$)\p{L}+\W*[:：]\W*$/iu;

const TEXT_LENGTH_MAX = 400;
