/** Doubts about one blank that commands of the way back fill in for different things: `revert api <version>`, `revert web <version>`. */
import {takesBack} from '../../outline/undo-commands.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import type {Command} from '../../script.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';

// A new version is one for all of them. The number that a thing goes back to is its own, and one value for the blank
// would take the others to a wrong one.

export function sharedBlankDoubts({steps, placeholders}: Plan, {byId}: LineIndex): FoundDoubt[] {
  const blanks = placeholders.filter(({value, capture}) => value === undefined && capture !== true);
  const own = steps.filter(({section}) => byId.get(section)?.use === 'rollback' || byId.get(section)?.use === 'run');
  return blanks.flatMap(({text, lines}): FoundDoubt[] => {
    const at = new Set(lines);
    const using = own.flatMap(step => {
      const commands = commandsOf(step).filter(
        one => at.has(one.line) && isWord(text, one.text) && takesBack(one.text),
      );
      return commands.map(command => ({step, command}));
    });
    const [first] = using;
    const alike = first === undefined ? [] : using.filter(({command}) => isOfOther(first.command, command));
    return first === undefined || alike.length === 0 ? [] : [doubtOf(text, [first, ...alike])];
  });
}

function doubtOf(text: string, using: readonly {step: Step; command: Command}[]): FoundDoubt {
  const [first] = using;
  const lines = [...new Set(using.map(({command}) => command.line))].join(', ');
  return {
    code: 'value-assumed',
    line: first?.command.line ?? 0,
    steps: [...new Set(using.map(({step}) => step.id))],
    message: `lines ${lines} take different things back to one ${text}: each may have its own`,
    because: first?.command.text ?? text,
    settle: 'give each a name of its own in the document, or say that it is the same for all',
  };
}

/** The blank is a whole argument, or the value of an option. */
function isWord(blank: string, command: string): boolean {
  return command.split(/[\s=]+/).includes(blank);
}

/** The same command for another thing: they differ in one word. */
function isOfOther(one: Command, other: Command): boolean {
  const [words, others] = [one.text.split(/\s+/), other.text.split(/\s+/)];
  return words.length === others.length && words.filter((word, at) => word !== others[at]).length === 1;
}
