/** Finds where commands run, as prose says it: "on each patroni node", "Inside the debug pod", "On pg-a:". */

import {leadsOn} from '../../text/leads-on.ts';
import {matchesOf} from '../../text/matches.ts';
import {memoize, memoizeObject} from '../../text/memoize.ts';
import {isNameIn} from '../../text/name-in.ts';
import {plainText} from '../document/inline.ts';
import {countedHosts, declaredHosts, listedHosts} from '../words/named-hosts.ts';
import {phrase, piece} from '../words/vocabulary.ts';
import {sentencesOf} from '../words/warning-words.ts';
import {declaredMachines} from './declared-machines.ts';

/**
 * `here`: the machine of the person who runs the deployment. `phrase`: the words for the place. `inside`: a container,
 * to which nobody can log in.
 */
export type NamedPlace = {here: true} | {here: false; phrase: string; inside?: true};

/** The place that a title names for everything under it; undefined when it names none. */
export const placeOfTitle = memoize(title => named(plainText(title).slice(0, SENTENCE_LENGTH_MAX)));

/**
 * The place in a sentence that leads to commands; other sentences only mention places. `names`: hosts of the document;
 * `leads`: commands stand directly below.
 */
export function placeIn(raw: string, names: HostNames = NONE, leads = false): NamedPlace | undefined {
  const text = plainText(raw).slice(0, SENTENCE_LENGTH_MAX).replace(COUNT, '');
  const isLead = leads || leadsOn(text);
  const known = leadingHost(text, names, isLead) ?? hostOfSentences(text, names, isLead);
  if (known !== undefined) return known;
  const phrase = NAMES.exec(text)?.[1];
  if (phrase !== undefined) return {here: false, phrase};
  return LEADS.test(text) ? named(text) : undefined;
}

/** In "Run on mx2 as root. Its key is allowed on mx1.", the sentence that says where to run; otherwise the last one. */
function hostOfSentences(text: string, names: HostNames, isLead: boolean): NamedPlace | undefined {
  const sentences = sentencesOf(text);
  const last = sentences.at(-1) ?? text;
  const placed = leadsOn(last) ? [] : sentences.filter(one => RUNS.test(one));
  return [...placed, last].map(one => leadingHost(one, names, isLead)).find(place => place !== undefined);
}

function named(said: string): NamedPlace | undefined {
  const text = withoutWay(said).replace(NOT_THERE, ' ');
  if (HERE.test(text)) return {here: true};
  const phrase = THERE.exec(text)?.[1]?.trim();
  if (phrase === undefined) return undefined;
  return CONTAINER.test(phrase) ? {here: false, phrase, inside: true} : {here: false, phrase};
}

const CONTAINER = phrase`\<${'container'}$`;

const SENTENCE_LENGTH_MAX = 400;
/** "not from the box itself". */
const NOT_THERE = phrase`\<${'not'}\s+(?:${'at'}|${'behind-names'}|${'at-the'})\s[^,.;:()]*`;
const HERE = phrase`\<${'at'}\s+(?:${'the'}\s+)?${'here'}\>`;
/** With an article only: "on each web server" names a place, "on server errors" does not. */
const THERE = phrase`\<(?:${'at'}\s+${'the'}|${'at-the'})\s+((?:[\p{L}\p{N}._-]+\s+){0,3}?${'place'})\>`;
/** "On pg-a:", "On app1 and app2:", "On pg-a as postgres:", "Then on app1, restart it:". There is no article, so the whole text must be host names. */
const HOST_NAME = piece`(?=[\w.-]*[\d.-])[a-z][\w.-]*\w`;
const NAMES = phrase`^(?:(?:${'and-then'}|${'do-first'})\s+){0,2}${'behind-names'}\s+(${HOST_NAME}(?:(?:,\s*|,?\s${'and-then'}\s)${HOST_NAME})*)(?:,?\s+${'as-user'}\s+[\w-]+|(?<=\d),\s[^:：]{2,60})?\s*[:：]$`;
/**
 * Sentences which say where the following is done: "On the app server, …", "Run on each node:", "SSH into the bastion".
 */
const LEADS = phrase`^\W*(?:${'at'}|ssh|${'log-in'})\>|\<${'command'}\>|[:：]\W*$`;

/** "Run on web1 as root.", "Auf web1 ausführen." */
const RUNS = phrase`^\W*(?:${'at'}|${'behind-names'})\>|\<${'command'}\>|^\W*${'order'}\>|\<${'order-last'}\W*$`;

/** Host names in lower case. */
export type HostNames = ReadonlySet<string>;

const NONE: HostNames = new Set();
/** The number or letter of a heading: "3.2 On the router", "4.1 pacsdb01 – backup". */
const COUNT = /^\s*(?:\d+(?:\.\d+)*[.)]?|[a-z][.)])\s+/i;
const LINE_LENGTH_MAX = 1000;
const NAMES_MAX = 200;

/** The names that the document itself uses for hosts: in logins, prompts, addresses, and tables of machines. */
export const hostNamesIn = memoizeObject(namesIn);

function namesIn(lines: readonly string[]): HostNames {
  const names = new Set<string>();
  const add = (name = '') => {
    const whole = name.toLowerCase();
    const [first = ''] = whole.split('.');
    if (names.size < NAMES_MAX && first.length > 1 && !/^\d/.test(first) && first !== 'localhost') {
      names.add(whole).add(first);
    }
  };
  for (const name of declaredMachines(lines)) add(name);
  let columns: readonly number[] = [];
  let isOfWork = false;
  let list = '';
  lines.forEach((line, index) => {
    const text = line.slice(0, LINE_LENGTH_MAX);
    const lower = text.toLowerCase();
    for (const {signs, pattern} of SIGNS.test(text) ? USES_OF_HOSTS : []) {
      if (signs.some(sign => lower.includes(sign))) for (const [, name] of matchesOf(text, pattern)) add(name);
    }
    list = text.trim() === '' ? '' : `${list} ${text}`.slice(-LINE_LENGTH_MAX);
    for (const name of [...listedHosts(text, list), ...countedHosts(text), ...declaredHosts(text)]) add(name);
    if (!text.includes('|')) columns = [];
    else if (/^\s*\|?[\s:|-]+$/.test(text)) {
      const head = cellsOf(lines[index - 1] ?? '');
      columns = head.flatMap((cell, at) => (COLUMN.test(cell) ? [at] : []));
      isOfWork = head.some(cell => WORK_COLUMN.test(cell));
    } else if (columns.length > 0) for (const name of hostsOfRow(cellsOf(text), columns, isOfWork)) add(name);
  });
  return names;
}

/** `signs`: the pattern can match only where one of them stands (a cheap test). */
const USES_OF_HOSTS: readonly {signs: readonly string[]; pattern: RegExp}[] = [
  {signs: ['@'], pattern: /\b(?:ssh|scp|rsync|sftp)\b[^|;&]{0,200}?\s['"`]?[\w.-]+@([a-z][\w.-]*\w)/gi},
  {signs: ['ssh'], pattern: /\bssh\s+(?:-\w+\s+)*([a-z][\w-]*\d[\w.-]*)/gi},
  {signs: ['ssh'], pattern: /(?:`|^\s*(?:\S*[$#>]\s+)?)ssh\s+(?:-[46AtXY]+\s+)*([a-z][\w.-]*\w)\s*(?:`|$)/gi},
  {signs: ['@'], pattern: /^\s*\[?[\w.-]+@([a-z][\w.-]*\w)[\s:~\]]/gi},
  {signs: ['$', '>'], pattern: /^\s*([a-z][\w-]*\d[\w-]*)[$>]\s/gi},
  {signs: ['://'], pattern: /\bhttps?:\/\/([a-z][a-z-]*\d+)(?=[:/])/gi},
  {signs: ['**', '__'], pattern: /(?:\*\*|__)([a-z][a-z-]+\d+)(?:\*\*|__)/gi},
];

/** Any of the signs above. */
const SIGNS = /[@$>]|ssh|:\/\/|\*\*|__/i;
function cellsOf(row: string): string[] {
  return row.trim().replace(/^\|/, '').split('|').map(plainText);
}

const COLUMN = phrase`^(?:${'column-place'}|${'place'})$`;
const WORK_COLUMN = phrase`^\W*(?:${'column-command'}|${'owner'})\>`;

/**
 * A short name in capitals beside a host means that host: "FWZ-A
 * fwz-a.example.net".
 */
function hostsOfRow(cells: readonly string[], columns: readonly number[], isOfWork: boolean): string[] {
  const hosts = columns.flatMap(index =>
    /^(?=.*[\d.-])[a-z][\w.-]*\w$/i.test(cells[index] ?? '') ? [cells[index] ?? ''] : [],
  );
  return hosts.length === 0 || isOfWork
    ? hosts
    : [...hosts, ...cells.filter(cell => /^[A-Z][A-Z\d-]{1,15}$/.test(cell))];
}

/**
 * The host with which a text begins: "On web-a, …:", "web-a – install". If the text leads to commands, also a host
 * behind "on", "at" and the like.
 */
export function leadingHost(said: string, names: HostNames, leads: boolean): NamedPlace | undefined {
  if (names.size === 0) return undefined;
  const text = withoutWay(said);
  const groups = groupsOf(text, names);
  const [first, ...others] = groups;
  if (first === undefined) return undefined;
  const before = text.slice(0, first.from);
  const after = text.slice(first.to);
  const isFirst = /^\W*$/.test(before) && /^\W*(?:[:：–—(]|-\s|$)/.test(after);
  const begins = /^\W*\p{L}+\s+$/u.test(before);
  const isAt = (leads || begins) && BEHIND.test(before) && (others.length === 0 || begins);
  const phrase = text.slice(first.from, first.to);
  // "On new hardware" is no host, though `ssh new` reaches one.
  if (!/[\d.-]/.test(phrase) && NOUN_BEHIND.test(after)) return undefined;
  return isFirst || isAt ? {here: false, phrase} : undefined;
}

const NOUN_BEHIND = phrase`^\s+(?!(?:${'and-then'}|${'and'}|${'as-user'}|${'with-what'}|${'with-tool'}|${'command'}|${'order'}|${'governs'}|${'it-still'})\>)\p{L}`;

/** "On the load balancer concerned (ssh from the bastion, then sudo):" without the way there. */
export function withoutWay(text: string): string {
  const [whole = '', place = ''] = (text.includes('(') ? WAY.exec(text) : null) ?? [];
  return whole === '' ? text : text.replace(whole, `${place} `);
}

const WAY = phrase`((?:^|[^\p{L}])(?:${'at'}|${'behind-names'}|${'at-host'}|${'at-the'})\s[^()]{2,80})\(\s*(?:[\p{L}-]+\s+){0,2}?(?:${'way-there'})\s[^()]*\)`;

const BEHIND = phrase`\<(?:${'at'}|${'at-host'}|${'behind-names'})\s+(?:${'the'}\s+)?(?:\p{L}+\s+)?$`;

const BETWEEN = phrase`^(?:\s*[,&/+]\s*|,?\s+(?:${'and-then'}|${'and'})\s+(?:the\s+same\s+)?(?:${'behind-names'}\s+)?)$`;

/** The known host names in a text; those that are joined ("app1 and app2") are one group. */
function groupsOf(text: string, names: HostNames): {from: number; to: number}[] {
  const groups: {from: number; to: number}[] = [];
  for (const match of matchesOf(text, /[a-z][\w.-]*\w/gi)) {
    if (!names.has(match[0].toLowerCase())) continue;
    const last = groups.at(-1);
    const to = match.index + match[0].length;
    if (last !== undefined && BETWEEN.test(text.slice(last.to, match.index))) last.to = to;
    else groups.push({from: match.index, to});
  }
  return groups;
}

/** Every known host that a text mentions, in lower case. */
export function hostsMentioned(text: string, names: HostNames): string[] {
  return matchesOf(text, /[a-z][\w.-]*\w/gi)
    .map(([name]) => name.toLowerCase())
    .filter(name => names.has(name));
}

/** Whether a scope says no more than the place: "Only on web1:" of what runs on web1. */
export function isOnlyPlace(scope: string | undefined, place: string, names: HostNames): boolean {
  const hosts = scope === undefined ? [] : hostsMentioned(scope, names);
  return hosts.length > 0 && hosts.every(name => isNameIn(name, place.toLowerCase()));
}

/**
 * `words`: all words of the document except names that stand only in logins and prompts. `asking`: the hosts of its
 * prompts.
 */
export type DocumentWords = {words: ReadonlySet<string>; asking: ReadonlySet<string>};

export function documentWordsIn(document: readonly string[]): DocumentWords {
  const words = new Set<string>();
  const asking = new Set<string>();
  for (const text of document) {
    const own = OWN_PROMPT.exec(text)?.[1];
    if (own !== undefined) asking.add(own);
    for (const [, name = ''] of matchesOf(text, /@([\w.-]+):/g)) asking.add(name);
    for (const word of text.split(NO_NAME)) {
      if (!words.has(word) && word !== own && !text.includes(`@${word}`)) words.add(word);
    }
  }
  return {words, asking};
}

const OWN_PROMPT = /^\s*([A-Za-z][\w.-]+)[$%]\s/;
const NO_NAME = /[^\w.-]+/;
