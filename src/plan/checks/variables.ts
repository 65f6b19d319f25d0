/** Check: a command uses a variable that nothing sets. */
import {compact} from '../../text/compact.ts';
import {memoizeObject} from '../../text/memoize.ts';
import type {Bindings} from '../bindings-file/types.ts';
import {commandsOf, contextOf, type Plan, type Step} from '../plan.ts';
import {lineOfOffset, type Problem, problemAt} from '../problem.ts';
import {isOfEnvironment, variablesIn, variablesOf} from '../shell/variables.ts';

/** Variables that nothing sets before their use in the same shell, so that they are empty. */
export function unsetVariables(plan: Plan, bindings: Bindings): Problem[] {
  const bound = new Set(Object.keys(bindings.values).map(key => key.replace(/[${}]/g, '')));
  return unsetUses(plan).flatMap(one => (bound.has(one.name) ? [] : unset(plan.source, one)));
}

/** The first use of a variable without a value. `made`: where another shell sets it; `users`: each step, with the line. */
export type UnsetUse = {name: string; line: number; text: string; made?: number; users: readonly User[]};
type User = {step: Step; line: number};

export const unsetUses = memoizeObject(findUnsetUses);

function findUnsetUses({source, steps}: Plan): readonly UnsetUse[] {
  if (variablesIn(source).size === 0) return [];
  const found = new Map<string, UnsetUse & {users: User[]}>();
  const shells = new Map<string, {set: Set<string>; setsMore: boolean}>();
  const setWhere = new Map<string, number>();
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
        if (shell.set.has(name) || isOfEnvironment(name)) continue;
        const known = found.get(name);
        if (known === undefined && found.size >= TOLD_MAX) continue;
        const at = lineOfOffset(line, text, start);
        const first =
          known ??
          compact({name, line: at, text: text.slice(start, end), made: setWhere.get(name), users: [] as User[]});
        if (first.users.at(-1)?.step !== step) first.users.push({step, line: at});
        found.set(name, first);
      }
    }
  }
  return [...found.values()];
}

const TOLD_MAX = 200;
const READS_SETTINGS = /\b(?:source|read|eval|set)\b|(?:^|\s)\.\s/;

function unset(source: readonly string[], {name, line, text, made}: UnsetUse): Problem {
  const message =
    made === undefined
      ? `${name} is used, but no command before it sets it`
      : `${name} is set on line ${made}, in another shell: here it stands for nothing`;
  const hint = `set it in the shell that uses it: \`export ${name}=…\``;
  const severity = made === undefined && isNamed(source, name) ? 'info' : 'warning';
  return problemAt(source, severity, 'variable-never-set', line, text, message, hint);
}

/** Whether the document mentions the variable elsewhere: `DATABASE_URL` in a list, `DATABASE_URL=…` in a file. */
function isNamed(lines: readonly string[], name: string): boolean {
  const pattern = new RegExp(`(?<![\\w\${])${name}(?!\\w)`);
  return lines.some(line => line.includes(name) && pattern.test(line));
}
