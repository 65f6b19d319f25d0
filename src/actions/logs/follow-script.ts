/** Shell text that follows a file: from its last lines, or from a position on, which may be in a rotated file. */
import {quoteForShell as quote} from '../../plan/script.ts';
import {directoryWord} from '../short-command.ts';
import type {FilePosition} from '../world.ts';

/** What tail has sent and nobody has heard yet when it says that it has begun another file: what pipes and servers hold. */
const ABOUT_BYTES = 1024 * 1024;
/** What is shown of a file at first. */
const LINES_FIRST = 200;

/**
 * Says on its error stream `@ at OFFSET INODE` of what it follows, and before that `@ part INODE OFFSET SIZE` of each
 * file that was rotated away while nobody listened: their bytes come first, the oldest first.
 */
export function followScript(file: string, from: FilePosition | undefined): string {
  return `f=${directoryWord(file)}; s=0; i=; l=
if [ -f "$f" ]; then s=$(wc -c <"$f"); i=$(ls -iL "$f" | awk '{print $1}'); fi
s=$((s))
${from === undefined ? FROM_LAST_LINES : fromPosition(from)}
[ "$o" -ge 0 ] || o=0
_tm_parts() {
  [ -z "$l" ] || printf '%s\\n' "$l" | while IFS= read -r g; do
    n=$(($(wc -c <"$d/$g")-r))
    [ "$n" -le 0 ] || "$1" "$d/$g" "$r" "$n"
    r=0
  done
}
_tm_told() { echo "@ part $(ls -iL "$1" | awk '{print $1}') $2 $3" >&2; }
_tm_sent() { LC_ALL=C tail -c "+$(($2+1))" "$1" | head -c "$3"; }
_tm_parts _tm_told
echo "@ at $o $i" >&2
{ _tm_parts _tm_sent; LC_ALL=C exec tail -c "+$((o+1))" -F "$f"; } </dev/null &
t=$!
read -r _
kill $t 2>/dev/null`;
}

const FROM_LAST_LINES = `o=$((s - $(tail -n ${LINES_FIRST} "$f" 2>/dev/null | wc -c)))`;

/**
 * The file is known by its inode and by the bytes before the position: a rotation renames it, or copies it and empties the
 * original, and an inode may be given to the next file. What was rotated away later is read whole. Compressed files
 * cannot be gone on with. Behind a rotation that was watched the position is only about right, for tail says that it has
 * begun another file by another stream than its bytes: it is then where the bytes before it stand, next to it.
 */
function fromPosition({offset, inode, last = ''}: FilePosition): string {
  const count = last.length / 2;
  return `o=${offset}; w=${quote(inode)}
_tm_ours() {
  [ -f "$1" ] && [ "$(($(wc -c <"$1")))" -ge "$o" ] && { [ ${count} -eq 0 ] ||
    [ "$(LC_ALL=C tail -c "+$((o-${count - 1}))" "$1" | head -c ${count} | od -An -v -tx1 | tr -d ' \\n')" = ${quote(last)} ]; }
}
_tm_by_age() { ls -1tri "$d" 2>/dev/null | sed 's/^ *//'; }
_tm_rotated() { case $1 in *.gz|*.xz|*.bz2|*.zst|*.Z) return 1;; "$b"[.-]*[0-9]*|"\${b%.*}"[.-][0-9]*) return 0;; esac; return 1; }
_tm_find() {
  _tm_by_age | while read -r j g; do
    [ "$g" = "$b" ] || { [ "$1" = inode ] && [ "$j" != "$w" ]; } || { [ "$1" = bytes ] && ! _tm_rotated "$g"; } ||
      ! _tm_ours "$d/$g" || printf '%s\\n' "$g"
  done | tail -n 1
}
_tm_near() {
  [ -f "$1" ] || return 0
  a=$((o-${ABOUT_BYTES})); [ "$a" -ge 0 ] || a=0
  LC_ALL=C tail -c "+$((a+1))" "$1" | head -c ${2 * ABOUT_BYTES} | od -An -v -tx1 | tr -d ' \\n' |
    awk -v a="$a" -v o="$o" -v w=${quote(last)} '{
      n = split($0, between, w); best = -1; at = 0
      for (k = 1; k < n; k++) {
        at += length(between[k]) + length(w)
        e = a + at / 2; off = e > o ? e - o : o - e
        if (at % 2 == 0 && (best < 0 || off < least)) { best = e; least = off }
      }
      if (best >= 0) printf "%d", best
    }'
}
if ! { { [ "$w" = "" ] || [ "$i" = "$w" ]; } && _tm_ours "$f"; }; then
  d=$(dirname "$f"); b=$(basename "$f"); h=
  [ "$w" = "" ] || h=$(_tm_find inode)
  [ -n "$h" ] || [ ${count} -eq 0 ] || h=$(_tm_find bytes)
  if [ -z "$h$w" ] && [ ${count} -ne 0 ]; then
    e=$(_tm_near "$f")
    if [ -z "$e" ]; then
      h=$(_tm_by_age | while read -r j g; do
        [ "$g" = "$b" ] || ! _tm_rotated "$g" || { e=$(_tm_near "$d/$g"); [ -z "$e" ] || printf '%s %s\\n' "$e" "$g"; }
      done | tail -n 1)
      e=\${h%% *}; h=\${h#* }
    fi
    o=\${e:-$o}
  fi
  if [ -n "$h" ]; then
    l=$(_tm_by_age | { a=; while read -r j g; do
      if [ "$g" = "$h" ]; then a=1; printf '%s\\n' "$g"
      elif [ -n "$a" ] && [ "$g" != "$b" ] && _tm_rotated "$g"; then printf '%s\\n' "$g"; fi
    done; })
    r=$o; o=0
  elif ! { [ "$s" -ge "$o" ] && { [ "$w" = "" ] || [ "$i" = "$w" ]; }; }; then o=0; fi
fi`;
}
