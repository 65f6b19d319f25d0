/** Check: a command uses a variable that nothing sets. */
import type {Bindings} from '../bindings-file/types.ts';
import {commandsOf, contextOf, type Plan} from '../plan.ts';
import {lineOfOffset, type Problem, problemAt} from '../problem.ts';
import {isOfEnvironment, variablesIn, variablesOf} from '../shell/variables.ts';

/** Variables that nothing sets before their use in the same shell, so that they are empty. */
export function unsetVariables({source, steps}: Plan, bindings: Bindings): Problem[] {
  if (variablesIn(source).size === 0) return [];
  const found: Problem[] = [];
  const shells = new Map<string, {set: Set<string>; setsMore: boolean}>();
  const setWhere = new Map<string, number>();
  const told = new Set<string>();
  for (const step of steps) {
    const context = contextOf(step);
    if (context === undefined) continue;
    const shell = shells.get(context.id) ?? {set: new Set(), setsMore: false};
    shells.set(context.id, shell);
    for (const {text, line} of commandsOf(step)) {
      if (!text.includes('$') && !text.includes('=') && !READS_SETTINGS.test(text)) continue;
      const {used, demanded, set, setsMore} = variablesOf(text);
      for (const {name} of demanded) shell.set.add(name);
      for (const name of set) {
        shell.set.add(name);
        if (!setWhere.has(name)) setWhere.set(name, line);
      }
      shell.setsMore ||= setsMore;
      for (const {name, start, end} of shell.setsMore ? [] : used) {
        if (shell.set.has(name) || told.has(name) || isOfEnvironment(name) || told.size >= TOLD_MAX) continue;
        told.add(name);
        const at = lineOfOffset(line, text, start);
        if (!Object.keys(bindings.values).some(key => key.replace(/[${}]/g, '') === name))
          found.push(unset(source, name, {line: at, text: text.slice(start, end)}, setWhere.get(name)));
      }
    }
  }
  return found;
}

const TOLD_MAX = 200;
const READS_SETTINGS = /\b(?:source|read|eval|set)\b|(?:^|\s)\.\s/;

function unset(
  source: readonly string[],
  name: string,
  use: {line: number; text: string},
  made: number | undefined,
): Problem {
  const message =
    made === undefined
      ? `${name} is used, but no command before it sets it`
      : `${name} is set on line ${made}, in another shell: here it stands for nothing`;
  const hint = `set it in the shell that uses it: \`export ${name}=…\``;
  const severity = made === undefined && isNamed(source, name) ? 'info' : 'warning';
  return problemAt(source, severity, 'variable-never-set', use.line, use.text, message, hint);
}

/** Whether the document mentions the variable elsewhere: `DATABASE_URL` in a list, `DATABASE_URL=…` in a file. */
function isNamed(lines: readonly string[], name: string): boolean {
  const pattern = new RegExp(`(?<![\\w\${])${name}(?!\\w)`);
  return lines.some(line => line.includes(name) && pattern.test(line));
}
