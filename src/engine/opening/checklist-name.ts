/** How a team calls a checklist with its bindings, so that two machines mean the same one. */
import {existsSync, readFileSync, statSync} from 'node:fs';
import {basename, dirname, join, relative, resolve} from 'node:path';

/**
 * `shop: deploy.md with production.yaml`: the repository by the last word of its origin, and the paths in it. Outside of a
 * repository it is the directory that the checklist is in.
 */
export function checklistName({checklist, bindings}: {checklist: string; bindings?: string}): string {
  const repository = repositoryAt(dirname(checklist));
  const root = repository?.root ?? dirname(checklist);
  const near = (path: string) => {
    const inside = relative(root, path);
    return inside.startsWith('..') ? basename(path) : inside;
  };
  const name = `${repository?.name ?? basename(root)}: ${near(checklist)}`;
  return bindings === undefined ? name : `${name} with ${near(bindings)}`;
}

function repositoryAt(directory: string): {root: string; name: string} | undefined {
  const git = join(directory, '.git');
  if (existsSync(git)) return {root: directory, name: originOf(git) ?? basename(directory)};
  const above = dirname(directory);
  return above === directory ? undefined : repositoryAt(above);
}

/** `shop` for `git@example.org:team/shop.git`. */
function originOf(git: string): string | undefined {
  try {
    const text = readFileSync(join(gitDirectory(git), 'config'), 'utf8');
    const section = /^\[remote "origin"\]\s*\n((?:(?!\[).*\n?)*)/m.exec(text)?.[1] ?? '';
    const url = /^\s*url\s*=\s*(.+?)\s*$/m.exec(section)?.[1];
    return (
      url
        ?.replace(/\/+$/, '')
        .replace(/\.git$/, '')
        .split(/[/:]/)
        .at(-1) || undefined
    );
  } catch {
    return undefined;
  }
}

/** A second work tree has that of the first. */
function gitDirectory(git: string): string {
  if (statSync(git).isDirectory()) return git;
  const named = /^gitdir: (.+)$/m.exec(readFileSync(git, 'utf8'))?.[1] ?? '';
  const own = resolve(dirname(git), named.trim());
  const common = join(own, 'commondir');
  return existsSync(common) ? resolve(own, readFileSync(common, 'utf8').trim()) : own;
}
