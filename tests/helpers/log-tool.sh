#!/bin/bash
# Stands in for docker, kubectl and journalctl, by the name it is called: follows the file `log` beside it, whose lines
# begin with the time, and understands what those say about where to begin and how to write the time.
tool=${0##*/} since='' stamped='' all=''
while [ $# -gt 0 ]; do
  case $1 in
    --timestamps | --output=short-iso-precise) stamped=yes ;;
    --since=@*) since=$(date -u -d "${1#--since=}" +%FT%T) ;;
    --since=2*) since=${1#--since=} ;;
    --since-time=*) since=${1#--since-time=} since=${since%%.*} ;; # kubectl: whole seconds
    --tail=all | --tail=-1 | --lines=all) all=yes ;;
  esac
  shift
done
since=${since%Z} # a time without its zone is a beginning of the same time with more digits
[ -z "$since" ] || [ -n "$all" ] || { echo "$tool: a limit of lines would lose some"; exit 1; }
[ "$tool" != docker ] || exec 2>&1
[ -z "$since" ] || [ "$tool" = journalctl ] || echo "time=now level=warning msg=something"
tail -n +1 -F "${0%/*}/log" 2>/dev/null | while IFS= read -r line; do
  [[ $line == ' '* ]] || { [[ ${line%% *} < $since ]] && shown='' || shown=yes; }
  [ -z "$shown" ] || if [ -n "$stamped" ]; then printf '%s\n' "$line"; else printf '%s\n' "${line#* }"; fi
done
