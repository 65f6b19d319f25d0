# Prints the output of the job in `$d` from its byte `$from` on (counted from 1) and its record on standard error, until
# a line, or the end, of standard input. Once its process is gone it says so with the size of the output, again and again:
# what is still on its way is waited for, and what is no longer there is not. Then removes old jobs. Needs old-jobs.sh.
case $a in unkept | fenced) ;; *) [ -f "$d/record" ] || sleep 1;; esac
if [ -f "$d/record" ]; then
t= r= w=
# Who cannot start what it needs ends, and with it all that it has started: whoever listens comes again.
trap 'kill $t $r $w 2>/dev/null' EXIT
tail -c "+$from" -f "$d/out" 2>/dev/null &
t=$!
tail -n +1 -f "$d/record" >&2 2>/dev/null &
r=$!
# Without one of the two nothing more would come: this shell ends, and whoever listens comes again.
_tm_read_on() {
  case $(ps -o stat= -p "$t,$r" 2>/dev/null) in *Z*) exit;; esac
}
# Whoever ends a `sleep` ends no job with it: the job itself is looked at.
_tm_pause() { sleep "$1" 2>/dev/null; case $? in 126 | 127) exit;; esac; }
( trap 'kill $t $r $$ 2>/dev/null' EXIT
  _tm_pause 2
  while _tm_lives; do _tm_read_on; _tm_pause 2; done
  _tm_pause 1
  _tm_end_torn_line >&2
  _tm_forget_values
  how=rebooted; if _tm_same_boot; then how=vanished; fi
  while :; do _tm_read_on; _tm_say_gone "$how"; _tm_pause 2; done ) >/dev/null &
w=$!
read -r _
# First who would take the end of the others for a fault; it is to do nothing more at its own end.
trap - EXIT
exec 2>/dev/null
kill -s KILL "$w"
kill $t $r
_tm_remove_old &
elif [ "$a" = unkept ]; then printf '@ unkept %s\n' "$_tm_refused" >&2; read -r _
elif [ "$a" = fenced ]; then echo "@ fenced $_tm_fenced" >&2; read -r _
else echo "@ missing $a" >&2; read -r _; fi
