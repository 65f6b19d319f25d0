/** Where commands run, as prose says it: "on each patroni node", "Inside the debug pod", "in a psql console". */
import {memoize} from '../../text/memoize.ts';
import {plainText} from '../document/inline.ts';
import {WORD_END, WORD_START} from '../words/letters.ts';
import {anyOf} from '../words/vocabulary.ts';

/** `here`: the machine of whoever runs the deployment; else the words that name the place. No login leads `inside`. */
export type NamedPlace = {here: true} | {here: false; phrase: string; inside?: true};

/** The place that a title names for what stands under it; undefined when it names none. */
export const placeOfTitle = memoize(placeByTitle);

function placeByTitle(title: string): NamedPlace | undefined {
  return named(plainText(title).slice(0, SENTENCE_LENGTH_MAX));
}

/** The same of a sentence that leads to commands; others only mention places. */
export function placeIn(raw: string): NamedPlace | undefined {
  const text = plainText(raw).slice(0, SENTENCE_LENGTH_MAX);
  const phrase = NAMES.exec(text)?.[1];
  if (phrase !== undefined) return {here: false, phrase};
  return LEADS.test(text) ? named(text) : undefined;
}

function named(text: string): NamedPlace | undefined {
  if (HERE.test(text)) return {here: true};
  const phrase = THERE.exec(text)?.[1]?.trim();
  if (phrase === undefined) return undefined;
  return CONTAINER.test(phrase) ? {here: false, phrase, inside: true} : {here: false, phrase};
}

const CONTAINER = new RegExp(`${WORD_START}${anyOf('container')}$`, 'iu');

const SENTENCE_LENGTH_MAX = 400;
const ARTICLE = anyOf('the');
const HERE = new RegExp(String.raw`${WORD_START}${anyOf('at')}\s+(?:${ARTICLE}\s+)?${anyOf('here')}${WORD_END}`, 'iu');
/** An article is asked for: "on each web server" names a place, "on server errors" does not. */
const THERE = new RegExp(
  String.raw`${WORD_START}(?:${anyOf('at')}\s+${ARTICLE}|${anyOf('at-the')})\s+((?:[\p{L}\p{N}._-]+\s+){0,3}?${anyOf('place')})${WORD_END}`,
  'iu',
);
/** "On pg-a:", "On app1 and app2:": no article, so the whole text has to be names as hosts have them. */
const HOST_NAME = String.raw`(?=[\w.-]*[\d.-])[a-z][\w.-]*\w`;
const NAMES = new RegExp(
  String.raw`^${anyOf('behind-names')}\s+(${HOST_NAME}(?:(?:,\s*|,?\s${anyOf('and-then')}\s)${HOST_NAME})*)\s*[:：]$`,
  'u',
);
/** "On the app server, …", "Run on each node:", "SSH into the bastion": what follows is for there. */
const LEADS = new RegExp(
  String.raw`^\W*(?:${anyOf('at')}|ssh|log ?in|connect)${WORD_END}|${WORD_START}${anyOf('command')}${WORD_END}|[:：]\W*$`,
  'iu',
);
