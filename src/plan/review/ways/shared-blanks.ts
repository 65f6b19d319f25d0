/** Doubts about one blank that commands of the way back fill in for different things: `revert api <version>`, `revert web <version>`. */
import {takesBack} from '../../outline/undo-commands.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import type {Command} from '../../script.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';

// A new version is one for all of them. The number that a thing goes back to is its own, and one value for the blank
// would take the others to a wrong one.

export function sharedBlankDoubts({steps, placeholders}: Plan, {byId}: LineIndex): FoundDoubt[] {
  const blanks = placeholders.filter(({value, capture}) => value === undefined && capture !== true);
  const own = steps
    .filter(({section}) => byId.get(section)?.use === 'rollback' || byId.get(section)?.use === 'run')
    .flatMap(step => commandsOf(step).map(command => ({step, command})));
  return blanks.flatMap(({text, lines}): FoundDoubt[] => {
    const at = new Set(lines);
    const using = own
      .filter(({command}) => at.has(command.line) && isWord(text, command.text) && takesBack(command.text))
      .slice(0, USES_MAX);
    const alike = using.filter(({command}) => using.some(other => isOfOther(command, other.command, text)));
    return alike.length === 0 ? [] : [doubtOf(text, alike)];
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
  return withToken(command, blank)
    .split(/[\s=]+/)
    .includes(TOKEN);
}

/** A blank may hold blanks: `<old rev>`. */
function withToken(command: string, blank: string): string {
  return command.replaceAll(blank, TOKEN);
}

const TOKEN = '<>';
const USES_MAX = 60;

/** The same command for another thing: they differ in one word that is no option. */
function isOfOther(one: Command, other: Command, blank: string): boolean {
  const [words = [], others = []] = [one, other].map(({text}) => withToken(text, blank).split(/\s+/));
  const apart = words.flatMap((word, at) => (word === others[at] ? [] : [word]));
  return words.length === others.length && apart.length === 1 && apart[0]?.startsWith('-') === false;
}
