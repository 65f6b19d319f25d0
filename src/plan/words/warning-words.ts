/** Finds words which warn that commands are not simply the next thing to do. They are looked for when in doubt. */
import {WORD_END, WORD_START} from './letters.ts';
import {UNSPACED_TITLE, UNSPACED_WARNING} from './other-languages.ts';
import type {Topic} from './topics.ts';
import {anyOf} from './vocabulary.ts';
import {WordPattern} from './word-pattern.ts';

// If the reader took such a text for a plain step, it would run what must not run. The words therefore need no grammar,
// and languages without a file of their own have them too: a text with one of them waits for a person.

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
  // "Old servers only": perhaps there are none. But "Facilitator only" says who does it.
  ['cases', new WordPattern(String.raw`${anyOf('machines')} ${anyOf('only')}(?:\s*\([^()]*\))?\W*$`, 'iu')],
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

/** The words may stand behind signs and numbers: "- [ ] 4. Problems?". */
function first(topic: Topic): WordPattern {
  return new WordPattern(String.raw`^(?:[^\p{L}¿]|\[[ x]\])*${anyOf(topic)}${WORD_END}`, 'iu');
}

const TEXT_LENGTH_MAX = 400;

/** The first warning in a text that what follows is not simply the next thing to do. */
export function warningIn(text: string): Warning | undefined {
  const whole = text.slice(0, TEXT_LENGTH_MAX);
  return firstWarningIn(whole) ?? (/[:：]\W*$/.test(whole) ? firstWarningIn(lastSentence(whole)) : undefined);
}

/** In "Take web-1 out. On the router lb:" the last sentence speaks of what follows. */
export function lastSentence(text: string): string {
  return text.split(/(?<=[.!?])\s+/).at(-1) ?? text;
}

function firstWarningIn(text: string): Warning | undefined {
  for (const [kind, pattern] of TABLE) {
    const words = pattern.exec(text)?.[0].trim();
    if (words !== undefined) return {kind, words};
  }
  return undefined;
}

const TITLES = anywhere('other-work');

/** The first warning in a title that its section is not part of the deploy. */
export function warningInTitle(title: string): Warning | undefined {
  const words = (TITLES.exec(title) ?? UNSPACED_TITLE.exec(title))?.[0].trim();
  if (words !== undefined) return {kind: 'cases', words};
  // A question is looked up when it comes up: "Why do I see yesterday's pages?"
  return warningIn(title) ?? (/[?？]\W*$/.test(title) ? {kind: 'cases', words: '?'} : undefined);
}
