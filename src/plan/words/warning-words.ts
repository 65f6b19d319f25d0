/** Finds words which warn that commands are not simply the next thing to do. They are looked for when in doubt. */

import {leadsOn} from '../../text/leads-on.ts';
import type {Topic} from './language.ts';
import {UNSPACED_TITLE, UNSPACED_WARNING} from './other-languages.ts';
import {phrase, piece, topicPattern} from './vocabulary.ts';
import type {WordPattern} from './word-pattern.ts';

// If the reader took such a text for a plain step, it would run what must not run. The words therefore need no grammar,
// and languages without a file of their own have them too: a text with one of them waits for a person.

export type Warning = {kind: 'trouble' | 'shown' | 'cases' | 'later' | 'endless'; words: string};

/** A day that is a label of its own: "Tomorrow: …", "J+7 : supprimer". With a clock it is a schedule. */
const LATER_DAY = labelled(piece`${'later-lead'}|(?:[JDG]|${'day'})\s?\+\s?[1-9]\d{0,2}|T\s?\+\s?\d{1,3}\s?[dw]`);
/** "Friday: delete the old copies". As a title it is one day of a schedule. */
const WEEKDAY = labelled(piece`${'later-day'}`);
/** "Make it stick. Only after the checks below are fine!": what must come first. */
const ONLY_LATER = phrase`(?:^|[.!?]\W*\s)[^\p{L}\p{N}]*${'later-only'}\>[^:：.!?;]{0,100}`;

/** "Montag früh nachsehen:", "Have a look on Monday morning:": a day begins or ends the label. */
const DAY_IN_LABEL = phrase`^[^\p{L}\p{N}]*(?:${'later-day'})(?![\p{L}'’])[^.:：,;\d]{2,60}[:：]\W*$|^[^.:：,;\d]{2,60}\s(?:${'later-day'})\s*[:：]\W*$`;

function labelled(days: ReturnType<typeof piece>): WordPattern {
  return phrase`^(?:[^\p{L}\p{N}]|\[[ x]\])*(?:\d+(?:\.\d+)*[.)]?\s+)?(?:${days})(?!\p{L})(?!.{1,15}\d[:.h]\d\d)(?=\s*[:：,]|\s+[-–—]\s|\W*$)`;
}

/** "On the following working day, …", "E.2 After a complete month end: …", "Two days after that: …": far from now. */
const FAR = piece`${'time-begins'}\>[^,:：.;]{0,40}?\<${'long-time'}|(?:\d+|\p{L}+)\s${'long-time'}\s${'time-begins'}`;
/** "Once billing has confirmed, …": another's word, for which this waits. */
const AGREED = piece`${'time-begins'}\>[^,:：.;]{2,60}?\<${'agreed'}`;
const LATER_CLAUSE = phrase`^(?:[^\p{L}\p{N}]|\[[ x]\])*(?:[A-Z]{0,3}[.-]?\d+(?:\.\d+)*[.):]?\s+)?(?:\p{L}+\s+){0,3}?(?:${FAR}|${AGREED})\>(?![^,:：]*\d[:.h]\d\d)[^,:：.;]{0,40}[,:：]`;

/** The words which say that a text is not for now: a day as its label, a span of days, or what must come before it. */
export function laterIn(text: string): string | undefined {
  const far = LATER_CLAUSE.exec(text)?.[0];
  if (far !== undefined) return far.replaceAll(/^[^\p{L}]+|[^\p{L}\p{N})]+$/gu, '');
  const day = LATER_DAY.exec(text) ?? WEEKDAY.exec(text) ?? DAY_IN_LABEL.exec(text);
  const isTitle = day !== null && WEEKDAY.test(day[0]) && !/\p{L}/u.test(text.slice(day[0].length));
  const [only = ''] = ONLY_LATER.exec(text) ?? [];
  // A line that says nothing else leads to what stands below it; that is asked about there.
  const words = (isTitle ? undefined : day?.[0]) ?? (only === '' || only === text.trim() ? undefined : only);
  return words?.replaceAll(/^[^\p{L}]+|[^\p{L}\p{N})]+$/gu, '');
}

const TABLE: readonly [Warning['kind'], RegExp | WordPattern][] = [
  ['shown', first('shown-first')],
  ['shown', topicPattern('shown-within')],
  ['trouble', first('trouble-first')],
  ['trouble', topicPattern('trouble-within')],
  ['later', first('later-first')],
  ['later', LATER_DAY],
  ['later', LATER_CLAUSE],
  ['later', WEEKDAY],
  ['later', DAY_IN_LABEL],
  ['later', ONLY_LATER],
  ['endless', topicPattern('endless')],
  ['cases', first('cases-first')],
  ['cases', topicPattern('cases-within')],
  // "Old servers only": perhaps there are none. But "Facilitator only" says who does it.
  ['cases', phrase`${'machines'} ${'only'}(?:\s*\([^()]*\))?\W*$`],
  // "**npm:**"
  [
    'cases',
    phrase`^(?:npm|yarn|pnpm|docker|helm|systemd|supervisord?|ubuntu|centos|debian|alpine|${'with-without'} \S+(?: \S+)?)\s*[:：]?\W*$`,
  ],
  // "Yes: switch", "No: stay".
  ['cases', phrase`^(?:[^\p{L}]|\[[ x]\])*${'yes-no'}\s*(?:[:：→]|$)`],
  // "Not happy?", "Nothing helps? Then:"
  ['trouble', phrase`^(?:[^\p{L}¿]|\[[ x]\])*¿?${'not-well'}\>[^?]{0,80}\?`],
  ['shown', /[❌🚫⛔]|~~\S/u],
  ['cases', UNSPACED_WARNING],
];

/** The words may stand behind signs and numbers: "- [ ] 4. Problems?". */
function first(topic: Topic): WordPattern {
  return phrase`^(?:[^\p{L}¿]|\[[ x]\])*${topic}\>`;
}

const TEXT_LENGTH_MAX = 400;

/** The first warning in a text that what follows is not simply the next thing to do. */
export function warningIn(text: string): Warning | undefined {
  const whole = text.slice(0, TEXT_LENGTH_MAX);
  return firstWarningIn(whole) ?? (leadsOn(whole) ? firstWarningIn(sentencesOf(whole).at(-1) ?? whole) : undefined);
}

/** In "Take web-1 out. On the router lb:" the last sentence speaks of what follows. */
export function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?])\s+/);
}

function firstWarningIn(text: string): Warning | undefined {
  for (const [kind, pattern] of TABLE) {
    const words = pattern.exec(text)?.[0].trim();
    if (words !== undefined) return {kind, words};
  }
  return undefined;
}

const TITLES = topicPattern('other-work');

/** Whether a title names work of its own, such as "Uninstall" or "Disaster recovery". */
export function namesOtherWork(title: string): boolean {
  return TITLES.test(title) || UNSPACED_TITLE.test(title);
}

/** The first warning in a title that its section is not part of the deploy. */
export function warningInTitle(title: string): Warning | undefined {
  const words = (TITLES.exec(title) ?? UNSPACED_TITLE.exec(title))?.[0].trim();
  if (words !== undefined) return {kind: 'cases', words};
  if (WEEKDAY.test(title)) return undefined;
  // A question is looked up when it comes up: "Why do I see yesterday's pages?"
  return warningIn(title) ?? (/[?？]\W*$/.test(title) ? {kind: 'cases', words: '?'} : undefined);
}
