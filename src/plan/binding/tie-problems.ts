/** What is said of a tie that is not plain, with the line of bindings that makes it so. */
import type {Rule} from '../plan.ts';
import type {Problem} from '../problem.ts';
import type {Tie} from './tie-rules.ts';

const CANDIDATES_SHOWN_MAX = 5;

export function tieProblem(rule: Rule, tie: Tie, rules: readonly Rule[]): Problem | undefined {
  const at = {line: rule.line, column: 1};
  if ('several' in tie) {
    const [first] = tie.several;
    if (first === undefined) return undefined;
    const shown = tie.several.slice(0, CANDIDATES_SHOWN_MAX).map(name => `\`${name}\``);
    const more = tie.several.length - shown.length;
    return {
      ...at,
      // A rollback trigger that sees nothing is worth more of a word than a target.
      severity: rule.role === 'trigger' ? 'warning' : 'info',
      code: 'ambiguous-tie',
      message: `"${rule.text}" could be about ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}; it stays blind`,
      hint: `add under rules: ${bindingFor(rule, first, rules)}, or another of them`,
    };
  }
  if (tie.by !== 'guess') return undefined;
  return {
    ...at,
    severity: 'info',
    code: 'guessed-tie',
    message: `"${rule.text}" is taken to be about \`${tie.signal}\`: ${tie.because}`,
    hint: `to make it certain, add under rules: ${bindingFor(rule, tie.signal, rules)}`,
  };
}

const MATCH_CHARACTERS_MAX = 60;

/** JSON is YAML: a text in it is quoted whatever it holds. */
function bindingFor({text, line}: Rule, signal: string, rules: readonly Rule[]): string {
  const isOnly = rules.filter(other => other.text.toLowerCase().includes(text.toLowerCase())).length === 1;
  const match = isOnly && text.length <= MATCH_CHARACTERS_MAX ? text : `line:${line}`;
  return `- { match: ${JSON.stringify(match)}, probe: ${JSON.stringify(signal)} }`;
}
