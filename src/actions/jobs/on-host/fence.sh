# Which runs may start something here. Beside the jobs, `fences/KEY` holds a directory that is named after the highest number
# that a run of the checklist `$_tm_key` has come with. `$_tm_number` is that of this run: under a higher one it starts
# nothing. Needs job-directories.sh.

# Sets `_tm_fenced` to a higher number, kept in any of the places for jobs; to nothing where there is none.
_tm_look_at_fence() {
  _tm_fenced=
  for _tm_place in "$_tm_home" $_tm_spares; do
    _tm_own_place "$_tm_place" || continue
    for _tm_y in "${_tm_place%/jobs}/fences/$_tm_key"/*; do
      _tm_y=${_tm_y##*/}
      case $_tm_y in *[!0-9]*) continue;; esac
      if [ "$_tm_y" -gt "${_tm_fenced:-$_tm_number}" ]; then _tm_fenced=$_tm_y; fi
    done
  done
}
# Puts our number up, in the first place that takes it, and takes down what is lower there: the highest counts. A run with a
# higher number may take ours down while it is made: then it is not put up elsewhere, where nobody would take it down.
_tm_raise_fence() {
  for _tm_place in "$_tm_home" $_tm_spares; do
    _tm_fence=${_tm_place%/jobs}/fences/$_tm_key
    [ -d "${_tm_place%/jobs}" ] || mkdir -p -m 700 "${_tm_place%/jobs}" 2>/dev/null
    _tm_own_place "$_tm_place" || continue
    if ! mkdir -p -m 700 "$_tm_fence/$_tm_number" 2>/dev/null; then
      _tm_look_at_fence
      if [ -n "$_tm_fenced" ]; then return 0; fi
      continue
    fi
    for _tm_y in "$_tm_fence"/*; do
      case ${_tm_y##*/} in *[!0-9]*) continue;; esac
      [ "${_tm_y##*/}" -ge "$_tm_number" ] || rmdir "$_tm_y" 2>/dev/null
    done
    return 0
  done
  return 1
}
# For a job whose directory is there and which has not begun. First our number is put up, then the others are looked at:
# of two engines one at least sees the other. Who puts a higher number up looks for jobs after that, and finds this one
# by its directory, or else this one finds the number and does not begin.
_tm_may_start() { _tm_raise_fence || return 1; _tm_look_at_fence; [ -z "$_tm_fenced" ]; }
