# Starts the job of `$_tm_body` and `$_tm_run`, unless it is there already or `$a` says why it must not be begun. Two of
# us may be at it, when the link broke in between: each makes its directory, then looks for that of the other.
_tm_elsewhere() {
  [ "$b" != "$_tm_home" ] || [ -n "$_tm_again" ] || return 1
  for o in "$_tm_home" $_tm_spares; do [ "$o" != "$b" ] && [ -d "$o/$_tm_id" ] && _tm_own_place "$o" && return 0; done
  return 1
}
_tm_made=; _tm_refused=
if [ -n "${_tm_key-}" ] && [ "$a" = "" ] && [ ! -d "$d" ]; then _tm_look_at_fence; if [ -n "$_tm_fenced" ]; then a=fenced; fi; fi
if [ "$a" = "" ] && [ ! -d "$d" ]; then
  for b in "$_tm_home" $_tm_spares; do
    d=$b/$_tm_id
    _tm_words=$(_tm_keep); _tm_y=$?
    if [ "$_tm_y" -eq 0 ]; then _tm_made=yes; fi
    case $_tm_y in 0 | 3) break;; esac
    _tm_words=$(_tm_why_not "$_tm_words")
    _tm_refused=${_tm_refused:+$_tm_refused; }$_tm_words
  done
  if [ -z "$_tm_made" ] && [ ! -d "$d" ]; then a=unkept; d=$_tm_home/$_tm_id; fi
  if [ -n "$_tm_made" ] && _tm_elsewhere; then rm -rf "$d"; _tm_made=; _tm_find; fi
fi
# A fence is looked at with the directory in place. Where none can be kept, nothing is kept here at all.
if [ -n "$_tm_made" ] && [ -n "${_tm_key-}" ] && ! _tm_may_start; then
  rm -rf "$d"; _tm_made=; a=fenced
  if [ -z "$_tm_fenced" ]; then a=unkept _tm_refused="no fence can be kept in $_tm_home"; fi
fi
# From a shell that ends at once, so that the job is not our child: a child that died would look alive to us.
if [ -n "$_tm_made" ]; then
if [ -n "$_tm_refused" ]; then
  printf '# kept in %s%s, because nothing can be kept in %s\n' "$b" "$(case $b in /dev/shm/*) echo ', in memory: a restart of the host loses it';; esac)" "$_tm_refused" >>"$d/out"
fi
: >"$d/record"
# It says which process it is before anything else can ask: the job itself may be slow to.
_tm_started_as() {
  _tm_started "$1"; _tm_y=$_tm_x; _tm_boot
  { printf '@ pid %s %s %s\n' "$1" "${_tm_y:--}" "${_tm_x:--}" >"$d/started"; } 2>/dev/null
}
if command -v setsid >/dev/null 2>&1; then ( setsid sh "$d/run" "$d" </dev/null >>"$d/out" 2>&1 & _tm_started_as "$!" )
elif command -v perl >/dev/null 2>&1; then ( perl -MPOSIX -e 'POSIX::setsid(); exec @ARGV' sh "$d/run" "$d" </dev/null >>"$d/out" 2>&1 & _tm_started_as "$!" )
else ( nohup sh "$d/run" "$d" </dev/null >>"$d/out" 2>&1 & _tm_started_as "$!" )
fi
fi
