/** Finds whether a text makes its bounds a reason to roll back, to go on, or no reason at all. */
import {plainText} from '../document/inline.ts';
import {phrase, topicPattern} from '../words/vocabulary.ts';

/**
 * `answer`: the answer with this consequence; absent where it is yes without a word: "Still red after 15 minutes? →
 * rollback".
 */
export type Decision = {question: string; answer?: 'yes' | 'no'; rollsBack: boolean};

/** "Can we fix it in 30 minutes? NO = rollback", "Is data lost? Yes → roll back", "Workaround known? YES = stay". */
export function decisionIn(text: string): Decision | undefined {
  const [, question = '', said, then = ''] = DECISION.exec(text.slice(0, TEXT_LENGTH_MAX)) ?? [];
  if (question === '' || then.split(/\s+/).length > CONSEQUENCE_WORDS_MAX) return undefined;
  const rollsBack = ROLLBACK.test(then) && !saysNoRollback(then);
  // "no" begins with an n in nearly every language, and no "yes" does.
  const answer = said === undefined ? undefined : /^n/i.test(said) ? 'no' : 'yes';
  return answer === undefined ? {question, rollsBack} : {question, answer, rollsBack};
}

const TEXT_LENGTH_MAX = 300;
const CONSEQUENCE_WORDS_MAX = 12;
const DECISION =
  /^\W*(\p{L}[^?？]*\s?[?？])\s*[-–—:]?\s*(?:(?:if\s+)?(\p{L}{1,4})\s*(?:=|→|⇒|->|=>|:|,|–|—|\s-\s)+>?|(?:=|→|⇒|->|=>)+>?)\s*(\S.*)$/u;
const ROLLBACK = phrase`\<${'rollback'}\>`;

/** Whether a rollback is ruled out anywhere in the text: "Ticket, no rollback". */
export function saysNoRollback(text: string): boolean {
  return NO_ROLLBACK.test(text);
}

/** Whether the consequence is a rollback: "One of the four does not hold: back out", "3 in a row = roll back". */
export function endsInRollback(text: string): boolean {
  return ENDS_BACK.test(text) && !NO_ROLLBACK.test(text);
}

const ENDS_BACK = phrase`(?:[:：=→⇒,]|->|=>)\s*(?:\p{L}+\s){0,3}?(?:${'rollback'}|${'undo'})\>`;

const NO_ROLLBACK = topicPattern('no-rollback');

/** Whether what the text names is no reason to roll back: "Do not roll back for", "No rollback", "Fix forward". */
export function isNoRollbackReason(text: string): boolean {
  return NO_REASON.test(text);
}

/** Numbers, signs and a few words may stand before it: "Yes → no rollback", "In that case fix forward". */
const NO_REASON = phrase`^(?:\P{L}|\p{L}+\s){0,6}?${NO_ROLLBACK}`;

/** Whether it calls something a reason to roll back: "A failed login is a reason to go back". "Hardly a reason" does not. */
export function givesRollbackReason(text: string): boolean {
  return GIVES_REASON.test(text) && !saysNoRollback(text) && !DENIES_REASON.test(text);
}

const GIVES_REASON = topicPattern('rollback-reason');
const DENIES_REASON = phrase`\<${'denies'}\>(?:\s+(?!${'is'}\>)[\p{L}'’]+){0,4}?\s+${'rollback-reason'}`;

/** Whether the text says what must hold before work goes on: "Resume only when …". That is no reason to roll back. */
export function saysWhenToContinue(text: string): boolean {
  return GOES_ON.test(text);
}

const GOES_ON = phrase`^\W*${'go-on-if'}\>`;

/** Whether the list below the label has bounds to measure: "Verify:", "Watch the dashboards for 10 minutes:". */
export function introducesBounds(label: string): boolean {
  return LEADS.test(plainText(label));
}

const LEADS = phrase`^\W*(?:\d+[.)]\s+)?(?:${'look'})\>`;

/**
 * Whether a label inside a rollback leads to its reasons: "Back out when any of these holds", "Se decide la vuelta
 * atrás si". A branch ("If the schema was migrated") does not.
 */
export function introducesReasons(text: string): boolean {
  return !BRANCHES.test(text) && (OPEN_CONDITION.test(text) || ANY_OF.test(text));
}

const BRANCHES = phrase`^\W*${'condition'}\>(?!.*${'any-of'})`;
const OPEN_CONDITION = phrase`\<${'condition'}\W*$`;
const ANY_OF = phrase`\<${'condition'}\>.{0,20}\<${'any-of'}`;
