/** A real OpenSSH server on a free port, with its own keys and files in a directory of its own. */
import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {newDirectory} from './new-directory.ts';
import {freePort, waitForPort} from './ports.ts';
import {descendantsOf, endProcessesWith, killQuietly} from './proc.ts';

export type Sshd = {
  host: string;
  port: number;
  user: string;
  /** Everything of it, also free for the test's own files. */
  directory: string;
  /** A client config with the alias `box` for this server. */
  configFile: string;
  /** The private key that may log in. */
  identityFile: string;
  knownHosts: string;
  /** The server's private host key; `.pub` beside it. */
  hostKeyFile: string;
  /** `TMINUS_HOME` of its sessions: jobs are in `jobs/` there. */
  tminusHome: string;
  stop(): Promise<void>;
};

const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find(path => existsSync(path));

/** For `describe.skipIf`. In CI a missing sshd is a failure, not a reason to skip. */
export const sshdMissing = SSHD === undefined && !process.env['CI'];
if (sshdMissing) process.stderr.write('\nOpenSSH server not found: its tests are SKIPPED (set CI=1 to fail instead)\n');

/** For `describe.skipIf`: whether there can be hosts with file systems of their own here. Only root may. */
export const mountsMissing =
  sshdMissing || spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]).status !== 0;
if (mountsMissing) process.stderr.write('\nfile systems cannot be mounted here: tests of full disks are SKIPPED\n');

/** A machine with its own loopback: `enter` is put in front of what is to be started in it. */
export type Elsewhere = {address: string; enter: readonly string[]};

const HERE: Elsewhere = {address: '127.0.0.1', enter: []};

export type SshdSettings = {
  /** The port clients are told to use, when something stands in between. */
  via?: number;
  /** More lines for sshd_config. */
  settings?: readonly string[];
  /** Shell text that mounts what only this host is to see; `$1` is its directory. */
  mounts?: string;
  /** Of its sessions. */
  environment?: Readonly<Record<string, string>>;
  machine?: Elsewhere;
  /** Accounts that may log in as well, each with a home and jobs of its own: `NAME/home` and `NAME/tminus`. */
  accounts?: readonly Account[];
};

type Account = {name: string; uid: number; gid: number};

export async function startSshd({
  via,
  settings = [],
  mounts,
  environment = {},
  machine: {address, enter} = HERE,
  accounts = [],
}: SshdSettings = {}): Promise<Sshd> {
  if (SSHD === undefined) throw new Error('this test needs the OpenSSH server (openssh-server)');
  const directory = newDirectory('tminus-sshd-');
  const port = await freePort();
  const user = userInfo().username;
  const at = (name: string) => join(directory, name);
  makeKey(at('host_key'));
  makeKey(at('user_key'));
  writeFileSync(at('authorized_keys'), readFileSync(at('user_key.pub')));
  mkdirSync(at('tminus'));
  mkdirSync(at('home'));
  for (const account of accounts) letIn(account, directory);
  writeFileSync(
    at('sshd_config'),
    [
      ...settings,
      ...serverSettings(directory, address, port, environment),
      ...accounts.flatMap(({name}) => [`Match User ${name}`, homeSetting(at(name), environment)]),
      '',
    ].join('\n'),
  );
  writeFileSync(at('known_hosts'), `[${address}]:${via ?? port} ${publicKey(at('host_key'))}\n`);
  writeFileSync(
    at('config'),
    clientConfig({address, port: via ?? port, user, identityFile: at('user_key'), knownHosts: at('known_hosts')}),
  );
  if (userInfo().uid === 0) mkdirSync('/run/sshd', {recursive: true});
  const command = [SSHD, '-D', '-e', '-f', at('sshd_config')];
  const mounted =
    mounts === undefined
      ? command
      : ['unshare', '-m', 'sh', '-c', `set -e; ${mounts}\nshift; exec "$@"`, 'sh', directory, ...command];
  const [program = SSHD, ...words] = [...enter, ...mounted];
  const server = spawn(program, words, {stdio: ['ignore', 'ignore', 'pipe'], detached: true});
  let complaints = '';
  server.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const exited = new Promise<void>(resolve => server.once('exit', () => resolve()));
  try {
    await waitForPort(port, undefined, address);
  } catch (error) {
    throw new Error(`sshd did not start: ${complaints}`, {cause: error});
  }
  return {
    host: address,
    port,
    user,
    directory,
    configFile: at('config'),
    identityFile: at('user_key'),
    knownHosts: at('known_hosts'),
    hostKeyFile: at('host_key'),
    tminusHome: at('tminus'),
    async stop() {
      // Each session has a process group of its own, and a job outlives even its session.
      const sessions = server.pid === undefined ? [] : descendantsOf(server.pid);
      if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, 'SIGKILL');
      for (const pid of sessions) killQuietly(pid);
      await exited;
      for (const home of ['tminus', ...accounts.map(({name}) => join(name, 'tminus'))]) endProcessesWith(at(home));
      rmSync(directory, {recursive: true, force: true, maxRetries: 5});
    },
  };
}

export function makeKey(file: string): void {
  rmSync(file, {force: true});
  rmSync(`${file}.pub`, {force: true});
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'tminus-test', '-f', file]);
}

/** Type and key, as known_hosts has them. */
export function publicKey(file: string): string {
  return readFileSync(`${file}.pub`, 'utf8').trim().split(' ').slice(0, 2).join(' ');
}

function serverSettings(
  directory: string,
  address: string,
  port: number,
  environment: Readonly<Record<string, string>>,
): readonly string[] {
  return [
    `Port ${port}`,
    `ListenAddress ${address}`,
    `HostKey ${join(directory, 'host_key')}`,
    `PidFile ${join(directory, 'sshd.pid')}`,
    `AuthorizedKeysFile ${join(directory, 'authorized_keys')}`,
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'StrictModes no',
    'AllowTcpForwarding yes',
    // A home of their own, too: what this machine's owner does at every login is not part of the test.
    homeSetting(directory, environment),
  ];
}

function homeSetting(directory: string, environment: Readonly<Record<string, string>>): string {
  const more = Object.entries(environment).map(([name, value]) => ` ${name}=${value}`);
  return `SetEnv TMINUS_HOME=${join(directory, 'tminus')} HOME=${join(directory, 'home')}${more.join('')}`;
}

function letIn({name, uid, gid}: Account, directory: string): void {
  // With `!`, as it is made, sshd takes it for locked.
  execFileSync('usermod', ['-p', '*', name]);
  for (const own of ['', 'home', 'tminus']) {
    mkdirSync(join(directory, name, own), {recursive: true});
    chownSync(join(directory, name, own), uid, gid);
  }
  chmodSync(directory, 0o755);
}

type Client = {address: string; port: number} & Pick<Sshd, 'user' | 'identityFile' | 'knownHosts'>;

/** With the alias `box`. */
export function clientConfig({address, port, user, identityFile, knownHosts}: Client): string {
  return `Host box
  HostName ${address}
  Port ${port}
  User ${user}
  IdentityFile ${identityFile}
  IdentitiesOnly yes
  UserKnownHostsFile ${knownHosts}
  GlobalKnownHostsFile none
`;
}

/** As ssh-keygen names the key of this file. */
export function fingerprintOf(key: string): string {
  return execFileSync('ssh-keygen', ['-l', '-f', `${key}.pub`], {encoding: 'utf8'}).split(' ')[1] ?? '';
}
