/** What is looked at where the rollback runs, to tell the old version from the new one: commits, links, sizes. */
import {
  type Command,
  type Input,
  linksMade,
  movesHead,
  type Place,
  type Restored,
  restoredBy,
} from '../../plan/script.ts';
import type {Look} from '../request.ts';
import type {Test} from './content-tests.ts';
import {pathWord, quoted} from './path-words.ts';

/**
 * `ref`: where a tag stands. `head` and `link`: what is in place now. `size`: files and bytes of what a backup is made
 * from. `content`: files, bytes and a checksum of what is put back, and of its backup. `left`: what is there before the
 * run has made it. `what`: in words.
 */
export type Fact = Look & {kind: 'ref' | 'head' | 'link' | 'size' | 'content' | 'left'; place: Place; what: string};

/** What was seen before the deploy, by the id of the fact. Once the rollback has begun the old commit may be in place. */
export type Stood = {
  before: Readonly<Record<string, {value: string}>>;
  deployHasBegun: boolean;
  rollbackHasBegun: boolean;
  /** The rollback has been asked for: what it puts back is looked at, before and after. */
  isRestoring?: boolean;
  makers?: Makers;
};

/**
 * How far the steps are that make what the rollback needs: `made` by a command that has passed, or `begun`. `openedAt`: of
 * the run, epoch ms. `isForced`: a person has said that what is from before the run will do.
 */
export type Makers = {
  steps: Readonly<Record<string, 'made' | 'begun' | 'skipped'>>;
  openedAt: number;
  isForced: boolean;
};

type Bind = (text: string) => string;
type Where = {place: Place; directory: string | undefined};

export function factsOfCommand(command: Command, place: Place, bind: Bind): readonly Fact[] {
  const directory = command.directory === undefined ? undefined : bind(command.directory);
  const ofInputs = command.inputs.flatMap(input =>
    factsOfInput(input, {place, directory: ownOf(input, bind) ?? directory}, bind),
  );
  return [...ofInputs, ...linksMade(command.text).map(link => linkFact(bind(link), {place, directory}))];
}

/** What shows, after the command has run, which version is in place. */
export function resultsOfCommand(command: Command, place: Place, bind: Bind): readonly Fact[] {
  const moves = movesHead(command.text);
  return factsOfCommand(command, place, bind).filter(
    ({kind}) => kind === 'link' || (moves && /^(?:head|ref)$/.test(kind)),
  );
}

/** What the command puts back, and its backup: alike when it has worked. Nothing of both is known to be there before. */
export function restoredFacts(command: Command, place: Place, bind: Bind): readonly {backup: Fact; target: Fact}[] {
  const where = {place, directory: command.directory === undefined ? undefined : bind(command.directory)};
  return restoredBy(command).map(one => contentFacts(one, where, bind));
}

function contentFacts({backup, target, packed}: Restored, where: Where, bind: Bind): {backup: Fact; target: Fact} {
  const [from, to] = [bind(backup), bind(target)];
  if (packed === undefined) {
    const fact = (path: string) => factOf('content', path, {sh: contentText(path), what: path, ...where});
    return {backup: fact(from), target: fact(to)};
  }
  const members = packed.members.map(one => ` ${quoted(bind(one))}`).join('');
  const unpacked = `what ${from} holds`;
  return {
    backup: factOf('content', `${from}:${members}`, {sh: packedText(from, members), what: from, ...where}),
    target: factOf('content', `${to}<${from}:${members}`, {
      sh: unpackedText(from, to, members),
      what: `${unpacked}, in ${to},`,
      ...where,
    }),
  };
}

function factsOfInput(input: Input, where: Where, bind: Bind): readonly Fact[] {
  if (input.kind === 'git-ref') return [refFact(bind(input.ref), where), headFact(where)];
  const left =
    'path' in input && 'madeBy' in input && input.madeBy !== undefined ? [leftFact(bind(input.path), where)] : [];
  return 'madeFrom' in input && input.madeFrom !== undefined ? [sizeFact(bind(input.madeFrom), where), ...left] : left;
}

function ownOf(input: Input, bind: Bind): string | undefined {
  return 'directory' in input && input.directory !== undefined ? bind(input.directory) : undefined;
}

function refFact(ref: string, where: Where): Fact {
  const sh = `git rev-parse --verify --quiet ${quoted(`${ref}^{commit}`)}`;
  return factOf('ref', ref, {sh, what: ref, ...where});
}

function headFact(where: Where): Fact {
  const what = where.directory === undefined ? 'HEAD' : `HEAD in ${where.directory}`;
  return factOf('head', '', {sh: 'git rev-parse --verify --quiet HEAD', what, ...where});
}

function linkFact(link: string, where: Where): Fact {
  return factOf('link', link, {sh: `readlink ${pathWord(link)}`, what: `the link ${link}`, ...where});
}

function sizeFact(path: string, where: Where): Fact {
  return factOf('size', path, {
    sh: `${listed(path)} | awk '{n++; s+=$5} END {if (n) print n, s}'`,
    what: path,
    ...where,
  });
}

/** When it was last changed, for a directory or a pattern the newest of all: nobody can set that time, unlike its date. */
export function leftFact(path: string, where: Where): Fact {
  return factOf('left', path, {sh: `x=$(${newestOf(path)}); echo "\${x:-${NOTHING}}"`, what: path, ...where});
}

/** Seconds since 1970, inode and size. */
export function newestOf(path: string): string {
  const word = pathWord(path, {matches: true});
  const stat = (options: string) => `find -H ${word} -exec stat ${options} {} + 2>/dev/null`;
  return `{ ${stat("-c '%Z %i %s'")} || ${stat("-f '%c %i %z'")}; } | sort -rn | head -n 1`;
}

function factOf(
  kind: Fact['kind'],
  text: string,
  {sh, what, place, directory}: Where & {sh: string; what: string},
): Fact {
  const id = [kind, place.kind === 'local' ? '' : place.host, directory ?? '', text].join('|');
  return {id, kind, sh, what, place, ...(directory === undefined ? {} : {directory})};
}

/** How many files are counted, on both sides. */
const FILES_COUNTED_MAX = 20_000;

function listed(path: string): string {
  return `find -H ${pathWord(path)} -type f -exec ls -ln {} + 2>/dev/null | head -n ${FILES_COUNTED_MAX}`;
}

/** Proves that what an input names is still what it was before the deploy, as far as that was seen. */
export function stoodTests(input: Input, where: Where, {before, rollbackHasBegun}: Stood, bind: Bind): readonly Test[] {
  if (input.kind === 'git-ref') {
    const ref = bind(input.ref);
    if (input.takenBack === true) return [];
    const stood = RELATIVE.test(ref) ? undefined : before[refFact(ref, where).id]?.value;
    const head = before[headFact(where).id]?.value;
    return [
      ...(stood === undefined ? [] : [standsTest(ref, stood)]),
      ...(head === undefined || rollbackHasBegun ? [] : [oldTest(ref, head)]),
    ];
  }
  if (!('madeFrom' in input) || input.madeFrom === undefined) return [];
  const source = bind(input.madeFrom);
  const size = before[sizeFact(source, where).id]?.value;
  return size === undefined ? [] : [likeSourceTest(bind(input.path), source, size)];
}

/** `HEAD~1`, `@{1}`, `-`: counted from where HEAD is, so that it is meant to stand elsewhere after the deploy. */
const RELATIVE = /^(?:HEAD|ORIG_HEAD|FETCH_HEAD|@|-)(?:[~^@{].*)?$/;

function standsTest(ref: string, stood: string): Test {
  const sh = `[ "$(git rev-parse --verify --quiet ${quoted(`${ref}^{commit}`)})" = ${quoted(stood)} ]`;
  return {sh, missing: `${ref} was moved: before the deploy it stood on ${shortCommit(stood)}`};
}

function oldTest(ref: string, head: string): Test {
  const now = 'git rev-parse --verify --quiet';
  const sh = `{ h=$(${now} HEAD); [ "$h" = ${quoted(head)} ] || [ "$(${now} ${quoted(`${ref}^{commit}`)})" != "$h" ]; }`;
  return {sh, missing: `${ref} is the commit that was deployed, not ${shortCommit(head)}, which was there before it`};
}

function likeSourceTest(path: string, source: string, size: string): Test {
  const [files = 0, bytes = 0] = size.split(' ').map(Number);
  const sh = `${listed(path)} | awk '{n++; s+=$5} END {exit !(2*n >= ${files} && 2*s >= ${bytes})}'`;
  return {
    sh,
    missing: `${path} holds much less than ${source}, from which it was made: ${files} files, ${bytes} bytes`,
  };
}

/** What is larger is compared by files and bytes alone: both are read while a rollback waits. */
const SUMMED_BYTES_MAX = 64 * 1024 * 1024;
const SUMMED_FILES_MAX = 2000;
export const NOTHING = 'nothing';

/** `a file of 12 bytes, checksum 3`, `8 files, 14 bytes, checksum 5`, `nothing`. */
function contentText(path: string): string {
  const word = pathWord(path);
  const isSmall = `[ "$n" -le ${SUMMED_FILES_MAX} ] && [ "$s" -le ${SUMMED_BYTES_MAX} ]`;
  const first = "cut -d ' ' -f 1";
  const sum = `find . -type f -exec cksum {} + | sort | cksum | ${first}`;
  return `if [ -d ${word} ]; then cd ${word} && ${listed('.')} | awk '{n++; s+=$5} END {print n+0, s+0}' | {
read -r n s; if ${isSmall}; then echo "$n files, $s bytes, checksum $(${sum})"; else echo "$n files, $s bytes"; fi; }
elif [ -f ${word} ]; then n=1; s=$(wc -c <${word} | tr -d ' ')
if ${isSmall}; then echo "a file of $s bytes, checksum $(cksum <${word} | ${first})"; else echo "a file of $s bytes"; fi
else echo ${NOTHING}; fi`;
}

/** The checksum of all its files, one behind the other in the order of the archive; nothing of a large one. */
function packedText(archive: string, members: string): string {
  const word = pathWord(archive);
  return `[ "$(wc -c <${word})" -le ${SUMMED_BYTES_MAX} ] && tar -xOf ${word}${members} | ${SUMMED}`;
}

function unpackedText(archive: string, directory: string, members: string): string {
  const word = pathWord(archive);
  const file = `${pathWord(directory)}/"\${f#/}"`;
  const each = `[ -f ${file} ] && [ ! -L ${file} ] && cat ${file}`;
  const isSmall = `[ "$(wc -c <${word})" -le ${SUMMED_BYTES_MAX} ]`;
  return `${isSmall} && tar -tf ${word}${members} | while IFS= read -r f; do ${each}; done | ${SUMMED}`;
}

const SUMMED = `cksum | awk '{print $2 " bytes, checksum " $1}'`;

export function shortCommit(value: string): string {
  return /^[0-9a-f]{40,64}$/.test(value) ? value.slice(0, 7) : value;
}
