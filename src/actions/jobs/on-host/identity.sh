# Tells a job's process from a later one that was given the same number: by its own start and the start of its host.
# The shell reads /proc by itself, because a job waits for every program that is started for this.

# Sets `_tm_u`: the number of the user.
_tm_user() {
  _tm_u=; while read -r _tm_x _ _tm_y _; do case $_tm_x in Uid:) _tm_u=$_tm_y; break;; esac; done 2>/dev/null </proc/self/status
  [ -n "$_tm_u" ] || _tm_u=$(id -u)
}

# Sets `_tm_x` to what is different after every restart of the host; to nothing where nobody can tell.
_tm_boot() { _tm_x=; read -r _tm_x 2>/dev/null </proc/sys/kernel/random/boot_id; }

# Sets `_tm_x` to when process $1 was started, as one word. Without /proc it is what `ps` says of it.
# In /proc/PID/stat the program's name comes before it, and may hold anything.
_tm_started() {
  _tm_x=; while read -r _tm_y; do _tm_x=${_tm_y##*") "}; done 2>/dev/null <"/proc/$1/stat"
  set -- "$1" $_tm_x; _tm_x=${21-}
  [ -n "$_tm_x" ] || _tm_x=$(ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' _)
}
