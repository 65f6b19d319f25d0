/** Doubts about commands that ask a question back: the text says what to answer, and they run without a terminal. */
import {isRun} from '../action-traits.ts';
import {isDone} from '../doubt.ts';
import {commandsOf, type Plan, type Step} from '../plan.ts';
import {phrase, topicPattern} from '../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';

/** "It asks `Overwrite? [y/N]`. Answer N.": the step above waits. */
export function askedBackDoubts(plan: Plan, lines: LineIndex): FoundDoubt[] {
  return [...inOutput(plan, lines), ...inText(plan, lines)];
}

/** "The play stops for confirmation before app2:", in the text of a step that runs. */
function inText({source, steps}: Plan, {byId}: LineIndex): FoundDoubt[] {
  return steps.flatMap(step => {
    if (!isRun(step) || !isDone(byId.get(step.section)?.use)) return [];
    const commands = new Set(
      commandsOf(step).flatMap(({line, text}) => (source[line - 1]?.includes(`\`${text}\``) ? [] : line)),
    );
    for (let line = step.line; line <= Math.min(step.endLine, step.line + LINES_MAX); line += 1) {
      const text = source[line - 1] ?? '';
      const words = commands.has(line) ? undefined : STOPS.exec(text.replaceAll(/`[^`]*`/g, ' '))?.[0];
      if (words !== undefined) return [doubtAt(line, text, words, step)];
    }
    return [];
  });
}

const LINES_MAX = 40;

function inOutput({source, steps}: Plan, {sectionAt}: LineIndex): FoundDoubt[] {
  return source.flatMap((text, index) => {
    const line = index + 1;
    const words = ASKS_BACK.exec(text)?.[0];
    const section = words === undefined ? undefined : sectionAt(line);
    if (words === undefined || section === undefined || !isDone(section.use)) return [];
    const own = steps.filter(step => step.section === section.id && isRun(step));
    if (own.some(step => commandsOf(step).some(command => command.text.includes(words)))) return [];
    const asking = own.findLast(step => step.line <= line) ?? own[0];
    if (asking === undefined) return [];
    return [doubtAt(line, text, words, asking)];
  });
}

function doubtAt(line: number, text: string, words: string, {id}: Step): FoundDoubt {
  return {
    code: 'not-read',
    line,
    steps: [id],
    message: `line ${line} says that a command asks back, and nothing answers it: "${text.trim().slice(0, SHOWN_MAX)}"`,
    because: words,
    settle: 'do it by hand, or give the command its answer',
    ...(ANSWERED.test(text) ? {proposed: 'without a terminal it does not ask'} : {}),
  };
}

const ASKS_BACK = phrase`[\[(]\s*(?:(?:${'yes-no'}|[josy])\s*[\/|]\s*(?:${'yes-no'}|n)|n\s*[\/|]\s*[josy])\s*[\])]`;
const STOPS = topicPattern('stops-to-ask');
/** "Proceed [y/N] y": somebody typed the answer. */
const ANSWERED = /[\])]\s*[:?]?\s*\p{L}{1,4}\s*$/u;
const SHOWN_MAX = 100;
