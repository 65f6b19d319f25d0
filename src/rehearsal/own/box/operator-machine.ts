/** The operator's machine in a box: where its engine works, and from where each host of it is entered. */
import {chmodSync, existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {quoteForShell} from '../../../plan/script.ts';
import {type BoxHost, type BoxPlan, USER} from './box-plan.ts';
import {TRUSTED_BY_ENGINE} from './certificate.ts';

/** Programs of this machine come first in the PATH of the engine. */
const BIN = '/box/bin';
const SEARCHED = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const SSH = '/root/.ssh';

export type Keys = {hostKey: string; hostPublic: string; userKey: string; userPublic: string};

/** Names that lead into the box, for `/etc/hosts` of the operator's machine and of each host. */
export function hostsFile({hosts, needs, databases}: BoxPlan): string {
  const lines = ['127.0.0.1 localhost', '::1 localhost'];
  for (const {address, hostname, names} of hosts) {
    const named = [hostname, ...names.filter(isName)].filter(name => name !== 'localhost');
    lines.push(`${address} ${[...new Set(named)].join(' ')}`);
  }
  const taken = new Set(hosts.flatMap(({names, hostname}) => [hostname, ...names]));
  const asked = [...needs.services, ...databases].flatMap(({url}) => URL.parse(url)?.hostname ?? []);
  const served = new Set([...asked, ...needs.names]);
  for (const name of served) {
    if (isName(name) && name !== 'localhost' && !taken.has(name)) lines.push(`${SERVICE_ADDRESS} ${name}`);
  }
  return `${lines.join('\n')}\n`;
}

const SERVICE_ADDRESS = '127.80.0.1';

/** The name is no IP address. */
function isName(text: string): boolean {
  return /[A-Za-z]/.test(text) && !text.includes(':');
}

/** As whom its programs run, and where names lead. */
export function nameOperatorMachine(plan: BoxPlan): void {
  mkdirSync(BIN, {recursive: true});
  writeFileSync('/etc/hosts', hostsFile(plan));
  writeFileSync('/etc/nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files\n');
  writeFileSync('/etc/passwd', `${plan.operator}:x:0:0::/root:/bin/sh\n`);
  writeFileSync('/etc/group', 'root:x:0:\n');
}

/** What the engine's ssh knows, and no other: every host has the same key, and lets the same key in. */
export function leadConnections(plan: BoxPlan, keys: Keys): void {
  mkdirSync(SSH, {recursive: true, mode: 0o700});
  writeFileSync(join(SSH, 'id_ed25519'), keys.userKey, {mode: 0o600});
  writeFileSync(join(SSH, 'known_hosts'), knownHosts(plan, keys));
  writeFileSync(join(SSH, 'config'), clientConfig(SSH));
}

export function knownHosts({hosts}: BoxPlan, {hostPublic}: Keys): string {
  const [type, key] = hostPublic.split(' ');
  const names = hosts.flatMap(({names: own, address, hostname, ports}) =>
    [...own, address, hostname].flatMap(name => ports.map(port => (port === 22 ? name : `[${name}]:${port}`))),
  );
  return [...new Set(names)].map(name => `${name} ${type} ${key}\n`).join('');
}

export function clientConfig(directory: string): string {
  const options = {
    User: 'deploy',
    IdentityFile: `${directory}/id_ed25519`,
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    UserKnownHostsFile: `${directory}/known_hosts`,
    GlobalKnownHostsFile: '/dev/null',
    StrictHostKeyChecking: 'yes',
    ForwardAgent: 'no',
  };
  return `Host *\n${Object.entries(options)
    .map(([name, value]) => `  ${name} ${value}\n`)
    .join('')}`;
}

/** What is put in front of a program so that it runs on a host of the box, as its user. */
export function entry(pid: number, host: BoxHost, owner: number | undefined): string[] {
  const real = (name: string) => `/.rehearsal/usr/bin/${name}`;
  const id = String(owner);
  const unprivileged = owner === undefined ? [] : ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups'];
  const environment = Object.entries(hostEnvironment(host)).map(([name, value]) => `${name}=${value}`);
  return [
    ...unprivileged,
    ...['nsenter', '-t', String(pid), '-U', '-m', '-p', '--preserve-credentials', '--'],
    ...[real('prlimit'), '--nproc=400', '--core=0', real('setpriv'), '--no-new-privs', real('nice'), '-n', '5'],
    ...[real('env'), '-i', ...environment],
  ];
}

/** What a shell of a host begins with, however it was opened. */
export function hostEnvironment({users: [user = USER], hostname, home}: BoxHost): Record<string, string> {
  return {
    PATH: SEARCHED,
    HOME: home,
    USER: user,
    LOGNAME: user,
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    HOSTNAME: hostname,
    PGHOST: '127.0.0.1',
    GIT_TERMINAL_PROMPT: '0',
  };
}

export function homeOf(user: string, {users, home}: BoxHost): string {
  if (user === users[0]) return home;
  return user === 'root' ? '/root' : `/home/${user}`;
}

/** Local steps run on the host `local` of the box: the engine starts `sh`, and this is the one it finds. */
export function leadLocalShells(entering: readonly string[]): void {
  const words = [...entering, 'sh', '-c', 'cd "$1" 2>/dev/null || cd; shift; exec sh "$@"', 'sh'].map(quoteForShell);
  const script = `#!/bin/sh\nexec ${words.join(' ')} "$PWD" "$@"\n`;
  for (const name of ['sh', 'bash']) {
    writeFileSync(join(BIN, name), script);
    chmodSync(join(BIN, name), 0o755);
  }
}

export function engineEnvironment(): NodeJS.ProcessEnv {
  const {SSH_AUTH_SOCK: _agent, NODE_EXTRA_CA_CERTS: _certificates, ...env} = process.env;
  const trusted = existsSync(TRUSTED_BY_ENGINE) ? {NODE_EXTRA_CA_CERTS: TRUSTED_BY_ENGINE} : {};
  return {...env, ...trusted, HOME: '/root', PATH: `${BIN}:${SEARCHED}`, TMPDIR: '/tmp'};
}
