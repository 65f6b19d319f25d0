# Runs the text `$2` in a shell of its own, without its errors. When it takes longer than `$1` seconds, it is ended with all
# that it has started: the group of its processes gets TERM, and KILL a second later. What cannot be ended is not waited for:
# a program of root's (sudo), one that waits for a dead disk, or one with a session of its own; not even where that is the shell
# itself. Each call is in a subshell of its own: it takes USR1.
_tm_within() {
  # `$$` is that of the shell around it.
  _tm_me=$(exec sh -c 'echo "$PPID"')
  trap : USR1
  # Not as an argument: everybody on the host could read that, and it has a limit.
  if command -v setsid >/dev/null 2>&1; then printf %s "$2" | setsid sh 2>/dev/null & else printf %s "$2" | sh 2>/dev/null & fi
  _tm_p=$!
  ( _tm_t=; trap 'kill $_tm_t; exit' TERM; trap '_tm_me=' USR1
    sleep "$1" & _tm_t=$!
    wait "$_tm_t"
    # The end of the text ends this as well, and KILL is still to come.
    trap '' TERM
    kill -s TERM -- "-$_tm_p" || kill -s TERM "$_tm_p"
    sleep 1
    kill -s KILL -- "-$_tm_p" || kill -s KILL "$_tm_p"
    sleep 1
    [ -z "$_tm_me" ] || kill -s USR1 "$_tm_me" ) >/dev/null 2>&1 &
  _tm_w=$!
  wait "$_tm_p" 2>/dev/null
  kill "$_tm_w" 2>/dev/null
  # It must not signal whoever has this number by then.
  kill -s USR1 "$_tm_w" 2>/dev/null
}
