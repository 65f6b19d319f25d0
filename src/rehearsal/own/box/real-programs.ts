/** Programs of this machine that run in a box as they are: they read, write and compute, and know no world outside of it. */
import {accessSync, constants, realpathSync} from 'node:fs';
import {join} from 'node:path';

const NAMES = `
  [ arch awk b2sum base32 base64 basename bash bc bunzip2 bzcat bzip2 cat chmod cksum cmp column comm cp curl cut dash date
  dc dd df diff dir dirname du echo egrep env expand expr factor false fgrep file find flock fmt fold free gawk getconf getent
  git grep groups gunzip gzip head hexdump hostid hostname iconv id install ip join jq kill less link ln logname look ls
  lsof make mawk md5sum mkdir mkfifo mktemp more mv nice nl nohup nproc numfmt od openssl paste patch pathchk perl
  pg_dump pg_dumpall pg_isready pg_restore pgrep pkill pr printenv printf ps psql ptx pwd readlink realpath rename
  rev rm rmdir rsync scp sed seq setsid sftp sh sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep
  sort split sqlite3 ss ssh ssh-keygen ssh-keyscan stat stdbuf strings stty sum sync tac tail tar tee test time timeout
  touch tput tr tree true truncate tsort tty uname unexpand uniq unlink unxz unzip uptime vdir vmstat watch wc wget
  which who whoami xargs xxd xz xzcat yes zcat zgrep zip zstd zstdcat
`;

const PLACES = ['/usr/bin', '/usr/sbin', '/bin', '/sbin'];
/** Debian's `psql` is a wrapper in Perl that looks for a cluster of its own. */
const POSTGRES = [18, 17, 16, 15, 14, 13, 12].map(version => `/usr/lib/postgresql/${version}/bin`);

const REAL_PROGRAMS: ReadonlySet<string> = new Set(NAMES.split(/\s+/).filter(name => name !== ''));

/** Name -> file, links resolved: of those that this machine has. */
export function realProgramsHere(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of REAL_PROGRAMS) {
    const places = /^(?:psql|pg_)/.test(name) ? [...POSTGRES, ...PLACES] : PLACES;
    const path = places.map(place => join(place, name)).find(isProgram);
    const real = path === undefined ? undefined : realpathSync(path);
    if (real !== undefined && /^\/(?:usr\/)?s?bin\/|^\/usr\/lib\//.test(real)) found[name] = real;
  }
  return found;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
