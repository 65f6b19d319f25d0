/** The command that builds a box around another one, and why there can be none on this machine. */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {assetPath} from '../../file-paths.ts';
import {BOX_FILES} from './box-plan.ts';

const SEARCHED = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
/** Program -> the Debian package that brings it. */
const NEEDED = {
  ...{
    unshare: 'util-linux',
    nsenter: 'util-linux',
    setpriv: 'util-linux',
    prlimit: 'util-linux',
    pivot_root: 'util-linux',
  },
  ...{
    hostname: 'hostname',
    mount: 'mount',
    ip: 'iproute2',
    sshd: 'openssh-server',
    'ssh-keygen': 'openssh-client',
    bash: 'bash',
    git: 'git',
  },
};
/** What the operator's machine in a box, and a host beside it, need. */
const TRY = `ip link set lo up && mount -t tmpfs tmpfs "$1" && mkdir "$1/p" && mount -t proc proc "$1/p" &&
  unshare --user --map-user=1000 --map-group=1000 --mount --pid --fork --mount-proc true`;

/** Root makes its namespaces by itself; anybody else has them in a user namespace of his own. */
function unshare(): string[] {
  const own = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  return ['unshare', ...own, '--mount', '--pid', '--net', '--ipc', '--uts', '--fork', '--kill-child'];
}

/** Words for an operator; undefined where a box can be built. */
export function whyNoBox(): string | undefined {
  if (process.platform !== 'linux') return 'it needs the namespaces of Linux';
  const missing = Object.entries(NEEDED).filter(([name]) => !SEARCHED.some(place => existsSync(join(place, name))));
  if (missing.length > 0) {
    const names = missing.map(([name, debian]) => `${name} (Debian: ${debian})`);
    return `it needs ${names.join(', ')}`;
  }
  const directory = mkdtempSync(join(tmpdir(), 'tminus-box-'));
  try {
    const [command = '', ...args] = [...unshare(), 'sh', '-c', TRY, 'sh', directory];
    const {status, stderr, error} = spawnSync(command, args, {encoding: 'utf8', env: boxPath()});
    if (status === 0) return undefined;
    const said = (error?.message ?? stderr).trim().split('\n')[0] ?? '';
    return `this machine does not allow it namespaces of its own (${said}); ${WHAT_HELPS}`;
  } finally {
    rmSync(directory, {recursive: true, force: true});
  }
}

const WHAT_HELPS =
  'as root: sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000, on Ubuntu also kernel.apparmor_restrict_unprivileged_userns=0; in a container: on its machine, or in one that is started with --privileged';

function boxPath(): NodeJS.ProcessEnv {
  return {...process.env, PATH: SEARCHED.join(':')};
}

/**
 * What stands in front of a command so that it runs as the engine of a box. `readOnly`: files and directories of this
 * machine that are read there, at the same path.
 */
export function boxCommand(runDirectory: string, readOnly: readonly string[]): string[] {
  const init = assetPath('box-init.js', 'own/box/first-process.ts');
  const shown = [...new Set([process.execPath, ...readOnly])].filter(path => !path.startsWith('/usr/'));
  return [
    ...unshare(),
    ...['sh', join(assetPath('own/shell'), 'box.sh'), join(runDirectory, BOX_FILES.root), runDirectory],
    ...[...shown, '--', process.execPath, init, runDirectory],
  ];
}
