/** Problems of commands as they stand in the document. */
import {hazardsOf} from '../../hazards/hazards.ts';
import type {SectionRole} from '../../plan.ts';
import {readArms} from '../../shell/arms.ts';
import {sshDestination} from '../../shell/carried-commands.ts';
import type {ShellLine} from '../../shell/shell-lines.ts';
import {simpleCommands} from '../../shell/words.ts';
import {type Draft, report} from '../draft.ts';

/** What an author should know about the commands as they stand. */
export function noteCommandProblems(draft: Draft, lines: readonly ShellLine[], role: SectionRole): void {
  for (const line of lines) if (line.kind === 'command') noteCommand(draft, line, role);
  for (const part of readArms(lines)) {
    if (part.kind !== 'arms') continue;
    const [first] = part.arms;
    if (first === undefined) continue;
    const names = part.arms.map(arm => firstLine(arm.label)).join(' · ');
    report(
      draft,
      'warning',
      'alternatives-in-block',
      first.line,
      '',
      `one of ${part.arms.length} alternatives: ${names}`,
      'pasted as it stands this block runs them all; T-Minus takes one: the first that is proved, or the one chosen',
    );
  }
}

/** Where nothing should change. */
const WATCHING: readonly SectionRole[] = ['verify', 'monitor', 'validate'];

function noteCommand(
  draft: Draft,
  {text, line, broken}: Extract<ShellLine, {kind: 'command'}>,
  role: SectionRole,
): void {
  if (broken !== undefined) {
    const hint = 'put it right, or make a comment of it, to have it run with the rest of the block';
    const message = `left for a person, because of ${broken}: ${shortened(firstLine(text))}`;
    report(draft, 'warning', 'unreadable-command', line, firstLine(text), message, hint);
    return;
  }
  const isLogin = isLoginOnly(text);
  const seen = new Set<string>();
  for (const {code, severity, says, hint, start, end} of hazardsOf(text, WATCHING.includes(role))) {
    if (isLogin && code === 'interactive-command') continue;
    const at = firstLine(text.slice(start, end));
    const where = line + text.slice(0, start).split('\n').length - 1;
    const key = `${code} ${where} ${says}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const message = code === 'unguarded-curl' ? says : `${says}: ${shortened(at)}`;
    report(draft, severity, code, where, at, message, hint);
  }
}

/** `ssh user@host` alone says where the next lines run; it is not a command of the plan. */
function isLoginOnly(text: string): boolean {
  const [words, ...others] = simpleCommands(text);
  return words !== undefined && others.length === 0 && sshDestination(words)?.remote === '';
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.replace(/\s*\\$/, '') ?? text;
}

const SHOWN_CHARACTERS_MAX = 160;

function shortened(text: string): string {
  return text.length > SHOWN_CHARACTERS_MAX ? `${text.slice(0, SHOWN_CHARACTERS_MAX)}…` : text;
}
