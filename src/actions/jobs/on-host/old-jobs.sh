# Removes old jobs of `$b`: of more than `$kept` those whose run is over, of more than `$kept_max` all that have ended and
# are older than `$kept_days` days.
_tm_remove_old() {
  ( cd "$b" && set -- * && [ "$#" -gt "$kept" ] && ls -1t | tail -n "+$((kept+1))" | { n=$kept; while read -r j; do
    n=$((n+1)); grep -q '^@ done ' "$j/record" 2>/dev/null || continue
    if grep -q '^@ forgotten' "$j/record" ||
      { [ "$n" -gt "$kept_max" ] && [ -n "$(find "./$j" -prune -mtime "+$kept_days" 2>/dev/null)" ]; }
    then rm -rf "./$j"; fi
  done; } ) </dev/null >/dev/null 2>&1
}
