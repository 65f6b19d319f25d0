# For an engine that is to take a run over. Prints as whom it is here (`account NAME`), then `seen` where the run, whose jobs
# begin with `$prefix` and whose first number was `$first`, has been here. With `$_tm_raise` it puts its number up as well:
# `raised`, `higher NUMBER` where another engine came before it, `unkept` where nothing can be kept. Needs job-directories.sh and
# fence.sh.
echo "account $(id -un 2>/dev/null || id -u)"
_tm_spares; _tm_seen=
for _tm_place in "$_tm_home" $_tm_spares; do
  _tm_own_place "$_tm_place" || continue
  for _tm_y in "$_tm_place/$prefix"*; do [ ! -d "$_tm_y" ] || _tm_seen=yes; done
  for _tm_y in "${_tm_place%/jobs}/fences/$_tm_key"/*; do
    _tm_y=${_tm_y##*/}
    case $_tm_y in *[!0-9]*) continue;; esac
    [ "$_tm_y" -lt "$first" ] || _tm_seen=yes
  done
done
if [ -n "$_tm_seen" ]; then echo seen; fi
if [ -n "$_tm_raise" ]; then
  _tm_look_at_fence
  if [ -n "$_tm_fenced" ]; then echo "higher $_tm_fenced"
  elif _tm_raise_fence; then
    # Two may have put theirs up at once: one at least sees the other.
    _tm_look_at_fence
    if [ -n "$_tm_fenced" ]; then echo "higher $_tm_fenced"; else echo raised; fi
  else echo unkept; fi
fi
