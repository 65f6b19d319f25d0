/** Git repositories that the document works in, with the branches and tags that it expects there. */
import {posix} from 'node:path';
import type {Doing} from '../../plan/parse-plan.ts';
import type {FileNeed, RepositoryNeed} from './needs.ts';
import type {Reader} from './place-texts.ts';

/** By place, outermost directories only: a command below one works in the same. */
export function repositoriesOf(
  course: readonly Doing[],
  reader: Reader,
): ReadonlyMap<string, readonly RepositoryNeed[]> {
  const works = course.flatMap(doing => {
    if (doing.words[0] !== 'git') return [];
    const work = workOf(doing, reader);
    return work === undefined ? [] : [{...work, doing}];
  });
  const places = Map.groupBy(works, ({doing}) => doing.place);
  return new Map([...places].map(([place, own]) => [place, repositories(own, reader)]));
}

/** `rest`: the words from the verb on. */
type Work = {directory: string; rest: readonly string[]; doing: Doing};

/** Where a git command works. */
export function gitDirectory(doing: Doing, reader: Reader): string | undefined {
  const at = doing.raw.indexOf('-C');
  return reader.path(doing, (at === -1 ? undefined : doing.raw[at + 1]) ?? '.');
}

function workOf(doing: Doing, reader: Reader): Omit<Work, 'doing'> | undefined {
  const rest = doing.words.slice(1);
  const [sub, ...words] = rest;
  const plain = words.filter(word => !word.startsWith('-'));
  if (sub === 'clone') {
    const name = plain[1] ?? posix.basename(plain[0] ?? 'clone').replace(/\.git$/, '');
    const directory = reader.path(doing, name);
    return directory === undefined ? undefined : {directory, rest};
  }
  const directory = gitDirectory(doing, reader);
  return sub === undefined || /^(?:config|--version|init)$/.test(sub) || directory === undefined
    ? undefined
    : {directory, rest};
}

function repositories(works: readonly Work[], reader: Reader): RepositoryNeed[] {
  const roots = [...new Set(works.map(({directory}) => directory))].filter(
    one => !works.some(({directory}) => one !== directory && one.startsWith(`${directory}/`)),
  );
  return roots.map(root =>
    repository(
      root,
      works.filter(({directory}) => isIn(root, directory)),
      reader,
    ),
  );
}

function isIn(root: string, path: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

function repository(path: string, works: readonly Work[], reader: Reader): RepositoryNeed {
  const tags = new Map<string, 'old' | 'new'>();
  const branches = new Set<string>();
  const made = new Set<string>();
  const behind = new Set(works.flatMap(({rest}) => (isDeletion(rest) ? refsOf(rest) : [])));
  for (const {rest, doing} of works) {
    for (const ref of refsOf(rest)) {
      const name = reader
        .text(commitOf(ref))
        ?.replace(/^(?:refs\/(?:heads|tags)\/|(?:refs\/)?(?:remotes\/)?(?:origin|upstream)\/)/, '');
      if (name === undefined || made.has(name) || behind.has(name) || !isName(name)) continue;
      if (!isTag(name)) branches.add(name);
      // What only the way back needs, and is called after it, the document has to make itself.
      else if (!(doing.phase === 'rollback' && MADE_FOR_ROLLBACK.test(name)))
        tags.set(name, tags.get(name) ?? (doing.phase === 'rollback' ? 'old' : 'new'));
    }
    if (!isDeletion(rest)) for (const ref of doing.makes) made.add(ref);
  }
  const names = [...branches];
  const branch = names.find(name => /^(?:main|master|trunk|production)$/.test(name)) ?? names[0] ?? 'main';
  return {
    path,
    line: works[0]?.doing.command.line ?? 1,
    branch,
    ahead: names.filter(name => name !== branch),
    behind: [...behind].filter(name => isName(name) && !made.has(name) && name !== branch),
    tags: [...tags].map(([name, at]) => ({name, at})),
    isFetched: works.some(({rest: [sub = '']}) => /^(?:fetch|pull|clone|remote|submodule)$/.test(sub)),
    brings: bringsOwn(works),
    files: [],
    programs: [],
    remotes: [
      ...new Set(
        works.flatMap(({rest}) => rest.filter(word => /^(?:https?|ssh|git):\/\/|^[\w.-]+@[\w.-]+:/.test(word))),
      ),
    ],
    otherRemotes: [...new Set(works.flatMap(({rest}) => remoteOf(rest) ?? []))],
    cloned: works[0]?.rest[0] === 'clone',
  };
}

/** What a git command takes as the name of a commit. */
function refsOf([sub = '', ...words]: readonly string[]): readonly string[] {
  const dashes = words.indexOf('--');
  const plain = words.slice(0, dashes === -1 ? undefined : dashes).filter(word => !word.startsWith('-'));
  switch (sub) {
    case 'checkout':
    case 'switch':
      return words.some(word => /^-[bBcC]$/.test(word)) ? plain.slice(1, 2) : plain.slice(0, 1);
    case 'pull':
    case 'fetch':
    case 'push':
    case 'ls-remote':
      return plain
        .slice(1)
        .filter(word => word !== 'tag')
        .flatMap(word => word.replace(/^\+/, '').split(':'))
        .filter(word => word !== '');
    case 'archive':
    case 'ls-tree':
    case 'read-tree':
      return plain.slice(0, 1);
    case 'cat-file':
      return plain.slice(-1);
    case 'worktree':
      return plain[0] === 'add' ? plain.slice(2, 3) : [];
    case 'merge':
    case 'revert':
    case 'reset':
    case 'cherry-pick':
    case 'rebase':
    case 'show':
    case 'diff':
    case 'log':
    case 'rev-parse':
    case 'rev-list':
    case 'describe':
    case 'merge-base':
    case 'name-rev':
    case 'verify-tag':
    case 'verify-commit':
    case 'show-ref':
    case 'shortlog':
    case 'cherry':
    case 'format-patch':
    case 'bundle':
      return plain.flatMap(word => word.split(/\.{2,3}/)).filter(word => word !== '');
    case 'clone': {
      const joined = words.flatMap(word => /^--branch=(.+)$/.exec(word)?.[1] ?? []);
      const at = words.findIndex(word => /^(?:-b|--branch)$/.test(word));
      return at === -1 ? joined : words.slice(at + 1, at + 2);
    }
    case 'branch':
      return isDeletion([sub, ...words]) ? plain : [];
    case 'tag':
      return plain.slice(1, 2);
    default:
      return [];
  }
}

/** `v1.5.0^{commit}`, `v1.5.0~2` and `v1.5.0:VERSION` name the commit `v1.5.0`. */
function commitOf(ref: string): string {
  return ref.replace(/(?<=.)[~^:@].*$/s, '');
}

/** A remote that has a name of its own. */
function remoteOf([sub = '', ...words]: readonly string[]): string | undefined {
  const [name = ''] = words.filter(word => !word.startsWith('-'));
  return /^(?:fetch|pull|push|ls-remote)$/.test(sub) && name !== 'origin' && /^[A-Za-z][\w-]*$/.test(name)
    ? name
    : undefined;
}

/** It pushes a branch before anything came from the origin, and nothing is merged into it here. */
function bringsOwn(works: readonly Work[]): boolean {
  const subs = works.map(({rest: [sub = '', ...words]}) => (sub === 'push' && isDeletion([sub, ...words]) ? '' : sub));
  const pushed = subs.indexOf('push');
  return (
    pushed !== -1 &&
    !subs.slice(0, pushed).some(sub => /^(?:pull|fetch|clone|merge|rebase|cherry-pick|revert)$/.test(sub))
  );
}

/** `branch -D old`, `push origin --delete old`. */
function isDeletion([sub = '', ...words]: readonly string[]): boolean {
  return /^(?:branch|push)$/.test(sub) && words.some(word => /^(?:-d|-D|--delete)$/.test(word));
}

function isName(ref: string): boolean {
  return (
    /^[\w][\w./-]*$/.test(ref) &&
    !/^(?:HEAD|FETCH_HEAD|ORIG_HEAD|stash)|\.\.|\.(?:txt|json|ya?ml|py|js|lock|md)$/.test(ref)
  );
}

function isTag(name: string): boolean {
  return /^v?\d+(?:\.\d+)+|\d+\.\d+|^[0-9a-f]{7,40}$/.test(name) && !/^(?:release|hotfix|feature|fix)\//.test(name)
    ? true
    : MADE_FOR_ROLLBACK.test(name) || /-v?\d|\d{6,}/.test(name);
}

const MADE_FOR_ROLLBACK = /roll-?back|backup|\bpre-|\bbefore|last-(?:good|known)|known-good/i;

/** Files that stand in a repository belong to it, unless they are what nobody commits. */
export function withFiles(
  repositories: readonly RepositoryNeed[],
  files: readonly FileNeed[],
): {repositories: readonly RepositoryNeed[]; files: readonly FileNeed[]} {
  const homeOf = (file: FileNeed) =>
    UNCOMMITTED.test(file.path) ? undefined : repositories.find(({path}) => isIn(path, file.path));
  return {
    files: files.filter(file => homeOf(file) === undefined),
    repositories: repositories.map(one => {
      const own = files.filter(file => homeOf(file) === one);
      const inside = ({path}: FileNeed) => posix.relative(one.path, path);
      return {...one, files: own.map(inside), programs: own.filter(({kind}) => kind === 'executable').map(inside)};
    }),
  };
}

const UNCOMMITTED =
  /(?:^|\/)(?:\.env[^/]*|\.?v?env|node_modules|dist|build|target|vendor|current)(?:\/|$)|\.(?:log|dump|tgz|gz|bak|pid)$|backup/;
