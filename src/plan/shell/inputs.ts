/** What must exist before a command can work, and what it makes. */
import type {Command, Input, Text} from '../script.ts';
import {withNames} from './captures.ts';
import {operands, shellCommands, simpleCommands} from './words.ts';

/** What must exist before the command can work: refs, files, directories, units, programs. */
export function readInputs(command: string, directory: Text | undefined): Input[] {
  const place = directory === undefined ? {} : {directory};
  // The body of a here-document is text for the program, and what a loop needs depends on its variables.
  const [head = ''] = command.replaceAll('\\\n', ' ').split('\n');
  if (/^(?:if|for|while|until|case|select)\b/.test(head)) return [];
  const found = simpleCommands(head).flatMap(words => inputsOf(words, place));
  return [...found, ...redirected(head, place)].filter(input => !holdsVariable(input));
}

/** Paths and refs a command makes, as it writes them. */
export function readOutputs(command: string): string[] {
  const written = targets(command, /^(?:>{1,2}|>\||&>)$/);
  const made = simpleCommands(command).flatMap(words => {
    const [program = '', sub = ''] = words;
    const rest = operands(words);
    switch (program) {
      case 'cp':
      case 'mv':
      case 'rsync':
      case 'ln':
        return rest.length > 1 ? [trimmed(rest.at(-1) ?? '')] : [];
      case 'mkdir':
      case 'touch':
        return rest.map(trimmed);
      case 'git':
        if (sub === 'tag') return rest.slice(1, 2);
        if (sub === 'branch' || (sub === 'checkout' && words.includes('-b'))) return rest.slice(1, 2);
        return sub === 'clone' ? rest.slice(2, 3).map(trimmed) : [];
      case 'tar':
        return /c/.test(words[1] ?? '') ? rest.slice(0, 1) : [];
      case 'pg_dump':
      case 'mysqldump':
        return fileOptions(words);
      case 'tee':
        return rest;
      default:
        return [];
    }
  });
  return [...written, ...made];
}

/** `-f x`, `--file=x`, `-r x`: where a dump goes. */
function fileOptions(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    const value = /^--(?:file|result-file)=(.+)$/.exec(word)?.[1];
    if (value !== undefined) return [value];
    return /^(?:-f|--file|-r|--result-file)$/.test(word) ? words.slice(index + 1, index + 2) : [];
  });
}

/**
 * `rm -rf X` before `cp -r B X` also needs B: nothing is deleted that could not be put back. And what an earlier
 * command of the list makes is no input of a later one; `made` carries that from list to list.
 */
export function withGuards(commands: readonly Command[], made = new Set<string>()): Command[] {
  return commands.map((command, index) => {
    const own = command.inputs.filter(
      input => !('path' in input && made.has(trimmed(input.path))) && !('ref' in input && made.has(input.ref)),
    );
    for (const output of readOutputs(textOf(command))) made.add(output);
    const sources = replacements(command, commands.slice(index + 1, index + 1 + REPLACED_WITHIN_COMMANDS));
    return {...command, inputs: [...own, ...sources.filter(source => !own.some(other => sameInput(other, source)))]};
  });
}

function textOf({text, captures}: Command): string {
  return withNames(text, captures);
}

const REPLACED_WITHIN_COMMANDS = 20;

function replacements(command: Command, later: readonly Command[]): Input[] {
  const deleted = readDeletion(textOf(command));
  if (deleted.length === 0) return [];
  return later.flatMap(next => {
    const back = readReplacement(textOf(next));
    if (back === undefined || !deleted.includes(back.to)) return [];
    return next.inputs.filter(input => 'path' in input && trimmed(input.path) === trimmed(back.from));
  });
}

function sameInput(a: Input, b: Input): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What a `cp`, `mv` or `rsync` puts where. */
function readReplacement(command: string): {from: string; to: string} | undefined {
  const [words] = simpleCommands(command);
  if (words === undefined || !/^(?:cp|mv|rsync)$/.test(words[0] ?? '')) return undefined;
  const rest = operands(words);
  const [from, to] = [rest.at(0), rest.at(-1)];
  if (from === undefined || to === undefined || rest.length < 2) return undefined;
  return {from, to: trimmed(to)};
}

function readDeletion(command: string): string[] {
  return simpleCommands(command).flatMap(words =>
    words[0] === 'rm' && words.some(word => /^-[a-zA-Z]*[rR]/.test(word)) ? operands(words).map(trimmed) : [],
  );
}

/** `$BACKUP` is known to the shell alone. */
function holdsVariable(input: Input): boolean {
  const text = 'path' in input ? input.path : 'ref' in input ? input.ref : input.name;
  return /[$`]/.test(text);
}

type InPlace = {directory?: Text};

function inputsOf(words: readonly string[], place: InPlace): Input[] {
  const [program = '', sub = ''] = words;
  const rest = operands(words);
  switch (program) {
    case 'git':
      return gitInputs(words, place);
    case 'cp':
    case 'mv':
    case 'rsync':
      return rest
        .slice(0, -1)
        .filter(isLocal)
        .map(path => pathInput(words, path, place));
    case 'systemctl':
    case 'supervisorctl':
      return unitNames(rest.slice(1), sub).map(name => ({kind: 'unit', manager: program, name}));
    case 'service':
      return rest[0] === undefined ? [] : [{kind: 'unit', manager: 'service', name: rest[0]}];
    case 'tar':
      return /x/.test(words[1] ?? '') && rest[0] !== undefined ? [fileInput(tarFile(words, rest), place)] : [];
    case 'pg_restore':
    case 'gunzip':
    case 'unzip':
    case 'source':
    case '.':
    case 'bash':
    case 'sh':
      return rest.slice(0, 1).map(path => fileInput(path, place));
    default:
      return programInput(words, place);
  }
}

function programInput(words: readonly string[], place: InPlace): Input[] {
  const [program = ''] = words;
  if (program === '' || BUILTINS.test(program) || /[$`(){}]/.test(program)) return [];
  if (program.includes('/')) return [fileInput(program, place)];
  const requirements = words.indexOf('-r');
  const list = /^pip3?$/.test(program) && requirements !== -1 ? words[requirements + 1] : undefined;
  return [{kind: 'program', name: program}, ...(list === undefined ? [] : [fileInput(list, place)])];
}

const BUILTINS =
  /^(?:cd|export|echo|set|unset|test|\[|\[\[|if|then|else|fi|for|while|until|do|done|case|esac|true|false|exit|return|read|rm|mkdir|touch|ls|cat|sleep|pwd|kill|chmod|chown|ln|printf|wait|trap|local|eval|alias|date|\w+\(\))$/;

function gitInputs(words: readonly string[], place: InPlace): Input[] {
  const [, sub = ''] = words;
  const rest = operands(words).slice(1);
  const ref = rest[0];
  const makesBranch = words.some(word => /^-[bB]$|^--orphan$/.test(word));
  const ofPaths = words.includes('--') && words.indexOf('--') === 2;
  const needsRef =
    (/^(?:checkout|switch)$/.test(sub) && !makesBranch && !ofPaths) ||
    (sub === 'reset' && words.includes('--hard')) ||
    /^(?:revert|cherry-pick)$/.test(sub);
  if (!needsRef || ref === undefined || ref === '.') return [{kind: 'program', name: 'git'}];
  return [{kind: 'git-ref', ref, ...place}];
}

function unitNames(rest: readonly string[], sub: string): string[] {
  const acts = /^(?:start|stop|restart|reload|try-restart|reload-or-restart|status|enable|disable)$/.test(sub);
  return acts ? rest.filter(name => name !== 'all') : [];
}

function pathInput(words: readonly string[], path: string, place: InPlace): Input {
  return isDirectoryCopy(words, path) ? {kind: 'directory', path: trimmed(path), ...place} : fileInput(path, place);
}

function fileInput(path: Text, place: InPlace): Input {
  return {kind: 'file', path, ...place};
}

function isDirectoryCopy(words: readonly string[], path: string): boolean {
  if (words[0] === 'cp') return words.some(word => /^-[a-zA-Z]*[rRa]|^--(?:recursive|archive)/.test(word));
  if (path.endsWith('/')) return true;
  const name = path.slice(path.lastIndexOf('/') + 1);
  // A renamed thing is a file when its name says so; `app.backup.20250101` is taken for a directory.
  return (
    !name.startsWith('.') &&
    !/\.(?:env|ya?ml|json|conf|ini|toml|sql|gz|tgz|zip|tar|txt|sh|py|js|log|service)\b/i.test(name)
  );
}

function tarFile(words: readonly string[], rest: readonly string[]): string {
  const named = words.findIndex(word => /^(?:-f|--file)$/.test(word));
  if (named !== -1) return words[named + 1] ?? '';
  return /^-/.test(words[1] ?? '') ? (rest[0] ?? '') : (rest[1] ?? '');
}

/** `psql … < dump.sql` reads a file. */
function redirected(command: string, place: InPlace): Input[] {
  return targets(command, /^<$/).map(path => fileInput(path, place));
}

/** The files that the redirections of a line name. */
function targets(command: string, operator: RegExp): string[] {
  return shellCommands(command)
    .flatMap(({redirections}) => redirections)
    .filter(one => operator.test(one.operator) && one.target !== '' && !/^[<>]\(|^\/dev\//.test(one.target))
    .map(one => one.target);
}

function isLocal(path: string): boolean {
  return !/^[\w.@-]+:/.test(path) && !/[*?$`]/.test(path);
}

function trimmed(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}
