/** Words that say that commands are not simply the next thing to do, in many languages: they are looked for when in doubt. */
import {WORD_END, WORD_START} from './letters.ts';
import {UNSPACED_TITLE, UNSPACED_WARNING} from './other-languages.ts';
import type {Topic} from './topics.ts';
import {anyOf} from './vocabulary.ts';
import {WordPattern} from './word-pattern.ts';

// A reader that takes one of these for a plain step runs what must not run. So they need no grammar, and languages
// without a file of their own have them as well: what they are found in waits for a person.

export type Warning = {kind: 'trouble' | 'shown' | 'cases' | 'later' | 'endless'; words: string};

const TABLE: readonly [Warning['kind'], RegExp | WordPattern][] = [
  ['shown', first('shown-first')],
  ['shown', anywhere('shown-within')],
  ['trouble', first('trouble-first')],
  ['trouble', anywhere('trouble-within')],
  ['later', first('later-first')],
  ['endless', anywhere('endless')],
  ['cases', first('cases-first')],
  ['cases', anywhere('cases-within')],
  // "Old servers only": of which there may be none. "Facilitator only" says who does it.
  ['cases', new WordPattern(String.raw`${anyOf('machines')} ${anyOf('only')}\W*$`, 'iu')],
  // "**npm:**"
  [
    'cases',
    new WordPattern(
      String.raw`^(?:npm|yarn|pnpm|docker|helm|systemd|supervisord?|ubuntu|centos|debian|alpine|${anyOf('with-without')} \S+(?: \S+)?)\s*[:：]?\W*$`,
      'iu',
    ),
  ],
  // "Yes: switch", "No: stay".
  ['cases', new WordPattern(String.raw`^(?:[^\p{L}]|\[[ x]\])*${anyOf('yes-no')}\s*(?:[:：→]|$)`, 'iu')],
  // "Not happy?", "Nothing helps? Then:"
  ['trouble', new WordPattern(String.raw`^(?:[^\p{L}¿]|\[[ x]\])*¿?${anyOf('not-well')}${WORD_END}[^?]{0,80}\?`, 'iu')],
  ['shown', /[❌🚫⛔]|~~\S/u],
  ['cases', UNSPACED_WARNING],
];

function anywhere(topic: Topic): WordPattern {
  return new WordPattern(`${WORD_START}${anyOf(topic)}${WORD_END}`, 'iu');
}

/** Behind signs and numbers: "- [ ] 4. Problems?". */
function first(topic: Topic): WordPattern {
  return new WordPattern(String.raw`^(?:[^\p{L}¿]|\[[ x]\])*${anyOf(topic)}${WORD_END}`, 'iu');
}

const TEXT_LENGTH_MAX = 400;

/** The first sign that a text speaks of something else than the next thing to do. */
export function warningIn(text: string): Warning | undefined {
  const whole = text.slice(0, TEXT_LENGTH_MAX);
  return signIn(whole) ?? (/[:：]\W*$/.test(whole) ? signIn(lastSentence(whole)) : undefined);
}

/** "The form is so and so. For example:" leads to what follows by its last sentence. */
function lastSentence(text: string): string {
  return text.split(/(?<=[.!?])\s+/).at(-1) ?? text;
}

function signIn(text: string): Warning | undefined {
  for (const [kind, pattern] of TABLE) {
    const words = pattern.exec(text)?.[0].trim();
    if (words !== undefined) return {kind, words};
  }
  return undefined;
}

const TITLES = anywhere('other-work');

/** The first sign that a title is not of a part of the deploy. */
export function warningInTitle(title: string): Warning | undefined {
  const words = (TITLES.exec(title) ?? UNSPACED_TITLE.exec(title))?.[0].trim();
  if (words !== undefined) return {kind: 'cases', words};
  // "Why do I see yesterday's pages?" is looked up when it happens.
  return warningIn(title) ?? (/[?？]\W*$/.test(title) ? {kind: 'cases', words: '?'} : undefined);
}
