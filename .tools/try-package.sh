#!/usr/bin/env bash
# Plays a tar.gz and a .deb of `npm run package` through as an ordinary user of a bare Debian 12. Wants root and
# debootstrap; takes minutes, so CI leaves it out. Called by `npm run package -- --try`; TRY_ROOT=DIR keeps the root for
# the next time.
set -euo pipefail
archive=$(realpath "$1")
deb=$(realpath "$2")
root=${TRY_ROOT:-$(mktemp -d)}
[ -n "${TRY_ROOT:-}" ] || trap 'rm -rf "$root"' EXIT
# The ordinary user is in it, too.
chmod 755 "$root"
if [ ! -x "$root/bin/sh" ]; then debootstrap --variant=minbase bookworm "$root" >/dev/null; fi

# Every Debian that was installed has it; debootstrap leaves it to the installer.
[ -e "$root/etc/hosts" ] || printf '127.0.0.1 localhost\n::1 localhost\n' >"$root/etc/hosts"
grep -q '^deploy:' "$root/etc/passwd" || chroot "$root" useradd -m -s /bin/bash deploy
home=$root/home/deploy
rm -rf "$home"/tminus* "$home"/deploy.* "$home"/.local
tar -C "$home" -xzf "$archive"
mv "$home"/tminus-*/ "$home/tminus"
printf '# Deploy\n\n## Deploy\n\n```bash\necho hello\nsleep 20\n```\n' >"$home/deploy.md"
chroot "$root" chown -R deploy: /home/deploy

program=tminus/bin/tminus
# A process namespace of its own: whatever is left running ends with it.
inside() {
  unshare --mount --pid --fork --kill-child bash -c '
    mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev"
    exec chroot --userspec=deploy:deploy "$1" env -i HOME=/home/deploy USER=deploy LANG=C.UTF-8 TERM=dumb \
      PATH=/usr/bin:/bin t="$2" bash -c "cd || exit; $3"' inside "$root" "$program" "$1"
}
# `step EXIT-CODE COMMAND`
step() {
  local status=0
  echo "== $2"
  inside "$2" || status=$?
  echo "== exit code $status, expected $1"
  [ "$status" -eq "$1" ]
}
play() {
  rm -f "$home/deploy.review.yaml"
  step 0 '$t --version'
  step 0 '$t doctor'
  step 7 '$t check deploy.md'
  step 0 '$t review --accept deploy.md'
  step 0 '$t check deploy.md'
  step 0 '$t run deploy.md --plain --auto --yes all & run=$!; until $t runs | grep -q live || ! kill -0 $run; do sleep 1; done; $t attach --plain --observe; wait $run'
}

play
if [ ! -x "$root/usr/bin/git" ]; then
  inside '$t rehearse --plain' || echo "== exit code $? without git"
  echo '== the rehearsal wants git: apt-get install git'
  chroot "$root" sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends git' >/dev/null
fi
step 0 '$t rehearse --plain'

program=tminus
cp "$deb" "$root/tmp/tminus.deb"
chroot "$root" dpkg --install /tmp/tminus.deb
play
chroot "$root" dpkg --remove tminus
