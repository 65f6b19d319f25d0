# TERM to the process group of the job in `$d`, KILL after five seconds; ends when nothing of it is left.
[ -d "$d" ] || exit 0
i=0; w=
while [ "$w" != pid ] && [ "$i" -lt 20 ]; do
  [ "$i" -eq 0 ] || sleep 0.1 2>/dev/null || sleep 1
  read -r _ w p _ <"$d/record"; i=$((i+1))
done
[ "$w" = pid ] || exit 0
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
send TERM
i=0
while works && [ "$i" -lt 50 ]; do sleep 0.1 2>/dev/null || { sleep 1; i=$((i+9)); }; i=$((i+1)); done
send KILL
if grep -q '[;&| ]sudo \|^sudo ' "$d/body" 2>/dev/null; then sudo -n kill -KILL -- "-$p" 2>/dev/null </dev/null; fi
grep -q '^@ done' "$d/record" || { _tm_end_torn_line; echo '@ killed'; } >>"$d/record"
_tm_forget_values
