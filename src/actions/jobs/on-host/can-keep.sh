# Prints why nothing can be kept, in none of the places for jobs; nothing where one has room. Leaves nothing behind: what
# is not there yet is tried one level up. Needs job-directories.sh and keep.sh.
_tm_spares; _tm_refused=; _tm_id=.tminus-proof-$$
for _tm_place in "$_tm_home" $_tm_spares; do
  b=$_tm_place
  if [ -d "${b%/jobs}" ] && ! _tm_own_place "$b"; then _tm_y='it belongs to somebody else'; else
    while [ ! -d "$b" ] && [ -n "$b" ]; do b=${b%/*}; done
    d=$b/$_tm_id
    if _tm_y=$(_tm_set_aside); then rm -rf "$d"; _tm_refused=; break; fi
  fi
  b=$_tm_place; _tm_words=$(_tm_why_not "$_tm_y")
  _tm_refused=${_tm_refused:+$_tm_refused; }$_tm_words
done
[ -z "$_tm_refused" ] || printf 'unkept %s\n' "$_tm_refused"
