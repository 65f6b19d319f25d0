# Prints the output of the job in `$d` from its byte `$from` on (counted from 1) and its record on standard error, until
# a line, or the end, of standard input. Once its process is gone it says so with the size of the output, again and again:
# what is still on its way is waited for, and what is no longer there is not. Then removes old jobs. Needs old-jobs.sh.
case $a in unkept | fenced) ;; *) [ -f "$d/record" ] || sleep 1;; esac
if [ -f "$d/record" ]; then
tail -c "+$from" -f "$d/out" 2>/dev/null &
t=$!
tail -n +1 -f "$d/record" >&2 2>/dev/null &
r=$!
# Without one of the two nothing more would come: this shell ends, and whoever listens comes again.
_tm_read_on() {
  case $(ps -o stat= -p "$t,$r" 2>/dev/null) in *Z*) kill $t $r $$; exit;; esac
}
( while sleep 2 2>/dev/null && _tm_lives; do _tm_read_on; done; sleep 1 2>/dev/null
  _tm_end_torn_line >&2
  _tm_forget_values
  how=rebooted; if _tm_same_boot; then how=vanished; fi
  while :; do _tm_read_on; echo "@ gone $how $(_tm_size)" >&2; sleep 2 2>/dev/null || exit; done ) >/dev/null &
w=$!
read -r _
# First who would take the end of the others for a fault.
kill $w $t $r 2>/dev/null
_tm_remove_old &
elif [ "$a" = unkept ]; then printf '@ unkept %s\n' "$_tm_refused" >&2; read -r _
elif [ "$a" = fenced ]; then echo "@ fenced $_tm_fenced" >&2; read -r _
else echo "@ missing $a" >&2; read -r _; fi
