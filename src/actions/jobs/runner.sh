# Sets the place up, runs the body of the job in `$d` and records how it ended. It survives a TERM to its group (what it
# runs does not), so that the end of a cancelled job is on record too. Needs identity.sh, environment.sh, and the
# functions _tm_exports and _tm_enter (which sets `s` when it fails).
d=$1
trap : TERM INT HUP
_tm_s=$(_tm_started "$$"); _tm_b=$(_tm_boot)
printf '@ pid %s %s %s\n' "$$" "${_tm_s:--}" "${_tm_b:--}" >>"$d/record"
unset CDPATH
# What makes a command wait for a person, or draw for one.
export TERM=dumb PAGER=cat GIT_PAGER=cat SYSTEMD_PAGER=cat GIT_TERMINAL_PROMPT=0 DEBIAN_FRONTEND=noninteractive
_tm_exports
# Puts a sudo before the real one that uses the helper, unless there is none, it is never going to ask (root), or the
# place has a helper of its own. Sets nothing where programs cannot be started from.
_tm_sudo=$(command -v sudo 2>/dev/null)
case $_tm_sudo in *\'*) _tm_sudo=;; esac
case $_tm_sudo in /*) if [ -z "${SUDO_ASKPASS-}" ] && [ "$(id -u)" != 0 ] && mkdir -m 700 "$d/bin"; then
  { echo '#!/bin/sh'; echo "s='$_tm_sudo'"; printf %s "$_tm_wrapper"; } >"$d/bin/sudo"
  { echo '#!/bin/sh'; printf %s "$_tm_askpass"; } >"$d/askpass"
  chmod 700 "$d/bin/sudo" "$d/askpass"
  if [ -x "$d/askpass" ]; then export SUDO_ASKPASS="$d/askpass" PATH="$d/bin:$PATH"; fi
fi;; esac
unset _tm_sudo _tm_wrapper _tm_askpass
s=0
_tm_enter
if [ "$s" -eq 0 ]; then
  if command -v bash >/dev/null 2>&1; then bash "$d/body" "$d"; else sh "$d/body" "$d"; fi
  s=$?
  if [ -f "$d/env" ]; then
    _tm_environment >"$d/env0"
    # What is new in the second, without the directory of programs that only this job has.
    awk -v own="$d/bin:" 'FILENAME==ARGV[1]{old[$0]=1;next}!($0 in old){while((i=index($0,own))>0)$0=substr($0,1,i-1) substr($0,i+length(own));print "@ export " $0}' "$d/env0" "$d/env" >>"$d/record"
  fi
fi
[ ! -d "$d/bin" ] || rm -rf "$d/bin" "$d/askpass" "$d"/sudo.*
n=$(wc -c <"$d/out")
printf '@ done %s %s\n' "$s" "$((n))" >>"$d/record"
rm -f "$d/body" "$d/run" "$d/env" "$d/env0"
