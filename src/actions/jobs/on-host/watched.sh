# What those share who watch, stop or forget the job of which `$d` is the directory. Needs identity.sh.

# Whether the host has not been restarted since its start `$o`, which the record names.
_tm_same_boot() { [ "${o:--}" = - ] || { _tm_boot; [ "$o" = "$_tm_x" ]; }; }

# Whether the process of `$d/record` is still the one that wrote it. Sets `p`: its number, and `o`. Until it has written
# anything, which takes its time under load, it is the one that was started.
_tm_lives() {
  w=; p=; s=; o=; read -r _ w p s o _ <"$d/record"
  [ -n "$w" ] || [ ! -f "$d/started" ] || read -r _ w p s o _ <"$d/started"
  [ "$w" = pid ] && kill -s 0 "$p" 2>/dev/null || return 1
  case $(ps -o stat= -p "$p" 2>/dev/null) in Z*) return 1;; esac
  _tm_same_boot && { [ "${s:--}" = - ] || { _tm_started "$p"; [ "$s" = "$_tm_x" ]; }; }
}

# A host that went down in the middle of a write leaves a last line without an end: this marks it as not to be read.
_tm_end_torn_line() { [ -z "$(tail -c 1 "$d/record")" ] || echo ' @torn'; }

# Says that the job is gone, in the way `$1`, and how many bytes of output are there now; the size is asked for, not
# counted. Says nothing where nobody can tell, as when nothing can be started: whoever listens would miss what is there.
_tm_say_gone() {
  n=0
  if [ -e "$d/out" ]; then set -- "$1" $(ls -lnL "$d/out" 2>/dev/null); n=${6-}; fi
  case $n in '' | *[!0-9]*) ;; *) echo "@ gone $1 $n" >&2;; esac
}

# The texts of a job hold its bound values: they stay no longer than it needs them.
_tm_forget_values() { rm -f "$d/body" "$d/run"; }
