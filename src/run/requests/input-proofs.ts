/** Shell tests that what a command needs is there and holds something. */
import {unreachable} from '../../plan/plan.ts';
import type {Command, Input, Place} from '../../plan/script.ts';
import {compact} from '../../text/compact.ts';
import type {Proof} from '../request.ts';
import {contentTests, type Test} from './content-tests.ts';
import {leftTests} from './left-over.ts';
import {pathWord, quoted} from './path-words.ts';
import {type Stood, stoodTests} from './version-facts.ts';

type Bind = (text: string) => string;

/** `stood`: what was seen there before the deploy. `onlyLeft`: asks only whether what is there is from before the run. */
export type About = {inJob?: true; place?: Place; stood?: Stood; onlyLeft?: true};

/**
 * POSIX sh tests that what the command needs is there where it will run. What only the shell of the job can know is not
 * asked ahead of it.
 */
export function proofsOf(command: Command, bind: Bind, about: About = {}): readonly Proof[] {
  const directory = command.directory === undefined ? undefined : bind(command.directory);
  // What is wrong with the content is worth more words than a program to be installed.
  return command.inputs
    .filter(input => about.inJob === true || !('inJob' in input))
    .toSorted((one, other) => Number(one.kind === 'program') - Number(other.kind === 'program'))
    .flatMap(input => proofsOfInput(input, directory, bind, about));
}

export function proofsOfInput(
  input: Input,
  commandDirectory: string | undefined,
  bind: Bind,
  {place, stood, onlyLeft}: About = {},
): readonly Proof[] {
  const own = 'directory' in input && input.directory !== undefined ? bind(input.directory) : undefined;
  const directory = own ?? commandDirectory;
  const isPlaced = 'ref' in input || 'path' in input || 'needed' in input || 'from' in input;
  const where = directory === undefined || !isPlaced ? '' : ` in ${directory}`;
  const ofBefore = place === undefined || stood === undefined ? [] : stoodTests(input, {place, directory}, stood, bind);
  const left = stood === undefined ? [] : leftTests(input, {place, directory}, stood, bind);
  const tests = onlyLeft === true ? [] : [...testsOf(input, bind), ...ofBefore];
  const proof = ({sh, missing}: Test) => compact({id: `${directory ?? ''}|${sh}`, sh, missing, directory});
  return [
    ...tests.map(({sh, missing}) => proof({sh, missing: `${missing}${where}`})),
    ...left.map(({madeBy, ...test}) => ({...proof(test), madeBy})),
  ];
}

/** In order: the first that fails says why. */
function testsOf(input: Input, bind: Bind): readonly Test[] {
  switch (input.kind) {
    case 'program': {
      const name = bind(input.name);
      return [{sh: `command -v ${quoted(name)} >/dev/null`, missing: `program ${name} not found`}];
    }
    case 'unit': {
      const name = bind(input.name);
      return [{sh: unitTest(input.manager, name), missing: `${input.manager} knows no ${name}`}];
    }
    case 'git-ref': {
      const ref = bind(input.ref);
      const sh = `git rev-parse --verify --quiet ${quoted(`${ref}^{commit}`)} >/dev/null`;
      return [{sh, missing: `tag or commit ${ref} not found`}];
    }
    case 'directory':
    case 'file':
    case 'path':
      return contentTests(input, bind(input.path));
    case 'survives': {
      const {needed, deleted, line} = input;
      return [survivalTest({needed: bind(needed), deleted: deleted.map(one => bindDeletion(one, bind)), line})];
    }
    case 'apart':
      return [apartTest(bind(input.from), bind(input.to))];
    case 'kept': {
      const path = bind(input.path);
      const missing = `${path} is written over, which line ${input.line} needs as it is`;
      return [{sh: `[ ! -f ${pathWord(path)} ]`, missing}];
    }
    default:
      return unreachable(input);
  }
}

function bindDeletion(one: Deletion, bind: Bind): Deletion {
  return 'path' in one ? {path: bind(one.path)} : {listing: one.listing.map(bind)};
}

type Deletion = (Input & {kind: 'survives'})['deleted'][number];

/**
 * A unit counts as missing only when its manager says so: a manager that does not know the question
 * (an old one, a wrapper) still runs the service, and its own answer will come when it is asked to.
 */
function unitTest(manager: 'systemctl' | 'supervisorctl' | 'service', name: string): string {
  const unit = quoted(name);
  switch (manager) {
    case 'systemctl':
      return `command -v systemctl >/dev/null && { out=$(systemctl cat ${unit} 2>&1) || ! printf %s "$out" | grep -qi 'no files found\\|could not be found\\|not been booted'; }`;
    case 'supervisorctl':
      return `command -v supervisorctl >/dev/null && ! supervisorctl status ${unit} 2>&1 | grep -qi 'no such process\\|no such file\\|refused'`;
    case 'service':
      return `command -v service >/dev/null && { [ -e /etc/init.d/${unit} ] || service ${unit} status >/dev/null 2>&1; }`;
  }
}

/** `cp -r b app` where b is a link to app, or app holds b as what would be written. */
function apartTest(from: string, to: string): Test {
  const sh = `( f=${pathWord(from)} t=${pathWord(to)}
[ -e "$f" ] || exit 0
case $f in .|..|*/.|*/..) :;; *) p=$f; while case $p in ?*/) :;; *) false;; esac; do p=\${p%/}; done; [ ! -d "$t" ] || t=$t/\${p##*/};; esac
f=$(readlink -f "$f") && t=$(readlink -f "$t") || exit 0
case $t/ in "$f"/*) exit 1;; esac )`;
  return {sh, missing: `${from} is what stands at ${to} already, or holds it`};
}

type Survival = Pick<Input & {kind: 'survives'}, 'needed' | 'deleted' | 'line'>;

/**
 * Every path is compared in three forms, absolute: as it is named, with the links on the way to it resolved, and resolved
 * itself. A deletion takes a link and not what it leads to; a need is gone with either. What is not there cannot be lost:
 * whether it must be there is asked elsewhere. A directory is gone also when all that it holds is.
 */
function survivalTest({needed, deleted, line}: Survival): Test {
  const what = deleted.map(one => ('path' in one ? one.path : one.listing.join(' '))).join(', ');
  const listings = deleted.map(one =>
    'path' in one
      ? `for x in ${pathWord(one.path, {matches: true})}; do forms "$x"; done`
      : `${listingText(one.listing)} 2>/dev/null | head -n 1000 | while IFS= read -r x; do forms "$x"; done`,
  );
  const sh = `( ${FUNCTIONS}
gone=$( { ${listings.join('; ')}; } | sort -u )
for n in ${pathWord(needed, {matches: true})}; do
  [ -e "$n" ] || [ -L "$n" ] || continue
  ! taken "$n" || exit 1
  [ -d "$n" ] || continue
  for e in "$n"/* "$n"/.[!.]*; do [ -e "$e" ] || [ -L "$e" ] || continue; taken "$e" || continue 2; done
  [ -z "$(ls -A "$n"/ 2>/dev/null)" ] || exit 1
done
exit 0 )`;
  return {sh, missing: `"${what}" deletes ${needed} as well, which line ${line} needs`};
}

/** `forms`: a path as named and with the links on its way resolved. `taken`: whether one of them lies below what goes. */
const FUNCTIONS = `IFS='
'
forms() {
  p=$1; while case $p in ?*/) :;; *) false;; esac; do p=\${p%/}; done
  [ -n "$p" ] || return 0
  [ -e "$p" ] || [ -L "$p" ] || return 0
  case $p in */*) d=\${p%/*}/ b=\${p##*/};; *) d=./ b=$p;; esac
  case $b in .|..) d=$p b=;; esac
  ( cd -L "$d" 2>/dev/null && l=\${PWD%/}/$b && printf '%s\\n' "\${l%/}/" )
  ( cd -P "$d" 2>/dev/null && l=\${PWD%/}/$b && printf '%s\\n' "\${l%/}/" )
  case $1 in */) ( cd -P "$p" 2>/dev/null && printf '%s\\n' "\${PWD%/}/" );; esac
}
taken() {
  set -f
  for f in $( forms "$1"; if [ -d "$1" ]; then forms "$1"/; else r=$(readlink -f "$1" 2>/dev/null) && forms "$r"; fi ); do
    for g in $gone; do case $f in "$g"*) set +f; return 0;; esac; done
  done
  set +f; return 1
}`;

/** What a `find … -delete` finds and a \`git clean\` would take, one a line. */
function listingText([program = '', ...words]: readonly string[]): string {
  const all = [program, ...words].map(quoted).join(' ');
  return program === 'git' ? `${all} | sed -n 's/^Would remove //p'` : all;
}
