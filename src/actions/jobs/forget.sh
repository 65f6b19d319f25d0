# Leaves of the ended jobs in `$b` whose names begin with `$prefix` only what they were and how they ended: neither what
# they printed nor any value. What still runs is left alone.
for d in "$b/$prefix"*; do
  [ -f "$d/record" ] || continue
  grep -q -e '^@ done' -e '^@ killed' "$d/record" || { _tm_lives && continue; }
  { sed -n -e '/^@ pid /p' -e '/^@ start /p' -e '/^@ end /p' -e '/^@ killed/p' -e 's/^\(@ done [0-9]*\) .*/\1 0/p' "$d/record"
    echo '@ forgotten'; } >"$d/record.new" && mv -f "$d/record.new" "$d/record"
  rm -f "$d/out"; _tm_forget_values
done
