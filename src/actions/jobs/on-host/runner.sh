# Sets the place up, runs the body of the job in `$d` and records how it ended. It survives a TERM to its group (what it
# runs does not), so that the end of a cancelled job is on record too. Needs identity.sh and the functions _tm_exports and
# _tm_enter (which sets `s` when it fails). Where nothing can be kept, `d` is empty, `_tm_body` is the body itself, and the
# record goes to descriptor 8; `_tm_mark` tells there where the output begins and ends.
d=$1
if [ -n "$d" ]; then _tm_record=$d/record _tm_out=$d/out; else _tm_record=/dev/fd/8 _tm_out=/dev/fd/7; fi
trap : TERM INT HUP
_tm_started "$$"; _tm_s=$_tm_x; _tm_boot
printf '@ pid %s %s %s\n' "$$" "${_tm_s:--}" "${_tm_x:--}" >>"$_tm_record"
[ -n "$d" ] || printf '%s begin \n' "$_tm_mark"
unset CDPATH
# What makes a command wait for a person, or draw for one.
export TERM=dumb PAGER=cat GIT_PAGER=cat SYSTEMD_PAGER=cat GIT_TERMINAL_PROMPT=0 DEBIAN_FRONTEND=noninteractive
_tm_exports
# Puts a sudo before the real one that uses the helper, unless there is none, it is never going to ask (root), or the
# place has a helper of its own. Sets nothing where programs cannot be started from.
_tm_sudo=$(command -v sudo 2>/dev/null)
case $_tm_sudo in *\'*) _tm_sudo=;; esac
case $d,$_tm_sudo in ?*,/*) if [ -z "${SUDO_ASKPASS-}" ] && _tm_user && [ "$_tm_u" != 0 ] && mkdir -m 700 "$d/bin"; then
  { echo '#!/bin/sh'; echo "s='$_tm_sudo'"; printf %s "$_tm_wrapper"; } >"$d/bin/sudo"
  { echo '#!/bin/sh'; printf %s "$_tm_askpass"; } >"$d/askpass"
  chmod 700 "$d/bin/sudo" "$d/askpass"
  if [ -x "$d/askpass" ]; then export SUDO_ASKPASS="$d/askpass" PATH="$d/bin:$PATH"; fi
fi;; esac
unset _tm_sudo _tm_wrapper _tm_askpass
s=0
_tm_enter
if [ "$s" -eq 0 ]; then
  _tm_shell=sh; if command -v bash >/dev/null 2>&1; then _tm_shell=bash; fi
  if [ -n "$d" ]; then "$_tm_shell" "$d/body" "$_tm_record" "$_tm_out" "$d/bin"
  else printf %s "$_tm_body" | "$_tm_shell" -s -- "$_tm_record" "$_tm_out" /nowhere; fi
  s=$?
fi
# Waits for a program of the document's own that its output goes through: it ends once nobody writes to it any more.
if [ -n "$d" ] && [ -f "$d/lags" ]; then
  read -r p <"$d/lags"; i=0
  while kill -s 0 "$p" 2>/dev/null && [ "$i" -lt 100 ]; do
    case $(ps -o stat= -p "$p" 2>/dev/null) in Z*) break;; esac
    i=$((i+1)); sleep 0.1 2>/dev/null || { sleep 1; i=$((i+9)); }
  done
fi
if [ -n "$d" ]; then
  : >"$d/room"
  n=$(wc -c <"$d/out"); n=$((n))
else printf '%s end \n' "$_tm_mark"; n=-; fi
printf '@ done %s %s\n' "$s" "$n" >>"$_tm_record"
[ -z "$d" ] || rm -rf "$d/started" "$d/body" "$d/run" "$d/lags" "$d/room" "$d/bin" "$d/askpass" "$d"/sudo.* "$d"/part.*
