# Stands before the real sudo, `$s`, and has it ask by the helper. Only the sudo that everybody has knows `-A` for
# certain; a command that says itself how the password comes is left as it is.
case $("$s" -V 2>/dev/null) in "Sudo version"*) ;; *) exec "$s" "$@";; esac
skip=
for a; do
  if [ -n "$skip" ]; then skip=; continue; fi
  case $a in
    --askpass | --non-interactive | --stdin) exec "$s" "$@";;
    --) break;;
    --*=*) ;;
    -[CDghpRrTtUu] | --chdir | --chroot | --close-from | --group | --host | --prompt | --role | --type | --user) skip=1;;
    --*) ;;
    -*[ASn]*) exec "$s" "$@";;
    -*) ;;
    *) break;;
  esac
done
exec "$s" -A "$@"
