/** Which programs really run in the box, which a stand-in plays, and which nobody knows. */
import type {ProgramNeed} from './needs.ts';
import {standInFor} from './stand-ins/all.ts';

export function howPlayed(program: string): ProgramNeed['how'] {
  if (REAL.has(program)) return 'real';
  return standInFor(program) === undefined ? 'unknown' : 'stand-in';
}

/** They touch nothing but what is in the box. */
const REAL: ReadonlySet<string> = new Set(
  `[ [[ : . alias awk basename bash break bunzip2 bzip2 cat cd chgrp chmod chown cksum cmp command comm continue cp curl
  cut date dd declare df diff dirname du echo egrep env eval exec exit export expr false fgrep file find fold getent getopts
  git grep groups gunzip gzip head hostname id install join jobs kill let link ln local ls md5sum mkdir mkfifo mktemp
  more mv nice nl nohup nproc numfmt od paste patch popd printenv printf ps pushd pwd read readlink readonly realpath return
  rev rm rmdir rsync scp sed seq set sh sha1sum sha256sum sha512sum shift shred shuf sleep sort source split ssh stat stdbuf sum
  sync tac tail tar tee test time timeout touch tr trap true truncate tsort type uname unexpand uniq unlink unset unxz
  unzip uptime wait wc wget which whoami xargs xz xzcat yes zcat zip zstd
  psql pg_dump pg_dumpall pg_restore createdb dropdb createuser dropuser vacuumdb reindexdb pg_isready`
    .split(/\s+/)
    .filter(word => word !== ''),
);
