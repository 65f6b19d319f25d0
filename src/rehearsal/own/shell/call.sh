#!/bin/bash
# A program that is played: tells the box how it was called and does what it is told. The name is the one it was called by.
exec 3<>/dev/tcp/127.90.0.1/90 || exit 127
printf '%s\0' "$HOSTNAME" "$PWD" "${0##*/}" "$@" $'\4' >&3
for word; do
  # Its input is read where it is asked for: whoever writes to it would else be told that nobody reads.
  if [[ $word == - || $word == *=- || $word == /dev/stdin ]]; then
    cat >/dev/null
    break
  fi
done
told=$(cat <&3)
exec 3>&-
eval "$told"
