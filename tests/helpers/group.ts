/** Real hosts for a group: OpenSSH servers behind ways that can be cut, and an inventory that Ansible reads. */
import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Sshd, sshdMissing, startSshd} from './sshd.ts';
import {startTcpProxy, type TcpProxy} from './tcp-proxy.ts';

/** For `describe.skipIf`. In CI a missing Ansible is a failure, not a reason to skip. */
export const ansibleMissing =
  sshdMissing || (spawnSync('ansible-playbook', ['--version']).status !== 0 && !process.env['CI']);
if (ansibleMissing)
  process.stderr.write('\nansible-core or sshd not found: tests of groups are SKIPPED (set CI=1 to fail instead)\n');

export type HostOfGroup = {
  name: string;
  sshd: Sshd;
  /** The lines of a file in its home; none before it is there. */
  lines(name: string): readonly string[];
};

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

/** `web1`, `web2` … in the group `web` of the inventory `hosts.ini` in `directory`. */
export async function startGroup(directory: string, count: number): Promise<TestGroup> {
  const [first, ...others] = await Promise.all(Array.from({length: count}, (_, index) => startHost(`web${index + 1}`)));
  if (first === undefined) throw new Error('a group has hosts');
  const hosts = [first, ...others] as const;
  const all: TcpProxy[] = [];
  let inventories = 0;
  const write = (name: string, lines: readonly string[]) => {
    writeFileSync(join(directory, name), `[web]\n${lines.join('\n')}\n`);
    return name;
  };
  const direct = hosts.map(host => inventoryLine(host, host.sshd.port));
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
      const lines = hosts.map((host, index) => pipelined(inventoryLine(host, ways[index]?.port ?? 0)));
      return {inventory: write(`ways-${inventories}.ini`, lines), ways: [...ways]};
    },
    async stop() {
      await Promise.all([...all, ...hosts.map(({sshd}) => sshd)].map(one => one.stop()));
    },
  };
}

async function startHost(name: string): Promise<HostOfGroup> {
  const sshd = await startSshd();
  return {
    name,
    sshd,
    lines(file) {
      const path = join(sshd.directory, 'home', file);
      return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
    },
  };
}

/** One connection for a task instead of several. */
function pipelined(line: string): string {
  return `${line} ansible_pipelining=true`;
}

/** Each task has a connection of its own: nothing is kept open that would outlive the test. */
function inventoryLine({name, sshd}: HostOfGroup, port: number): string {
  const known = `-o UserKnownHostsFile=${sshd.knownHosts} -o GlobalKnownHostsFile=none`;
  const options = `-o ControlMaster=no ${known} -o HostKeyAlias=[${sshd.host}]:${sshd.port}`;
  return [
    name,
    'ansible_host=127.0.0.1',
    `ansible_port=${port}`,
    `ansible_user=${sshd.user}`,
    `ansible_ssh_private_key_file=${sshd.identityFile}`,
    'ansible_python_interpreter=/usr/bin/python3',
    `ansible_remote_tmp=${join(sshd.directory, 'home', '.ansible')}`,
    `ansible_ssh_common_args="${options}"`,
  ].join(' ');
}
