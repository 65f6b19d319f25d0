/** Opens one host of the box: its own root, processes, name and user, with a real SSH server. */
import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import {basename, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {assetPath} from '../../file-paths.ts';
import {type BoxHost, type BoxPlan, USER} from './box-plan.ts';
import {type Certificate, trustCertificate} from './certificate.ts';
import {clientConfig, entry, homeOf, hostEnvironment, hostsFile, type Keys, knownHosts} from './operator-machine.ts';

export type OpenHost = {
  host: BoxHost;
  /** Put in front of a program that is to run there. */
  enter: readonly string[];
  process: ChildProcess;
};

const SIZE = '256m';
const OPEN_WITHIN_MS = 20_000;
const LOOK_AGAIN_MS = 20;
/** Where a host sees what is read of this machine; out of the way of what its own programs are called. */
const REAL = '/.rehearsal';
/** Seen at the same place: libraries, and what programs read. */
const LIBRARIES = ['/usr/lib', '/usr/lib32', '/usr/lib64', '/usr/libx32', '/usr/libexec', '/usr/share'];
const DIRECTORIES = [
  ...['dev', 'etc/ssh', 'home', 'mnt', 'opt', 'proc', 'root', 'run', 'srv', 'tmp', 'old', '.rehearsal/usr'],
  ...['.rehearsal/origin', 'usr/bin', 'usr/local/bin', 'usr/local/sbin', 'usr/src', 'var/backups', 'var/lib'],
  ...['var/log', 'var/tmp', 'var/www', 'var/cache', 'var/run'],
];

/** `played`: names of programs that are played there. Resolves when its SSH server answers. */
export async function openHost(
  host: BoxHost,
  plan: BoxPlan,
  keys: Keys & {certificate: Certificate | undefined},
  played: readonly string[],
): Promise<OpenHost> {
  const {hostname, address, ports, users} = host;
  const root = join('/hosts', hostname);
  makeRoot(root, SIZE);
  writeEtc(root, host, plan, keys);
  if (keys.certificate !== undefined) trustCertificate(root, keys.certificate);
  linkPrograms(join(root, 'usr/bin'), plan.programs, played);
  for (const user of users) mkdirSync(join(root, homeOf(user, host)), {recursive: true});
  const shown = ['/usr', `${REAL}/usr`, '/origin', `${REAL}/origin`];
  const command = ['/.rehearsal/usr/sbin/sshd', '-D', '-e', '-f', '/etc/ssh/sshd_config'];
  const {child, pid} = await startIn(root, hostname, plan.owner, shown, command);
  await until(`the SSH server of ${hostname}`, child, () => answers(address, ports[0] ?? 22));
  return {host, enter: entry(pid, host, plan.owner), process: child};
}

/** A file system in memory, which ends with the box. */
export function makeRoot(root: string, size: string): void {
  mkdirSync(root, {recursive: true});
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755,nosuid,nodev`, 'tmpfs', root]);
  for (const name of DIRECTORIES) mkdirSync(join(root, name), {recursive: true});
  for (const name of ['tmp', 'var/tmp']) chmodSync(join(root, name), 0o1777);
  for (const name of ['null', 'zero', 'full', 'random', 'urandom', 'tty']) writeFileSync(join(root, 'dev', name), '');
  for (const [index, name] of ['stdin', 'stdout', 'stderr'].entries()) {
    symlinkSync(`/proc/self/fd/${index}`, join(root, 'dev', name));
  }
  symlinkSync('/proc/self/fd', join(root, 'dev/fd'));
  mkdirSync(join(root, 'dev/shm'));
  symlinkSync('bin', join(root, 'usr/sbin'));
  for (const path of LIBRARIES) if (isDirectory(path)) mkdirSync(join(root, path), {recursive: true});
  for (const name of ['bin', 'sbin']) symlinkSync('usr/bin', join(root, name));
  for (const name of ['lib', 'lib32', 'lib64', 'libx32']) {
    if (isDirectory(`/${name}`)) symlinkSync(`usr/${name}`, join(root, name));
  }
}

function isDirectory(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Starts a program as the first process of a host whose root is set up; `pid` is that process, seen from here. */
export async function startIn(
  root: string,
  hostname: string,
  owner: number | undefined,
  shown: readonly string[],
  command: readonly string[],
): Promise<{child: ChildProcess; pid: number}> {
  if (owner !== undefined) chownAll(root, owner);
  const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty'].map(name => `/dev/${name}`);
  const same = ['/proc', ...devices, ...LIBRARIES.filter(isDirectory)].flatMap(path => [path, path]);
  const script = join(assetPath('own/shell'), 'host.sh');
  const args = [script, root, hostname, owner === undefined ? '-' : String(owner), ...same, ...shown, '--', ...command];
  const child = spawn('unshare', ['--mount', '--uts', '--ipc', 'sh', ...args], {
    // Pipes: what a host inherits it could open again, and the engine's log is a file of this machine.
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C'},
    cwd: '/',
  });
  child.stdout?.pipe(process.stdout, {end: false});
  child.stderr?.pipe(process.stderr, {end: false});
  let pid: number | undefined;
  const started = basename(command[0] ?? '');
  await until(`the first process of ${hostname}`, child, async () => {
    pid = childOf(child.pid ?? 0, started);
    return pid !== undefined;
  });
  return {child, pid: pid ?? 0};
}

function chownAll(path: string, owner: number): void {
  execFileSync('chown', ['-R', `${owner}:${owner}`, path]);
}

/** The child of a process, once it runs the program that it is meant to run. */
function childOf(parent: number, program: string): number | undefined {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const ppid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      const called = readFileSync(`/proc/${name}/comm`, 'utf8').trim();
      if (ppid === parent && called === program.slice(0, 15)) return Number(name);
    } catch {
      // It has just ended.
    }
  }
  return undefined;
}

/** Throws when the process ends or the time is up first. */
export async function until(
  what: string,
  child: ChildProcess,
  holds: () => Promise<boolean>,
  withinMs = OPEN_WITHIN_MS,
): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (child.exitCode !== null) throw new Error(`${what} ended at its start (exit ${child.exitCode})`);
    if (Date.now() > end) throw new Error(`${what} did not start within ${withinMs / 1000} s`);
    await sleep(LOOK_AGAIN_MS);
  }
}

function answers(address: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, address);
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

function writeEtc(root: string, host: BoxHost, plan: BoxPlan, keys: Keys): void {
  const etc = (name: string, text: string, mode = 0o644) => writeFileSync(join(root, 'etc', name), text, {mode});
  const {users, address, ports, hostname, names} = host;
  etc('hosts', hostsFile(plan));
  etc('hostname', `${hostname}\n`);
  etc('nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files\n');
  etc('passwd', users.map(user => `${user}:x:1000:1000::${homeOf(user, host)}:/bin/bash\n`).join(''));
  etc('group', `${users[0] ?? USER}:x:1000:\nwww-data:x:1000:\n`);
  etc('gitconfig', `[user]\n  name = ${USER}\n  email = ${USER}@localhost\n[safe]\n  directory = *\n`);
  etc('os-release', 'ID=debian\nNAME="a host of the rehearsal"\nPRETTY_NAME="a host of the rehearsal"\n');
  etc('ssh/host_key', keys.hostKey, 0o600);
  etc('ssh/id_ed25519', keys.userKey, 0o600);
  etc('ssh/authorized_keys', keys.userPublic);
  etc('ssh/known_hosts', knownHosts(plan, keys));
  etc('ssh/ssh_config', clientConfig('/etc/ssh'));
  const addresses = [address, ...names.filter(name => /^[\d.]+$|:/.test(name))];
  const environment = Object.entries(hostEnvironment(host)).filter(
    ([name]) => !/^(?:HOME|USER|LOGNAME|SHELL)$/.test(name),
  );
  etc(
    'ssh/sshd_config',
    [
      ...ports.map(port => `Port ${port}`),
      ...addresses.map(own => `ListenAddress ${own}`),
      'HostKey /etc/ssh/host_key',
      'LogLevel FATAL',
      'AuthorizedKeysFile /etc/ssh/authorized_keys',
      ...[
        'PidFile none',
        'StrictModes no',
        'UsePAM no',
        'PasswordAuthentication no',
        'KbdInteractiveAuthentication no',
      ],
      ...['PermitRootLogin yes', 'AllowTcpForwarding yes', 'UseDNS no', 'MaxStartups 100', 'MaxSessions 100'],
      'Subsystem sftp internal-sftp',
      `SetEnv ${environment.map(([name, value]) => `${name}=${value}`).join(' ')}`,
      '',
    ].join('\n'),
  );
}

/**
 * Names of real programs lead to this machine's, those of played ones to the script that asks the box. What only changes
 * users has a script of its own: a host has one.
 */
export function linkPrograms(bin: string, programs: BoxPlan['programs'], played: readonly string[]): void {
  const call = join(REAL, 'call');
  writeFileSync(join(bin, '../..', call), readFileSync(join(assetPath('own/shell'), 'call.sh')), {mode: 0o755});
  const own = join(assetPath('own/shell'), 'programs');
  const ours = readdirSync(own);
  for (const name of ours) writeFileSync(join(bin, name), readFileSync(join(own, name)), {mode: 0o755});
  const others = played.filter(name => !ours.includes(name));
  for (const name of others) symlinkSync(call, join(bin, name));
  for (const [name, path] of Object.entries(programs)) {
    if (ours.includes(name) || others.includes(name)) continue;
    symlinkSync(join(REAL, path.startsWith('/usr/') ? path : `/usr${path}`), join(bin, name));
  }
}
