# Prints what there is of the job in `$d` and ends: its record on standard error, its output from byte `$from` on (counted
# from 1), at most `$most` bytes, on standard output. Waits for its end, but no more than `$wait` tenths of a second. The
# record is read first: of a job that it calls done all the output is there. Needs watched.sh and old-jobs.sh.
_tm_is_done() { grep -q '^@ done ' "$d/record"; }
case $a in unkept | fenced) ;; *) [ -f "$d/record" ] || sleep 1;; esac
if [ -f "$d/record" ]; then
i=0
while [ "$i" -lt "$wait" ] && ! _tm_is_done; do
  i=$((i+1)); sleep 0.1 2>/dev/null || { sleep 1; i=$((i+9)); }
done
_tm_gone=
if ! _tm_is_done && ! _tm_lives; then
  # One that has just been started has not said yet which process it is.
  sleep 2
  if ! _tm_is_done && ! _tm_lives; then _tm_gone=vanished; _tm_same_boot || _tm_gone=rebooted; fi
fi
cat "$d/record" >&2
if [ -n "$_tm_gone" ]; then _tm_end_torn_line >&2; _tm_forget_values; _tm_say_gone "$_tm_gone"; fi
tail -c "+$from" "$d/out" 2>/dev/null | head -c "$most"
# Whoever reads the answer waits until nobody holds its streams any more.
{ _tm_is_done && _tm_remove_old; } </dev/null >/dev/null 2>&1 &
elif [ "$a" = unkept ]; then printf '@ unkept %s\n' "$_tm_refused" >&2
elif [ "$a" = fenced ]; then echo "@ fenced $_tm_fenced" >&2
else echo "@ missing $a" >&2; fi
