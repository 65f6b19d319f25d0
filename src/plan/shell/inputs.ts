/** Finds the inputs of a command: what must exist before it can work. */
import type {Command, Input, Text} from '../script.ts';
import {namedText} from './captures.ts';
import {shellTextOf} from './carried-commands.ts';
import {archiveOf, copyOf, linkedPaths} from './paths/copies.ts';
import {deletionsOf} from './paths/deletions.ts';
import {outputsOf, readOutputs, targets, trimmed, valuesOf} from './paths/outputs.ts';
import {operands, type ShellCommand, shellCommands, simpleCommands, withoutPrefixes} from './words.ts';

/** The refs, files, directories, units and programs that a command needs. */
export function readInputs(command: string, directory: Text | undefined): Input[] {
  const place = directory === undefined ? {} : {directory};
  // The body of a here-document is input text; and the needs of a loop depend on its variables.
  const [head = ''] = command.replaceAll('\\\n', ' ').split('\n');
  if (/^(?:if|for|while|until|case|select)\b/.test(head)) return [];
  return inputsOfText(head, place, false);
}

/** Only the commands before a `cd`, without what they make themselves and what runs only in some cases. */
function inputsOfText(text: string, place: InPlace, withVariables: boolean): Input[] {
  const commands = shellCommands(text);
  const moved = commands.findIndex(({words}) => /^(?:cd|pushd|popd)$/.test(words[0]?.text ?? ''));
  const made = new Set<string>();
  return commands.slice(0, moved === -1 ? undefined : moved).flatMap((one, index) => {
    const isSure = !one.within.some(around => /^(?:loop|condition|function)$/.test(around));
    const needed = isSure ? [...inputsOf(one, place, withVariables), ...pipedTo(commands[index + 1], one, place)] : [];
    const own = needed.filter(input => !('path' in input && made.has(trimmed(input.path))));
    for (const output of outputsOf(one)) made.add(output);
    return own;
  });
}

/**
 * `cat shop.sql
 * psql`: the restored file is needed.
 */
function pipedTo(next: ShellCommand | undefined, {words}: ShellCommand, place: InPlace): Input[] {
  const [program, ...plain] = withoutPrefixes(words.map(({text}) => text));
  const reader = next?.joined === '|' ? withoutPrefixes(next.words.map(({text}) => text)).join(' ') : '';
  if (program !== 'cat' || !RESTORERS.test(reader)) return [];
  return plain.filter(word => !/^-|[$`]/.test(word)).map(path => fileInput(path, place));
}

const RESTORERS =
  /^(?:psql|pg_restore|mysql|mariadb|sqlite3|mongorestore|redis-cli|tar|gunzip|zcat|(?:docker|podman) (?:load|import)|(?:docker|podman|kubectl) exec)\b/;

/** What one simple command needs. Paths with variables are known only to the shell: left out unless `withVariables`. */
export function inputsOf({words, redirections}: ShellCommand, place: InPlace, withVariables = false): Input[] {
  const plain = withoutPrefixes(words.map(({text}) => text));
  const inner = shellTextOf(plain);
  if (inner !== undefined) return inputsOfText(inner, place, withVariables);
  const read = targets(redirections, /^<$/).map(path => fileInput(path, place));
  return [...(plain.length === 0 ? [] : inputsOfWords(plain, place)), ...read].filter(
    input => withVariables || !holdsVariable(input),
  );
}

/**
 * Adds to `rm -rf X` before `cp -r B X` the input B, so that nothing is deleted that cannot be restored. Removes inputs
 * that an earlier command of the list makes; `made` carries those from list to list.
 */
export function withGuards(commands: readonly Command[], made = new Set<string>()): Command[] {
  return commands.map((command, index) => {
    const own = command.inputs.filter(
      input => !('path' in input && made.has(trimmed(input.path))) && !('ref' in input && made.has(input.ref)),
    );
    for (const output of readOutputs(namedText(command))) made.add(output);
    const sources = replacements(command, commands.slice(index + 1, index + 1 + REPLACED_WITHIN_COMMANDS));
    const known = new Set(sources.length === 0 ? [] : own.map(input => JSON.stringify(input)));
    return {...command, inputs: [...own, ...sources.filter(source => !known.has(JSON.stringify(source)))]};
  });
}

const REPLACED_WITHIN_COMMANDS = 20;

function replacements(command: Command, later: readonly Command[]): Input[] {
  const deleted = readDeletion(namedText(command));
  if (deleted.length === 0) return [];
  return later.flatMap(next => {
    const back = readReplacement(namedText(next));
    if (back === undefined || !deleted.includes(back.to)) return [];
    return next.inputs.filter(input => 'path' in input && trimmed(input.path) === trimmed(back.from));
  });
}

/** The source and target of a `cp`, `mv` or `rsync`. */
function readReplacement(command: string): {from: string; to: string} | undefined {
  const [words = []] = simpleCommands(command);
  const {program, sources = [], target} = copyOf(words) ?? {};
  const [from] = sources;
  if (from === undefined || target === undefined || !/^(?:cp|mv|rsync)$/.test(program ?? '')) return undefined;
  return {from, to: trimmed(target)};
}

function readDeletion(command: string): string[] {
  const deleted = simpleCommands(command).flatMap(deletionsOf);
  return deleted.flatMap(one => ('path' in one ? [trimmed(one.path)] : []));
}

/** Only the shell knows what `$BACKUP` is. */
function holdsVariable(input: Input): boolean {
  const text = 'path' in input ? input.path : 'ref' in input ? input.ref : 'name' in input ? input.name : '';
  return /[$`]/.test(text);
}

type InPlace = {directory?: Text};

/** Programs that every host has (coreutils, tar, gzip) are not asked for; others may be missing. */
function inputsOfWords(words: readonly string[], place: InPlace): Input[] {
  const [program = '', sub = ''] = words;
  const rest = operands(words);
  const files = (paths: readonly string[]) => paths.map(path => fileInput(path, place));
  switch (program) {
    case 'git':
      return gitInputs(words, place);
    case 'cp':
    case 'mv':
    case 'install':
      return copiedInputs(words, place);
    case 'rsync':
      return [{kind: 'program', name: program}, ...copiedInputs(words, place)];
    case 'ln':
      return linkedPaths(words).map(path => ({kind: 'path', path, mayBeEmpty: true, ...place}));
    case 'systemctl':
    case 'supervisorctl':
      return unitNames(rest.slice(1), sub).map(name => ({kind: 'unit', manager: program, name}));
    case 'service':
      return rest[0] === undefined ? [] : [{kind: 'unit', manager: 'service', name: rest[0]}];
    case 'tar':
      return tarInputs(words, place);
    case 'pg_restore':
      return [...programInput(words, place), ...files(restoredFrom(words))];
    case 'psql':
      return [...programInput(words, place), ...files(valuesOf(words, /^(?:-f|--file)$/))];
    case 'docker':
    case 'podman':
      return [...programInput(words, place), ...files(sub === 'load' ? valuesOf(words, /^(?:-i|--input)$/) : [])];
    case 'dd':
      return files(valuesOf(words, /^if$/).filter(path => !path.startsWith('/dev/')));
    case 'gzip':
    case 'bzip2':
    case 'xz':
    case 'zstd': {
      const unpacks = words.some(word => /^-\w*d|^--(?:decompress|uncompress)$/.test(word));
      const own = program === 'gzip' ? [] : programInput(words, place);
      return [...own, ...files(unpacks ? rest.slice(0, 1) : [])];
    }
    case 'bunzip2':
    case 'bzcat':
    case 'unxz':
    case 'xzcat':
    case 'unzip':
      return [...programInput(words, place), ...files(rest.slice(0, 1))];
    case 'gunzip':
    case 'zcat':
    case 'source':
    case '.':
    case 'bash':
    case 'sh':
      return files(rest.slice(0, 1));
    default:
      return programInput(words, place);
  }
}

/** The file in `pg_restore -d shop shop.dump`: the last operand. */
function restoredFrom(words: readonly string[]): string[] {
  const values = new Set(words.flatMap((word, index) => (/^-[dUhpjntTsSLF]$/.test(word) ? [index + 1] : [])));
  return operands(words.filter((_, index) => !values.has(index))).slice(-1);
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
  if (/^(?:apply|am)$/.test(sub)) return rest.slice(0, 1).map(path => fileInput(path, place));
  const makesBranch = words.some(word => /^-[bB]$|^--orphan$/.test(word));
  const ofPaths = words.includes('--') && words.indexOf('--') === 2;
  const takesBack = /^(?:revert|cherry-pick)$/.test(sub);
  const needsRef =
    (/^(?:checkout|switch)$/.test(sub) && !makesBranch && !ofPaths) ||
    (sub === 'reset' && words.includes('--hard')) ||
    takesBack;
  if (!needsRef || ref === undefined || ref === '.') return [{kind: 'program', name: 'git'}];
  return [{kind: 'git-ref', ref, ...place, ...(takesBack ? {takenBack: true} : {})}];
}

function copiedInputs(words: readonly string[], place: InPlace): Input[] {
  return (copyOf(words)?.sources ?? []).filter(isLocal).map(path => pathInput(words, path, place));
}

function unitNames(rest: readonly string[], sub: string): string[] {
  const acts = /^(?:start|stop|restart|reload|try-restart|reload-or-restart|status|enable|disable)$/.test(sub);
  return acts ? rest.filter(name => name !== 'all') : [];
}

function pathInput(words: readonly string[], path: string, place: InPlace): Input {
  // Whether a pattern means files or directories is known only where it is matched.
  if (/[*?[]/.test(path)) return {kind: 'path', path, ...place};
  return isDirectoryCopy(words, path) ? {kind: 'directory', path: trimmed(path), ...place} : fileInput(path, place);
}

function fileInput(path: Text, place: InPlace): Input {
  return {kind: 'file', path, ...place};
}

function isDirectoryCopy(words: readonly string[], path: string): boolean {
  if (words[0] === 'install') return false;
  if (words[0] === 'cp') return words.some(word => /^-[a-zA-Z]*[rRa]|^--(?:recursive|archive)/.test(word));
  if (path.endsWith('/')) return true;
  const name = path.slice(path.lastIndexOf('/') + 1);
  // A moved path is a file when its ending says so; `app.backup.20250101` counts as a directory.
  return (
    !name.startsWith('.') &&
    !/\.(?:env|ya?ml|json|conf|ini|toml|sql|gz|tgz|zip|tar|txt|sh|py|js|log|service)\b/i.test(name)
  );
}

/** To unpack needs the archive and the target directory; to pack needs what is packed. */
function tarInputs(words: readonly string[], place: InPlace): Input[] {
  const archive = archiveOf(words);
  if (archive === undefined) return [];
  const {reads, file, directory, members} = archive;
  const own = directory === undefined ? place : {directory: below(directory, place.directory)};
  if (!reads) return members.map(path => ({kind: 'path', path: trimmed(path), mayBeEmpty: true, ...own}));
  return [
    ...(file === undefined ? [] : [fileInput(file, place)]),
    ...(directory === undefined ? [] : [{kind: 'path', path: trimmed(directory), mayBeEmpty: true, ...place} as const]),
  ];
}

function below(directory: string, start: Text | undefined): string {
  return start === undefined || /^[/~]/.test(directory) ? directory : `${start}/${directory}`;
}

function isLocal(path: string): boolean {
  return !/^[\w.@-]+:/.test(path);
}
