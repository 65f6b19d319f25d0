/**
 * The seed's checklist, unedited, for a group: OpenSSH servers that are machines of their own (address, loopback, home,
 * `/srv`), each with a checkout of the same origin; a PostgreSQL, and a balancer in front. What runs on a host is noted there.
 */
import {chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {seedPath} from './documents.ts';
import {type HostOfGroup, startGroup, type TestGroup} from './group.ts';
import {openNamespace} from './namespace.ts';
import {startPostgres} from './postgres.ts';
import {endProcessesWith} from './proc.ts';
import {fillDatabase, makeRepositories, seedBindings} from './production.ts';

export type SeedGroup = {
  group: TestGroup;
  /** The operator's clone: where `tminus` is started. */
  workstation: string;
  checklist: string;
  bindings: string;
  /** A path on the host, as this machine sees it. */
  at(host: HostOfGroup, path: string): string;
  /** The version that the host serves; none while its service is stopped. */
  serves(host: HostOfGroup): string | undefined;
  stop(): Promise<void>;
};

const APP = '/srv/myhibachi-backend';
/** What a host has to itself; `$1` is its directory. */
const MOUNTS = 'mkdir $1/srv; mount --bind $1/home /root; mount --bind $1/srv /srv';
const PATH = '/root/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export async function startSeedGroup(count: number): Promise<SeedGroup> {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-seed-group-'));
  const machines = Array.from({length: count}, openNamespace);
  const [postgres, group] = await Promise.all([
    startPostgres({flags: ['-c', 'shared_preload_libraries=pg_stat_statements']}),
    startGroup(
      directory,
      count,
      machines.map(machine => ({machine, mounts: MOUNTS, environment: {PATH}})),
    ),
  ]);
  await fillDatabase(postgres.url);
  const {checkout, workstation} = makeRepositories(directory, 0);
  const at = ({sshd}: HostOfGroup, path: string) => join(sshd.directory, path.replace(/^\/root\//, '/home/'));
  for (const host of group.hosts) furnish(path => at(host, path), checkout);
  const serves = (host: HostOfGroup) => {
    const file = at(host, '/root/serving');
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as {version: string}).version : undefined;
  };
  const balancer = createServer((request, response) => {
    request.resume();
    response.statusCode = group.hosts.some(host => serves(host) !== undefined) ? 200 : 503;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({status: 'healthy'}));
  });
  await new Promise<void>(resolve => balancer.listen(0, resolve));
  const service = `http://${machines[0]?.gateway}:${(balancer.address() as AddressInfo).port}`;
  const [checklist, bindings] = [join(directory, 'deploy.md'), join(directory, 'tminus.yaml')];
  cpSync(seedPath, checklist);
  writeFileSync(bindings, bindingsText(service, postgres.url));
  return {
    group,
    workstation,
    checklist,
    bindings,
    at,
    serves,
    async stop() {
      for (const {sshd} of group.hosts) endProcessesWith(sshd.tminusHome);
      await Promise.all([group.stop(), postgres.stop(), new Promise(resolve => balancer.close(resolve))]);
      for (const machine of machines) machine.stop();
      rmSync(directory, {recursive: true, force: true});
    },
  };
}

/** The old version is checked out and served. A file `broken` keeps the new one from starting, `hold` a pull from ending. */
function furnish(at: (path: string) => string, checkout: string): void {
  cpSync(checkout, at(APP), {recursive: true});
  const served = `${APP}/apps/backend/version.json`;
  const note = (program: string) => `echo "${program} $*" >>/root/ran`;
  const scripts: Readonly<Record<string, string>> = {
    sudo: 'exec "$@"',
    python: 'exit 0',
    pip: note('pip'),
    git: `case $1 in tag | stash | checkout | pull) ${note('git')};; esac
while [ "$1" = pull ] && [ -e /root/hold ]; do sleep 0.1; done
exec /usr/bin/git "$@"`,
    systemctl: `case $1 in start | restart | stop) ${note('systemctl')};; *) exit 1;; esac
rm -f /root/serving
[ "$1" != stop ] || exit 0
if [ -e /root/broken ] && grep -q new ${served}; then echo "$2 does not start" >&2; exit 1; fi
cp ${served} /root/serving.new
mv /root/serving.new /root/serving`,
  };
  mkdirSync(at('/root/bin'));
  for (const [name, body] of Object.entries(scripts)) {
    writeFileSync(at(`/root/bin/${name}`), `#!/bin/sh\n${body}\n`);
    chmodSync(at(`/root/bin/${name}`), 0o755);
  }
  writeFileSync(at('/root/error.log'), 'started\n');
  cpSync(at(served), at('/root/serving'));
}

function bindingsText(service: string, database: string): string {
  const vps = 'inventory: hosts.ini, group: web, batches: [1, 2, 100%], pause: 1s';
  return `${seedBindings({service, database, checkout: APP, errorLog: '/root/error.log', vps})}rollback: { countdown: 1s }
`;
}
