import {readArms} from './arms.ts';
import {sshDestination} from './carried-commands.ts';
import {destroys, isEndless, needsTerminal} from './commands.ts';
import {isGuarded} from './curl.ts';
import {type Draft, report} from './draft.ts';
import type {ShellLine} from './shell-text.ts';
import {simpleCommands} from './shell-words.ts';

/** What an author should know about the commands as they stand. */
export function noteCommandProblems(draft: Draft, lines: readonly ShellLine[]): void {
  for (const line of lines) if (line.kind === 'command') noteCommand(draft, line.text, line.line);
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

function noteCommand(draft: Draft, text: string, line: number): void {
  const at = firstLine(text);
  const destroyed = destroys(text);
  if (destroyed !== undefined) {
    const hint = 'it runs only after what replaces it is proved to exist; check the path once more';
    report(draft, 'warning', 'destructive-command', line, at, `${destroyed}: ${at}`, hint);
  }
  if (isEndless(text)) {
    const hint = 'it is opened as a log source and does not hold up the run; bind it under `logs:` to choose the host';
    report(draft, 'info', 'endless-command', line, at, `never ends by itself: ${at}`, hint);
    return;
  }
  if (simpleCommands(text).some(words => words[0] === 'curl' && !isGuarded(words))) {
    const hint = 'add -f for readers who paste it; T-Minus judges the status itself';
    report(draft, 'info', 'unguarded-curl', line, 'curl', 'curl exits 0 on an error status', hint);
  }
  const why = isLogin(text) ? undefined : needsTerminal(text);
  if (why !== undefined) {
    const hint = 'nobody is at a terminal when T-Minus runs it; give it its answers as options, or do it by hand';
    report(draft, 'warning', 'interactive-command', line, at, `${why}: ${at}`, hint);
  }
}

/** `ssh user@host` alone says where the next lines run; it is not a command of the plan. */
function isLogin(text: string): boolean {
  const [words, ...others] = simpleCommands(text);
  return words !== undefined && others.length === 0 && sshDestination(words)?.remote === '';
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.replace(/\s*\\$/, '') ?? text;
}
