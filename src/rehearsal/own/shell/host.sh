# One host of the box: a root, processes, a name and a user of its own. Runs in a mount namespace of its own, as the
# owner of the box. What is started here can leave none of them.
# host.sh ROOT NAME OWNER READ_ONLY... -- COMMAND...
# ROOT: a file system of the host alone. OWNER: the id that its processes have outside, or - for that of the box.
set -eu
root=$1 name=$2 owner=$3
shift 3
hostname "$name"
while [ "$1" != -- ]; do
  mount --bind "$1" "$root$2"
  shift 2
done
shift
cd "$root"
pivot_root . old
cd /
real=/.rehearsal/usr/bin
$real/umount -l old
set -- $real/unshare --user --map-user=1000 --map-group=1000 --mount --pid --fork --kill-child --mount-proc \
  $real/prlimit --nproc=400 --core=0 $real/setpriv --no-new-privs "$@"
[ "$owner" = - ] || set -- $real/setpriv --reuid="$owner" --regid="$owner" --clear-groups "$@"
# If memory runs out, it ends the box and not what this machine is there for.
echo 1000 >/proc/self/oom_score_adj || :
exec $real/nice -n 5 "$@"
