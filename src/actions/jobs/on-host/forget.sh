# Leaves of the ended jobs whose names begin with `$prefix` only what they were and how they ended: neither what
# they printed nor any value. What still runs is left alone.
_tm_spares
for b in "$_tm_home" $_tm_spares; do _tm_own_place "$b" && for d in "$b/$prefix"*; do
  [ -f "$d/record" ] || continue
  grep -q -e '^@ done' -e '^@ killed' "$d/record" || { _tm_lives && continue; }
  { sed -n -e '/^@ pid /p' -e '/^@ start /p' -e '/^@ end /p' -e '/^@ killed/p' -e 's/^\(@ done [0-9]*\) .*/\1 0/p' "$d/record"
    echo '@ forgotten'; } >"$d/record.new" && mv -f "$d/record.new" "$d/record"
  rm -f "$d/out"; _tm_forget_values
done; done
