/** What a document does in a rehearsal stays in its box, whoever rehearses it. */
import {spawn, spawnSync} from 'node:child_process';
import {chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {connect, createServer, type ListenOptions, type Server} from 'node:net';
import {networkInterfaces} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {whyNoBox} from '../../src/rehearsal/own/box/box-command.ts';
import {listen} from '../../src/rehearsal/ports.ts';
import {isAlive} from '../../src/rehearsal/processes.ts';
import {eventually} from '../helpers/eventually.ts';
import {newDirectory} from '../helpers/new-directory.ts';
import {commandAs, othersMissing, publicToolbox} from '../helpers/other-account.ts';
import {processesWith} from '../helpers/proc.ts';

const missing = whyNoBox();
if (missing !== undefined) process.stderr.write(`\nTests of boxes are SKIPPED: ${missing}\n`);

/** An id that no account has. */
const NOBODY = {name: 'nobody', uid: 47_113, gid: 47_113, groups: []};

type Outside = {directory: string; canaries: string; port: number; address: string; socket: string; pid: number};

/** Ways out, by name: each is tried on the workstation and on a host. What a machine does not have changes nothing of the proof. */
const deeds = ({directory, canaries, port, address, socket, pid}: Outside): readonly (readonly [string, string])[] => [
  [
    'proc-files',
    'for f in /proc/[0-9]*/fd/*; do case "$f" in /proc/$$/*) ;; *) [ ! -f "$f" ] || echo overwritten >"$f" ;; esac; done',
  ],
  ['absolute-paths', `rm -rf ${canaries} ${canaries}/* ${directory}/canary`],
  ['home', 'rm -rf "$HOME"/* ~/*'],
  ['curl', `/usr/bin/curl -m 2 http://127.0.0.1:${port}/curl`],
  ['address', `curl -m 2 http://${address}:${port}/address`],
  ...['python3', '/usr/bin/python3', '/.rehearsal/usr/bin/python3'].map(
    python =>
      [
        `socket-${python}`,
        `${python} -c 'import socket; socket.create_connection(("127.0.0.1", ${port}), 2).send(b"python")'`,
      ] as const,
  ),
  ['socket-perl', `perl -MIO::Socket::INET -e 'IO::Socket::INET->new("127.0.0.1:${port}")->print("perl")'`],
  ['socket-bash', `bash -c 'echo seen >/dev/tcp/127.0.0.1/${port}'`],
  ['socket-unix', `curl -m 2 --unix-socket ${socket} http://localhost/unix`],
  ['socket-abstract', `curl -m 2 --abstract-unix-socket ${ABSTRACT} http://localhost/abstract`],
  ['kill', `kill -9 ${pid}`],
  ['proc-roots', `for p in /proc/[0-9]*; do rm -rf "$p"/root${canaries} "$p"/cwd/canary; done`],
  ['proc-settings', 'bash -c \'echo "|/bin/false" >/proc/sys/kernel/core_pattern\''],
  ['mount', '/.rehearsal/usr/bin/mount -t tmpfs tmpfs /mnt && exit 1'],
  ['remount', '/.rehearsal/usr/bin/mount -o remount,rw /usr/lib && exit 1'],
  ['umount', '/.rehearsal/usr/bin/umount -l /usr/lib && exit 1'],
  ['namespaces', `/.rehearsal/usr/bin/nsenter -t 1 -m -p rm -rf ${canaries}`],
  ['chroot', `/.rehearsal/usr/sbin/chroot /proc/1/root rm -rf ${canaries}`],
  ['programs', 'touch /usr/lib/tminus-was-here /.rehearsal/usr/tminus-was-here && exit 1'],
];
const ABSTRACT = `tminus-escape-${process.pid}`;

const document = (outside: Outside) => {
  const tried = deeds(outside)
    .map(([name, text]) => `${text} || true\necho "tried ${name} on $HOSTNAME"`)
    .join('\n');
  const bomb = 'echo "tried bomb on $HOSTNAME"\n:(){ :|:& };:\nkill -9 -1';
  const there = 'ssh deploy@shop.acme-corp.com';
  const codeBlock = (text: string) => `\`\`\`bash\n${text}\n\`\`\`\n`;
  return `# Leave the box

## Deploy

${codeBlock(tried)}
## Deploy the host

${codeBlock(`${there}\n${tried}\nexit`)}
## Restart

${codeBlock(bomb)}
## Restart the host

${codeBlock(`${there}\n${bomb}`)}
## Rollback

${codeBlock(`${there}\nrm -rf ${outside.canaries}`)}`;
};

describe.skipIf(missing !== undefined)('a document that wants to leave its box', () => {
  const heard: string[] = [];
  const servers: Server[] = [];
  const ports = {ssh: 0, http: 0, database: 0};
  let address = '127.0.0.1';
  let toolbox: ReturnType<typeof publicToolbox>;

  const noticing = (what: string) => {
    const server = createServer(socket => {
      heard.push(what);
      socket.destroy();
    });
    servers.push(server);
    return server;
  };

  beforeAll(async () => {
    toolbox = publicToolbox(true);
    for (const what of ['ssh', 'http', 'database'] as const) {
      ports[what] = await listen(noticing(what));
      // The same port on the addresses by which others know this machine.
      for (const one of Object.values(networkInterfaces()).flatMap(all => all ?? [])) {
        if (one.internal || one.family !== 'IPv4') continue;
        address = one.address;
        await listening(noticing(`${what} on ${address}`), {port: ports[what], host: address});
      }
    }
    await listening(noticing('abstract'), {path: `\0${ABSTRACT}`});
  });

  afterAll(() => {
    for (const server of servers) server.close();
    toolbox.remove();
  });

  const accounts = [
    {who: 'an ordinary user', account: NOBODY, isMissing: process.getuid?.() === 0 && othersMissing !== undefined},
    {who: 'root', account: undefined, isMissing: process.getuid?.() !== 0},
  ];
  test.for(accounts.filter(({isMissing}) => !isMissing))('as $who reaches nothing outside', async ({account}) => {
    const directory = newDirectory('tminus-escape-');
    const at = (name: string) => join(directory, name);
    const canaries = at('canaries');
    mkdirSync(canaries);
    const files = [join(canaries, 'canary'), at('canary')];
    for (const file of files) writeFileSync(file, 'alive\n');
    await listening(noticing('unix'), {path: at('socket')});
    const as = (command: readonly string[]) =>
      account === undefined || process.getuid?.() !== 0 ? command : commandAs(account, command).flat();
    const [sleeping = '', ...seconds] = as(['sleep', '3600']);
    const bystander = spawn(sleeping, seconds, {stdio: 'ignore'});
    const outside = {directory, canaries, port: ports.http, address, socket: at('socket'), pid: bystander.pid ?? 0};
    writeFileSync(at('deploy.md'), document(outside));
    writeFileSync(at('tminus.yaml'), bindings(ports));
    if (account !== undefined && process.getuid?.() === 0) {
      for (const path of [directory, ...readdirSync(directory).map(at), join(canaries, 'canary')]) {
        chownSync(path, account.uid, account.gid);
      }
    }
    const environment = {...process.env, HOME: directory, TMINUS_HOME: at('home'), SSH_AUTH_SOCK: ''};
    const run = (...words: string[]) => {
      const [program = '', ...args] = as([toolbox.node, toolbox.program, ...words]);
      return spawnSync(program, args, {cwd: directory, env: environment, encoding: 'utf8'});
    };
    const mounts = mountsHere();
    const pattern = readFileSync('/proc/sys/kernel/core_pattern', 'utf8');
    const review = run('review', 'deploy.md', '--accept');
    const {stdout, stderr} = run('rehearse', 'deploy.md', '--plain');
    try {
      expect(`${review.stderr}${stderr}${stdout}`).toContain('Played: the whole deploy, then the rollback');
      // What it tried has been tried, on the workstation and on the host.
      const [played = ''] = readdirSync(at('home/runs'));
      const printed = readFileSync(join(at('home/runs'), played, 'spool', 'output.log'), 'utf8');
      const tried = [...deeds(outside).map(([name]) => name), 'bomb'].sort();
      expect(namesTried(printed)).toEqual({local: tried, 'shop-2': tried});
      expect(heard).toEqual([]);
      for (const file of files) expect(readFileSync(file, 'utf8')).toBe('alive\n');
      expect(isAlive(bystander.pid ?? 0)).toBe(true);
      expect(mountsHere()).toEqual(mounts);
      expect(readFileSync('/proc/sys/kernel/core_pattern', 'utf8')).toBe(pattern);
      expect(existsSync('/usr/lib/tminus-was-here')).toBe(false);
      await eventually('every process of the box to be gone', () => processesWith(at('home')).length === 0);
      // Whoever does come is heard.
      const ends = [...Object.values(ports).map(port => ({port})), {path: at('socket')}, {path: `\0${ABSTRACT}`}];
      for (const end of ends) connect(end).on('error', () => {});
      await eventually('the listeners to hear', () => heard.length === ends.length, {seen: () => heard.join(' ')});
    } finally {
      heard.length = 0;
      bystander.kill('SIGKILL');
      rmSync(directory, {recursive: true, force: true});
    }
  });
});

/** Other tests open and close machines meanwhile, each by its name. */
const MACHINE = / \/run\/netns(?:\/tminus-(?:try-)?\d+(?:-\d+)?)? /;

function mountsHere(): readonly string[] {
  const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  return lines.filter(line => !MACHINE.test(line));
}

function listening(server: Server, end: ListenOptions): Promise<void> {
  return new Promise(resolve => server.listen(end, resolve));
}

/** By the name of the host on which they were. */
function namesTried(printed: string): Record<string, string[]> {
  const all = [...printed.matchAll(/tried (\S+) on ([\w-]+)/g)].map(([, name = '', host = '']) => ({name, host}));
  return Object.fromEntries(
    [...Map.groupBy(all, ({host}) => host)].map(([host, own]) => [host, own.map(({name}) => name).sort()]),
  );
}

/** The hosts that the bindings name are this machine, and would notice. */
function bindings({ssh, http, database}: {ssh: number; http: number; database: number}): string {
  return `tminus: 1
hosts:
  shop: { matches: deploy@shop.acme-corp.com, destination: "deploy@127.0.0.1:${ssh}" }
databases:
  main: { url: "postgres://shop:secret@127.0.0.1:${database}/shop", default: true }
probes:
  health: { http: "http://127.0.0.1:${http}/health", every: 1s }
notify:
  - { webhook: "http://127.0.0.1:${http}/hook", on: [rollback, closed] }
rollback: { requires: [ { run: "bash -c 'echo seen >/dev/tcp/127.0.0.1/${http}' || true" } ] }
`;
}
