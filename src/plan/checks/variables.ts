/** Check: variables that a command uses and nothing sets. */
import {commandsOf, contextOf, type Step} from '../plan.ts';
import {isOfEnvironment, variablesIn, variablesOf} from '../shell/variables.ts';
import {type Draft, report} from '../steps/draft.ts';

/** Variables that a command uses though nothing before it in its shell sets them: they stand for nothing there. */
export function noteVariables(draft: Draft, steps: readonly Step[]): void {
  if (variablesIn(draft.lines).size === 0) return;
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
      const {used, set, setsMore} = variablesOf(text);
      for (const name of set) {
        shell.set.add(name);
        if (!setWhere.has(name)) setWhere.set(name, line);
      }
      shell.setsMore ||= setsMore;
      for (const {name, start, end} of shell.setsMore ? [] : used) {
        if (shell.set.has(name) || told.has(name) || isOfEnvironment(name) || told.size >= TOLD_MAX) continue;
        told.add(name);
        const at = line + text.slice(0, start).split('\n').length - 1;
        noteVariable(draft, name, {line: at, text: text.slice(start, end)}, setWhere.get(name));
      }
    }
  }
}

const TOLD_MAX = 200;
const READS_SETTINGS = /\b(?:source|read|eval|set)\b|(?:^|\s)\.\s/;

function noteVariable(draft: Draft, name: string, use: {line: number; text: string}, made: number | undefined): void {
  const bound = Object.keys(draft.bindings.values).some(key => key.replace(/[${}]/g, '') === name);
  if (bound) return;
  const message =
    made === undefined
      ? `${name} is used, but no command before it sets it`
      : `${name} is set on line ${made}, in another shell: here it stands for nothing`;
  const hint = `set it in the shell that uses it: \`export ${name}=…\``;
  const isDocumented = made === undefined && isNamed(draft.lines, name);
  report(draft, isDocumented ? 'info' : 'warning', 'variable-never-set', use.line, use.text, message, hint);
}

/** The document speaks of it as a variable of the environment: `DATABASE_URL` in a list, `DATABASE_URL=…` in a file. */
function isNamed(lines: readonly string[], name: string): boolean {
  const pattern = new RegExp(`(?<![\\w\${])${name}(?!\\w)`);
  return lines.some(line => line.includes(name) && pattern.test(line));
}
