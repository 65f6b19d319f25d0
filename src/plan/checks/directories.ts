/** Check: a relative path leads elsewhere after an earlier `cd`. */
import {commandsOf, contextOf, type Plan} from '../plan.ts';
import {type Problem, problemAt} from '../problem.ts';
import type {Command} from '../script.ts';
import {operands, simpleCommands} from '../shell/words.ts';

/** Paths that lead elsewhere because an earlier step changed the directory and none changed it back. */
export function pathsAfterCd({source, steps}: Plan): Problem[] {
  const found: Problem[] = [];
  const shells = new Map<string, Shell>();
  for (const step of steps) {
    const context = contextOf(step);
    if (context === undefined || step.arm !== undefined) continue;
    const shell = shells.get(context.id) ?? {last: undefined, relative: false, paths: new Map()};
    shells.set(context.id, shell);
    for (const command of commandsOf(step)) {
      found.push(...movesOf(source, shell, step.id, command), ...pathsOf(source, shell, command));
    }
  }
  return found;
}

type Shell = {
  last: {directory: string; line: number; step: string} | undefined;
  /** The last `cd` had a relative path. */
  relative: boolean;
  /** Relative paths used before any `cd`, with the first line that used each. */
  paths: Map<string, number>;
};

/** `cd backend` in one step and `cd frontend` in a later one: the second is looked for inside the first. */
function movesOf(source: readonly string[], shell: Shell, step: string, {directory, line}: Command): Problem[] {
  const {last, relative} = shell;
  if (directory === undefined || directory === last?.directory) return [];
  const isBelow = last !== undefined && directory.startsWith(`${last.directory}/`);
  const isRelative = isBelow || !/^[/~<{[$]|^[A-Za-z]:/.test(directory);
  shell.last = {directory, line, step};
  shell.relative = isRelative;
  if (!isBelow || !relative || last.step === step) return [];
  const target = directory.slice(last.directory.length + 1);
  const message = `${target} is looked for in ${last.directory}, where line ${last.line} already runs`;
  return [problemAt(source, 'warning', 'relative-path-after-cd', moveLine(source, line), 'cd', message, HINT)];
}

const HINT = 'a shell stays where it went: write the whole path after `cd`, or `(cd … && …)` to come back';

const LINES_BACK_MAX = 20;

/** The line of the `cd` above a command. */
export function moveLine(lines: readonly string[], line: number): number {
  for (let at = line; at > Math.max(0, line - LINES_BACK_MAX); at -= 1) {
    if (/\bcd\s/.test(lines[at - 1] ?? '')) return at;
  }
  return line;
}

function pathsOf(source: readonly string[], shell: Shell, {text, line, directory}: Command): Problem[] {
  return (text.includes('/') ? relativePaths(text) : []).flatMap(path => {
    const first = shell.paths.get(path);
    if (directory === undefined && first === undefined && shell.last === undefined) shell.paths.set(path, line);
    if (directory === undefined || first === undefined) return [];
    shell.paths.delete(path);
    const message = `line ${first} uses ${path} from where the shell starts; here it is looked for in ${directory}`;
    return [problemAt(source, 'warning', 'relative-path-after-cd', line, path, message, HINT)];
  });
}

function relativePaths(text: string): string[] {
  return simpleCommands(text).flatMap(words =>
    [words[0] ?? '', ...operands(words)].filter(word => PATH.test(word) && !ANYWHERE.test(word)),
  );
}

const PATH = /^(?:\.\/)?[\w.-]+\/[\w./-]*\w$/;
/** Such a path exists in many directories, or is no file: `origin/main`, `deployment/web`. */
const ANYWHERE =
  /^(?:\.\/)?(?:node_modules|\.?venv|bin|dist|build|target|src|vendor|public|origin|upstream|deploy|deployment|deployments|pod|svc|service|daemonset|ds|statefulset|sts|node|job|cronjob|refs|application|registry[\w.-]*|[\w-]+\.(?:io|com|org|net|dev))\/|@|\.\./;
