import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {LinkError} from '../../../src/actions/link-error.ts';
import type {LogPosition} from '../../../src/actions/logs/seen-lines.ts';
import type {FilePosition, Login, World} from '../../../src/actions/world.ts';
import type {Outcome} from '../../../src/run/outcome.ts';
import type {Ask, NewQuestion} from '../../../src/run/question.ts';
import {eventually} from '../../helpers/eventually.ts';
import {box, commands, directoryProof, expectKind, openHostWorld, performed, script} from '../../helpers/real-world.ts';
import {fingerprintOf, makeKey, publicKey, type Sshd, sshdMissing, startSshd} from '../../helpers/sshd.ts';
import {startTcpProxy, type TcpProxy} from '../../helpers/tcp-proxy.ts';

const root = mkdtempSync(join(tmpdir(), 'tminus-ssh-'));
let sshd: Sshd;
let proxy: TcpProxy;
let work: string;
let open: World[] = [];

beforeAll(async () => {
  if (sshdMissing) return;
  let port = 0;
  proxy = await startTcpProxy(() => port);
  sshd = await startSshd({via: proxy.port});
  port = sshd.port;
});
afterAll(async () => {
  await proxy?.stop();
  await sshd?.stop();
  rmSync(root, {recursive: true, force: true});
});
beforeEach(() => {
  work = mkdtempSync(join(root, 'work-'));
});
afterEach(async () => {
  proxy?.mend();
  await Promise.all(open.map(world => world.close()));
  open = [];
});

function worldAt(destination: string, config = sshd.configFile, more = {}) {
  const opened = openHostWorld({configFile: config, directory: root}, {host: {destination}, ...more});
  open.push(opened.world);
  return opened;
}

/** The client config, with another known_hosts file and more lines. */
function configWith(knownHosts: string, ...lines: readonly string[]): string {
  const file = join(work, 'config');
  const text = readFileSync(sshd.configFile, 'utf8').replace(sshd.knownHosts, knownHosts);
  writeFileSync(file, `${text}${lines.map(line => `  ${line}\n`).join('')}`);
  return file;
}

const remote = (stages: Parameters<typeof script>[0], more = {}) =>
  script(stages, {place: box, directory: work, ...more});

describe.skipIf(sshdMissing)('a durable job', () => {
  test('goes on while the link is cut, runs once, and its true status and whole output are read afterwards', async () => {
    const {world, links} = worldAt('box');
    const request = remote([
      commands(
        `echo first; echo line >> ${work}/times; while [ ! -e ${work}/go ]; do sleep 0.05; done; echo last; exit 4`,
      ),
    ]);
    const running = performed(world, request);
    await eventually('the step began', () => existsSync(join(work, 'times')));
    proxy.cut();
    await eventually('the link was seen to be lost', () => links.some(({up}) => !up));
    writeFileSync(join(work, 'go'), '');
    await eventually('the step ended while nobody watched', () => /^@ done/m.test(recordOf(request.jobId)));
    proxy.mend();
    const {outcome, printed} = await running;
    expect(expectKind(outcome, 'exited').code).toBe(4);
    expect(readFileSync(join(work, 'times'), 'utf8')).toBe('line\n');
    expect(printed.split('\n').slice(-3)).toEqual(['first', 'last', '']);
    expect(changes(links)).toEqual([true, false, true]);
  });

  test('waits for a link that is cut before it begins', async () => {
    const {world, links} = worldAt('box');
    expectKind((await performed(world, remote([commands('true')]))).outcome, 'exited');
    proxy.cut();
    await eventually('the link was seen to be lost', () => links.some(({up}) => !up));
    const server = createServer((_, answer) => answer.end('here')).listen(0, '127.0.0.1');
    await eventually('the service listens', () => server.listening);
    const {port} = server.address() as AddressInfo;
    const from = {place: box, lane: 'main', jobId: 'asks', exports: {}} as const;
    const get = {line: 1, method: 'GET', url: `http://127.0.0.1:${port}/`, headers: {}, insecure: false};
    const begun = [
      performed(world, remote([commands(`echo once >> ${work}/late; exit 4`)])),
      performed(world, {kind: 'http', requests: [get], from}),
    ];
    const away = links.length;
    await eventually('the host was tried again', () => links.length > away + 2);
    proxy.mend();
    const [script, http] = await Promise.all(begun);
    server.close();
    expect(expectKind(script?.outcome as Outcome, 'exited').code).toBe(4);
    expect(expectKind(http?.outcome as Outcome, 'answered').answers).toMatchObject([{status: 200, body: 'here'}]);
    expect(readFileSync(join(work, 'late'), 'utf8')).toBe('once\n');
  });

  test('is lost, not failed, when the link stays away too long', async () => {
    const {world} = worldAt('box', sshd.configFile, {lostAfterMs: 500});
    const running = performed(world, remote([commands(`touch ${work}/begun; sleep 2; touch ${work}/ended`)]));
    await eventually('the step began', () => existsSync(join(work, 'begun')));
    proxy.cut();
    expectKind((await running).outcome, 'lost');
    await eventually('the step went on by itself', () => existsSync(join(work, 'ended')));
  });

  test('is lost when its shell was killed on the host', async () => {
    const {world} = worldAt('box');
    const request = remote([commands('sleep 60')]);
    const running = performed(world, request);
    await eventually('the step began', () => /^@ start/m.test(recordOf(request.jobId)));
    const pid = Number(/^@ pid (\d+)/m.exec(recordOf(request.jobId))?.[1]);
    process.kill(-pid, 'SIGKILL');
    expect(expectKind((await running).outcome, 'lost').detail).toContain('vanished');
  });

  test('takes everything it started with it when it is cancelled', async () => {
    const {world} = worldAt('box');
    const abort = new AbortController();
    const running = performed(
      world,
      remote([commands(`(sleep 61 & echo $! > child; wait) & echo $! > parent; wait; touch survived`)]),
      abort.signal,
    );
    await eventually(
      'the children run',
      () => existsSync(join(work, 'child')) && readFileSync(join(work, 'child'), 'utf8') !== '',
    );
    abort.abort();
    expectKind((await running).outcome, 'cancelled');
    for (const name of ['child', 'parent']) expect(isAlive(Number(readFileSync(join(work, name), 'utf8')))).toBe(false);
    expect(existsSync(join(work, 'survived'))).toBe(false);
  });

  test('is killed when it does not listen to TERM', async () => {
    const {world} = worldAt('box');
    const abort = new AbortController();
    const running = performed(
      world,
      remote([commands(`trap '' TERM; echo $$ > pid; sleep 62; sleep 63`)]),
      abort.signal,
    );
    await eventually(
      'the step began',
      () => existsSync(join(work, 'pid')) && readFileSync(join(work, 'pid'), 'utf8') !== '',
    );
    abort.abort();
    expectKind((await running).outcome, 'cancelled');
    expect(isAlive(Number(readFileSync(join(work, 'pid'), 'utf8')))).toBe(false);
  });

  test('is cancelled on the host also when the link is cut at that moment', async () => {
    const {world} = worldAt('box');
    const abort = new AbortController();
    const running = performed(world, remote([commands('echo $$ > pid; sleep 64')]), abort.signal);
    await eventually(
      'the step began',
      () => existsSync(join(work, 'pid')) && readFileSync(join(work, 'pid'), 'utf8') !== '',
    );
    proxy.cut();
    abort.abort();
    proxy.mend();
    expectKind((await running).outcome, 'cancelled');
    expect(isAlive(Number(readFileSync(join(work, 'pid'), 'utf8')))).toBe(false);
  });

  test('runs on the rollback connection while the main one is full', async () => {
    const {world} = worldAt('box');
    world.reserve(['vps']);
    const logs = Array.from({length: 12}, (_, index) => {
      writeFileSync(join(work, `log-${index}`), `line ${index}\n`);
      return join(work, `log-${index}`);
    });
    const seen = new Map<string, string>();
    for (const file of logs) world.follow(box, {file}, file, (source, chunk) => seen.set(source, chunk.toString()));
    await eventually('every log is followed', () => seen.size === logs.length);
    const {outcome} = await performed(world, remote([commands('echo back')], {lane: 'rollback'}));
    expect(expectKind(outcome, 'exited').code).toBe(0);
  });

  function recordOf(jobId: string): string {
    const file = join(sshd.tminusHome, 'jobs', jobId, 'record');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }
});

describe.skipIf(sshdMissing)('a server that allows one session a connection', () => {
  test('runs several things at once all the same', async () => {
    const single = await startSshd({settings: ['MaxSessions 1']});
    const {world} = worldAt('box', single.configFile);
    try {
      const words = ['one', 'two', 'three', 'four'];
      const said = words.map(async word => (await world.capture(box, `sleep 0.2; echo ${word}`, 60_000)).output.trim());
      expect(await Promise.all(said)).toEqual(words);
    } finally {
      await world.close();
      await single.stop();
    }
  });
});

describe.skipIf(sshdMissing)('a host key', () => {
  test('that has changed is refused, naming the line that says otherwise, and nothing runs', async () => {
    makeKey(join(work, 'other'));
    const known = join(work, 'known_hosts');
    writeFileSync(known, `# ours\n[127.0.0.1]:${proxy.port} ${publicKey(join(work, 'other'))}\n`);
    const {world} = worldAt('box', configWith(known, 'StrictHostKeyChecking no'), {ask: async () => ({answer: 'yes'})});
    const {outcome} = await performed(world, remote([commands('touch ran')]));
    const refused = expectKind(outcome, 'refused');
    expect(refused.reason).toBe('host-key-changed');
    expect(refused.detail).toContain(`${known}:2`);
    expect(refused.detail).toContain(fingerprintOf(sshd.hostKeyFile));
    expect(existsSync(join(work, 'ran'))).toBe(false);
    await expect(world.prove(box, 'rollback', [directoryProof('/')])).rejects.toMatchObject({
      reason: 'host-key-changed',
    });
  });

  test('is filed under an alias without a port: there another key is changed, not new', async () => {
    makeKey(join(work, 'another'));
    const known = join(work, 'known_aliases');
    writeFileSync(known, `filed ${publicKey(join(work, 'another'))}\n`);
    const config = configWith(known, 'StrictHostKeyChecking accept-new', 'HostKeyAlias filed');
    const {world} = worldAt('box', config);
    await expect(world.prove(box, 'rollback', [directoryProof('/')])).rejects.toMatchObject({
      reason: 'host-key-changed',
    });
    expect(readFileSync(known, 'utf8').trim().split('\n')).toHaveLength(1);
  });

  test('that is unknown is refused when nobody can be asked', async () => {
    const {world} = worldAt('box', configWith(join(work, 'none')));
    const {outcome} = await performed(world, remote([commands('touch ran')]));
    expect(expectKind(outcome, 'refused').reason).toBe('host-key-unknown');
    expect(existsSync(join(work, 'ran'))).toBe(false);
  });

  test('that is unknown is shown, and remembered when the answer is yes', async () => {
    const known = join(work, 'deep/known_hosts');
    const asked: NewQuestion[] = [];
    const ask: Ask = async question => {
      asked.push(question);
      return {answer: 'yes'};
    };
    const first = worldAt('box', configWith(known, 'HashKnownHosts yes'), {ask}).world;
    expectKind((await performed(first, remote([commands('true')]))).outcome, 'exited');
    const [{kind, text, secret, detail}] = asked as [NewQuestion];
    expect([kind, secret, detail]).toEqual(['host-key', false, fingerprintOf(sshd.hostKeyFile)]);
    expect(text).toContain(`127.0.0.1:${proxy.port} is not in known_hosts`);
    expect(text).toContain(detail);
    expect(readFileSync(known, 'utf8')).toMatch(/^\|1\|/);
    const found = execFileSync('ssh-keygen', ['-F', `[127.0.0.1]:${proxy.port}`, '-f', known], {encoding: 'utf8'});
    expect(found).toContain('ssh-ed25519');
    const second = worldAt('box', configWith(known)).world;
    expectKind((await performed(second, remote([commands('true')]))).outcome, 'exited');
    expect(asked).toHaveLength(1);
  });
});

describe.skipIf(sshdMissing)('a connection', () => {
  test('is refused with its reason: no key, nobody there, no such name', async () => {
    makeKey(join(work, 'stranger'));
    const config = configWith(sshd.knownHosts).toString();
    writeFileSync(config, readFileSync(config, 'utf8').replace(sshd.identityFile, join(work, 'stranger')));
    const reasonAt = async (destination: string, file?: string) => {
      const {outcome} = await performed(worldAt(destination, file).world, remote([commands('true')]));
      const {reason, detail} = expectKind(outcome, 'refused');
      return [reason, detail];
    };
    const [auth, whose] = await reasonAt('box', config);
    expect(auth).toBe('auth');
    expect(whose).toContain('stranger');
    expect(await reasonAt('127.0.0.1:1')).toEqual(['unreachable', 'connection refused by 127.0.0.1:1']);
    expect(await reasonAt('no-such-host.invalid')).toEqual(['unreachable', 'no such host: no-such-host.invalid']);
  });

  test('goes through the jump hosts of the config', async () => {
    const config = configWith(sshd.knownHosts);
    const inner = readFileSync(config, 'utf8').replace('Host box', 'Host inner');
    writeFileSync(config, `${inner}  ProxyJump box\n${readFileSync(config, 'utf8')}`);
    const logins: Login[] = [];
    const {world} = worldAt('inner', config, {onLogin: (login: Login) => void logins.push(login)});
    expect(await world.capture(box, 'echo "$SSH_CONNECTION" | cut -d" " -f4', 10_000)).toEqual({
      code: 0,
      output: `${sshd.port}\n`,
    });
    // As whom it is on the way is nobody's business.
    expect(logins.map(({host, user}) => [host, user])).toEqual([['vps', sshd.user]]);
  });

  test.each([{}, {transport: 'openssh' as const}])('uses no connection whose login is refused: %j', async own => {
    const refusal = new LinkError('auth', 'not as this one');
    const {world} = worldAt('box', sshd.configFile, {host: own, onLogin: () => refusal});
    await expect(world.capture(box, 'true', 10_000)).rejects.toBe(refusal);
  });

  test('answers proofs, each in its directory, and short commands', async () => {
    const {world} = worldAt('box');
    writeFileSync(join(work, 'file'), '');
    const file = (id: string, directory?: string) => ({
      id,
      sh: '[ -f file ]',
      missing: '',
      ...(directory === undefined ? {} : {directory}),
    });
    expect(
      await world.prove(box, 'main', [
        file('there', work),
        file('not there', '/'),
        file('no directory', join(work, 'gone')),
      ]),
    ).toEqual({
      there: true,
      'not there': false,
      'no directory': false,
    });
    expect(await world.capture(box, 'echo out; echo err >&2; exit 3', 10_000)).toEqual({code: 3, output: 'out\nerr\n'});
    await expect(world.capture(box, `echo $$ > ${work}/pid; sleep 66`, 500)).rejects.toBeInstanceOf(LinkError);
    const pid = Number(readFileSync(join(work, 'pid'), 'utf8'));
    await eventually('a command that took too long is gone', () => !isAlive(pid));
  });

  test('that was reserved comes back by itself after the link was cut', async () => {
    const {world, links} = worldAt('box');
    world.reserve(['vps']);
    await eventually('the connection is open', () => changes(links).length === 1);
    await eventually('its latency is measured', () => links.some(({latencyMs}) => latencyMs !== undefined));
    proxy.cut();
    await eventually('it is seen to be lost', () => changes(links).length === 2);
    proxy.mend();
    await eventually('it is open again', () => changes(links).length === 3);
    expect(changes(links)).toEqual([true, false, true]);
  });
});

describe.skipIf(sshdMissing)('a log source', () => {
  test('starts with the last lines and goes on through a rotation and a lost link, with no line twice', async () => {
    const {world, links} = worldAt('box');
    const file = join(work, 'error.log');
    const lines = Array.from({length: 300}, (_, index) => `old ${index}\n`);
    writeFileSync(file, lines.join(''));
    let seen = '';
    const followed = world.follow(box, {file}, 'error', (_, chunk) => {
      seen += chunk.toString();
    });
    await eventually('the last lines arrived', () => seen.includes('old 299\n'));
    expect(seen).toBe(lines.slice(100).join(''));
    proxy.cut();
    await eventually('the link was lost', () => links.some(({up}) => !up));
    writeFileSync(file, 'while away\n', {flag: 'a'});
    proxy.mend();
    await eventually('what was written meanwhile arrived', () => seen.endsWith('old 299\nwhile away\n'));
    execFileSync('mv', [file, `${file}.1`]);
    writeFileSync(file, 'new file\n');
    await eventually('the new file is followed', () => seen.endsWith('while away\nnew file\n'));
    followed.close();
  });

  const rotations = [
    ['renamed', (file: string, to: string) => execFileSync('mv', [file, to])],
    [
      'copied and emptied',
      (file: string, to: string) => execFileSync('sh', ['-c', 'cp "$1" "$2" && : >"$1"', 'sh', file, to]),
    ],
  ] as const;
  test.each(rotations)('that is %s while the link is cut, twice, loses and repeats no line', async (_, rotate) => {
    const {world, links} = worldAt('box');
    const file = join(work, 'error.log');
    let written = 0;
    const write = (count: number) => {
      const lines = Array.from({length: count}, () => `line ${written++} of what the service says\n`);
      writeFileSync(file, lines.join(''), {flag: 'a'});
    };
    // The times of two files tell which is older, once the file system's clock has moved on between them.
    const rotateLater = async (to: string) => {
      rotate(file, to);
      const clock = `${to}.clock`;
      await eventually('the clock has moved on', () => {
        writeFileSync(clock, '');
        return statSync(clock).mtimeMs > statSync(to).mtimeMs;
      });
      rmSync(clock);
    };
    const all = () => Array.from({length: written}, (_, index) => `line ${index} of what the service says\n`).join('');
    write(50);
    let seen = '';
    const followed = world.follow(box, {file}, 'error', (_, chunk) => {
      seen += chunk.toString();
    });
    await eventually('the first lines arrived', () => seen === all());
    for (const turn of [1, 2]) {
      proxy.cut();
      await eventually('the link was lost', () => links.filter(({up}) => !up).length >= turn);
      write(300);
      await rotateLater(`${file}.${turn}a`);
      write(turn === 1 ? 400 : 3);
      await rotateLater(`${file}.${turn}b`);
      write(turn === 1 ? 7 : 900);
      proxy.mend();
      await eventually('what was written meanwhile arrived', () => seen.length >= all().length);
      expect(seen).toBe(all());
    }
    write(5);
    await eventually('it is followed on', () => seen === all());
    // A position that is kept for the next engine says the same.
    const position = followed.position();
    followed.close();
    write(20);
    rotate(file, `${file}.3a`);
    write(30);
    world.follow(box, {file, from: position as FilePosition}, 'again', (_, chunk) => {
      seen += chunk.toString();
    });
    await eventually('the next engine goes on there', () => seen.length >= all().length);
    expect(seen).toBe(all());
  });

  const tools = [
    ['docker logs -f --tail 5000 web # until Ctrl-C', (at: number) => [stamp(at, 9), 'Z ', '']],
    ['env kubectl logs -f deploy/web --since=1h', (at: number) => [stamp(at, 9), 'Z ', '']],
    ['journalctl -fu web', (at: number) => [stamp(at, 6), '+0000', ' vps web[1]: ']],
  ] as const satisfies readonly (readonly [string, (at: number) => readonly [string, string, string]])[];

  test.for(tools)('may be `%s`, of which a lost link loses no line and brings none twice', async ([line, write]) => {
    const {world, links} = worldAt('box');
    const name = /docker|kubectl|journalctl/.exec(line)?.[0] ?? '';
    symlinkSync(fileURLToPath(new URL('../../helpers/log-tool.sh', import.meta.url)), join(work, name));
    const command = line.replace(name, `${join(work, name)}`);
    const written: string[] = [];
    const log = (count: number) => {
      // Several in one microsecond, and the same text more than once.
      const lines = Array.from({length: count}, (_, index) => {
        const [time, zone, head] = write(Math.floor((written.length + index) / 3));
        const text = `${head}GET /${Math.floor(index / 2)} é`;
        const shown = name === 'journalctl' ? `Jan 05 ${time.slice(11, 19)}${text}` : text;
        return {stored: time + zone + text, shown};
      });
      writeFileSync(join(work, 'log'), lines.map(({stored}) => `${stored}\n`).join(''), {flag: 'a'});
      written.push(...lines.map(({shown}) => shown));
    };
    log(4000);
    let seen = '';
    const followed = world.follow(box, {command: `PATH=${work}:$PATH ${command}`}, 'web', (_, chunk) => {
      seen += chunk.toString();
    });
    const whole = () => written.map(text => `${text}\n`).join('');
    await eventually('the log has come', () => seen.length >= whole().length);
    for (let cut = 1; cut <= 2; cut += 1) {
      log(50);
      proxy.cut();
      log(50);
      await eventually('the link was lost', () => changes(links).length === 2 * cut);
      proxy.mend();
      log(50);
      await eventually('what was written meanwhile has come', () => seen.length >= whole().length);
    }
    expect(seen).toBe(whole());
    // An engine after this one goes on as well.
    const position = followed.position();
    followed.close();
    log(10);
    const before = seen.length;
    const again = world.follow(box, {command, from: position as LogPosition}, 'web', (_, chunk) => {
      seen += chunk.toString();
    });
    await eventually('the rest has come', () => seen.length > before);
    await eventually('all of it', () => seen.length >= whole().length);
    expect(seen).toBe(whole());
    again.close();
  });

  test('may be a command that cannot go on where it stopped, and says so when it is followed again', async () => {
    const {world} = worldAt('box');
    let seen = '';
    const followed = world.follow(box, {command: 'printf "one\\ntwo"'}, 'ticks', (_, chunk) => {
      seen += chunk.toString();
    });
    await eventually('it came again', () => seen.split('one').length > 2);
    expect(seen).toMatch(/^one\ntwo\n\[tminus\] followed again: .*come twice\none\ntwo/);
    followed.close();
  });

  test('may be a command, which ends with it', async () => {
    const {world} = worldAt('box');
    let seen = '';
    const followed = world.follow(box, {command: `echo $$; sleep 65 | cat`}, 'ticks', (_, chunk) => {
      seen += chunk.toString();
    });
    await eventually('it speaks', () => seen.endsWith('\n'));
    followed.close();
    await eventually('it is gone', () => !isAlive(Number(seen)));
  });
});

test.skipIf(sshdMissing)('a request among the stages is sent from here, between the commands around it', async () => {
  const {world} = worldAt('box');
  const server = createServer((_, response) =>
    response.end(existsSync(join(work, 'before')) ? 'after the first' : 'too early'),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const http = (at: number) =>
    ({
      kind: 'http',
      request: {line: 2, method: 'GET', url: `http://127.0.0.1:${at}/`, headers: {}, insecure: false},
    }) as const;
  const captures = [{expression: '$(date +%N)', name: 'STAMP'}];
  const {outcome} = await performed(
    world,
    remote([
      commands({text: 'echo $(date +%N) > before; export KEPT=yes; mkdir sub; cd sub', captures}),
      http(port),
      commands({text: 'echo "$(date +%N)" "$KEPT" > after', captures}),
      http(1),
      commands('touch never'),
    ]),
  );
  server.close();
  const {code, answers, output} = expectKind(outcome, 'exited');
  expect(code).toBe(7);
  expect(answers).toMatchObject([{line: 2, status: 200, body: 'after the first'}]);
  expect(output).toContain('connection refused by 127.0.0.1:1');
  expect(readFileSync(join(work, 'sub/after'), 'utf8')).toBe(
    `${readFileSync(join(work, 'before'), 'utf8').trim()} yes\n`,
  );
  expect(existsSync(join(work, 'sub/never'))).toBe(false);
});

/** So many microseconds after a moment. */
function stamp(us: number, digits: number): string {
  const second = new Date(Date.UTC(2026, 0, 5, 13) + Math.floor(us / 1e6) * 1000).toISOString().slice(0, 19);
  return `${second}.${String(us % 1e6)
    .padStart(6, '0')
    .padEnd(digits, '0')}`;
}

/** Up or down, each time it changed; latencies come in between. */
function changes(links: readonly {up: boolean}[]): readonly boolean[] {
  return links.map(({up}) => up).filter((up, index, all) => up !== all[index - 1]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie still has a pid; it does nothing any more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
