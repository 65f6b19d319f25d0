/** Finds blanks to fill in: lines of underscores, rows of dots, names in brackets. */

import {compact} from '../../text/compact.ts';
import {leadsOn} from '../../text/leads-on.ts';
import {matchesOf} from '../../text/matches.ts';
import {memoize} from '../../text/memoize.ts';
import {plainText} from '../document/inline.ts';
import type {Blank} from '../plan.ts';
import {everyPhrase, phrase, topicPattern} from '../words/vocabulary.ts';

/**
 * Lines of underscores (with a colon for a time of day), also as a formatter escapes them (`\*\*\_\_\_\_\*\*`), rows of dots behind a colon, and words
 * in brackets that ask to be replaced ("[your name]").
 */
const BLANK = everyPhrase`_{2}:_{2}(?!_)|(?:\\?[_*]){3,}|(?<=[:：]\s*)\.{4,}|(?<=[:：]\s*)…{2,}|\[(?:${'blank'}\>[^\][]*|\s{3,}|\.{3,}|…)\](?!\()`;

/** Brackets that are the whole value of a key: `**Lead:** [Ana or Bo]`. */
const VALUE_IN_BRACKETS = /(?<=[:：]\*{0,2}\s*)\[(?![ xX]\]|!)[^\][\n]{1,60}\](?![([:])(?=\s*(?:$|[|,;]))/gu;

type Found = {text: string; index: number};

/**
 * The blanks of one line. The label of each is the words before it. `inHead`: the line is in the head of the document.
 */
export function readBlanks(raw: string, line: number, inHead: boolean): Omit<Blank, 'id'>[] {
  const found: Omit<Blank, 'id'>[] = [];
  let from = 0;
  for (const {text, index} of blanksIn(raw)) {
    const label = labelOf(raw.slice(from, index), text);
    from = index + text.length;
    const computed = computedFrom(label, inHead);
    const asks = computed === undefined ? ANSWERS.find(({words}) => words.test(label))?.answer : undefined;
    found.push(compact({label, line, computed, asks}));
  }
  return found;
}

export function hasBlank(raw: string): boolean {
  return blanksIn(raw).length > 0;
}

export function withoutBlanks(raw: string): string {
  const bare = blanksIn(raw).reduceRight(
    (text, blank) => `${text.slice(0, blank.index)} ${text.slice(blank.index + blank.text.length)}`,
    raw,
  );
  return plainText(bare)
    .replace(/\s*[:=]?\s+([):,;.])/g, '$1')
    .replace(/\(\)/g, '')
    .replace(/(?<![\s:(])[\s:(]+$/, '');
}

const blanksIn = memoize(findBlanks);

function findBlanks(raw: string): Found[] {
  if (!MAY_HOLD.test(raw)) return [];
  const codes = matchesOf(raw, /`[^`]*`/g)
    .filter(({0: code}) => !NAMED_IN_CODE.test(code))
    .map(({0: text, index}) => ({from: index, to: index + text.length}));
  const found = [...BLANK.all(raw)]
    .filter(({0: text, index}) => isBlank(text, raw, index))
    .map(({0: text, index}) => ({text, index}));
  const values = matchesOf(raw, VALUE_IN_BRACKETS)
    .map(({0: text, index}) => ({text, index}))
    .filter(({index}) => !found.some(other => other.index <= index && index < other.index + other.text.length));
  return [...found, ...values]
    .filter(({index}) => !codes.some(code => code.from <= index && index < code.to))
    .sort((a, b) => a.index - b.index);
}

/** "Note the build: `OLD=______`" gives a name to what is filled in, and is no command. */
const NAMED_IN_CODE = /^`[A-Za-z]\w*\s?=\s?_{3,}`$/;

const MAY_HOLD = /_|\*{3}|\\\*|\[|\.{4}|…/;

/** A run of marks with three underscores is a blank; a run of asterisks only when nothing else is on the line. */
function isBlank(marks: string, raw: string, index: number): boolean {
  if (/^[[.…]|^__:__$/.test(marks)) return true;
  const underscores = marks.split('_').length - 1;
  if (underscores >= 3) return !isEmphasis(marks, raw, index);
  if (marks.includes('\\') && marks.length >= RUN_LENGTH_MIN) return true;
  return underscores === 0 && /^\s*$/.test(raw.slice(0, index)) && /^\s*$/.test(raw.slice(index + marks.length));
}

/** A shorter run of escaped marks is text that the author wanted to show. */
const RUN_LENGTH_MIN = 6;

/** `___both___` is bold and italic. */
function isEmphasis(marks: string, raw: string, index: number): boolean {
  if (marks !== '___') return false;
  const before = raw.slice(0, index);
  const after = raw.slice(index + marks.length);
  return (
    (/^[\p{L}\p{N}]/u.test(after) && after.includes('___')) ||
    (/[\p{L}\p{N}]$/u.test(before) && /(?:^|\s)___[\p{L}\p{N}]/u.test(before))
  );
}

function labelOf(before: string, blank: string): string {
  const bracketed = /^\[([^\][]+)\]$/.exec(blank)?.[1]?.trim();
  // A command or an answer beside the blank is no name for it.
  const words = plainText(
    before
      .replaceAll(/`[^`]*`/g, ' ')
      .replaceAll(/`|[☐☑☒□]\s*\p{L}+/gu, '')
      .replace(/^[\s|,;)]+/, ''),
  );
  const last = words.split(/[(|,;]|[.!?]\s+|:\s+(?=\S)/).findLast(part => /[\p{L}\p{N}]/u.test(part)) ?? words;
  const named = last.replace(/^[\s–—:-]+|[\s:=#-]+$/g, '').trim();
  if (bracketed !== undefined && /\p{L}/u.test(bracketed)) {
    return leadsOn(before) && named !== '' ? named : bracketed;
  }
  return named.replace(AND, '').replace(/^(?:%|\p{L}{1,2}(?=\s))\s*/u, '') || named || 'value';
}

const AND = phrase`^${'and'}\s+`;

/** Whether the line is nothing but brackets that ask for notes: `[Anmerkungen hier eintragen]`. */
export function invitesNotes(raw: string): boolean {
  const words = /^\s*\[([^\][]+)\]\s*$/.exec(raw)?.[1];
  return words !== undefined && NOTES.test(words);
}

const NOTES = topicPattern('sign-off-notes');

/** The answers of the sign-off: `**Issues encountered:** ____`, `**Besondere Vorfälle:** ____`. */
const ANSWERS = (['status', 'issues', 'notes'] as const).map(answer => ({
  answer,
  words: topicPattern(`sign-off-${answer}`),
}));

/** What the run can fill in by itself. The first row that matches counts: an approver's name is left open. */
export function computedFrom(label: string, inHead: boolean): Blank['computed'] {
  const asked = COMPUTED.find(({words}) => words.test(label))?.asked;
  if (asked === 'planned' || asked === 'approver') return undefined;
  return asked === 'date' && inHead ? 'start-date' : asked;
}

const COMPUTED = (
  [
    'planned',
    'timestamp',
    'duration',
    'approver',
    'signer',
    'user',
    'start-date',
    'start',
    'end',
    'date',
    'time',
  ] as const
).map(asked => ({asked, words: topicPattern(`blank-${asked}`)}));
