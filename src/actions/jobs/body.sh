# What the commands of a job are run with. Names begin with `_tm_` to stay clear of the commands' own. Needs environment.sh.
_tm_d=$1
_tm_rec() { printf '@ %s\n' "$*" >>"$_tm_d/record"; }
_tm_now() { if [ -n "${EPOCHREALTIME-}" ]; then _tm_t=$EPOCHREALTIME; else _tm_t=$(date +%s); fi; }
_tm_begin() { _tm_now; _tm_at=$1; printf '$ %s\n' "$2"; _tm_rec start "$1" "$_tm_t"; }
_tm_end() { _tm_s=$1; _tm_now; _tm_rec end "$_tm_at" "$1" "$_tm_t"; _tm_at=; }
# 125: nothing more is run because an input is missing.
_tm_unproved() { printf '# not run: %s\n' "$2"; _tm_rec unproved "$1" "$2"; _tm_s=125; }
_tm_capture() { printf '%s\n' "$2" | sed "s/^/@ capture $1 /" >>"$_tm_d/record"; }
# Runs at the end of the body, and also when a command says `exit`.
_tm_leave() {
  _tm_x=$?
  trap - EXIT
  set +eu
  if [ -n "$_tm_at" ]; then _tm_end "$_tm_x"; fi
  _tm_rec cwd "$(pwd)"
  if [ "$_tm_env" != "$(export -p)" ]; then _tm_environment >"$_tm_d/env"; fi
  exit "$_tm_x"
}
_tm_at=; _tm_s=0; _tm_why=
_tm_env=$(export -p)
trap _tm_leave EXIT
