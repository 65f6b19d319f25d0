/** Shell text that makes what a document needs to be there: directories, files, repositories. Pure. */
import {quoteForShell as quote} from '../../../plan/script.ts';
import type {FileNeed, Needs, PlaceNeeds, RepositoryNeed} from '../needs.ts';

const ORIGIN = '/.rehearsal/origin';

/** Where the origin of a repository is; places that hold the same project share it. */
function originOf({places}: Needs, {path}: RepositoryNeed): string {
  const isOne = places.every(({repositories}) => repositories.length <= 1);
  const name = isOne ? 'project' : (path.split('/').findLast(part => part !== '') ?? 'project').replace(/\.git$/, '');
  return `${ORIGIN}/${name}.git`;
}

/** Every origin with its old version; run on one host, before any checkout is made. */
export function originsText(needs: Needs): string {
  return [...byOrigin(needs)]
    .map(([origin, repositories]) => {
      const [first] = repositories;
      if (first === undefined) return '';
      const files = [...new Set(repositories.flatMap(({files: own}) => own))];
      const seed = `${origin}.seed`;
      const old = repositories.flatMap(({tags}) => tags).filter(({at}) => at === 'old');
      return [
        `git init -q --bare -b ${quote(first.branch)} ${quote(origin)}`,
        `git init -q -b ${quote(first.branch)} ${quote(seed)}`,
        `cd ${quote(seed)}`,
        `git remote add origin ${quote(origin)}`,
        'echo history >.history && git add -A && git commit -q -m "Begin"',
        'echo more >>.history && git add -A && git commit -q -m "Go on"',
        ...filesOf(files, needs.versions.old, programsOf(repositories)),
        `git add -A && git commit -q -m ${quote(`Version ${needs.versions.old}`)}`,
        ...tagged(old.map(({name}) => name)),
        'git push -q origin HEAD --tags',
        ...[...ahead(repositories), ...repositories.flatMap(({behind}) => behind)].map(
          branch => `git push -q origin HEAD:refs/heads/${quote(branch)}`,
        ),
      ].join('\n');
    })
    .join('\n');
}

/** The new version, in the origins alone; run behind the checkouts. */
export function newVersionText(needs: Needs): string {
  return [...byOrigin(needs)]
    .map(([origin, repositories]) => {
      const [first] = repositories;
      if (first === undefined) return '';
      const files = [...new Set(repositories.flatMap(({files: own}) => own))];
      const tags = repositories.flatMap(({tags: own}) => own).filter(({at}) => at === 'new');
      const branches = ahead(repositories);
      const own = repositories.some(({brings}) => brings) ? [] : [first.branch];
      const targets = branches.length === 0 ? own : branches;
      return [
        `cd ${quote(`${origin}.seed`)}`,
        ...filesOf(files, needs.versions.new, programsOf(repositories)),
        `git add -A && git commit -q -m ${quote(`Version ${needs.versions.new}`)}`,
        ...tagged(tags.map(({name}) => name)),
        ...targets.map(branch => `git push -q origin HEAD:refs/heads/${quote(branch)}`),
        'git push -q origin --tags',
        `cd / && rm -rf ${quote(`${origin}.seed`)}`,
      ].join('\n');
    })
    .join('\n');
}

/** What stands on a host before the deploy. What cannot be made is named, and missing where it is used. */
export function placeText(needs: Needs, place: PlaceNeeds): string {
  const each = (path: string, text: string) => `( ${text}\n) || echo ${quote(`${path} could not be made`)} >&2`;
  return [
    ...place.repositories.map(one => each(one.path, checkoutText(needs, one))),
    ...place.directories.map(({path}) => each(path, `mkdir -p ${quote(path)}`)),
    each(place.start, `mkdir -p ${quote(place.start)}`),
    ...place.files.map(file => each(file.path, fileText(file))),
  ].join('\n');
}

/** A checkout for which the document fetches nothing has what it names already; run behind the new version. */
export function fetchedText({repositories}: PlaceNeeds): string {
  const own = repositories.filter(({isFetched, cloned, brings}) => !isFetched && !cloned && !brings);
  return own.map(({path}) => `git -C ${quote(path)} fetch -q --tags origin || :`).join('\n');
}

function byOrigin(needs: Needs): Map<string, RepositoryNeed[]> {
  return Map.groupBy(
    needs.places.flatMap(({repositories}) => repositories),
    repository => originOf(needs, repository),
  );
}

function ahead(repositories: readonly RepositoryNeed[]): string[] {
  return [...new Set(repositories.flatMap(({ahead: own}) => own))];
}

function tagged(names: readonly string[]): string[] {
  return [...new Set(names)].map(name => `git tag -a -m ${quote(name)} ${quote(name)}`);
}

function checkoutText(needs: Needs, repository: RepositoryNeed): string {
  const {path, branch, remotes, otherRemotes, behind, brings, files, programs} = repository;
  const origin = originOf(needs, repository);
  const known = remotes.map(url => `git config --global --add ${quote(`url.${origin}.insteadOf`)} ${quote(url)}`);
  if (repository.cloned) return [`mkdir -p "$(dirname ${quote(path)})"`, ...known].join('\n');
  return [
    `mkdir -p ${quote(path)}`,
    `git clone -q -b ${quote(branch)} ${quote(origin)} ${quote(path)}`,
    ...(brings
      ? [
          `cd ${quote(path)}`,
          ...filesOf(files, needs.versions.new, programs),
          `git add -A && git commit -q -m ${quote(`Version ${needs.versions.new}`)}`,
        ]
      : []),
    ...behind.map(name => `git -C ${quote(path)} branch -q --track ${quote(name)} ${quote(`origin/${name}`)}`),
    ...otherRemotes.map(name => `git -C ${quote(path)} remote add ${quote(name)} ${quote(origin)}`),
    ...known,
  ].join('\n');
}

function programsOf(repositories: readonly RepositoryNeed[]): readonly string[] {
  return repositories.flatMap(({programs}) => programs);
}

function filesOf(paths: readonly string[], version: string, programs: readonly string[]): string[] {
  // What holds another of them is a directory.
  const files = paths.filter(path => !paths.some(other => other.startsWith(`${path}/`)));
  return ['VERSION', ...files].flatMap(path => {
    const isCalled = programs.includes(path) || isProgram(path);
    const text = isCalled ? programText(path, version) : contentOf(path, version);
    return [
      ...(path.includes('/') ? [`mkdir -p ${quote(path.replace(/\/[^/]*$/, ''))}`] : []),
      `printf '%s' ${quote(text)} >${quote(path)}`,
      ...(isCalled ? [`chmod +x ${quote(path)}`] : []),
    ];
  });
}

function isProgram(path: string): boolean {
  return /\.(?:sh|bash)$|(?:^|\/)(?:bin|scripts)\/[^./]+$/.test(path);
}

function programText(path: string, version: string): string {
  return `#!/bin/sh\n# version ${version}\necho "${path.replace(/["$`\\]/g, '')}: done"\n`;
}

/** Something that a program which reads such a file can read. */
function contentOf(path: string, version: string): string {
  if (/\.json$/.test(path)) return `${JSON.stringify({name: 'project', version}, undefined, 2)}\n`;
  if (/\.ya?ml$/.test(path)) return `name: project\nversion: ${JSON.stringify(version)}\n`;
  if (/\.sql$/.test(path)) return `-- ${path}, version ${version}\nselect 1;\n`;
  if (/(?:^|\/)\.?version$/i.test(path)) return `${version.replace(/^v(?=\d)/, '')}\n`;
  return `# version ${version}\n`;
}

function fileText({path, kind, text, members, target}: FileNeed): string {
  const folder = `mkdir -p ${quote(path.replace(/\/[^/]*$/, '') || '/')}`;
  switch (kind) {
    case 'link':
      return `${folder}\nln -sfn ${quote(target ?? '/tmp')} ${quote(path)}`;
    case 'executable':
      return `${folder}\nprintf '#!/bin/sh\\necho "$0: done"\\n' >${quote(path)}\nchmod +x ${quote(path)}`;
    case 'archive':
      return `${folder}\n${archiveText(path, members ?? [])}`;
    case 'dump':
    case 'text': {
      const held = text ?? contentOf(path, 'old');
      const packed = /\.gz$/.test(path) ? ' | gzip' : '';
      return `${folder}\n[ -e ${quote(path)} ] || printf '%s' ${quote(held)}${packed} >${quote(path)}`;
    }
  }
}

function archiveText(path: string, members: readonly string[]): string {
  const names = members.length === 0 ? ['content'] : members;
  return [
    'd=$(mktemp -d)',
    `for m in ${names.map(quote).join(' ')}; do`,
    '  case $m in */) mkdir -p "$d/$m" ;; *) mkdir -p "$d/$(dirname "$m")" && echo made >"$d/$m" ;; esac',
    'done',
    `tar -C "$d" -caf ${quote(path)} . && rm -rf "$d"`,
  ].join('\n');
}
