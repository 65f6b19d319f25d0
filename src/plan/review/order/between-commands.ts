/** Doubts about text between the commands of one sentence: "`a` shows it; if it is sane, pipe it into `b`". */
import {matchesOf} from '../../../text/matches.ts';
import {plainText} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import {commandsOf, type Plan, requestsOf, type Step} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';

// The commands of one sentence run together: nobody looks between them, and none gets what another prints.

export function betweenCommandDoubts({steps, source}: Plan, {byId}: LineIndex): FoundDoubt[] {
  return steps.flatMap((step): FoundDoubt[] => {
    if (!isDone(byId.get(step.section)?.use)) return [];
    const quoted = quotedIn(step, source);
    const found = [joinedTo(quoted), ...otherNames(quoted)].find(Boolean);
    return found === undefined ? [] : [{...found, steps: [step.id]}];
  });
}

/**
 * A command in the text of a step; `ahead`: the text from the beginning of its paragraph or from the command before it,
 * `behind`: the text up to the next. `before`: as `ahead`, where a command stands before it.
 */
export type Quoted = {line: number; command: string; ahead: string; before?: string; behind: string};

export function quotedIn(step: Step, source: readonly string[]): Quoted[] {
  const own: {line: number; text: string; isRequest?: true}[] = [
    ...requestsOf(step).map(({line, url}) => ({line, text: url, isRequest: true as const})),
    ...commandsOf(step),
  ];
  return [...Map.groupBy(own.slice(0, COMMANDS_MAX), ({line}) => firstOfText(line, source))].flatMap(([first, all]) => {
    const raw = textFrom(first, source);
    const spans = matchesOf(raw, /`([^`]+)`/g);
    const taken = new Set<number>();
    const found = all.flatMap(({text, line, isRequest}): Place[] => {
      // Of a request only the address is known: the command is what quotes it.
      const span = spans.find(
        ({index, 1: code = ''}) => !taken.has(index) && (isRequest ? code.includes(text) : code === text),
      );
      if (span === undefined) return [];
      taken.add(span.index);
      return [{text: span[1] ?? text, line, at: span.index, end: span.index + span[0].length}];
    });
    const places = found.toSorted((one, other) => one.at - other.at);
    return places.map(({text, line, at, end}, index): Quoted => {
      const last = places[index - 1];
      const ahead = raw.slice(last?.end ?? 0, at);
      const behind = raw.slice(end, places[index + 1]?.at ?? raw.length);
      return {line, command: text, ahead, behind, ...(last === undefined ? {} : {before: ahead})};
    });
  });
}

type Place = {text: string; line: number; at: number; end: number};

/** The first line of the item or paragraph in which the line stands. */
function firstOfText(line: number, source: readonly string[]): number {
  let first = line;
  while (first > Math.max(1, line - LINES_MAX) && !BEGINS.test(source[first - 1] ?? '') && isText(source[first - 2]))
    first -= 1;
  return first;
}

function textFrom(first: number, source: readonly string[]): string {
  let end = first;
  while (end < first + LINES_MAX && isText(source[end]) && !BEGINS.test(source[end] ?? '')) end += 1;
  return source.slice(first - 1, end).join(' ');
}

function isText(text = ''): boolean {
  return text.trim() !== '' && !/^\s*(?:`{3}|~{3}|#)/.test(text);
}

const LINES_MAX = 8;
const BEGINS = /^\s*(?:>\s*)*(?:[-*+]|\d+[.)]|\||#+)\s?/;
const COMMANDS_MAX = 20;

/** A later command hangs on what an earlier one shows, or reads it. */
function joinedTo(quoted: readonly Quoted[]): FoundDoubt | undefined {
  for (const {line, command, before, behind} of quoted) {
    if (before === undefined) continue;
    const because = plainText(before).replaceAll(/^[\s,;.]+|\s+$/g, '');
    const base = {line, because: because.slice(0, SHOWN_MAX), code: 'condition-assumed' as const};
    // In German the verb stands behind the command.
    const verb = /^\s*\p{L}{0,30}/u.exec(behind)?.[0] ?? '';
    if (PIPED.test(`${before}\`${command}\`${verb}`) || PIPED.test(before) || READS_INPUT.test(command))
      return {
        ...base,
        message: `"${command.slice(0, SHOWN_MAX)}" in line ${line} is to read what the command before it prints, and would run without it`,
        settle: 'write both as one command, do it by hand, or leave it out',
      };
    if (HANGS.test(because.slice(0, BETWEEN_MAX)))
      return {
        ...base,
        message: `line ${line} says "${because.slice(0, SHOWN_MAX)}" between two commands, which would run one after the other`,
        settle: 'put them into two steps, do them by hand, or confirm that nobody must look',
      };
  }
  return undefined;
}

const SHOWN_MAX = 100;
const BETWEEN_MAX = 500;
const PIPED = phrase`\<${'piped'}\>`;
/** Such a program does nothing by itself: its work is what it reads. */
const READS_INPUT = /^(?:sudo\s+(?:-\S+\s+(?:\w+\s+)?)?)?(?:xargs|parallel|tee)\b(?![^|]*<)/;
const HANGS = phrase`(?:^|[,.;:(–—-]\s*)(?:(?:${'and-then'})\s+){0,4}(?:${'only'}\s+)?(?:${'condition'}|${'if'})\>`;

/** "`systemctl restart php8.1-fpm` (or `php8.2-fpm`)": another name for a word of the command. */
function otherNames(quoted: readonly Quoted[]): FoundDoubt[] {
  return quoted.flatMap(({line, command, behind}): FoundDoubt | [] => {
    const name = OR_NAME.exec(behind)?.[1];
    if (name === undefined || looksLikeCommand(name) || !command.split(/\s+/).some(word => isLike(word, name)))
      return [];
    return {
      code: 'alternatives-assumed',
      line,
      message: `"${command.slice(0, SHOWN_MAX)}" may be meant with "${name}": line ${line} names both, and only the first would run`,
      because: plainText(behind).trim().slice(0, SHOWN_MAX),
      settle: 'write which one is meant, do it by hand, or confirm that it is always the first',
    };
  });
}

const OR_NAME = phrase`^\s*[,;(/–—-]*\s*(?:(?:${'or'})\s+)(?:(?:${'the'})\s+)?\x60([^\x60\s]{2,60})\x60`;

/** Names of one kind begin alike, or hold the same word. */
function isLike(word: string, name: string): boolean {
  if (word === name) return false;
  const parts = (text: string) => text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
  const own = new Set(parts(word));
  return parts(name).some(part => own.has(part));
}
