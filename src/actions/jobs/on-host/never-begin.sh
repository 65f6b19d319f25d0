# Where the job of `$d` is not there yet, makes its directory, so that it never begins: its start may still be on its way.
# Ends the text in that case, and says so in the record.
if [ ! -d "$d" ] && mkdir -p -m 700 "$b" && mkdir -m 700 "$d"; then echo '@ stopped' >"$d/record"; echo '@ missing' >&2; exit 0; fi
