/** Doubts about one script that is called twice with one word changed: two ways, or two parts. */
import {placeIn} from '../phrases/host-mentions.ts';
import {commandsOf, type Step} from '../plan.ts';
import {isOrder} from '../words/orders.ts';
import {phrase} from '../words/vocabulary.ts';
import type {FoundDoubt} from './found-doubt.ts';
import type {Lead, Leads} from './leads.ts';

type ScriptCall = {step: Step; label: Lead; line: number; words: readonly string[]};

/** "The usual route: `./ship.sh fast`", "The scenic route: `./ship.sh slow`". `steps`: those that would run. */
export function repeatedScriptDoubts(steps: readonly Step[], leadsOf: Leads): FoundDoubt[] {
  const called = steps.flatMap(step => scriptCallsIn(step, leadsOf));
  return called.flatMap((one, index) => {
    const other = [called[index - 1], called[index + 1]].find(next => next !== undefined && differInOneWord(one, next));
    if (other === undefined) return [];
    const {label, step} = one;
    return [
      {
        code: 'alternatives-assumed' as const,
        line: label.line,
        steps: [step.id],
        message: `"${label.text}" and "${other.label.text}" may be two ways, of which only one is done`,
        because: `${one.words.join(' ')} · ${other.words.join(' ')}`,
        settle: 'leave out the way that is not taken, or say that both are done',
      },
    ];
  });
}

/** Calls of the project's scripts that have their own label directly above. */
function scriptCallsIn(step: Step, leadsOf: Leads): ScriptCall[] {
  const leads = leadsOf(step).toSorted((a, b) => b.line - a.line);
  const taken = new Set<number>();
  return commandsOf(step).flatMap(({line, text}) => {
    const label = leads.find(lead => lead.line <= line && !taken.has(lead.line));
    if (label === undefined || !SCRIPT.test(text) || !isLabel(label)) return [];
    taken.add(label.line);
    return [{step, label, line, words: text.split(/\s+/)}];
  });
}

const SCRIPT = /^(?:\.{0,2}\/|~\/|bash\s|sh\s|make\s|rake\s|just\s|task\s|(?:npm|yarn|pnpm)\s+run\s)/;

function isLabel({text}: Lead): boolean {
  const words = text.split(/\s+/).length;
  if (words < 2 || words > WORDS_MAX || IN_TIME.test(text)) return false;
  return !/^\d/.test(text) && !isOrder(text) && placeIn(text) === undefined;
}

/** Words of order ("First", "Then") name parts that are all done. So does a single word: "Backend:", "Frontend:". */
const IN_TIME = phrase`^\W*${'in-time'}\>`;

const WORDS_MAX = 8;

/** Whether the calls differ in one word only. */
function differInOneWord(one: ScriptCall, other: ScriptCall): boolean {
  if (one.step.section !== other.step.section || one.label.text === other.label.text) return false;
  if (one.words.length !== other.words.length) return false;
  const differing = one.words.flatMap((word, index) => (word === other.words[index] ? [] : [index]));
  return differing.length === 1 && differing[0] !== 0;
}
