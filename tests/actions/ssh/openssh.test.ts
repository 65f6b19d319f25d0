/** What ssh2 cannot do goes through the system's own ssh: real servers, real configurations. */
import {execFileSync, spawnSync} from 'node:child_process';
import {appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import {type AddressInfo, createServer as createSocketServer} from 'node:net';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {keepAnswers} from '../../../src/actions/remembered-answers.ts';
import {dial, forward} from '../../../src/actions/ssh/dial.ts';
import {resolveDestination} from '../../../src/actions/ssh/ssh-config.ts';
import type {Login, World} from '../../../src/actions/world.ts';
import type {Ask} from '../../../src/run/question.ts';
import {type Asking, startAskingSshd} from '../../helpers/asking-sshd.ts';
import {eventually} from '../../helpers/eventually.ts';
import {processesWith} from '../../helpers/proc.ts';
import {bindings, box, commands, hostAt, openTestWorld, performed, script} from '../../helpers/real-world.ts';
import {makeKey, publicKey, type Sshd, sshdMissing, startSshd} from '../../helpers/sshd.ts';
import {person} from '../asking.ts';

const root = mkdtempSync(join(tmpdir(), 'tminus-openssh-'));
const PIPE = join(root, 'pipe.mjs');
const NODE = process.execPath;
writeFileSync(
  PIPE,
  "import {connect} from 'node:net'; const s = connect(+process.argv[3], process.argv[2]); process.stdin.pipe(s).pipe(process.stdout); s.on('close', () => process.exit());",
);

let sshd: Sshd;
let ca: string;
let worlds: World[] = [];

beforeAll(async () => {
  if (sshdMissing) return;
  ca = join(root, 'ca');
  makeKey(ca);
  sshd = await startSshd({settings: [`TrustedUserCAKeys ${ca}.pub`, 'MaxSessions 1']});
});
afterEach(async () => {
  await Promise.all(worlds.map(world => world.close()));
  worlds = [];
});
afterAll(async () => {
  await sshd?.stop();
  rmSync(root, {recursive: true, force: true});
});

let files = 0;
/** The config of the real server, with changes. */
function configWith(lines: readonly string[], without = /^$/): string {
  const file = join(root, `config-${files++}`);
  const kept = readFileSync(sshd.configFile, 'utf8')
    .split('\n')
    .filter(line => line !== '' && !without.test(line));
  writeFileSync(file, [...kept, ...lines, ''].join('\n'));
  return file;
}

function worldWith(config: string, transport?: 'openssh', ask?: Ask, name = 'box'): {world: World; logins: Login[]} {
  const logins: Login[] = [];
  const vps = {...hostAt(name, config), ...(transport === undefined ? {} : {transport})};
  const {world} = openTestWorld({
    directory: root,
    bindings: bindings({hosts: {vps}}),
    onLogin: login => void logins.push(login),
    ...(ask === undefined ? {} : {ask}),
  });
  worlds.push(world);
  return {world, logins};
}

const says = async (world: World, text: string) => (await world.capture(box, text, 60_000)).output.trim();

describe.skipIf(sshdMissing)('a host whose configuration asks for more than ssh2 can', () => {
  test('is reached through a ProxyCommand, its jobs are durable, and the login says by what', async () => {
    const {world, logins} = worldWith(configWith([`  ProxyCommand ${NODE} ${PIPE} %h %p`]));
    expect(await says(world, 'echo here; echo there >&2')).toContain('here');
    const {outcome} = await performed(world, script([commands('cd /tmp', 'echo one; (exit 3)')]));
    expect(outcome).toMatchObject({kind: 'exited', code: 3});
    expect(logins[0]).toMatchObject({
      host: 'vps',
      user: userInfo().username,
      means: 'OpenSSH (ProxyCommand)',
      hostKey: expect.stringMatching(/^SHA256:/),
    });
  });

  test('several commands run at once where the server allows one session a connection', async () => {
    const {world} = worldWith(configWith([]), 'openssh');
    const all = await Promise.all(['one', 'two', 'three'].map(word => says(world, `sleep 0.2; echo ${word}`)));
    expect(all).toEqual(['one', 'two', 'three']);
  });

  test('logs in with a certificate', async () => {
    const key = join(root, 'id_certified');
    makeKey(key);
    execFileSync('ssh-keygen', ['-q', '-s', ca, '-I', 'test', '-n', userInfo().username, '-V', '+1d', `${key}.pub`]);
    const {world, logins} = worldWith(configWith([`  IdentityFile ${key}`], /IdentityFile/));
    expect(await says(world, 'echo certified')).toBe('certified');
    expect(logins[0]?.means).toBe(`OpenSSH (the certificate ${key}-cert.pub)`);
  });

  test('logs in with a certificate that only the agent holds', async () => {
    const key = join(root, 'id_agent');
    makeKey(key);
    execFileSync('ssh-keygen', ['-q', '-s', ca, '-I', 'test', '-n', userInfo().username, '-V', '+1d', `${key}.pub`]);
    const socket = join(root, 'agent');
    const env = {...process.env, SSH_AUTH_SOCK: socket};
    const told = execFileSync('ssh-agent', ['-s', '-a', socket], {encoding: 'utf8'});
    try {
      execFileSync('ssh-add', ['-q', key], {env});
      for (const file of [key, `${key}.pub`, `${key}-cert.pub`]) rmSync(file);
      const config = configWith([`  IdentityAgent ${socket}`], /Identit/);
      const {world, logins} = worldWith(config);
      expect(await says(world, 'echo certified')).toBe('certified');
      expect(logins[0]?.means).toBe('OpenSSH (a certificate in the agent)');
      execFileSync('ssh-add', ['-q', '-D'], {env});
      execFileSync('ssh-add', ['-q', sshd.identityFile], {env});
      const {world: other, logins: plain} = worldWith(config);
      expect(await says(other, 'echo known')).toBe('known');
      expect(plain[0]?.means).not.toContain('OpenSSH');
    } finally {
      process.kill(Number(/SSH_AGENT_PID=(\d+)/.exec(told)?.[1]));
    }
  });

  test('leaves a hardware key of the agent to the system ssh', async () => {
    const part = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
    const key = Buffer.concat(
      ['sk-ssh-ed25519@openssh.com', 'x'.repeat(32), 'ssh:'].map(one => part(Buffer.from(one))),
    );
    const body = Buffer.concat([Buffer.from([12, 0, 0, 0, 1]), part(key), part(Buffer.from('my token'))]);
    const socket = join(root, 'token');
    const agent = createSocketServer(client => client.on('data', () => client.write(part(body))).on('error', () => {}));
    await new Promise<void>(resolve => agent.listen(socket, resolve));
    const {world} = worldWith(configWith([`  IdentityAgent ${socket}`], /Identit/));
    await expect(says(world, 'id')).rejects.toThrow(/for a hardware key in the agent/);
    agent.close();
  });

  test('takes a host for what an authority says of it, and for nothing else', async () => {
    const known = join(root, 'known_authority');
    writeFileSync(known, `@cert-authority * ${publicKey(ca)}\n`);
    const config = configWith([`  UserKnownHostsFile ${known}`], /UserKnownHostsFile/);
    const {world} = worldWith(config);
    await expect(says(world, 'echo here')).rejects.toMatchObject({reason: 'host-key-unknown'});
    const signed = await startSshd();
    try {
      execFileSync('ssh-keygen', ['-q', '-s', ca, '-I', 'host', '-h', '-n', '127.0.0.1', `${signed.hostKeyFile}.pub`]);
      appendFileSync(join(signed.directory, 'sshd_config'), `HostCertificate ${signed.hostKeyFile}-cert.pub\n`);
      const pid = Number(readFileSync(join(signed.directory, 'sshd.pid'), 'utf8'));
      process.kill(pid, 'SIGHUP');
      writeFileSync(signed.knownHosts, `@cert-authority * ${publicKey(ca)}\n`);
      const {world: proved} = worldWith(signed.configFile);
      await eventually('the certified host', async () => (await says(proved, 'echo here').catch(() => '')) === 'here');
    } finally {
      await signed.stop();
    }
  });

  test('refuses a host whose key is revoked, and comes from the address that is set', async () => {
    const revoked = join(root, 'revoked');
    writeFileSync(revoked, `${publicKey(sshd.hostKeyFile)}\n`);
    const {world} = worldWith(configWith([`  RevokedHostKeys ${revoked}`]));
    await expect(says(world, 'echo here')).rejects.toMatchObject({message: expect.stringMatching(/revoked/i)});
    const {world: other} = worldWith(configWith(['  BindAddress 127.0.0.7']));
    expect(await says(other, 'echo "$SSH_CONNECTION"')).toMatch(/^127\.0\.0\.7 /);
  });

  test('a `Match exec` decides, as it does for ssh', async () => {
    const config = configWith([`Match exec "test -e ${root}/there"`, '  User nobody-of-that-name'], /^ {2}User /);
    const {world} = worldWith(config);
    expect(await says(world, 'id -un')).toBe(userInfo().username);
    writeFileSync(join(root, 'there'), '');
    const {world: other} = worldWith(config);
    await expect(says(other, 'id -un')).rejects.toMatchObject({
      reason: 'auth',
      message: expect.stringMatching(/nobody-of-that-name.*through the system's ssh, for Match exec/),
    });
  });

  test('forwards to what the host can reach, and says where there is no way', async () => {
    const server: Server = createServer((_, answer) => answer.end('from there'));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const {port} = server.address() as AddressInfo;
    const options = {
      ...{host: 'vps', config: sshd.configFile, transport: 'openssh' as const},
      ...{answers: keepAnswers(async () => ({unanswered: 'nobody is there'})), opened: new Map()},
      signal: new AbortController().signal,
    };
    const link = await dial('box', options);
    const stream = await forward(link, '127.0.0.1', port);
    stream.write('GET / HTTP/1.0\r\n\r\n');
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    expect(text).toContain('from there');
    server.close();
    await expect(forward(link, '127.0.0.1', 1)).rejects.toThrow('no way through to 127.0.0.1:1: refused');
    const gone = new Promise<void>(resolve => link.once('close', resolve));
    link.end();
    await gone;
  });

  test('a connection that breaks is opened again, and none is left behind', async () => {
    const config = configWith([`  ProxyCommand ${NODE} ${PIPE} %h %p`]);
    const {world} = worldWith(config);
    expect(await says(world, 'echo before')).toBe('before');
    const [proxy] = processesWith(PIPE);
    if (proxy === undefined) throw new Error('no proxy runs');
    process.kill(proxy, 'SIGKILL');
    await eventually(
      'the link to come back',
      async () => (await says(world, 'echo after').catch(() => '')) === 'after',
    );
    await world.close();
    await eventually('every ssh to end', () => processesWith(config).length === 0);
  });
});

describe.skipIf(sshdMissing)('what the system ssh asks', () => {
  const PASSPHRASE = 'correct "horse" $battery';

  async function asker(asking: Asking, ask: Ask) {
    const directory = mkdtempSync(join(root, 'asker-'));
    const server = await startAskingSshd(directory, asking);
    const {world} = worldWith(server.configFile, 'openssh', ask, 'asker');
    return {world, server};
  }

  test('is a passphrase that is asked for once, and right at the second try', async () => {
    const key = join(root, 'id_locked');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', PASSPHRASE, '-f', key]);
    appendFileSync(join(sshd.directory, 'authorized_keys'), readFileSync(`${key}.pub`));
    const {ask, asked} = person((_, nth) => (nth === 1 ? 'wrong' : PASSPHRASE));
    const {world} = worldWith(configWith([`  IdentityFile ${key}`], /Identit/), 'openssh', ask);
    expect(await says(world, 'echo here')).toBe('here');
    const question = {kind: 'passphrase', host: 'vps', text: `Passphrase of the key ${key}`, secret: true};
    expect(asked).toEqual([question, {...question, detail: 'that was not it'}]);
  });

  test('is a password, and a code of one time', async () => {
    const {ask, asked} = person(({kind}) => (kind === 'otp' ? '123456' : PASSPHRASE));
    const plain = await asker({password: PASSPHRASE}, ask);
    expect(await says(plain.world, 'echo here')).toBe('here');
    expect(asked).toMatchObject([{kind: 'password', secret: true, text: expect.stringContaining('password')}]);
    const rounds = [{prompts: [{prompt: 'Verification code: ', echo: false}]}];
    const coded = await asker({rounds, answers: [['123456']]}, ask);
    expect(await says(coded.world, 'echo there')).toBe('there');
    expect(asked.at(-1)).toMatchObject({kind: 'otp', secret: true, text: expect.stringContaining('Verification code')});
    for (const {server} of [plain, coded]) await server.stop();
  });

  test('is whether an unknown host is the right one', async () => {
    const known = join(root, 'known_nobody');
    writeFileSync(known, '');
    const config = configWith([`  UserKnownHostsFile ${known}`, '  GlobalKnownHostsFile none'], /KnownHostsFile/);
    const no = person(() => 'no');
    const {world: refused} = worldWith(config, 'openssh', no.ask);
    await expect(says(refused, 'echo here')).rejects.toMatchObject({reason: 'host-key-unknown'});
    const yes = person(() => 'yes');
    const {world} = worldWith(config, 'openssh', yes.ask);
    expect(await says(world, 'echo here')).toBe('here');
    expect(yes.asked).toMatchObject([{kind: 'host-key', secret: false, detail: expect.stringMatching(/^SHA256:/)}]);
    expect(readFileSync(known, 'utf8')).toContain('ssh-');
  });

  test('gets no answer when nobody is there, or when it may not ask; no helper is left behind', async () => {
    const nobody: Ask = async () => ({unanswered: 'nobody is there'});
    const {world, server} = await asker({password: PASSPHRASE}, nobody);
    await expect(says(world, 'true')).rejects.toMatchObject({
      reason: 'auth',
      wantsPerson: true,
      message: expect.stringMatching(/permission denied.*it asks, and nobody is there/i),
    });
    await server.stop();
    const {ask, asked} = person(() => PASSPHRASE);
    const quiet = await asker({password: PASSPHRASE, lines: ['BatchMode yes']}, ask);
    await expect(says(quiet.world, 'true')).rejects.toMatchObject({reason: 'auth'});
    expect(asked).toEqual([]);
    await quiet.server.stop();
    const open = person(() => undefined);
    const waiting = await asker({password: PASSPHRASE}, open.ask);
    const answer = says(waiting.world, 'true').catch(() => 'gone');
    await eventually('the question', () => open.asked.length === 1);
    expect(processesWith('askpass').length).toBeGreaterThan(0);
    await waiting.world.close();
    expect(await answer).toBe('gone');
    await eventually('the helper to end', () => processesWith('askpass').length === 0);
    await waiting.server.stop();
  });
});

const CONFIGS: readonly (readonly [name: string, text: string, destination: string])[] = [
  ['an alias with a port', 'Host a\n HostName h.example\n Port 2200\n User u', 'a'],
  ['a key alias', 'Host a\n HostName h.example\n HostKeyAlias filed\n Port 2200', 'a'],
  ['the first value wins', 'Host a\n User one\nHost *\n User two\n Port 7', 'a'],
  ['a pattern and its exception', 'Host *.example !b.example\n User in\nHost *\n User out', 'b.example'],
  ['Match host', 'Match host a\n User matched\nHost *\n User other', 'a'],
  ['Match originalhost', 'Host a\n HostName b\nMatch originalhost a\n User original', 'a'],
  ['Match user', 'Match user deploy\n Port 99', 'deploy@a'],
  ['a jump', 'Host a\n ProxyJump one,two@three:4', 'a'],
  ['known hosts in two files', 'Host a\n UserKnownHostsFile /x/a /x/b', 'a'],
  ['a variable in a path', 'Host a\n UserKnownHostsFile ${HOME}/known', 'a'],
  ['tokens in a path', 'Host a\n HostName h.example\n UserKnownHostsFile /x/%h-%r-%p', 'deploy@a'],
  ['whatever is new', 'Host a\n StrictHostKeyChecking accept-new', 'a'],
  ['an Include ahead of all', 'Include INC\nHost a\n User u', 'a'],
  ['an Include, and behind it what is for all', 'Include INC\nUser all\nPort 9', 'a'],
  ['two files of an Include', 'Include INC INC\nUser all', 'inner'],
  ['an Include with an equals sign', 'Include=INC\nHost *\n User u', 'inner'],
  ['an Include of what has no Host in it', 'Host a\n Include PLAIN\n Port 9\nHost *\n User u', 'a'],
  ['equals signs', 'Host=a\nPort = 2200\nUser=u', 'a'],
  ['a user that the config names', 'Host a\n User deploy\nMatch user deploy\n Port 99', 'a'],
  ['a host that the config names', 'Host a\n HostName h.example\nMatch host h.example\n Port 99', 'a'],
  ['capitals', 'HOST a\n StrictHostKeyChecking ACCEPT-NEW\n BatchMode YES', 'A'],
  ['signs in a name', 'Host a\n HostName %h.example.%%', 'a'],
  ['an alias in a path', 'Host a\n HostKeyAlias filed\n UserKnownHostsFile /x/%k-%n-%i-%L', 'a'],
  ['a digest in a path', 'Host a\n HostName h\n UserKnownHostsFile /x/%C', 'u@a'],
  ['nobody asked', 'Host a\n BatchMode yes\n ConnectTimeout 3', 'a'],
];

/** `INC` and `PLAIN` are files: with a `Host` of its own, and without. */
function tableFile(text: string): string {
  const [file, inner, plain] = ['table', 'inner', 'plain'].map(name => join(root, `${name}-${files}`)) as [
    string,
    string,
    string,
  ];
  files += 1;
  writeFileSync(inner, 'Host inner\n User inner\n');
  writeFileSync(plain, 'User plain\n');
  writeFileSync(file, `${text.replaceAll('INC', inner).replaceAll('PLAIN', plain)}\n`);
  return file;
}

describe.skipIf(sshdMissing)('our reading of a configuration is that of ssh -G', () => {
  test.each(CONFIGS)('%s', (_, text, destination) => {
    const file = tableFile(text);
    const told = spawnSync('ssh', ['-T', '-G', '-F', file, destination], {encoding: 'utf8'});
    expect(told.stderr).toBe('');
    const option = (name: string) => new RegExp(`^${name} (.*)$`, 'm').exec(told.stdout)?.[1];
    const ours = resolveDestination(destination, file);
    expect({
      host: ours.host,
      port: String(ours.port),
      user: ours.user,
      alias: ours.keyName === ours.host ? undefined : ours.keyName,
      jumps: ours.jumps.join(',') || undefined,
      known: ours.userKnownHostsFile,
      batch: ours.batch ? 'yes' : 'no',
      strict: ours.unknownKey,
    }).toEqual({
      host: option('hostname'),
      port: option('port'),
      user: option('user'),
      alias: option('hostkeyalias'),
      jumps: option('proxyjump'),
      known: option('userknownhostsfile')?.split(' ')[0],
      batch: option('batchmode'),
      strict: option('stricthostkeychecking') === 'accept-new' ? 'accept' : 'ask',
    });
    expect(ours.openSsh).toBeUndefined();
  });

  test.each([
    ['ProxyCommand', 'Host a\n ProxyCommand nc %h %p'],
    ['CertificateFile', 'Host a\n CertificateFile /x/id-cert.pub'],
    ['Match exec "true"', 'Match exec "true"\n User u'],
    ['Match !host a', 'Match !host a\n User u'],
    ['PKCS11Provider', 'Host a\n PKCS11Provider /usr/lib/p11.so'],
    ['RevokedHostKeys', 'Host a\n RevokedHostKeys /x/revoked'],
    ['BindAddress', 'Host a\n BindAddress 127.0.0.2'],
    ['AddressFamily', 'Host a\n AddressFamily inet6'],
    ['Include INC', 'Host a\n Include INC\n Port 2200'],
  ])('%s goes to the system ssh', (why, text) => {
    const file = tableFile(text);
    expect(resolveDestination('a', file).openSsh?.replace(/\S+inner-\d+/, 'INC')).toBe(why);
  });
});
