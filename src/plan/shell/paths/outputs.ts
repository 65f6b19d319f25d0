/** Finds what a command makes or overwrites. */
import {operands, type ShellCommand, shellCommands, withoutPrefixes} from '../words.ts';
import {archiveOf, copyOf} from './copies.ts';

/** The paths and refs that a command makes, as it writes them. */
export function readOutputs(command: string): string[] {
  return shellCommands(command).flatMap(one => outputsOf(one));
}

/** Whether it creates a tag or branch of this name. */
export function makesRef(command: string, ref: string): boolean {
  return shellCommands(command).some(one => one.words.some(({text}) => text === 'git') && outputsOf(one).includes(ref));
}

/** The paths and refs that one simple command makes. */
export function outputsOf({words, redirections}: ShellCommand): string[] {
  return [...targets(redirections, /^(?:>{1,2}|>\||&>)$/), ...madeBy(withoutPrefixes(words.map(({text}) => text)))];
}

/** The files whose content it replaces. Files that it only appends to, or of which it keeps a backup, are left out. */
export function overwrittenBy({words, redirections}: ShellCommand): string[] {
  const [program = '', ...rest] = withoutPrefixes(words.map(({text}) => text));
  const keeps = rest.some(word => KEEPS.test(word) || (program === 'tee' && word === '-a'));
  const writes = !keeps && /^(?:cp|mv|install|rsync|tar|pg_dump|mysqldump|tee)$/.test(program);
  return [...targets(redirections, /^(?:>\|?|&>)$/), ...(writes ? madeBy([program, ...rest]) : [])];
}

const KEEPS = /^(?:-n|-b|--no-clobber|--backup\b.*|--ignore-existing|--append|--dry-run)$/;

function madeBy(words: readonly string[]): string[] {
  const [program = '', sub = ''] = words;
  const rest = operands(words);
  switch (program) {
    case 'cp':
    case 'mv':
    case 'rsync':
    case 'install':
    case 'ln': {
      const target = copyOf(words)?.target;
      return target === undefined ? [] : [trimmed(target)];
    }
    case 'mkdir':
    case 'touch':
      return rest.map(trimmed);
    case 'git':
      if (sub === 'tag') return rest.slice(1, 2);
      if (sub === 'branch' || (sub === 'checkout' && words.includes('-b'))) return rest.slice(1, 2);
      return sub === 'clone' ? rest.slice(2, 3).map(trimmed) : [];
    case 'tar': {
      const archive = archiveOf(words);
      return archive?.reads === false && archive.file !== undefined ? [archive.file] : [];
    }
    case 'pg_dump':
    case 'mysqldump':
      return valuesOf(words, /^(?:-f|--file|-r|--result-file)$/);
    case 'tee':
      return rest;
    default:
      return [];
  }
}

/** The values of one option: `-f x`, `-fx`, `--file=x`, `if=x`. */
export function valuesOf(words: readonly string[], option: RegExp): string[] {
  return words.flatMap((word, index) => {
    const [, name = '', value = ''] = /^([\w-]+)=(.+)$/.exec(word) ?? /^(-[a-z])(.+)$/.exec(word) ?? [];
    const given = option.test(word) ? words[index + 1] : option.test(name) ? value : undefined;
    return given === undefined || given === '-' ? [] : [given];
  });
}

/** The files of one kind of redirection. */
export function targets(redirections: ShellCommand['redirections'], operator: RegExp): string[] {
  return redirections
    .filter(one => operator.test(one.operator) && one.target !== '' && !/^[<>]\(|^\/dev\//.test(one.target))
    .map(one => one.target);
}

export function trimmed(path: string): string {
  return path.length > 1 ? path.replace(/(?<=.)\/+$/, '') : path;
}

/** Only these commands themselves know what they make, so what is needed after them may come from them. */
export const MAKERS =
  /^(?:git (?:clone|checkout|switch|restore|reset|pull|merge|rebase|revert|stash|worktree)|(?:docker|podman) (?:cp|run|exec|compose)|(?:g|bsd)?tar\b|unzip\b|(?:ba|da|z)?sh\b|source\b|\. |make\b|(?:npm|npx|pnpm|yarn|bun|pip3?|poetry|uv|bundle|composer|cargo|go|mvn|gradle|scp|sftp|curl|wget|aws|gsutil|az|rclone|restic|borg|svn|hg)\b|\S*\/)/;
