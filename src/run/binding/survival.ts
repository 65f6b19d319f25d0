/** A shell test that a deletion leaves what a later command needs. */
import type {Input} from '../../plan/script.ts';
import type {Test} from './content-tests.ts';
import {pathWord, quoted} from './path-words.ts';

type Survival = Pick<Input & {kind: 'survives'}, 'needed' | 'deleted' | 'line'>;

/**
 * Every path is compared in three forms, absolute: as it is named, with the links on the way to it resolved, and resolved
 * itself. A deletion takes a link and not what it leads to; a need is gone with either. What is not there cannot be lost:
 * whether it must be there is asked elsewhere. A directory is gone also when all that it holds is.
 */
export function survivalTest({needed, deleted, line}: Survival): Test {
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
