/** Reads what a title or a task says beside the work: who, where, when, how long, and whether at all. */

import {compact} from '../../text/compact.ts';
import {matchesOf} from '../../text/matches.ts';
import {memoize} from '../../text/memoize.ts';
import {plainText} from '../document/inline.ts';
import type {Marks, Span} from '../plan.ts';
import {sentencesIn} from '../words/lead-orders.ts';
import {anyNumber, everyPhrase, numberOf, phrase, topicPattern} from '../words/vocabulary.ts';
import {laterIn} from '../words/warning-words.ts';
import {lowerFirst, readEnglishCondition} from './condition.ts';
import {readConditionBehind} from './condition-behind.ts';
import {readDuration} from './quantity.ts';
import {readTimeMark, withoutClock} from './time-marks.ts';

/** The marks of a heading, a task or an item, given with its markup. */
export const readMarks = memoize(marksIn);

function marksIn(raw: string): Marks {
  const whole = raw.slice(0, TEXT_LENGTH_MAX);
  const text = plainText(whole);
  const owner = readOwner(whole, text);
  const scope = readScope(text);
  const at = readTimeMark(text);
  const estimate = readEstimate(text);
  const waitMs = readWait(text);
  // A condition in brackets with a command belongs to that command only.
  const condition = readCondition(text === whole ? text : plainText(whole.replaceAll(ASIDE, ' ')));
  return compact({
    owner,
    scope,
    gate: GATE.test(text) ? true : undefined,
    at,
    estimate,
    waitMs,
    condition,
  });
}

const TEXT_LENGTH_MAX = 600;
/** "(if it fails, `make back`)". */
const ASIDE = /\([^()`]*`[^`]*`[^()`]*\)/g;

/** The condition of an item: "if needed", "(if using Vault)", "OPTIONAL: …", "(falls nötig)". */
export function readCondition(whole: string): string | undefined {
  const text = whole.replace(THEN_IF, '');
  const found =
    readEnglishCondition(text) ??
    INSTEAD.exec(text)?.[1]?.toLowerCase() ??
    (AHEAD.test(text) ? undefined : FOREIGN_CONDITION.exec(text)?.[1]) ??
    LATER.exec(withoutOtherHosts(text))?.[0].toLowerCase() ??
    laterIn(text)?.toLowerCase() ??
    (GATE.test(text)
      ? null
      : (ON_FAILURE.exec(text) ?? LEADING.exec(text) ?? WHEN_BAD.exec(text) ?? ONLY_IF.exec(text)))?.[1]?.toLowerCase();
  if (found !== undefined) return withOthers(withBracket(found, text), text);
  const behind = GATE.test(text) ? undefined : readConditionBehind(text);
  if (behind !== undefined) return behind;
  const [, ahead, inside] = OPTIONAL.exec(text) ?? [];
  const optional = ahead ?? inside;
  return optional === undefined ? undefined : optional.toLowerCase();
}

/** "If there are new bookings: stop. Otherwise restore:": the condition of the last sentence, which an earlier one leaves over. */
export function otherwiseIn(text: string): string | undefined {
  const sentences = sentencesIn(plainText(text));
  const last = sentences.pop() ?? '';
  if (!IS_REST.test(last)) return undefined;
  const condition = sentences.map(readCondition).findLast(Boolean);
  return condition === undefined ? undefined : negated(condition);
}

function negated(condition: string): string {
  const [, what] = /^(?:only )?if (.*)$/is.exec(condition) ?? [];
  return what === undefined ? `not: ${condition}` : `unless ${what}`;
}

const IS_REST = phrase`^\W*(?:${'and-then'}\s+)?(?:${'otherwise'})\>`;

/** "Patch the binaries. db2 is patched the following week.": later, another host is. */
function withoutOtherHosts(text: string): string {
  const [first = '', ...others] = text.split(/(?<=[.!?])\s+/);
  return [first, ...others.filter(sentence => !OF_HOST.test(sentence))].join(' ');
}

const OF_HOST = phrase`^\W*[a-z][a-z-]*\d[\w-]*\s+${'is'}\>`;

/** "if the schema changed (2.19: it does, 2.20: not), run it": a mark in brackets ends nothing. */
function withBracket(condition: string, text: string): string {
  const opened = condition.lastIndexOf('(');
  if (opened === -1 || condition.includes(')', opened)) return condition;
  const from = text.toLowerCase().indexOf(condition.toLowerCase()) + condition.length;
  const end = from < condition.length ? -1 : text.indexOf(')', from);
  return end === -1 ? condition : condition + text.slice(from, end + 1);
}

/** "Then, if nobody has paid:". */
const THEN_IF = phrase`^\W*(?:${'and-then'})[\s,]+(?=(?:${'only'}\s)?(?:${'if'}|${'condition'})\s)`;

/** "If it is red at seven, or the bill is wrong, go back": the other case is a part of the condition. */
function withOthers(condition: string, text: string): string {
  const at = text.toLowerCase().indexOf(condition.toLowerCase());
  const more = at === -1 ? undefined : OR_ELSE.exec(text.slice(at + condition.length))?.[0];
  return more === undefined ? condition : condition + more.toLowerCase();
}

const OR_ELSE = phrase`^,\s+${'or'}\s[^,:.;]{3,100}(?=[,:]|$)`;

/** The condition in a comment above commands. It may be the whole comment; as a title or an item, that is the work. */
export function readCommentCondition(text: string): string | undefined {
  const whole = WHOLE.exec(text)?.[1] ?? OTHERWISE.exec(text)?.[1];
  return readCondition(text) ?? (whole === undefined ? undefined : lowerFirst(whole));
}

/** "`df -h /` needs 3 GB free. If not:" above items: what it says itself, and in which case they are done. */
export function conditionBelow(raw: string): {rest: string; words?: string; condition?: string} {
  const [, rest = '', lead = ''] = LAST_SENTENCE.exec(raw) ?? [];
  const found = readCommentCondition(plainText(lead));
  if (found === undefined) return {rest: raw};
  const isShort = found.split(/\s+/).length <= SHORT_WORDS_MAX;
  return {rest: rest.trim(), words: found, condition: isShort ? `${found}: ${plainText(rest).trim()}` : found};
}

const LAST_SENTENCE = /^(.*(?:[^\s.]{2}|\s)[.!?;)`][*_]{0,2}\s|.*\S\s[-–—]\s)\s*([^.!?;`]{3,100}[:：][*_]{0,2})\s*$/su;
/** "If not" says nothing without what stands before it. */
const SHORT_WORDS_MAX = 3;

/** "Alternatively, by hand:" replaces what stands before it, so it needs a person's decision. */
const INSTEAD = phrase`^\W*(${'alternatively'})[ :,]`;
/** "Restore the database only if rows were written:". */
const ONLY_IF = phrase`\s${'only'}\s(${'when'}\s(?:[^:.;]|\.(?=\S)){3,100})(?:[:.](?=\s)|[:.]?$)`;
/** "On failure: roll back", "Bei Fehler: zurückrollen!". */
const ON_FAILURE = phrase`^\W*(${'on-failure'})(?:\s*[:：]|,)\s+\S`;
/** A condition before the work: "If it fails: `make unmigrate`". */
const LEADING = phrase`^\W*(?:${'only'} )?(${'if'}\s(?:[^:,]|:(?=\S)){3,100})[:,]\s+\S`;
/** Nothing but a condition, above the commands that it is about: "Falls requirements.txt geändert wurde:". */
const WHOLE = phrase`^\s*(?:${'only'} )?(${'if'}\s[^:,;]{3,100}?)[.:]?\s*$`;
/** "# otherwise", "# sonst neu installieren": the other case. */
const OTHERWISE = phrase`^\W*(${'otherwise'})\>`;
/** "When the provider is down, switch": a case that may not occur. "When it is up, …" only gives the order. */
const WHEN_BAD =
  /^\W*(?:only )?(when\s(?:[^:,.]|[:.](?=\S)){2,80}?\b(?:down|unavailable|unreachable|fail(?:s|ed|ing)?|broken|breaks|overloaded|slow|stuck|hangs|full|degraded|unhealthy|missing|wrong|changed|differs?)\b(?:[^:,]|:(?=\S)){0,160})[:,](?:\s+\S|$)/iu;
/** "Delete the snapshot after 14 days", "a week later": not now, so a person must decide. */
const LATER = phrase`\<${'later'}\>`;
/** "If more come up, ring Josu (if he is not there)": the brackets are about the call only. */
const AHEAD = phrase`^\W*(?:${'only'} )?${'if'}\s[^:,()]{3,100}[:,]\s+\S`;
const FOREIGN_CONDITION = phrase`\((${'condition'}\s[^()]{2,80})\)`;
/** With its reason too: "(optional, only before 03:30)". */
const OPTIONAL = phrase`^\W*(${'optional'})\>|\(\s*(${'optional'}(?:\s*[,;:–-]\s*[^()]{2,80})?)\s*\)`;
const GATE = topicPattern('gate');

/** "(5 min)", "[~10 minutes]". */
function readEstimate(text: string): Span | undefined {
  for (const [, inside = ''] of matchesOf(text, /[([]([^()[\]]{1,40})[)\]]/g)) {
    if (/^(?:est\.?|estimated|approx\.?|about|ca\.?|~|<|≤|\d)/i.test(inside.trim())) {
      const span = /[%/]|ms\b/.test(inside) ? undefined : readDuration(withoutClock(inside));
      if (span !== undefined) return span;
    }
  }
  return undefined;
}

/** "Wait 2 minutes for the pods", "Watch for one hour: p95 below 800 ms": ms. A bound of what is watched is no time. */
function readWait(raw: string): number | undefined {
  const text = raw.replace(HALF_HOUR, '30 min').replace(ONE_HOUR, '60 min').replace(IN_WORDS, inFigures);
  const ahead = WAIT_BEHIND.exec(text)?.[1];
  return waitBehind(text) ?? (ahead === undefined ? undefined : readDuration(ahead)?.maxMs);
}

function waitBehind(text: string): number | undefined {
  const waits = WAIT.exec(text);
  if (waits === null) return undefined;
  const from = waits.index + waits[0].length;
  const behind = text.slice(from, from + WAIT_PHRASE_MAX).replace(/^\s*:/, '');
  const [clause = ''] = behind.split(/[.;:]\s/);
  return readDuration(clause.replace(BOUND, ' '))?.maxMs;
}

const HALF_HOUR = everyPhrase`\<(?:${'half-hour'})\>`;
const ONE_HOUR = everyPhrase`\<(?:${'one-hour'})\>`;
/** "Two minutes". */
const IN_WORDS = everyPhrase`\<${anyNumber()}(?=\s(?:${'second'}|${'minute'}|${'hour'}|${'day'})\>)`;

function inFigures(word: string): string {
  return String(numberOf(word) ?? word);
}

const WAIT = phrase`\<(?:${'wait'}|${'looks-on'})\>(?=[^.;]{0,30}\d)`;
const WAIT_PHRASE_MAX = 60;
/** "p95 below 2 s", "< 800 ms": a bound, and no length of the wait; nor is any figure in milliseconds. */
const BOUND = everyPhrase`(?:[<>≤≥]\s*=?|(?<=\S\s)\<(?:${'below'}|${'above'}))\s*\d[\d.,]*(?:\s?\p{L}+)?|\d[\d.,]*\s?ms(?!\p{L})`;
/** "5 Minuten warten", "45 Minuten beobachten". */
const WAIT_BEHIND = phrase`(\d+(?:[-–]\d+)?\s?\p{L}{1,12})\s(?:\p{L}+\s){0,3}?(?:${'wait'}|${'looks-on'})\>`;

/** "(ALL)", "(DEV, STE)", "[For Facilitator ONLY]", "(staging only)". */
function readScope(text: string): string | undefined {
  const environments = /\((ALL|[A-Z]{2,8}(?:\s*[,/]\s*[A-Z]{2,8})+)\)/.exec(text)?.[1];
  if (environments !== undefined) return environments;
  const only = SCOPED.exec(text)?.[1];
  if (only !== undefined) return only;
  const [, ahead, behind] = ONLY_THERE.exec(text) ?? [];
  if (ahead !== undefined || behind !== undefined) return ahead ?? behind;
  return /^(?:[\d.]+\s*)?\((DEV|STE|TEST|QA|UAT|STAGING|STG|PROD|PRD|PRODUCTION|PREPROD)\)/i.exec(text)?.[1];
}

/** At the start: "Only on staging:", "In production only: …". */
const ONLY_THERE = phrase`^\W*${'only'}\s+${'only-there'}\s+((?:${'the'}\s+)?(?!${'in-case'}\>)[\p{L}][\p{L}\p{N}._-]*(?:[ ,/]+[\p{L}\p{N}._-]+){0,4}?)\s*(?:[:：,]|$)|^\W*(?:${'only-there'}\s+)?([\p{L}][\p{L}\p{N}._-]*(?:[ ,/]+[\p{L}\p{N}._-]+){0,3}?)\s+${'only'}\s*(?:[:：]|$)`;
const SCOPED = phrase`[(\[]\s*((?:${'for'}\s+)?[\p{L}][\p{L}\p{N} ,/-]{1,40}?\s+${'only'}|${'only'}\s[\p{L}][\p{L} ,/-]{1,40})\s*[)\]]`;

/** "(Owner: DBA)", "**Responsible:** Ops", "@tech-lead", "[DBA] …", "RelEng: …". */
function readOwner(raw: string, text: string): string | undefined {
  const stated = OWNER.exec(text)?.[1];
  if (stated !== undefined) return stated.trim();
  const handle = /(?<![\w`/.:])@[a-z][\w-]*[\w](?![\w/.]*[/.]\w)/i.exec(raw.replaceAll(/`[^`]*`/g, ' '))?.[0];
  if (handle !== undefined) return handle;
  const bracketed = /^\[([A-Z][\p{L}\p{N} /&-]{1,30})\]\s+\S/u.exec(text)?.[1];
  if (bracketed !== undefined && isPerson(bracketed)) return bracketed;
  const prefix = /^([A-Z][\p{L}\p{N}&/-]*(?:\s[\p{L}\p{N}&/-]+){0,2}):\s+\S/u.exec(text)?.[1];
  return prefix !== undefined && isPerson(prefix) ? prefix : undefined;
}

const OWNER = phrase`(?:^|[([|;,–—-]\s*)${'owner'}\s*:\s*([\p{L}@#][^()[\]|;:]{1,60})`;

/** Whether a name is a role ("Database admin") or a team ("RelEng", "SRE"). */
export function isPerson(name: string): boolean {
  if (PERSON.test(name)) return true;
  return /^(?:[A-Z][a-z]+[A-Z][a-z]\w*|SRE|DBA|Ops|Infra|NOC|QA|Dev|SecOps|NetOps|Eng|PM)(?:\s(?:team|Team))?$/.test(
    name,
  );
}

const PERSON = topicPattern('person');
