/** Doubts about commands behind a question: "Stuck? Note the job, then `systemctl stop worker`" is for one answer only. */
import {plainText} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import {commandsOf, type Plan} from '../../plan.ts';
import {type FoundDoubt, type LineIndex, mayNotRun} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import {onlyLooks} from './gates-within.ts';

export function askedFirstDoubts({steps, source}: Plan, lines: LineIndex): FoundDoubt[] {
  return steps.flatMap((step): FoundDoubt[] => {
    if (!isDone(lines.byId.get(step.section)?.use) || isAskedBefore(step)) return [];
    const found = commandsOf(step).find(({line, text}) => {
      const raw = (source[line - 1] ?? '').slice(0, TEXT_LENGTH_MAX);
      const at = raw.indexOf(`\`${text}\``);
      // A look may answer the question itself: "Is it up? Ask with `systemctl status web`".
      return at > 0 && QUESTION.test(plainText(raw.slice(0, at))) && !onlyLooks(text);
    });
    if (found === undefined) return [];
    const because = plainText(source[found.line - 1] ?? '')
      .trim()
      .slice(0, SHOWN_MAX);
    const message = `line ${found.line} asks a question first, and its command would run whatever the answer is: "${because}"`;
    return [mayNotRun(found.line, [step], message, because)];
  });
}

const TEXT_LENGTH_MAX = 600;
const SHOWN_MAX = 100;
/** A few words with a question mark, and text behind it. */
const QUESTION = /^\P{L}{0,12}(?:[\p{L}\d'’/-]{1,30} ){0,7}[\p{L}\d'’/-]{1,30}\s?\?\s+\p{L}/u;
