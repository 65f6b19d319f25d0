/** Real hosts for a group: OpenSSH servers behind ways that can be cut, and an inventory that Ansible reads. */
import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
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
  way: TcpProxy;
  /** What its jobs are called, without the run's part of the name. */
  jobs(): readonly string[];
  /** The lines of a file in its home. */
  lines(name: string): readonly string[];
};

export type TestGroup = {inventory: string; hosts: readonly HostOfGroup[]; stop(): Promise<void>};

/** `web1`, `web2` … in the group `web` of the inventory `hosts.ini` in `directory`. */
export async function startGroup(directory: string, count: number): Promise<TestGroup> {
  const hosts = await Promise.all(Array.from({length: count}, (_, index) => startHost(`web${index + 1}`)));
  const inventory = join(directory, 'hosts.ini');
  writeFileSync(inventory, `[web]\n${hosts.map(inventoryLine).join('\n')}\n`);
  return {
    inventory,
    hosts,
    async stop() {
      await Promise.all(hosts.flatMap(({sshd, way}) => [sshd.stop(), way.stop()]));
    },
  };
}

async function startHost(name: string): Promise<HostOfGroup> {
  let port = 0;
  const way = await startTcpProxy(() => port);
  const sshd = await startSshd({via: way.port});
  port = sshd.port;
  return {
    name,
    sshd,
    way,
    jobs: () => readdirSync(join(sshd.tminusHome, 'jobs')),
    lines: file =>
      readFileSync(join(sshd.directory, 'home', file), 'utf8')
        .trimEnd()
        .split('\n'),
  };
}

/** Each task has a connection of its own: nothing is kept open that would outlive the test. */
function inventoryLine({name, sshd, way}: HostOfGroup): string {
  const options = `-o ControlMaster=no -o UserKnownHostsFile=${sshd.knownHosts} -o GlobalKnownHostsFile=none`;
  return [
    name,
    'ansible_host=127.0.0.1',
    `ansible_port=${way.port}`,
    `ansible_user=${sshd.user}`,
    `ansible_ssh_private_key_file=${sshd.identityFile}`,
    'ansible_python_interpreter=/usr/bin/python3',
    `ansible_remote_tmp=${join(sshd.directory, 'home', '.ansible')}`,
    `ansible_ssh_common_args="${options}"`,
  ].join(' ');
}
