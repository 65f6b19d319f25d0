# What the commands of a job are run with, in the shell of the document. What a command sets there (options, IFS, traps,
# functions, aliases) holds for the commands behind it and for nothing of ours: all of the body is read before the first of
# them runs, `_tm_s` and its like are changed only with our own options and IFS, and no program is found by the document's
# PATH. Its arguments: the files of the record and of the output, the directory of the job's own programs.
_tm_record=$1 _tm_out=$2 _tm_programs=$3
command set --
exec </dev/null
_tm_rec() { command printf '@ %s\n' "$1" >>"$_tm_record"; }
_tm_now() { if [ -n "${EPOCHREALTIME-}" ]; then _tm_t=$EPOCHREALTIME; else _tm_t=$("$_tm_date" +%s); fi; }
_tm_begin() { _tm_now; _tm_at=$1; command printf '$ %s\n' "$2" >>"$_tm_out"; _tm_rec "start $1 $_tm_t"; }
# After a command: `_tm_x` is its status, `_tm_o` the options that it left, which are ours by now.
_tm_end() {
  _tm_keep; _tm_s=$_tm_x; _tm_now; _tm_rec "end $_tm_at $_tm_s $_tm_t"; _tm_at=
  _tm_context
}
# Takes IFS and options from the document: `_tm_own` gives them back, `_tm_own_trace` those that would print what is ours.
# What is read later, as a text, has its `command` behind a backslash, past the
# aliases of the document: so has what bash keeps as text, in `$(…)`.
_tm_keep() {
  case ${IFS+x} in x) _tm_own='IFS=$_tm_ifs'; _tm_ifs=$IFS;; *) _tm_own='\command unset IFS';; esac
  IFS=$_tm_default_ifs; _tm_y=; _tm_own_trace=
  case $_tm_inherits,$_tm_o in ?*,*T*) _tm_y=T;; esac
  case $_tm_inherits,$_tm_o in ?*,*E*) _tm_y=E$_tm_y;; esac
  case $_tm_o in *a*) _tm_y=a$_tm_y;; esac
  case $_tm_o in *e*) _tm_y=e$_tm_y;; esac
  case $_tm_o in *f*) _tm_y=f$_tm_y;; esac
  case $_tm_o in *u*) _tm_y=u$_tm_y;; esac
  case $_tm_o in *C*) _tm_y=C$_tm_y;; esac
  case $_tm_y in ?*) _tm_own="$_tm_own; \\command set -$_tm_y";; esac
  case $_tm_o in *v*) _tm_own_trace='; \command set -v';; esac
  case $_tm_o in *x*) _tm_own_trace="$_tm_own_trace; \\command set -x";; esac
}
# What goes on to the next shell of the document's context. Said after each command, for nobody knows which is the last:
# one that calls `exec` or sets a trap at EXIT never comes back here.
_tm_context() {
  [ /dev/fd/1 -ef "$_tm_out" ] || _tm_sent_elsewhere
  case ${PWD-} in "$_tm_pwd") ;; *) _tm_pwd=${PWD-}; _tm_rec "cwd $(\command pwd)";; esac
  _tm_y=$(\command export -p)
  case $_tm_y in "$_tm_exported") ;; *) _tm_exported=$_tm_y; _tm_y=$(_tm_environment)
    case $_tm_listed in '') _tm_listed=$(_tm_environment_before);; esac
    _tm_changes >>"$_tm_record"; _tm_listed=$_tm_y;; esac
}
# For the runner: what `exec > >(tee log)` sends through a program may come to the output later than the shell ends.
_tm_sent_elsewhere() { case $_tm_lags,$_tm_out,$! in ,/dev/fd/* | ,*,) ;; ,*) _tm_lags=yes; command echo "$!" >>"${_tm_programs%/bin}/lags";; esac; }
# 125: nothing more is run because an input is missing.
_tm_unproved() { command printf '# not run: %s\n' "$2" >>"$_tm_out"; _tm_rec "unproved $1 $2"; _tm_s=125; }
_tm_capture() { command printf '%s\n' "$2" | "$_tm_sed" "s/^/@ capture $1 /" >>"$_tm_record"; }
# Not reached when a command leaves the shell; `_tm_left` is, unless the document has a trap of its own.
_tm_over() { _tm_rec "over $_tm_s"; eval "$_tm_own; \\command exit $_tm_s"; }
_tm_left() {
  command trap - EXIT
  case $_tm_at in ?*) _tm_rec left; _tm_keep; _tm_context;; esac
  command exit "$_tm_x"
}
# In a part of a pipeline that is not its last: keeps its status when it failed, for nobody asks for that. Behind the
# whole pipeline: says so when this went unnoticed, because the last part succeeded. Done with what a shell has built in.
_tm_part() { command trap "{ _tm_parted $1; } 2>/dev/null" EXIT; }
_tm_parted() {
  _tm_x=$?; command trap - EXIT; command umask 077
  case $_tm_x,$_tm_parts in 0,*) ;; *,) _tm_rec "part $1 $_tm_x";; *) command echo "$_tm_x" >|"$_tm_parts.$1";; esac
  command exit "$_tm_x"
}
_tm_piped() {
  _tm_p=$?
  for _tm_i in "$@"; do
    if [ -s "$_tm_parts.$_tm_i" ]; then
      command read -r _tm_x <"$_tm_parts.$_tm_i"; : >|"$_tm_parts.$_tm_i"
      case $_tm_p in 0) _tm_rec "part $_tm_i $_tm_x";; esac
    fi
  done
  return "$_tm_p"
}
# `_tm_inherits`: options of bash by which traps at DEBUG, RETURN and ERR run within functions, and so within ours.
case ${BASH_VERSION+x} in x) _tm_inherits=ET; command shopt -s expand_aliases;; *) _tm_inherits=;; esac
case $_tm_out in /dev/fd/*) _tm_parts=;; *) _tm_parts=${_tm_programs%/bin}/part;; esac
_tm_at=; _tm_lags=; _tm_s=0; _tm_x=0; _tm_o=; _tm_why=; _tm_own=:; _tm_own_trace=; _tm_default_ifs=$IFS; _tm_ifs=$IFS
# Sets `_tm_x` to where program $1 is. To ask the shell for it would be a process more.
_tm_where() {
  _tm_y=$PATH:
  while [ -n "$_tm_y" ]; do
    _tm_x=${_tm_y%%:*}/$1 _tm_y=${_tm_y#*:}
    if [ -f "$_tm_x" ] && [ -x "$_tm_x" ]; then return; fi
  done
  _tm_x=$1
}
_tm_where awk; _tm_awk=$_tm_x; _tm_where sed; _tm_sed=$_tm_x; _tm_where date; _tm_date=$_tm_x; _tm_where tr; _tm_tr=$_tm_x; _tm_x=0
_tm_pwd=$PWD; _tm_exported=$(command export -p); _tm_listed=
# What it was before is looked at when something has changed, where that can be told then.
if [ -n "${BASH_ENV-}" ] || [ ! -r "/proc/$$/environ" ]; then _tm_listed=$(_tm_environment); fi
trap '{ _tm_x=$? _tm_o=$-; \command set "+aefuvxC$_tm_inherits"; } 2>/dev/null; _tm_left' EXIT
