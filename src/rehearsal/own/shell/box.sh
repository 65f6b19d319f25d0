# The first process of a box: gives it a root that holds nothing of this machine but to be read, and a network of its own.
# box.sh ROOT RUN_DIRECTORY READ_ONLY... -- COMMAND...
# When it ends, the kernel ends every process of the box.
set -eu
unset NODE_EXTRA_CA_CERTS
root=$1 run=$2
shift 2
umask 022
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# Every address leads here: a host of the bindings that is named by its number is in the box, too.
ip link set lo up
ip route add local 0.0.0.0/0 dev lo
ip -6 route add local ::/0 dev lo 2>/dev/null || :

mount -t tmpfs -o size=64m,mode=755,nosuid,nodev tmpfs "$root"
cd "$root"
mkdir proc dev etc tmp root hosts old
chmod 1777 tmp
mount -t proc -o nosuid,nodev,noexec proc proc
# Each host binds the ports that real ones have.
echo 0 >proc/sys/net/ipv4/ip_unprivileged_port_start
for node in null zero full random urandom tty; do
  : >dev/$node
  mount --bind /dev/$node dev/$node
done
ln -s /proc/self/fd dev/fd

show() {
  if [ -d "$1" ]; then
    mkdir -p "$root$1"
  else
    mkdir -p "$root${1%/*}"
    : >"$root$1"
  fi
  mount --bind -o ro,nosuid,nodev "$1" "$root$1"
}
show /usr
for name in bin sbin lib lib32 lib64 libx32; do
  if [ -L "/$name" ]; then cp -P "/$name" .; elif [ -d "/$name" ]; then show "/$name"; fi
done
while [ "$1" != -- ]; do
  show "$1"
  shift
done
shift
mkdir -p "$root$run"
mount --bind "$run" "$root$run"

pivot_root . old
cd /
umount -l old
rmdir old
code=0
"$@" &
wait $! || code=$?
exit "$code"
