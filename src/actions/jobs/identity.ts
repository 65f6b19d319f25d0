/**
 * Tells a job's process from a later one that was given the same number: its start, and the start of its host.
 * POSIX sh; where there is no /proc the start is what `ps` says of it, and the host's own start is not known. The shell
 * reads by itself, because a job waits for every program that is started for this.
 */

/** Prints what is different after every restart of the host; nothing where nobody can tell. */
export const bootText = '_tm_x=; read -r _tm_x 2>/dev/null </proc/sys/kernel/random/boot_id; printf %s "$_tm_x"';

/** Prints when process `$1` was started, as one word. The program's name, which comes before it, may hold anything. */
export const startedText = `_tm_x=; while read -r _tm_y; do _tm_x=\${_tm_y##*") "}; done 2>/dev/null <"/proc/$1/stat"
  set -- "$1" $_tm_x; _tm_x=\${21-}
  [ -n "$_tm_x" ] || _tm_x=$(ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' _)
  printf %s "$_tm_x"`;

/** For the record of the process itself: `START BOOT`. */
export const ownIdentityText = `_tm_boot() { ${bootText}; }
_tm_started() { ${startedText}; }
_tm_s=$(_tm_started "$$"); _tm_b=$(_tm_boot)`;
