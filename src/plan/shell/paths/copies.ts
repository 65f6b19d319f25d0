/** Finds what `cp`, `mv`, `ln`, `install`, `rsync` and `tar` read and write. */
import {compact} from '../../../text/compact.ts';
import {type OptionNames, optionNames, readArguments} from '../arguments.ts';

/** `target`: absent when the command names none. */
export type Copy = {program: string; sources: readonly string[]; target?: string};

/** What one command copies, moves or links; undefined for other commands, and for `install -d`. */
export function copyOf(words: readonly string[]): Copy | undefined {
  const [program = ''] = words;
  const valued = VALUED.get(program);
  if (valued === undefined || (program === 'install' && words.some(word => /^-\w*d|^--directory$/.test(word))))
    return undefined;
  const {options, operands: plain} = readArguments(words.slice(1), valued);
  const into = options.findLast(({name}) => name === 't' || name === 'target-directory')?.value;
  if (into !== undefined) return {program, sources: plain, target: into};
  if (program === 'ln' && plain.length === 1) return {program, sources: plain, target: lastName(plain[0] ?? '')};
  const target = plain.at(-1);
  return plain.length < 2 || target === undefined
    ? {program, sources: plain}
    : {program, sources: plain.slice(0, -1), target};
}

/** The copies within one host, without paths that hold variables or patterns. */
export function ownCopies(words: readonly string[]): readonly {from: string; to: string}[] {
  const {program = '', sources = [], target} = copyOf(words) ?? {};
  const isPlain = /^(?:cp|mv|install)$/.test(program) && !words.some(word => /^-\w*T$|^--no-target/.test(word));
  if (target === undefined || !isPlain) return [];
  return sources.filter(from => !/[$`*?[]/.test(from + target)).map(from => ({from, to: target}));
}

/** Options with a value. */
const MOVES = optionNames('', 't S target-directory suffix');
const VALUED: ReadonlyMap<string, OptionNames> = new Map([
  ['cp', MOVES],
  ['mv', MOVES],
  ['ln', MOVES],
  ['install', optionNames('', 'm o g t S mode owner group target-directory suffix')],
  [
    'rsync',
    optionNames(
      '',
      `e f B T M rsh filter exclude include exclude-from include-from files-from backup-dir suffix temp-dir port chmod chown
      log-file bwlimit timeout rsync-path compare-dest copy-dest link-dest`,
    ),
  ],
]);

const INTO = /^-\w*t$|^--target-directory$/;

/**
 * Where the links made by this command point, seen from where the command runs. A relative target of a symbolic link
 * starts at the link.
 */
export function linkedPaths(words: readonly string[]): readonly string[] {
  const copy = copyOf(words);
  if (copy?.program !== 'ln' || copy.target === undefined) return [];
  const {target} = copy;
  const isSymbolic = words.some(word => /^-\w*s|^--symbolic$/.test(word));
  const isFromHere = words.some(word => /^-\w*r|^--relative$/.test(word));
  if (!isSymbolic || isFromHere) return copy.sources;
  const isInside = target.endsWith('/') || copy.sources.length > 1 || words.some(word => INTO.test(word));
  const start = isInside ? target.replace(/\/+$/, '') : directoryOf(target);
  return copy.sources.map(source => (/^[/~]/.test(source) || start === '' ? source : `${start}/${source}`));
}

export type Archive = {reads: boolean; file?: string; directory?: string; members: readonly string[]};

/** What a `tar` command packs or unpacks; undefined for other commands. */
export function archiveOf(words: readonly string[]): Archive | undefined {
  if (!/^(?:g|bsd)?tar$/.test(words[0] ?? '')) return undefined;
  const rest = words.slice(1);
  const next = () => rest.shift();
  const members: string[] = [];
  let reads = false;
  let file: string | undefined;
  let directory: string | undefined;
  for (let word = next(), first = true; word !== undefined; word = next(), first = false) {
    const [, option, given] = /^--(file|directory|exclude)(?:=(.*))?$/.exec(word) ?? [];
    const letters = (first ? /^-?([a-zA-Z]+)$/ : /^-([a-zA-Z]+)$/).exec(word)?.[1] ?? '';
    const value = option === undefined ? undefined : (given ?? next());
    reads ||= letters.includes('x') || /^--(?:extract|get)$/.test(word);
    if (option === 'file') file = value;
    else if (letters.includes('f')) file = next();
    if (option === 'directory') directory = value;
    else if (letters.includes('C')) directory = next();
    if (option === undefined && letters === '' && !word.startsWith('-')) members.push(word);
  }
  return compact({reads, members, directory, file: file === '-' ? undefined : file});
}

function directoryOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at === -1 ? '' : path.slice(0, at);
}

function lastName(path: string): string {
  return path.replace(/\/+$/, '').replace(/^.*\//, '');
}
