/** Hosts for a group: OpenSSH servers behind ways that can be cut, or homes on this machine, and an inventory that Ansible reads. */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Sshd, type SshdSettings, sshdMissing, startSshd} from './sshd.ts';
import {startTcpProxy, type TcpProxy} from './tcp-proxy.ts';

/** For `describe.skipIf`. In CI a missing Ansible is a failure, not a reason to skip. */
export const ansibleMissing =
  sshdMissing || (spawnSync('ansible-playbook', ['--version']).status !== 0 && !process.env['CI']);
if (ansibleMissing)
  process.stderr.write('\nansible-core or sshd not found: tests of groups are SKIPPED (set CI=1 to fail instead)\n');

export type LocalHost = {
  name: string;
  home: string;
  /** The lines of a file in its home; none before it is there. */
  lines(name: string): readonly string[];
};

export type HostOfGroup = LocalHost & {sshd: Sshd};

/** The same hosts by ways of their own, one for each. */
export type Ways = {inventory: string; ways: readonly [TcpProxy, ...TcpProxy[]]};

export type TestGroup = {
  inventory: string;
  /** As Ansible does it by itself: each task takes several connections. */
  slowInventory: string;
  hosts: readonly [HostOfGroup, ...HostOfGroup[]];
  byWays(): Promise<Ways>;
  stop(): Promise<void>;
};

/** `web1`, `web2` … in the group `web` of the inventory `hosts.ini` in `directory`. `settings`: of each. */
export async function startGroup(
  directory: string,
  count: number,
  settings: readonly SshdSettings[] = [],
): Promise<TestGroup> {
  const starting = Array.from({length: count}, (_, nth) => startHost(`web${nth + 1}`, settings[nth]));
  const [first, ...others] = await Promise.all(starting);
  if (first === undefined) throw new Error('a group has hosts');
  const hosts = [first, ...others] as const;
  const all: TcpProxy[] = [];
  let inventories = 0;
  const write = (name: string, lines: readonly string[]) => {
    writeFileSync(join(directory, name), `[web]\n${lines.join('\n')}\n`);
    return name;
  };
  const direct = hosts.map(host => inventoryLine(host, host.sshd));
  return {
    inventory: write('hosts.ini', direct.map(pipelined)),
    slowInventory: write('slow.ini', direct),
    hosts,
    async byWays() {
      const [way, ...more] = await Promise.all(hosts.map(({sshd}) => startTcpProxy(() => sshd.port)));
      if (way === undefined) throw new Error('a group has hosts');
      const ways = [way, ...more] as const;
      all.push(...ways);
      inventories += 1;
      const lines = hosts.map((host, index) =>
        pipelined(inventoryLine(host, {host: '127.0.0.1', port: ways[index]?.port ?? 0})),
      );
      return {inventory: write(`ways-${inventories}.ini`, lines), ways: [...ways]};
    },
    async stop() {
      await Promise.all([...all, ...hosts.map(({sshd}) => sshd)].map(one => one.stop()));
    },
  };
}

async function startHost(name: string, settings: SshdSettings | undefined): Promise<HostOfGroup> {
  const sshd = await startSshd(settings);
  return {...hostIn(join(sshd.directory, 'home'), name), sshd};
}

function hostIn(home: string, name: string): LocalHost {
  return {
    name,
    home,
    lines(file) {
      const path = join(home, file);
      return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
    },
  };
}

/** `web1`, `web2` … without a network, each with a home of its own, in the group `web` of the inventory `hosts.ini` in `directory`. */
export function makeLocalGroup(directory: string, count: number): readonly LocalHost[] {
  const hosts = Array.from({length: count}, (_, nth) => hostIn(join(directory, `web${nth + 1}`), `web${nth + 1}`));
  const lines = hosts.map(({name, home}) => {
    mkdirSync(home);
    const shell = `/usr/bin/env HOME=${home} TMINUS_HOME=${home}/.tminus /bin/sh`;
    return `${name} ansible_connection=local ansible_shell_executable="${shell}"`;
  });
  writeFileSync(join(directory, 'hosts.ini'), `[web]\n${lines.join('\n')}\n`);
  return hosts;
}

/** One connection for a task instead of several. */
function pipelined(line: string): string {
  return `${line} ansible_pipelining=true`;
}

/** Each task has a connection of its own: nothing is kept open that would outlive the test. */
export function inventoryLine(
  {name, sshd}: Pick<HostOfGroup, 'name' | 'sshd'>,
  {host, port}: Pick<Sshd, 'host' | 'port'>,
): string {
  const known = `-o UserKnownHostsFile=${sshd.knownHosts} -o GlobalKnownHostsFile=none`;
  const options = `-o ControlMaster=no ${known} -o HostKeyAlias=[${sshd.host}]:${sshd.port}`;
  return [
    name,
    `ansible_host=${host}`,
    `ansible_port=${port}`,
    `ansible_user=${sshd.user}`,
    `ansible_ssh_private_key_file=${sshd.identityFile}`,
    'ansible_python_interpreter=/usr/bin/python3',
    `ansible_remote_tmp=${join(sshd.directory, 'home', '.ansible')}`,
    `ansible_ssh_common_args="${options}"`,
  ].join(' ');
}
