/** Doubts about commands that ask a question back: the text says what to answer, and they run without a terminal. */
import {isRun} from '../action-traits.ts';
import {isDone} from '../doubt.ts';
import {commandsOf, type Plan} from '../plan.ts';
import {phrase} from '../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';

/** "It asks `Overwrite? [y/N]`. Answer N.": the step above waits. */
export function askedBackDoubts({source, steps}: Plan, {sectionAt}: LineIndex): FoundDoubt[] {
  return source.flatMap((text, index) => {
    const line = index + 1;
    const words = ASKS_BACK.exec(text)?.[0];
    const section = words === undefined ? undefined : sectionAt(line);
    if (words === undefined || section === undefined || !isDone(section.use)) return [];
    const own = steps.filter(step => step.section === section.id && isRun(step));
    if (own.some(step => commandsOf(step).some(command => command.text.includes(words)))) return [];
    const asking = own.findLast(step => step.line <= line) ?? own[0];
    if (asking === undefined) return [];
    return [
      {
        code: 'not-read' as const,
        line,
        steps: [asking.id],
        message: `line ${line} says that a command asks back, and nothing answers it: "${text.trim().slice(0, SHOWN_MAX)}"`,
        because: words,
        settle: 'do it by hand, or give the command its answer',
        ...(ANSWERED.test(text) ? {proposed: 'without a terminal it does not ask'} : {}),
      },
    ];
  });
}

const ASKS_BACK = phrase`[\[(]\s*(?:(?:${'yes-no'}|[josy])\s*[\/|]\s*(?:${'yes-no'}|n)|n\s*[\/|]\s*[josy])\s*[\])]`;
/** "Proceed [y/N] y": somebody typed the answer. */
const ANSWERED = /[\])]\s*[:?]?\s*\p{L}{1,4}\s*$/u;
const SHOWN_MAX = 100;
