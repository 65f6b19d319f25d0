/** Reports hazards and other problems of the commands in a code block. */
import {hazardsOf} from '../../hazards/hazards.ts';
import type {SectionRole} from '../../plan.ts';
import {lineOfOffset, type Problem, problemAt} from '../../problem.ts';
import {readArms} from '../../shell/arms.ts';
import {sshDestination} from '../../shell/carried-commands.ts';
import type {ShellLine} from '../../shell/shell-lines.ts';
import {simpleCommands} from '../../shell/words.ts';

/** The problems of the commands as the `document` writes them. */
export function commandProblems(
  document: readonly string[],
  lines: readonly ShellLine[],
  role: SectionRole,
): readonly Problem[] {
  const own = lines.flatMap(line => (line.kind === 'command' ? ofCommand(document, line, role) : []));
  const parts = readArms(lines).flatMap(part => {
    const [first] = part.kind === 'arms' ? part.arms : [];
    if (part.kind !== 'arms' || first === undefined) return [];
    const names = part.arms.map(arm => firstLine(arm.label)).join(' · ');
    const message = `one of ${part.arms.length} alternatives: ${names}`;
    const hint =
      'pasted as it stands this block runs them all; T-Minus takes one: the first that is proved, or the one chosen';
    return [problemAt(document, 'warning', 'alternatives-in-block', first.line, '', message, hint)];
  });
  return [...own, ...parts];
}

/** Roles of sections in which nothing should change. */
const WATCHING: readonly SectionRole[] = ['verify', 'monitor', 'validate'];

function ofCommand(
  document: readonly string[],
  {text, line, broken}: Extract<ShellLine, {kind: 'command'}>,
  role: SectionRole,
): Problem[] {
  if (broken !== undefined) {
    const hint = 'put it right, or make a comment of it, to have it run with the rest of the block';
    const message = `left for a person, because of ${broken}: ${shortened(firstLine(text))}`;
    return [problemAt(document, 'warning', 'unreadable-command', line, firstLine(text), message, hint)];
  }
  const isLogin = isLoginOnly(text);
  const seen = new Set<string>();
  return hazardsOf(text, WATCHING.includes(role)).flatMap(({code, severity, says, hint, start, end}) => {
    const where = lineOfOffset(line, text, start);
    const key = `${code} ${where} ${says}`;
    if ((isLogin && code === 'interactive-command') || seen.has(key)) return [];
    seen.add(key);
    const at = firstLine(text.slice(start, end));
    const message = code === 'unguarded-curl' ? says : `${says}: ${shortened(at)}`;
    return [problemAt(document, severity, code, where, at, message, hint)];
  });
}

/** `ssh user@host` alone is no command: it says where the next lines run. */
function isLoginOnly(text: string): boolean {
  const [words, ...others] = simpleCommands(text);
  return words !== undefined && others.length === 0 && sshDestination(words)?.remote === '';
}

function firstLine(text: string): string {
  const [line = text] = text.split('\n');
  return line.endsWith('\\') ? line.slice(0, -1).trimEnd() : line;
}

const SHOWN_CHARACTERS_MAX = 160;

function shortened(text: string): string {
  return text.length > SHOWN_CHARACTERS_MAX ? `${text.slice(0, SHOWN_CHARACTERS_MAX)}…` : text;
}
