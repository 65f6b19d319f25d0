/** The shell texts that look for evidence. They only read, and print what they saw under headings. */
import type {ChangeGroup} from '../../plan/plan.ts';
import type {Incoming} from '../../plan/script.ts';
import {pathWord, quoted} from '../requests/path-words.ts';

/** Nothing asks at a terminal, takes a lock or starts a pager; a server that does not answer is not waited for. */
const QUIET = `export GIT_OPTIONAL_LOCKS=0 GIT_TERMINAL_PROMPT=0 GIT_PAGER=cat LC_ALL=C
export GIT_SSH_COMMAND="\${GIT_SSH_COMMAND:-$(git config --get core.sshCommand || echo ssh)} -o BatchMode=yes -o ConnectTimeout=5"`;

function entered(directory: string | undefined, text: string): string {
  return directory === undefined ? text : `cd ${pathWord(directory)} && {\n${text}\n}`;
}

/** `= head HASH NAME`; `= base HASH` when one is asked about, which is a ref or the commit before the last merge. */
export function headText(directory: string | undefined, base = 'ORIG_HEAD'): string {
  return entered(
    directory,
    `${QUIET}
h=$(git rev-parse --verify 'HEAD^{commit}') || exit 1
echo "= head $h $(git describe --tags --always HEAD 2>/dev/null)"
b=$(git rev-parse --verify --quiet ${quoted(`${base}^{commit}`)}) && echo "= base $b"
true`,
  );
}

/** Lines of `git ls-remote`, or a commit that is known there. */
export function incomingText(directory: string | undefined, incoming: Incoming): string {
  return entered(directory, `${QUIET}\n${incomingLines(incoming)}`);
}

function incomingLines(incoming: Incoming): string {
  if (incoming.kind === 'local') {
    const {ref} = incoming;
    const names = [`refs/heads/${ref}`, `refs/tags/${ref}`, `refs/tags/${ref}^{}`].map(quoted).join(' ');
    return `git rev-parse --verify --quiet ${quoted(`${ref}^{commit}`)} || git ls-remote --exit-code origin ${names}`;
  }
  const {remote, ref} = incoming;
  const branch = `b=$(git symbolic-ref --short HEAD)`;
  const from = remote === undefined ? '"$(git config --get "branch.$b.remote")"' : quoted(remote);
  const what =
    ref === undefined
      ? '"$(git config --get "branch.$b.merge")"'
      : [`refs/heads/${ref}`, `refs/tags/${ref}`, `refs/tags/${ref}^{}`].map(quoted).join(' ');
  return `${branch}\ngit ls-remote --exit-code ${from} ${what}`;
}

/** More would not be read. */
export const ROWS_MAX = 12;

const DIFF = 'git diff --no-ext-diff --no-textconv --no-renames --name-status';

/** What lies between two commits: `= commits 3`, `= back 0`, `= migrations`, each followed by its rows; `= absent` without them. */
export function betweenText(
  directory: string | undefined,
  {from, to}: {from: string; to: string},
  parts: Readonly<Record<string, readonly string[]>>,
): string {
  const range = quoted(`${from}..${to}`);
  const diffs = Object.entries(parts).map(([name, specs]) => {
    const words = specs.map(quoted).join(' ');
    return `echo "= ${name} $(git ls-files -- ${words} | head -n 1)"
${DIFF} ${quoted(from)} ${quoted(to)} -- ${words} | head -n ${ROWS_MAX + 1}`;
  });
  return entered(
    directory,
    `${QUIET}
if git cat-file -e ${quoted(`${from}^{commit}`)} 2>/dev/null && git cat-file -e ${quoted(`${to}^{commit}`)} 2>/dev/null; then
echo "= commits $(git rev-list --count ${range})"
git -c log.showSignature=false log --no-decorate --format='%h %s' -n ${ROWS_MAX} ${range}
echo "= back $(git rev-list --count ${quoted(`${to}..${from}`)})"
${diffs.join('\n')}
else echo '= absent'; fi`,
  );
}

export function existsText(directory: string | undefined, path: string): string {
  const word = pathWord(path);
  return entered(directory, `if [ -e ${word} ]; then echo '= there'; ls -ld ${word}; else echo '= missing'; fi`);
}

export function unitStateText(unit: string): string {
  return `command -v systemctl && { echo "= state $(systemctl is-active ${quoted(unit)})"; true; }`;
}

/** In the setting of the document's shell as far as its search path goes. */
export function migrationStatusText(directory: string | undefined, command: string, path: string | undefined): string {
  const setting = path === undefined ? '' : `export PATH=${quoted(path)}\n`;
  return entered(directory, `${setting}${command}`);
}

/** Where each kind of file lies in most projects. */
const GROUPS: Readonly<Record<ChangeGroup, readonly string[]>> = {
  migrations: [
    'migrations/**',
    'migrate/**',
    'alembic/versions/**',
    'prisma/schema.prisma',
    'schema.rb',
    'structure.sql',
  ],
  dependencies:
    'requirements*.txt requirements/** pyproject.toml poetry.lock uv.lock Pipfile* setup.py package.json package-lock.json yarn.lock pnpm-lock.yaml Gemfile* go.mod go.sum Cargo.toml Cargo.lock composer.json composer.lock pom.xml build.gradle* mix.exs *.csproj'.split(
      ' ',
    ),
  configuration:
    '.env* config/** *.conf *.ini *.cfg *.service docker-compose*.y*ml compose*.y*ml Dockerfile* settings*.py appsettings*.json *.tf'.split(
      ' ',
    ),
};

export const ALL_GROUPS: readonly ChangeGroup[] = ['migrations', 'dependencies', 'configuration'];

export function pathspecs(group: ChangeGroup): readonly string[] {
  return GROUPS[group].map(anywhere);
}

/** A name alone is looked for in every directory. */
export function anywhere(path: string): string {
  if (path.startsWith('/') || path.startsWith('~')) return path;
  return `:(top,glob)**/${path.replace(/^\.\//, '').replace(/\/$/, '/**')}`;
}
