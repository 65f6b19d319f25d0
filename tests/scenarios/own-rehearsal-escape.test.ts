/** What a document does in a rehearsal stays in its box, whoever rehearses it. */
import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:net';
import {networkInterfaces, tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {whyNoBox} from '../../src/rehearsal/own/box/box-command.ts';
import {listen} from '../../src/rehearsal/ports.ts';
import {isAlive} from '../../src/rehearsal/processes.ts';
import {eventually} from '../helpers/eventually.ts';
import {commandAs, othersMissing, publicToolbox} from '../helpers/other-account.ts';
import {processesWith} from '../helpers/proc.ts';

const missing = whyNoBox();
if (missing !== undefined) process.stderr.write(`\nTests of boxes are SKIPPED: ${missing}\n`);

/** An id that no account has. */
const NOBODY = {name: 'nobody', uid: 47_113, gid: 47_113, groups: []};

/** What runs on a host, as a program prints it: a tool that is not there changes nothing of the proof. */
const deeds = (canaries: string, port: number, pid: number) => `# Leave the box

## Deploy

\`\`\`bash
rm -rf ${canaries} ${canaries}/* "$HOME"/* /var/tmp/* || true
/usr/bin/curl -m 2 http://127.0.0.1:${port}/curl || true
python3 -c 'import socket; socket.create_connection(("127.0.0.1", ${port}), 2)' || true
bash -c 'echo seen >/dev/tcp/127.0.0.1/${port}' || true
kill -9 ${pid} || true
for p in /proc/[0-9]*; do rm -rf "$p"/root${canaries} "$p"/cwd/canary || true; done
for f in /proc/[0-9]*/fd/*; do [ ! -f "$f" ] || echo overwritten >"$f" || true; done
echo '|/bin/false' >/proc/sys/kernel/core_pattern || true
/.rehearsal/usr/bin/umount -l /usr/lib || true
/.rehearsal/usr/bin/mount -o remount,rw /usr/lib || true
touch /usr/lib/tminus-was-here /.rehearsal/usr/tminus-was-here || true
\`\`\`

## Deploy the host

\`\`\`bash
ssh deploy@shop.acme-corp.com
rm -rf ${canaries} /srv/* || true
bash -c 'echo seen >/dev/tcp/127.0.0.1/${port}' || true
kill -9 ${pid} || true
curl -m 2 http://127.0.0.1:${port}/health || true
:(){ :|:& };:
kill -9 -1
\`\`\`

## Rollback

\`\`\`bash
ssh deploy@shop.acme-corp.com
rm -rf ${canaries}
\`\`\`
`;

describe.skipIf(missing !== undefined)('a document that wants to leave its box', () => {
  const heard: string[] = [];
  const servers: Server[] = [];
  const ports = {ssh: 0, http: 0, database: 0};
  let bystander: ChildProcess;
  let toolbox: ReturnType<typeof publicToolbox>;

  beforeAll(async () => {
    toolbox = publicToolbox(true);
    const noticing = (what: string) => {
      const server = createServer(socket => {
        heard.push(what);
        socket.destroy();
      });
      servers.push(server);
      return server;
    };
    for (const what of ['ssh', 'http', 'database'] as const) {
      ports[what] = await listen(noticing(what));
      // The same port on the addresses by which others know this machine.
      for (const {address, internal, family} of Object.values(networkInterfaces()).flatMap(one => one ?? [])) {
        if (internal || family !== 'IPv4') continue;
        await new Promise<void>(resolve => noticing(`${what} on ${address}`).listen(ports[what], address, resolve));
      }
    }
    bystander = spawn('sleep', ['3600'], {stdio: 'ignore'});
  });

  afterAll(() => {
    for (const server of servers) server.close();
    bystander.kill('SIGKILL');
    toolbox.remove();
  });

  const accounts = [
    {who: 'an ordinary user', account: NOBODY, isMissing: process.getuid?.() === 0 && othersMissing !== undefined},
    {who: 'root', account: undefined, isMissing: process.getuid?.() !== 0},
  ];
  test.for(accounts.filter(({isMissing}) => !isMissing))('as $who reaches nothing outside', async ({account}) => {
    const directory = mkdtempSync(join(tmpdir(), 'tminus-escape-'));
    const at = (name: string) => join(directory, name);
    const canaries = at('canaries');
    mkdirSync(canaries);
    for (const file of [join(canaries, 'canary'), at('canary')]) writeFileSync(file, 'alive\n');
    writeFileSync(at('deploy.md'), deeds(canaries, ports.http, bystander.pid ?? 0));
    writeFileSync(at('tminus.yaml'), bindings(ports));
    const mine = account ?? {name: 'root', uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0, groups: []};
    if (account !== undefined && process.getuid?.() === 0) {
      for (const path of [directory, canaries, ...readdirSync(directory).map(at), join(canaries, 'canary')]) {
        chownSync(path, mine.uid, mine.gid);
      }
    }
    const environment = {...process.env, HOME: directory, TMINUS_HOME: at('home'), SSH_AUTH_SOCK: ''};
    const run = (...words: string[]) => {
      const command = [toolbox.node, toolbox.program, ...words];
      const [program = '', ...args] =
        account === undefined || process.getuid?.() !== 0 ? command : commandAs(account, command).flat();
      return spawnSync(program, args, {cwd: directory, env: environment, encoding: 'utf8'});
    };
    const mounts = readFileSync('/proc/self/mountinfo', 'utf8');
    const pattern = readFileSync('/proc/sys/kernel/core_pattern', 'utf8');
    const review = run('review', 'deploy.md', '--accept');
    const {stdout, stderr} = run('rehearse', 'deploy.md', '--plain');
    try {
      expect(`${review.stderr}${stderr}${stdout}`).toContain('Deploy');
      // What it tried has been tried: the steps were started, on this host and on the other.
      expect(stdout).toMatch(/started.*\n[\s\S]*started.*shop/);
      expect(heard).toEqual([]);
      expect(readFileSync(join(canaries, 'canary'), 'utf8')).toBe('alive\n');
      expect(readFileSync(at('canary'), 'utf8')).toBe('alive\n');
      expect(isAlive(bystander.pid ?? 0)).toBe(true);
      expect(readFileSync('/proc/self/mountinfo', 'utf8')).toBe(mounts);
      expect(readFileSync('/proc/sys/kernel/core_pattern', 'utf8')).toBe(pattern);
      expect(existsSync('/usr/lib/tminus-was-here')).toBe(false);
      await eventually('every process of the box to be gone', () => processesWith(at('home')).length === 0);
    } finally {
      rmSync(directory, {recursive: true, force: true});
    }
  });
});

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
