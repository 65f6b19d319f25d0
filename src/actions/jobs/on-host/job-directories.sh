# Where jobs are kept: in `$_tm_home`, and where that takes nothing (a full disk, a home that is missing or read-only)
# in a directory of one's own below one of those that every host has. Only /dev/shm is in memory, and so comes last.
_tm_spares() { _tm_user; _tm_spares="/tmp/tminus-$_tm_u/jobs /var/tmp/tminus-$_tm_u/jobs /dev/shm/tminus-$_tm_u/jobs"; }
# Whether what is above the jobs in `$1` is ours alone: anybody may make a directory there.
_tm_own_place() { [ "$1" = "$_tm_home" ] || { [ ! -L "${1%/jobs}" ] && [ -O "${1%/jobs}" ]; }; }
# Sets `b` and `d`: where the job `$_tm_id` is, or would be first.
_tm_find() {
  _tm_spares=; b=$_tm_home; d=$b/$_tm_id
  [ ! -d "$d" ] || return 0
  _tm_spares
  for b in $_tm_spares; do d=$b/$_tm_id; if [ -d "$d" ] && _tm_own_place "$b"; then return 0; fi; done
  b=$_tm_home; d=$b/$_tm_id
}
