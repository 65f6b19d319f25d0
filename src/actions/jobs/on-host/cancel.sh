# TERM to the process group of the job in `$d`, KILL after five seconds; ends when nothing of it is left. 3: it may still
# be about to begin, for its start comes by another shell and may be slower than this.
[ -d "$d" ] || exit 3
i=0; w=
while [ "$w" != pid ] && [ "$i" -lt 20 ]; do
  [ "$i" -eq 0 ] || sleep 0.1 2>/dev/null || sleep 1
  read -r _ w p _ <"$d/record"; i=$((i+1))
done
[ "$w" = pid ] || exit 3
# What has ended by itself may have left something running on purpose; what was told to end may not.
[ -f "$d/stop" ] || { grep -q '^@ done' "$d/record" && exit 0; }
# After a restart of the host, or when numbers have gone round, another process may have this one.
_tm_lives || { _tm_same_boot && ! kill -s 0 "$p" 2>/dev/null; } || exit 0
# What has ended and was not yet reaped can still be sent a signal. To look for it takes a while: not every time.
works() {
  kill -s 0 -- "-$p" 2>/dev/null || return 1
  case $i in [0-3] | *[05]) ;; *) return 0;; esac
  l=$(ps -A -o pgid= -o stat= 2>/dev/null) && [ -n "$l" ] || return 0
  printf '%s\n' "$l" | awk -v p="$p" '$1 == p && $2 !~ /^Z/ { n = 1 } END { exit !n }'
}
send() { kill -s "$1" -- "-$p" 2>/dev/null || kill -s "$1" "$p" 2>/dev/null; }
: >"$d/stop"
echo '@ stopped' >>"$d/record"
send TERM
# From TERM to KILL it is five seconds by the clock: on a host under load a look takes longer than the tenth it sleeps.
# More looks than fit into that time are for a shell to which a process that was not yet reaped is still there.
sleep 5 >/dev/null 2>&1 &
t=$!; i=0
while works && kill -s 0 "$t" 2>/dev/null && [ "$i" -lt 60 ]; do
  sleep 0.1 2>/dev/null || { sleep 1; i=$((i+9)); }; i=$((i+1))
done
kill "$t" 2>/dev/null
send KILL
if grep -q '[;&| ]sudo \|^sudo ' "$d/body" 2>/dev/null; then sudo -n kill -KILL -- "-$p" 2>/dev/null </dev/null; fi
grep -q '^@ done' "$d/record" || { _tm_end_torn_line; echo '@ killed'; } >>"$d/record"
_tm_forget_values
