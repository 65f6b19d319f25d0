/** Finds what a command deletes or moves away. */
import type {Deletion} from '../../script.ts';
import {operands} from '../words.ts';
import {copyOf} from './copies.ts';

/** The deletions of one command, given as its words. */
export function deletionsOf(words: readonly string[]): readonly Deletion[] {
  const [program = '', sub = ''] = words;
  switch (program) {
    case 'rm':
    case 'unlink':
    case 'shred':
      return operands(words)
        .flatMap(withBracesExpanded)
        .map(path => ({path}));
    case 'mv':
      return (copyOf(words)?.sources ?? []).flatMap(withBracesExpanded).map(path => ({path}));
    case 'find':
      return deletionsOfFind(words);
    case 'git':
      if (sub === 'stash') return deletionsOfStash(words);
      return sub === 'clean' ? [{listing: ['git', 'clean', '-n', ...words.slice(2).flatMap(withoutForce)]}] : [];
    case 'rsync':
      return deletionsOfMirror(words);
    default:
      return [];
  }
}

/** Expands `{a,b}/c`, because the shell of a proof may not know braces. */
function withBracesExpanded(path: string): string[] {
  const [whole, before = '', choices = '', after = ''] = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/.exec(path) ?? [];
  return whole === undefined
    ? [path]
    : choices.split(',').flatMap(choice => withBracesExpanded(before + choice + after));
}

/** Deletions of `find`: the same search, printed instead of deleted. */
function deletionsOfFind(words: readonly string[]): readonly Deletion[] {
  const runs = words.findIndex(
    (word, index) => /^-(?:exec|execdir|ok)$/.test(word) && /^(?:rm|unlink|shred)$/.test(words[index + 1] ?? ''),
  );
  const deletes = words.indexOf('-delete');
  const end = [runs, deletes].filter(index => index !== -1).sort((one, other) => one - other)[0];
  return end === undefined ? [] : [{listing: [...words.slice(0, end), '-print']}];
}

function withoutForce(word: string): string[] {
  if (/^--(?:force|quiet)$/.test(word)) return [];
  if (!/^-[a-zA-Z]+$/.test(word) || /e/.test(word)) return [word];
  const left = word.replaceAll(/[fqn]/g, '');
  return left === '-' ? [] : [left];
}

/** `git stash -u` also removes untracked files: the same that `git clean` would. */
function deletionsOfStash(words: readonly string[]): readonly Deletion[] {
  const all = words.some(word => /^-\w*a|^--all$/.test(word));
  if (!all && !words.some(word => /^-\w*u|^--include-untracked$/.test(word))) return [];
  return [{listing: ['git', 'clean', '-n', '-d', ...(all ? ['-x'] : [])]}];
}

/**
 * `find …
 * xargs rm`: what the first command lists is deleted. Undefined when only running it would show the list.
 */
export function deletedByXargs(words: readonly string[], before: readonly string[]): Deletion | undefined {
  const program = words.findIndex(word => /^(?:rm|unlink|shred)$/.test(word));
  if (words[0] !== 'xargs' || program === -1) return undefined;
  if (before[0] === 'ls') return operands(before).length === 0 ? {listing: ['ls', '-1']} : undefined;
  const acts = before.some(word => /^-(?:delete|exec|execdir|ok|fprint\w*)$/.test(word));
  if (before[0] !== 'find' || acts) return undefined;
  return {listing: before.map(word => (word === '-print0' ? '-print' : word))};
}

/** `rsync --delete` may delete everything in the target, unless options exclude something. */
function deletionsOfMirror(words: readonly string[]): readonly Deletion[] {
  const target = copyOf(words)?.target;
  const spares = words.some(word => /^--(?:exclude|include|filter|files-from)|^-\w*[FC]/.test(word));
  const deletes = words.some(word => /^--del(?:ete)?(?:-before|-during|-delay|-after)?$/.test(word));
  if (!deletes || spares || target === undefined || /^[\w.@-]+:/.test(target)) return [];
  return [{path: `${target.replace(/\/+$/, '')}/*`}];
}
