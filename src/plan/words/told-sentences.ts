/** Sentences that tell something and ask for nothing: "People without access build it on the host". */
import {WORD_END} from './letters.ts';
import {anyOf, phrasesOf, speaksOf} from './vocabulary.ts';

const SUBJECT = new RegExp(String.raw`^\W*${anyOf('subject')}${WORD_END}`, 'iu');
const TELLS = speaksOf('tells');
const IN_ORDER = speaksOf('in-order');
const IS_DONE = speaksOf('is-done');
const MAY = speaksOf('may');
const ORDERS = new Set(phrasesOf('order'));

/** Where a sentence or a part of one begins, which may be an order. */
const STARTS = new RegExp(String.raw`(?:^|[.!?:;,]\s+|\s${anyOf('and-then')}\s+)\W*(\p{L}+)`, 'giu');

/** "Restart the api:", "First copy the files": it begins with what is to be done. */
export function isOrder(text: string): boolean {
  return [...text.slice(0, TEXT_LENGTH_MAX).matchAll(STARTS)].some(([, word = '']) => ORDERS.has(word.toLowerCase()));
}

/** The words that tell, of a text in which nothing is ordered; undefined of any other. */
export function toldIn(text: string): string | undefined {
  const whole = text.slice(0, TEXT_LENGTH_MAX);
  if (isOrder(whole)) return undefined;
  for (const sentence of whole.split(/(?<=[.!?])\s+/)) {
    if (IN_ORDER.test(sentence) || IS_DONE.test(sentence)) continue;
    const told = (SUBJECT.test(sentence) ? TELLS.exec(sentence) : null) ?? MAY.exec(sentence) ?? ADDS.exec(sentence);
    if (told !== null) return told[0];
  }
  return undefined;
}

/** "Quickly, with a short outage:" says how or when, and not what. A German order ends with its verb. */
const ADDS = /^[^,:]{3,},\s+(?:\p{L}+\s+)*(?!\p{L}+e[lr]?n\W*$)\p{L}+\W*[:：]\W*$/iu;

const TEXT_LENGTH_MAX = 400;
