/** Check: the document forbids a command and still runs it. */
import {codeSpans} from '../document/inline.ts';
import {commandsOf, type Plan} from '../plan.ts';
import {type Problem, problemAt} from '../problem.ts';
import {carriedCommands} from '../shell/carried-commands.ts';
import {topicPattern} from '../words/vocabulary.ts';

/** The steps whose commands the document forbids. */
export function forbiddenCommands({source, steps}: Plan): Problem[] {
  const forbidden = forbiddenIn(source);
  if (forbidden.length === 0) return [];
  return steps.flatMap(commandsOf).flatMap(({text, line}) => {
    const found = carriedCommands(text);
    const bans = forbidden.filter(
      ({line: at, words}) =>
        at !== line && found.some(one => containsInRow(one.words, words) || containsInRow(one.raw, words)),
    );
    return bans.map(({line: at, quoted}) => {
      const message = `line ${at} says not to run ${quoted}`;
      const hint = 'take the step out, or say in the text when it is meant to be run';
      return problemAt(source, 'warning', 'forbidden-command', line, text.split('\n')[0] ?? text, message, hint);
    });
  });
}

type Forbidden = {line: number; words: readonly string[]; quoted: string};

const FORBIDDEN_MAX = 100;

function forbiddenIn(lines: readonly string[]): Forbidden[] {
  const found: Forbidden[] = [];
  lines.forEach((text, index) => {
    if (!text.includes('`') || found.length >= FORBIDDEN_MAX) return;
    const ban = BAN.exec(text);
    if (ban === null || LIMITED.test(text)) return;
    for (const quoted of codeSpans(sentenceFrom(text.slice(ban.index)))) {
      const words = quoted.split(/\s+/).filter(word => word !== '');
      if (words.length > 1 && /^[a-z./]/.test(quoted)) found.push({line: index + 1, words, quoted});
    }
  });
  return found;
}

/** "Don't set it back alone. As first aid you can always do `pause`": only the sentence of the words forbids. */
function sentenceFrom(text: string): string {
  const end = /(?<=\p{L}{2}|`)[.!?]\s+(?=\p{L})/u.exec(
    text.replaceAll(/`[^`]*`/g, code => '`'.padEnd(code.length, '`')),
  );
  return end === null ? text : text.slice(0, end.index);
}

const BAN = topicPattern('never');
const LIMITED = topicPattern('never-but');

/** Whether the words of the forbidden command stand in a row in the command. */
function containsInRow(words: readonly string[], part: readonly string[]): boolean {
  return words.some((_, start) => part.every((word, index) => words[start + index] === word));
}
