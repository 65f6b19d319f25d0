/** Doubts about words beside commands from which nothing was read: "if", "only", "each", "until". */

import {once} from '../../text/memoize.ts';
import {isRun} from '../action-traits.ts';
import {plainText, withoutCode} from '../document/inline.ts';
import {isDone} from '../doubt.ts';
import {proseIn} from '../outline/prose.ts';
import {commandsOf, type Plan, type Rule, type Section, type Step} from '../plan.ts';
import {readsOnly} from '../shell/read-only/looks.ts';
import {startsByItself} from '../words/orders.ts';
import {isOnlySmallWord, phrase, topicPattern} from '../words/vocabulary.ts';
import {warningIn} from '../words/warning-words.ts';
import type {WordPattern} from '../words/word-pattern.ts';
import {type FoundDoubt, isWritten, type LineIndex} from './found-doubt.ts';
import {isAskedItself, withoutOwnPlace} from './lead-ins.ts';
import {type Lead, type Leads, linesBelow} from './lines-above.ts';

// The other checks look for what they know, and documents always find another way to say it. This check looks for the
// few words that every such sentence needs. If one of them stands beside commands and nothing was read from it, the
// commands may not simply be the next thing to do.

/** `isAsked`: whether that line of the step, or whether the step is done at all, is asked about already. */
export function unreadWordDoubts(
  plan: Plan,
  lines: LineIndex,
  leadsOf: Leads,
  isAsked: (step: Step, line: number, isWeak?: boolean) => boolean,
): FoundDoubt[] {
  const known = new Set<number>();
  const prose = once(() => proseIn(plan.source));
  const firstIn = (leads: readonly Lead[], pattern: WordPattern) => firstOf(leads, pattern, prose);
  const rulesAt = Map.groupBy(plan.rules, ({line}) => line);
  return plan.steps.flatMap(step => {
    const section = lines.byId.get(step.section);
    const use = section?.use;
    if (section === undefined || !isDone(use)) return [];
    if (!isRun(step) || isAskedItself(step, section)) return [];
    // "If it goes wrong:" is the title of the rollback.
    const isTitle = ({line, text}: Lead) =>
      use === 'rollback' && ((line === section.line && isHeadOf(section, plan)) || isTrouble(text));
    const isUnread = (lead: Lead) =>
      !known.has(lead.line) &&
      !(lead.line <= step.line && isTitle(lead)) &&
      !isAsked(step, lead.line) &&
      lead.text !== '';
    const unjudged = (lead: Lead) => withoutExpectations({...lead, text: withoutOwnPlace(lead.text, step)}, step);
    const isOpen = ({line}: Lead) => !isAsked(step, line, true);
    const above = leadsOf(step)
      .map(lead => (isRow(lead, plan) ? ofRow(lead, step, rulesAt.get(lead.line)) : unjudged(lead)))
      .filter(lead => isUnread(lead) && !startsByItself(lead.text));
    const found =
      firstIn(above, HANGS) ??
      firstIn(above.filter(isOpen), onlyLooks(step) ? UNTIL : MAY_HANG) ??
      firstIn(linesBelow(step, plan, lines).map(unjudged).filter(isUnread).filter(isOpen), EITHER) ??
      firstIn([...behind(step, plan), ...linesBelow(step, plan, lines, true)].map(unjudged).filter(isUnread), FIRST);
    if (found === undefined || !isWritten(step, plan.source)) return [];
    known.add(found.line);
    // "Only on web1: …" below these commands leads to the next ones.
    const next = plan.steps.find(other => other.section === step.section && other.line > found.line);
    const isLead =
      next !== undefined &&
      leadsOf(next).some(one => one.line === found.line && withoutOwnPlace(one.text, next) !== one.text);
    return [ofWords(found, isLead && next !== step ? [step, next] : [step], plan)];
  });
}

const HANGS = phrase`\<(?:${'hangs-on'}|${'no-longer'})\>`;
const MAY_HANG = topicPattern('may-hang');
/** What only looks shows it once, and the run goes on. */
const UNTIL = topicPattern('looked-until');
/** "So FIRST warn the bridge", behind what is done after it. */
const FIRST = phrase`(?:^|[.,;:–—-]\s*)\W*(?:\p{L}+\s+){0,2}${'do-first'}\>(?=\W+\p{L})`;
/** Behind commands, "both" may describe them, and "if" never does. */
const IS_CASE = phrase`(?:^|[.!?]\s+)\W*(?:(?:${'only'}\s+)?${'condition'}|${'otherwise'})\>`;
const EITHER = phrase`\<(?:${'hangs-on'}|${'may-hang'})\>`;

/** Commands that only look may be run too often, or too early, without harm. */
function onlyLooks(step: Step): boolean {
  const own = commandsOf(step);
  return own.length > 0 && own.every(({text}) => readsOnly(text));
}

/** Each of them would have to be a word of the language of the document. */
const TOPICS = ['hangs-on', 'may-hang', 'do-first'] as const;

type Found = Lead & {words: string; isOpen: boolean};

function firstOf(leads: readonly Lead[], pattern: WordPattern, prose: () => string): Found | undefined {
  for (const lead of leads) {
    const words = wordsOf(lead.text.replace(COUNTED_PLACE, ' '), pattern, prose);
    if (words !== undefined)
      return {
        ...lead,
        words,
        isOpen:
          pattern === HANGS ||
          pattern === FIRST ||
          (pattern === EITHER && IS_CASE.test(lead.text)) ||
          saysMoreThanOnce(words, lead.text),
      };
  }
  return undefined;
}

/** The first words that the pattern finds, and that are more than small words of the language of the document. */
function wordsOf(text: string, pattern: WordPattern, prose: () => string): string | undefined {
  for (let from = 0, times = 0; times < SMALL_WORDS_MAX; times += 1) {
    const found = pattern.exec(text.slice(from));
    if (found === null) return undefined;
    const [words] = found;
    if (!TOPICS.every(topic => isOnlySmallWord(words, topic, text, prose()))) return words;
    from += found.index + words.length;
  }
  return undefined;
}

const SMALL_WORDS_MAX = 20;
/** "Till 1: sell a ticket": a place with a number, and no "until". */
const COUNTED_PLACE = phrase`(?:^|[.!?]\s+)\W*${'machine'}\s+\d{1,3}\s*[:：]`;

/** Nobody proposes once, as it stands, for what the text wants again, for several, or for a time. */
function saysMoreThanOnce(words: string, text: string): boolean {
  return NOT_ONCE.test(words.trim()) || ON_EACH.test(text);
}

const NOT_ONCE = phrase`^${'not-once'}$`;
const ON_EACH = phrase`\<${'at'}\s(?:${'the'}\s)?${'each-of'}\>`;

/** A section that goes on behind its reasons begins with a line of its text. */
function isHeadOf({line, title}: Section, {source}: Plan): boolean {
  return plainText(source[line - 1] ?? '').includes(title);
}

function isTrouble(text: string): boolean {
  return warningIn(text)?.kind === 'trouble';
}

function isRow({line}: Lead, {source}: Plan): boolean {
  return /^\s*\|/.test(source[line - 1] ?? '');
}

/** Of the row of a table, only the cells from which nothing was read: no expectation, no rule, no way back. */
function ofRow(lead: Lead, {line, title, instructions}: Step, rules: readonly Rule[] = []): Lead {
  if (lead.line !== line) return lead;
  const cells = instructions.filter(told => {
    const [head = '', cell = ''] = told.split(/:\s(.*)/s);
    return !WAY_BACK.test(head) && !rules.some(({text}) => cell !== '' && text.endsWith(cell));
  });
  return {...lead, text: [title, ...cells].join(' | ')};
}

const WAY_BACK = phrase`^\W*(?:${'rollback'}|${'undo'})\>`;

/** Without the sentences that the step is judged by; the others of the same line may say more. */
function withoutExpectations(lead: Lead, {expectations}: Step): Lead {
  const own = expectations.filter(({line, readable}) => line === lead.line && readable);
  const rest = own.reduce((text, one) => {
    const said = withoutCode(one.text);
    if (text.includes(said)) return text.replace(said, ' ');
    // Of a text that begins within the sentence, what comes behind that sentence is more.
    const sentences = text.split(/(?<=\p{L}{2}[.!?])\s+/u);
    return sentences.slice(sentences.findLastIndex(sentence => said.endsWith(sentence)) + 1).join(' ');
  }, withoutCode(lead.text));
  return own.length === 0 ? lead : {...lead, text: rest.trim()};
}

function ofWords({line, text, words, isOpen}: Found, steps: readonly Step[], plan: Plan): FoundDoubt {
  const said = sentenceWith(words.trim(), plan.source[line - 1] ?? '') ?? text;
  const shown = said.length > SHOWN_MAX ? `${said.slice(0, SHOWN_MAX)}…` : said;
  return {
    code: 'condition-assumed',
    line,
    steps: steps.map(({id}) => id),
    message: `line ${line} says "${words.trim()}" beside commands, and nothing was read from it: "${shown.trim()}"`,
    because: words,
    settle: 'confirm that they always run, once, do them by hand, or leave them out',
    ...(isOpen ? {} : {proposed: 'they run once, as they stand'}),
  };
}

/** With its code: what "must end with `0 blocking`" asks for is the code. */
function sentenceWith(words: string, raw: string): string | undefined {
  if (/^\s*\|/.test(raw)) return undefined;
  return plainText(raw.replace(/^[\s>]*(?:[-*+]|\d+[.)])?\s+(?:\[.\]\s+)?/, ''))
    .split(/(?<=\p{L}{2}[.!?])\s+/u)
    .find(sentence => sentence.includes(words));
}

const SHOWN_MAX = 300;

/** What stands behind the commands on their own lines. */
function behind(step: Step, {source}: Plan): Lead[] {
  const from = new Map<number, number>();
  return commandsOf(step).flatMap(({line, text}) => {
    const raw = source[line - 1] ?? '';
    // The code may hold the login too: `ssh web1 uptime`.
    const at = raw.indexOf(`${text}\``, from.get(line));
    if (at === -1) return [];
    const end = at + text.length + 1;
    from.set(line, end);
    // What is farther away stands behind another command of a long line.
    return [{line, text: raw.slice(end, end + BEHIND_LENGTH_MAX).replaceAll(/`[^`]*`/g, ' '), as: 'prose'}];
  });
}

const BEHIND_LENGTH_MAX = 1000;
