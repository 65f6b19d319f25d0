/** Doubts about blocks of whose lines the text above speaks one by one: "the first line on db1, the second on db2". */
import {isRun} from '../../action-traits.ts';
import {isDone} from '../../doubt.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import type {Leads} from '../lines-above.ts';

// A block is read as one thing: at one place, in its order, as a whole. What is said of one line of it is lost.

export function singleLineDoubts({steps}: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  return steps.flatMap((step): FoundDoubt | [] => {
    const [first] = commandsOf(step);
    if (!isDone(lines.byId.get(step.section)?.use) || first === undefined || !isRun(step)) return [];
    const found =
      saidIn(leadsOf(step).filter(({line}) => line <= first.line)) ??
      saidBehind(step, lines.stepsIn(step.section), commandsOf(step).length);
    if (found === undefined) return [];
    const {line, words} = found;
    return {
      code: 'condition-assumed',
      line,
      steps: [step.id],
      message: `line ${line} says "${words}" of the commands from line ${first.line}, and they would all run, in one place and as they stand`,
      because: words,
      settle: 'confirm that they run as they stand, write each with its own words, or do them by hand',
    };
  });
}

type Said = {line: number; words: string};

function saidIn(texts: readonly {line: number; text: string}[]): Said | undefined {
  for (const {line, text} of texts) {
    const words = SINGLE.exec(text)?.[0];
    if (words !== undefined) return {line, words};
  }
  return undefined;
}

/** "Instead of the third line type `swap --force`", as the next step: by then the third line has run. */
function saidBehind(step: Step, all: readonly Step[], commands: number): Said | undefined {
  const next = all[all.indexOf(step) + 1];
  if (next === undefined || commands < 2 || !INSTEAD.test(next.title)) return undefined;
  return saidIn([{line: next.line, text: next.title}]);
}

const INSTEAD = phrase`\<(?:${'not-this'}|${'hangs-on'})\>`;
const SINGLE = phrase`\<${'single-lines'}\>`;
