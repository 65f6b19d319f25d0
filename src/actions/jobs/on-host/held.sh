# Runs the job of `$_tm_run` where nothing can be kept: its output goes to standard output, its record to standard error,
# through pipes of our own. When the connection drops nobody will know how it ended. Needs nothing but a shell and /dev/fd.
_tm_session() { if command -v setsid >/dev/null 2>&1; then setsid "$@"; else "$@"; fi; }
( { { printf %s "$_tm_run" | _tm_session sh -s -- '' ; } 8>&1 1>&7 2>&1 | cat >&2; } 7>&1 | cat ) </dev/null &
read -r _
