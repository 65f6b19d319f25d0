/** Tells commands from output, prose and names. */

import {memoize} from '../../text/memoize.ts';
import {codeSpans} from '../document/inline.ts';
import {phrase} from '../words/vocabulary.ts';
import {withProgramFirst} from './carried-commands.ts';
import {parseShell} from './grammar.ts';
import {shellCommands, withoutPrefixes} from './words.ts';

/** Whether the whole text is a command line. */
export const looksLikeCommand = memoize(isLikeCommand);

function isLikeCommand(text: string): boolean {
  if (text.length > CHARACTERS_MAX || parseShell(text).error !== undefined) return false;
  const [first, ...others] = shellCommands(text);
  if (first === undefined) return false;
  if (first.words.length === 0) return false;
  const raw = first.words.map(word => word.text);
  const words = withoutPrefixes(raw);
  const [program = ''] = words;
  // `sudo -u app -i` opens a shell and names no program, but is a command.
  if (program === '') return raw.length > 1 && /^(?:sudo|doas|env)$/.test(raw[0] ?? '');
  if (/^(?:(?:\.{0,2}|\$\w+|\$\{\w+\})\/[\w./-]+|~\/\S+|[\w.-]+\/[\w./-]+)$/.test(program))
    return isProgramFile(program, words);
  const known = withProgramFirst(words)[0] ?? program;
  if (PROGRAMS.has(program) || PROGRAMS.has(known)) {
    return (words.length > 1 && !readsAsProse(words)) || (ALONE.has(program) && words.length === 1);
  }
  // What sudo runs, or what is piped into a known program, is a program too.
  const isGiven =
    /^(?:sudo|doas)$/.test(raw[0] ?? '') ||
    others.some(other => PROGRAMS.has(withoutPrefixes(other.words.map(word => word.text))[0] ?? ''));
  return hasShape(words) || (isGiven && PROGRAM_NAME.test(program) && words.length > 1 && !readsAsProse(words));
}

/** Whether a command is quoted in a text. */
export function quotesCommand(text: string): boolean {
  return codeSpans(text).some(looksLikeCommand);
}

/** The commands among quotations of one text, also of unknown programs: `kdisable it` beside `kworker --stop it`. */
export function commandsAmong(codes: readonly string[], raw: string): string[] {
  const denied = deniedIn(codes, raw);
  const meant = codes.filter((_, index) => !denied.has(index));
  const known = meant.filter(looksLikeCommand);
  const isJoinedAlike = (code: string) =>
    known.some(one => isAlike(code.trim().split(/\s+/), one.trim().split(/\s+/)) && isJoined(raw, one, code));
  return meant.filter(code => looksLikeCommand(code) || isJoinedAlike(code));
}

/** "`a` (not `b` or `c`)", "instead of `b`": by their places among the quotations, those that are not run. */
function deniedIn(codes: readonly string[], raw: string): Set<number> {
  const denied = new Set<number>();
  let from = 0;
  for (const [index, code] of codes.entries()) {
    const at = raw.indexOf(code, from);
    if (at === -1) continue;
    const ahead = raw.slice(from, at);
    if (DENIES.test(ahead) || (denied.has(index - 1) && OR_ALSO.test(ahead))) denied.add(index);
    from = at + code.length;
  }
  return denied;
}

const DENIES = phrase`(?:^|[^\p{L}\p{N}])(?:${'not-this'})\s*(?:\*\*|__)?\x60+\s?$`;
const OR_ALSO = phrase`^\x60+\s*(?:${'or'}|/)\s*\x60+$`;

/** "`a` and `b`", but not "`a`, which prints `b`". */
function isJoined(raw: string, one: string, other: string): boolean {
  const [first, second] = [one, other].map(code => raw.indexOf(`\`${code}\``)).sort((a, b) => a - b) as [
    number,
    number,
  ];
  const behind = raw.indexOf('`', first + 1) + 1;
  return first >= 0 && JOINS.test(raw.slice(behind, second));
}

const JOINS = phrase`^[\s,;+&/]*(?:(?:${'and-then'})\s+){0,2}$`;

/** Of the same program, or of one whose name begins alike and that works on the same. */
function isAlike([program = '', ...others]: readonly string[], [known = '', ...theirs]: readonly string[]): boolean {
  if (others.length === 0 || !PROGRAM_NAME.test(program) || others.some(word => !/^[\w./:@=-]+$/.test(word)))
    return false;
  if (program === known) return !PROGRAMS.has(program);
  const family = /^\w+-/.exec(program)?.[0];
  return family !== undefined && known.startsWith(family) && others.every(word => theirs.includes(word));
}

const CHARACTERS_MAX = 20_000;

/**
 * `./deploy.sh`, `bin/rails db:migrate`, `$APP_HOME/bin/ctl stop`; but not `src/app/main.py`, which is only a file, or `application/json; q=1`.
 */
function isProgramFile(program: string, words: readonly string[]): boolean {
  // `/deploy api` is an order to a chat bot.
  if (readsAsProse(words) || /^\/[\w-]+$/.test(program)) return false;
  if (/^(?:\.{1,2}\/|\/|~\/|\$)/.test(program))
    return words.length > 1 || /\.(?:sh|py|rb|js|bash|pl|php)$/.test(program);
  return words.length > 1 && /(?:^|\/)bin\/|\.(?:sh|bash)$/.test(program);
}

/** `make sure that …`, `test the login`: sentences whose first word is also a program. */
function readsAsProse(words: readonly string[]): boolean {
  return words.slice(1, 6).some(word => STOP_WORDS.test(word)) && words.every(word => !/^-{1,2}[a-z]/i.test(word));
}

const STOP_WORDS = phrase`^${'stop-word'}$`;

const PROGRAM_NAME = /^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/;

/** An unknown program whose arguments look like those of a program: `foo --bar=1`, `fwctl status`. */
function hasShape(words: readonly string[]): boolean {
  const [program = ''] = words;
  if (!PROGRAM_NAME.test(program) || words.length < 2 || readsAsProse(words)) return false;
  if (/[a-z]-?ctl$/.test(program)) return true;
  return words.slice(1).some(word => /^(?:-[a-zA-Z]$|--[a-z][\w-]+(?:=|$))|\$\{?[A-Za-z_]/.test(word));
}

const PROGRAMS = new Set(
  `ab aide airflow alembic ansible ansible-galaxy ansible-playbook ant apachectl apk apt apt-get argocd artillery at awk aws az
  b2sum base64 bash bazel bq brew brotli btrfs buildah bun bundle bunx bzip2 cap cargo cat cd cdk celery certbot chattr chgrp chmod
  chown chroot clickhouse-client cloudflared cmake cmp composer conda consul cosign cp cqlsh createdb createuser crictl crontab
  cscli csplit ctr curl cut cypher-shell date dbt dd deno df dig diff dirname django-admin dmesg dnf docker docker-compose doctl
  dotnet dpkg dpkg-reconfigure dropdb dropuser du eas echo egrep eksctl emacs env etcdctl exit expect expo export fail2ban-client
  fallocate fastlane fdisk find findmnt firebase firewall-cmd flask flatpak flux fly flyctl flyway free fsck ftp fuser
  gcloud gem getent gh git gitlab-rake glab gluster go gpg gradle grep gsutil gunicorn gunzip gzip haproxy head helm helmfile
  heroku hey hg host hostname hostnamectl htop http httpd iftop ifconfig iisreset influx init install iostat iotop ip iptables
  istioctl java javac jcmd jest jmap journalctl jq jstack k k3s k6 k9s kafka-topics kafkacat kcat keytool kill killall kind
  kinit kops kpt ksql kubeadm kubectl kubectx kubens kustomize launchctl ldapsearch lein lerna less liquibase ln locust logrotate
  ls lsblk lscpu lsof lvs lxc make mariadb md5sum microk8s minikube mkdir mkfs mktemp mongo mongodump mongoimport
  mongoexport mongorestore mongosh mount msbuild mtr mutt mv mvn mysql mysqladmin mysqlcheck mysqldump mysqlimport nano nc ncat
  netcat netlify netplan netstat newman next nft nginx ng nmap nmcli node nohup nomad npm npx nsenter nslookup nsupdate nuget nvm
  nx oc openssl op packer patch patronictl pecl perl pg_basebackup pg_ctl pg_ctlcluster pg_dump pg_dumpall pg_isready pg_lsclusters
  pg_restore pg_upgrade pgbackrest pgbench pgrep php php-fpm pidof ping pip pip3 pipenv pkill pm2 pnpm podman poetry printenv printf
  prisma promtool ps psql pulumi puppet pushd pvs pwd pytest python python2 python3 rabbitmq-diagnostics rabbitmqctl rails rake
  rclone read readlink realpath reboot redis-cli redis-server renice repmgr restic rm rmdir route rpm rsync ruby rustup sam sbt scp
  sed seq sequelize serverless service set sftp sh sha256sum shutdown siege skopeo sleep sls snap sort source split sqlcmd sqlite3
  sqlplus ss ssh ssh-add ssh-copy-id ssh-keygen ssh-keyscan stat stern stress su sudo supabase supervisorctl svn swapoff swapon
  sync sysctl systemctl systemd-analyze tac tail tar taskset tcpdump tee telnet terraform terragrunt test tf tftp time timedatectl
  timeout tmux tofu top touch tox tr traceroute truncate tsc tune2fs turbo typeorm udevadm ufw ulimit umount unalias uname uniq
  unlink unset unzip unxz update-alternatives uptime useradd usermod userdel uv uvicorn vacuumdb vagrant valgrind varnishadm vault
  vegeta velero vercel vi vim virsh visudo vite vmstat w wait watch wc wget which while who whoami whois wp wrangler wrk xargs xcrun
  xxd xz yarn yq yum zcat zfs zip zookeeper-shell zpool zsh zstd zypper manage.py artisan . [ [[ for if until`.split(
    /\s+/,
  ),
);

/** Programs that are run without arguments. */
const ALONE = new Set(
  `make pytest htop top uptime ls pwd df pg_isready psql hostname jest free whoami id reboot pg_lsclusters lsblk tox vmstat
  iisreset do-release-upgrade mysql_secure_installation w sync k9s docker-compose`.split(/\s+/),
);
