# Makes the directory of the job `$_tm_id` in `$b` with what it needs, and fails where that cannot be, in words. What is
# set aside is given back for the last words of a job that has filled the disk. Written by what the shell has built in;
# `dd` says in the words of the system what was wrong. 3: somebody else has just made it.
_tm_keep() {
  [ -d "$b" ] || mkdir -p -m 700 "$b" 2>&1 || return 1
  _tm_own_place "$b" || { echo 'it belongs to somebody else'; return 1; }
  _tm_set_aside || return
  { printf %s "$_tm_body" >"$d/body" && printf %s "$_tm_run" >"$d/run"; } 2>&1 || { rm -rf "$d"; return 1; }
}
_tm_set_aside() {
  mkdir -m 700 "$d" 2>&1 || { [ ! -d "$d" ] || return 3; return 1; }
  trap '' XFSZ
  # As much again must be free: what the job notes of itself while it runs has no other room.
  # The output is made here, and is empty again before there is a record by which somebody would read it.
  for _tm_file in room out; do
    { printf '%65536s' '' >"$d/$_tm_file"; } 2>/dev/null ||
      _tm_y=$(dd if=/dev/zero of="$d/$_tm_file" bs=1024 count=64 2>&1) || { printf '%s\n' "$_tm_y"; rm -rf "$d"; return 1; }
  done
  : >"$d/out"
}
# Why nothing can be kept in `$b`, with the disk that this is about: `$1` is what was said of it.
_tm_why_not() {
  p=$b; while [ ! -d "$p" ] && [ -n "$p" ]; do p=${p%/*}; done
  printf '%s: %s' "$b" "$(printf '%s\n' "$1" | sed -n 1p | tr -d '\000-\037\177' | cut -c1-200)"
  df -P "${p:-/}" 2>/dev/null | awk 'NR==2{printf " (%s on %s, %s used)", $1, $6, $5}'
}
