# Starts the job of `$_tm_body` and `$_tm_run` in `$d`, unless its directory is there or `$a` says why it must not be begun.
# From a shell that ends at once, so that the job is not our child: a child that died would look alive to us.
if [ "$a" = "" ] && [ ! -d "$d" ] && mkdir -m 700 "$d"; then
printf %s "$_tm_body" >"$d/body"
printf %s "$_tm_run" >"$d/run"
: >"$d/out"; : >"$d/record"
if command -v setsid >/dev/null 2>&1; then ( setsid sh "$d/run" "$d" </dev/null >>"$d/out" 2>&1 & )
elif command -v perl >/dev/null 2>&1; then ( perl -MPOSIX -e 'POSIX::setsid(); exec @ARGV' sh "$d/run" "$d" </dev/null >>"$d/out" 2>&1 & )
else ( nohup sh "$d/run" "$d" </dev/null >>"$d/out" 2>&1 & )
fi
fi
