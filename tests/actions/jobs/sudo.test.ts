import {chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {World, WorldOptions} from '../../../src/actions/world.ts';
import type {ScriptRequest} from '../../../src/run/request.ts';
import {eventually} from '../../helpers/eventually.ts';
import {processesWith} from '../../helpers/proc.ts';
import {box, commands, expectKind, openHostWorld, performed, script} from '../../helpers/real-world.ts';
import {type Sudoer, startSudoer, sudoerMissing} from '../../helpers/sudoer.ts';
import {startTcpProxy, type TcpProxy} from '../../helpers/tcp-proxy.ts';
import {type Person, person} from '../asking.ts';

let sudoer: Sudoer;
let proxy: TcpProxy;
let work: string;
let open: World[] = [];

beforeAll(async () => {
  if (sudoerMissing !== undefined) return;
  let port = 0;
  proxy = await startTcpProxy(() => port);
  sudoer = await startSudoer({via: proxy.port});
  port = sudoer.sshd.port;
});
afterAll(async () => {
  await proxy?.stop();
  await sudoer?.stop();
});
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'tminus-sudo-'));
  chmodSync(work, 0o777);
});
afterEach(async () => {
  proxy?.mend();
  sudoer?.allow();
  await Promise.all(open.map(world => world.close()));
  open = [];
  rmSync(work, {recursive: true, force: true});
});

function worldWith(who: Person, more: Partial<WorldOptions> = {}): World {
  const {world} = openHostWorld(sudoer.sshd, {directory: work, ask: who.ask, ...more});
  open.push(world);
  return world;
}

const knowing = () => person(() => sudoer.password);
const remote = (text: string, more: Partial<ScriptRequest> = {}) =>
  script([commands(text)], {place: box, directory: work, ...more});
const jobFile = (request: ScriptRequest, name: string) => join(sudoer.sshd.tminusHome, 'jobs', request.jobId, name);

async function codeOf(world: World, request: ScriptRequest): Promise<{code: number; printed: string}> {
  const {outcome, printed} = await performed(world, request);
  return {code: expectKind(outcome, 'exited').code, printed};
}

describe.skipIf(sudoerMissing !== undefined)('sudo that needs a password', () => {
  test('is given it once it was asked for, and it is asked for once per host', async () => {
    const who = knowing();
    const world = worldWith(who);
    const first = await codeOf(world, remote('sudo id -u; sudo -u nobody id -un'));
    expect(first).toEqual({code: 0, printed: '$ sudo id -u; sudo -u nobody id -un\n0\nnobody\n'});
    expect(await codeOf(world, remote('sudo id -u', {lane: 'rollback'}))).toMatchObject({code: 0});
    expect(who.asked).toEqual([
      {
        kind: 'sudo',
        host: 'vps',
        text: `sudo asks: [sudo] password for ${sudoer.account.name}:`,
        secret: true,
      },
    ]);
  });

  test('may be deep in a script that a step calls', async () => {
    writeFileSync(join(work, 'deploy.sh'), '#!/bin/sh\nsudo id -u\n', {mode: 0o755});
    expect(await codeOf(worldWith(knowing()), remote('./deploy.sh'))).toMatchObject({
      code: 0,
      printed: '$ ./deploy.sh\n0\n',
    });
  });

  test('asks again after a wrong one, and gives up after three', async () => {
    const second = person((_, nth) => (nth === 1 ? 'wrong' : sudoer.password));
    const world = worldWith(second);
    expect(await codeOf(world, remote('sudo id -u'))).toMatchObject({code: 0});
    expect(second.asked.map(({detail}) => detail)).toEqual([undefined, 'that was not it']);
    expect(await codeOf(world, remote('sudo id -u'))).toMatchObject({code: 0});
    expect(second.asked).toHaveLength(2);
    const never = person(() => 'wrong');
    const {code, printed} = await codeOf(worldWith(never), remote('sudo id -u'));
    expect(code).toBe(1);
    expect(printed).toContain('3 incorrect password attempts');
    expect(never.asked).toHaveLength(3);
  }, 60_000);

  test('fails in words when nobody answers', async () => {
    const world = worldWith({...person(() => ''), ask: async () => ({unanswered: 'ana did not answer'})});
    const {code, printed} = await codeOf(world, remote('sudo id -u'));
    expect(code).toBe(1);
    expect(printed).toContain('# sudo has no password: ana did not answer');
    expect(printed).toContain('no password was provided');
  });

  test('is not asked for what needs none, nor by who brings it or wants none', async () => {
    sudoer.allow('/usr/bin/id -u');
    const who = knowing();
    const world = worldWith(who);
    expect(await codeOf(world, remote('sudo /usr/bin/id -u'))).toMatchObject({code: 0});
    expect(await codeOf(world, remote('sudo -u nobody -n id -un'))).toMatchObject({code: 1});
    const brought = remote('read -r p < p; echo "$p" | sudo -u nobody -p "" -S id -un');
    writeFileSync(join(work, 'p'), `${sudoer.password}\n`);
    expect(await codeOf(world, brought)).toMatchObject({printed: expect.stringContaining('\nnobody\n')});
    expect(who.asked).toEqual([]);
  });

  test('gets it past every process list, environment and file of the host', async () => {
    // However it was quoted on its way.
    const piece = sudoer.password.slice(sudoer.password.indexOf('w0rd'));
    const seen: number[] = [];
    const who = knowing();
    const request = remote('env > env; sudo sh -c "env > root-env; sleep 1"; cat /proc/self/environ > environ');
    const looking = setInterval(() => seen.push(...processesWith(piece)), 5);
    expect(await codeOf(worldWith(who), request)).toMatchObject({code: 0});
    clearInterval(looking);
    expect(who.asked).toHaveLength(1);
    expect(seen).toEqual([]);
    const files = [work, jobFile(request, '')].flatMap(directory =>
      readdirSync(directory, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile()),
    );
    expect(files.map(({name}) => name)).toEqual(expect.arrayContaining(['env', 'root-env', 'record', 'out']));
    for (const {parentPath, name} of files) {
      expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain(piece);
    }
    // Its end is recorded first.
    const lefts = ['askpass', 'bin', 'body'].map(name => jobFile(request, name));
    await eventually('nothing of it is left there', () => !lefts.some(path => existsSync(path)));
  });

  test('leaves no trace in what a step hands on to the next', async () => {
    const {outcome} = await performed(worldWith(knowing()), remote('sudo true; export PATH=/opt/x:$PATH KEPT=1'));
    const {exports = {}} = expectKind(outcome, 'exited');
    expect(exports['KEPT']).toBe('1');
    expect(exports['PATH']).toMatch(/^\/opt\/x:\/usr/);
    expect(JSON.stringify(exports)).not.toContain('jobs');
    expect(exports).not.toHaveProperty('SUDO_ASKPASS');
  });

  test('takes the question back when the step is cancelled', async () => {
    const who = person(() => undefined);
    const abort = new AbortController();
    const request = remote('sudo id -u');
    const running = performed(worldWith(who), request, abort.signal);
    await eventually('it asks', () => who.asked.length === 1);
    abort.abort();
    expectKind((await running).outcome, 'cancelled');
    expect(who.withdrawn).toHaveLength(1);
    await eventually(
      'the pipe is gone',
      () => !readdirSync(jobFile(request, '')).some(name => name.startsWith('sudo.')),
    );
  });

  test('is answered after the link was cut meanwhile', async () => {
    const {promise, resolve} = Promise.withResolvers<string>();
    let asks = 0;
    const world = worldWith({
      ...knowing(),
      async ask() {
        asks += 1;
        return {answer: await promise};
      },
    });
    const running = codeOf(world, remote('sudo id -u'));
    await eventually('it asks', () => asks === 1);
    proxy.cut();
    proxy.mend();
    resolve(sudoer.password);
    expect(await running).toMatchObject({code: 0, printed: '$ sudo id -u\n0\n'});
    expect(asks).toBe(1);
  }, 60_000);

  test('is asked anew by the engine that takes the step up', async () => {
    const silent = person(() => undefined);
    const request = remote('sudo id -u');
    const first = worldWith(silent);
    void performed(first, request);
    await eventually('it asks', () => silent.asked.length === 1);
    await first.close();
    const who = knowing();
    const again = worldWith(who);
    expect(await codeOf(again, {...request, takenUp: {agoMs: 1000, seen: true}})).toMatchObject({code: 0});
    expect(who.asked).toHaveLength(1);
  }, 60_000);
});
