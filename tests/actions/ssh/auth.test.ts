import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {World, WorldOptions} from '../../../src/actions/world.ts';
import {type Asking, type AskingSshd, startAskingSshd} from '../../helpers/asking-sshd.ts';
import {eventually} from '../../helpers/eventually.ts';
import {box, commands, directoryProof, expectKind, openHostWorld, performed, script} from '../../helpers/real-world.ts';
import {fingerprintOf, publicKey, type Sshd, sshdMissing, startSshd} from '../../helpers/sshd.ts';
import {type Person, person} from '../asking.ts';

const root = mkdtempSync(join(tmpdir(), 'tminus-auth-'));
const PASSPHRASE = 'correct horse battery';
let sshd: Sshd;
let second: Sshd;
let work: string;
let open: World[] = [];
let stops: (() => unknown)[] = [];

beforeAll(async () => {
  if (sshdMissing) return;
  [sshd, second] = await Promise.all([startSshd(), startSshd()]);
});
afterAll(async () => {
  await Promise.all([sshd?.stop(), second?.stop()]);
  rmSync(root, {recursive: true, force: true});
});
beforeEach(() => {
  work = mkdtempSync(join(root, 'work-'));
});
afterEach(async () => {
  await Promise.all(open.map(world => world.close()));
  for (const stop of stops) await stop();
  open = [];
  stops = [];
});

function worldAt(destination: string, config: string, more: Partial<WorldOptions> = {}): World {
  const {world} = openHostWorld({configFile: config, directory: root}, {host: {destination}, ...more});
  open.push(world);
  return world;
}

const answerOf = async (world: World) => (await world.capture(box, 'echo here', 20_000)).output;

const isReached = async (world: World, lane: 'main' | 'rollback') =>
  (await world.prove(box, lane, [directoryProof('/')]))['directory /'];

/** The config of the real server with other keys, and more lines. */
function configWith(identities: readonly string[], ...lines: readonly string[]): string {
  const file = join(work, 'config');
  const text = readFileSync(sshd.configFile, 'utf8')
    .split('\n')
    .filter(line => !/Identit(yFile|iesOnly)/.test(line));
  const keys = identities.map(key => `  IdentityFile ${key}`);
  writeFileSync(file, [...text, ...keys, ...lines.map(line => `  ${line}`), ''].join('\n'));
  return file;
}

/** An encrypted key that the real server takes. */
function lockedKey(name: string, type = 'ed25519', ...options: readonly string[]): string {
  const file = join(work, name);
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', PASSPHRASE, '-C', name, '-f', file, ...options]);
  writeFileSync(join(sshd.directory, 'authorized_keys'), readFileSync(`${file}.pub`), {flag: 'a'});
  return file;
}

async function startAgent(...keys: readonly string[]): Promise<string> {
  const socket = join(work, 'agent');
  const agent: ChildProcess = spawn('ssh-agent', ['-D', '-a', socket], {stdio: ['ignore', 'pipe', 'ignore']});
  stops.push(() => agent.kill());
  await new Promise(resolve => agent.stdout?.once('data', resolve));
  for (const key of keys) {
    const askpass = join(work, 'askpass');
    writeFileSync(askpass, `#!/bin/sh\necho '${PASSPHRASE}'\n`, {mode: 0o700});
    const env = {...process.env, SSH_AUTH_SOCK: socket, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force'};
    execFileSync('ssh-add', ['-q', key], {env, stdio: 'ignore'});
  }
  return socket;
}

describe.skipIf(sshdMissing)('a key that is encrypted', () => {
  test.each([
    ['ed25519', []],
    ['rsa', ['-b', '2048']],
    ['ecdsa', []],
    ['rsa', ['-b', '2048', '-m', 'PEM']],
  ])('of type %s %s is asked about once, however many connections need it', async (type, options) => {
    const key = lockedKey('id_locked', type, ...options);
    const {ask, asked} = person(() => PASSPHRASE);
    const world = worldAt('box', configWith([key]), {ask});
    world.reserve(['vps']);
    expect(await answerOf(world)).toBe('here\n');
    expect(await isReached(world, 'rollback')).toBe(true);
    expect(asked).toEqual([{kind: 'passphrase', host: 'vps', text: `Passphrase of the key ${key}`, secret: true}]);
  });

  test('may be told wrongly twice, and not three times', async () => {
    const key = lockedKey('id_locked');
    const lucky = person((_, nth) => (nth < 3 ? `wrong ${nth}` : PASSPHRASE));
    expect(await answerOf(worldAt('box', configWith([key]), {ask: lucky.ask}))).toBe('here\n');
    expect(lucky.asked.map(({detail}) => detail)).toEqual([
      undefined,
      'that was not it; 2 tries left',
      'that was not it; one try left',
    ]);
    const unlucky = person((_, nth) => `wrong ${nth}`);
    const world = worldAt('box', configWith([key]), {ask: unlucky.ask});
    const {outcome} = await performed(world, script([commands('true')], {place: box}));
    expect(expectKind(outcome, 'refused')).toMatchObject({
      reason: 'auth',
      detail: `${key}: none of the passphrases opens it`,
    });
    expect(unlucky.asked).toHaveLength(3);
  });

  test('is not asked about when the server does not want it, nor when another key is enough', async () => {
    const unwanted = join(work, 'unwanted');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', PASSPHRASE, '-f', unwanted]);
    const wanted = lockedKey('wanted');
    const {ask, asked} = person(() => PASSPHRASE);
    expect(await answerOf(worldAt('box', configWith([unwanted, sshd.identityFile]), {ask}))).toBe('here\n');
    expect(asked).toEqual([]);
    expect(await answerOf(worldAt('box', configWith([unwanted, wanted]), {ask}))).toBe('here\n');
    expect(asked.map(({text}) => text)).toEqual([`Passphrase of the key ${wanted}`]);
  });

  test('is used through the agent that holds it, also with IdentitiesOnly, and then with nobody asked', async () => {
    const key = lockedKey('held');
    const socket = await startAgent(key);
    const {ask, asked} = person(() => 'nothing');
    const config = configWith([key], `IdentityAgent ${socket}`, 'IdentitiesOnly yes');
    expect(await answerOf(worldAt('box', config, {ask}))).toBe('here\n');
    const other = configWith([join(work, 'none')], `IdentityAgent ${socket}`);
    expect(await answerOf(worldAt('box', other, {ask}))).toBe('here\n');
    const only = configWith([`${sshd.identityFile}.pub`], `IdentityAgent ${socket}`, 'IdentitiesOnly yes');
    await expect(answerOf(worldAt('box', only, {ask}))).rejects.toMatchObject({reason: 'auth'});
    expect(asked).toEqual([]);
  });

  test('is not opened when nobody is there: the reason is said once, and background work does not ask again', async () => {
    const key = lockedKey('id_locked');
    let asks = 0;
    const world = worldAt('box', configWith([key]), {
      async ask() {
        asks += 1;
        return {unanswered: 'ana refused'};
      },
    });
    const refusal = {reason: 'auth', message: `${key}: its passphrase is needed, and ana refused`};
    await expect(world.capture(box, 'true', 5000)).rejects.toMatchObject(refusal);
    await expect(world.capture(box, 'true', 5000)).rejects.toMatchObject(refusal);
    expect(asks).toBe(1);
    const {outcome} = await performed(world, script([commands('true')], {place: box}));
    expect(expectKind(outcome, 'refused').reason).toBe('auth');
    expect(asks).toBe(2);
    world.askAgain();
    await expect(world.capture(box, 'true', 5000)).rejects.toMatchObject(refusal);
    expect(asks).toBe(3);
  });

  test('that is asked about for longer than the server waits is used at the next connection', async () => {
    const impatient = await startSshd({settings: ['LoginGraceTime 4']});
    stops.push(() => impatient.stop());
    const key = join(work, 'slow');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', PASSPHRASE, '-f', key]);
    writeFileSync(join(impatient.directory, 'authorized_keys'), readFileSync(`${key}.pub`));
    const config = join(work, 'impatient');
    writeFileSync(config, readFileSync(impatient.configFile, 'utf8').replace(impatient.identityFile, key));
    let asks = 0;
    const world = worldAt('box', config, {
      async ask() {
        asks += 1;
        await new Promise(resolve => setTimeout(resolve, 6000));
        return {answer: PASSPHRASE};
      },
    });
    expect(await answerOf(world)).toBe('here\n');
    expect(asks).toBe(1);
  });
});

describe.skipIf(sshdMissing)('a host key', () => {
  test('of every hop is checked, and asked about, on its own', async () => {
    const known = join(work, 'known_hosts');
    const config = join(work, 'config');
    const text = (one: Sshd) => readFileSync(one.configFile, 'utf8').replace(one.knownHosts, known);
    writeFileSync(config, `${text(second).replace('Host box', 'Host inner')}  ProxyJump box\n${text(sshd)}`);
    const careful = person(({text: said}) => (said.includes(`:${second.port}`) ? 'no' : 'yes'));
    await expect(answerOf(worldAt('inner', config, {ask: careful.ask}))).rejects.toMatchObject({
      reason: 'host-key-unknown',
    });
    expect(careful.asked.map(({detail}) => detail)).toEqual(
      [sshd, second].map(({hostKeyFile}) => fingerprintOf(hostKeyFile)),
    );
    expect(readFileSync(known, 'utf8')).toBe(`[127.0.0.1]:${sshd.port} ${publicKey(sshd.hostKeyFile)}\n`);
    const trusting = person(() => 'yes');
    expect(await answerOf(worldAt('inner', config, {ask: trusting.ask}))).toBe('here\n');
    expect(trusting.asked.map(({detail}) => detail)).toEqual([fingerprintOf(second.hostKeyFile)]);
    writeFileSync(known, `[127.0.0.1]:${sshd.port} ${publicKey(second.hostKeyFile)}\n`);
    await expect(answerOf(worldAt('inner', config, {ask: trusting.ask}))).rejects.toMatchObject({
      reason: 'host-key-changed',
    });
  });

  test.each([
    ['yes', 'host-key-unknown', 0],
    ['accept-new', undefined, 0],
    ['no', undefined, 0],
    ['ask', undefined, 1],
  ])('that is unknown, with StrictHostKeyChecking %s', async (policy, reason, asks) => {
    const known = join(work, 'known_hosts');
    const config = configWith([sshd.identityFile], `StrictHostKeyChecking ${policy}`);
    writeFileSync(config, readFileSync(config, 'utf8').replace(sshd.knownHosts, known));
    const {ask, asked} = person(() => 'yes');
    const world = worldAt('box', config, {ask});
    if (reason === undefined) expect(await answerOf(world)).toBe('here\n');
    else await expect(answerOf(world)).rejects.toMatchObject({reason});
    expect(asked).toHaveLength(asks);
  });

  test('may be agreed to by its fingerprint, and not by anything else', async () => {
    const known = join(work, 'known_hosts');
    const config = configWith([sshd.identityFile]);
    writeFileSync(config, readFileSync(config, 'utf8').replace(sshd.knownHosts, known));
    for (const answer of ['y', 'YES ', '', `${fingerprintOf(second.hostKeyFile)}`]) {
      const world = worldAt('box', config, {ask: person(() => answer).ask});
      await expect(answerOf(world)).rejects.toMatchObject({reason: 'host-key-unknown'});
    }
    const world = worldAt('box', config, {ask: person(({detail}) => detail).ask});
    expect(await answerOf(world)).toBe('here\n');
  });

  test('that is revoked is refused without a question', async () => {
    const known = join(work, 'known_hosts');
    writeFileSync(known, `@revoked * ${publicKey(sshd.hostKeyFile)}\n`);
    const config = configWith([sshd.identityFile]);
    writeFileSync(config, readFileSync(config, 'utf8').replace(sshd.knownHosts, known));
    const {ask, asked} = person(() => 'yes');
    await expect(answerOf(worldAt('box', config, {ask}))).rejects.toMatchObject({reason: 'host-key-changed'});
    expect(asked).toEqual([]);
  });

  test('is asked about once for both connections, and stands once in known_hosts', async () => {
    const known = join(work, 'known_hosts');
    const config = configWith([sshd.identityFile]);
    writeFileSync(config, readFileSync(config, 'utf8').replace(sshd.knownHosts, known));
    const {ask, asked} = person(() => 'yes');
    const world = worldAt('box', config, {ask});
    world.reserve(['vps']);
    const [one] = await Promise.all([answerOf(world), isReached(world, 'rollback')]);
    expect(one).toBe('here\n');
    expect(asked).toHaveLength(1);
    expect(readFileSync(known, 'utf8').trim().split('\n')).toHaveLength(1);
  });
});

describe('a server that asks', () => {
  const asking = async (what: Asking): Promise<AskingSshd> => {
    const server = await startAskingSshd(work, what);
    stops.push(() => server.stop());
    return server;
  };
  const connected = (server: AskingSshd, who: Person) => worldAt('asker', server.configFile, {ask: who.ask});
  const PASSWORD = {prompt: 'Password: ', echo: false};
  const CODE = {prompt: '\u001B]0;owned\u0007\u001B[2JVerification\u202E code: ', echo: false};

  test('has its prompts put, without what would act on a terminal, and the password is kept, the code not', async () => {
    const server = await asking({
      rounds: [{prompts: [PASSWORD]}, {instructions: 'Use your \u001B[31mtoken\u001B[0m\r\nnow', prompts: [CODE]}],
      answers: [['hunter22'], ['123456']],
    });
    const who = person(({kind}) => (kind === 'password' ? 'hunter22' : '123456'));
    const world = connected(server, who);
    expect(await answerOf(world)).toBe('here\n');
    const at = `deploy@127.0.0.1:${server.port}`;
    expect(who.asked).toEqual([
      {kind: 'password', host: 'vps', text: `${at} asks: Password:`, secret: true, detail: 'Login'},
      {
        kind: 'otp',
        host: 'vps',
        text: `${at} asks: Verification code:`,
        secret: true,
        detail: 'Login Use your token now',
      },
    ]);
    expect(await isReached(world, 'rollback')).toBe(true);
    expect(who.asked.map(({kind}) => kind)).toEqual(['password', 'otp', 'otp']);
  });

  test('is answered anew when the answer was wrong, and a code that is shown is no secret', async () => {
    const server = await asking({
      rounds: [{prompts: [PASSWORD, {prompt: 'Option (1-2): ', echo: true}]}],
      answers: [['hunter22', '1']],
    });
    const who = person(({kind}, nth) => (kind === 'otp' ? '1' : nth === 1 ? 'wrong' : 'hunter22'));
    expect(await answerOf(connected(server, who))).toBe('here\n');
    expect(server.answered).toEqual([
      ['wrong', '1'],
      ['hunter22', '1'],
    ]);
    expect(who.asked.map(({secret}) => secret)).toEqual([true, false, true, false]);
    expect(who.asked[2]?.detail).toBe('that was not it; 2 tries left · Login');
  });

  test('by plain password is told it as the last resort, three times at most', async () => {
    const server = await asking({password: 'hunter22'});
    const right = person((_, nth) => (nth === 1 ? 'wrong' : 'hunter22'));
    const world = connected(server, right);
    expect(await answerOf(world)).toBe('here\n');
    expect(await isReached(world, 'rollback')).toBe(true);
    expect(right.asked).toHaveLength(2);
    const wrong = person(() => 'wrong');
    await expect(answerOf(connected(server, wrong))).rejects.toMatchObject({reason: 'auth'});
    expect(wrong.asked).toHaveLength(3);
  });

  test('is refused in words when nobody answers, and not asked at all under BatchMode', async () => {
    const server = await asking({password: 'hunter22'});
    const world = worldAt('asker', server.configFile);
    await expect(answerOf(world)).rejects.toMatchObject({
      reason: 'auth',
      message: expect.stringMatching(/permission denied .*it asks for more, and there is nobody to ask/),
    });
    const batch = await asking({password: 'hunter22', lines: ['BatchMode yes']});
    const who = person(() => 'hunter22');
    await expect(answerOf(connected(batch, who))).rejects.toMatchObject({reason: 'auth'});
    expect(who.asked).toEqual([]);
  });

  test('has its question withdrawn when it hangs up, and when the world is closed', async () => {
    const server = await asking({rounds: [{prompts: [CODE]}], answers: [['1']]});
    const who = person(() => undefined);
    const world = connected(server, who);
    const connecting = isReached(world, 'main').catch((error: unknown) => error);
    await eventually('it asks', () => who.asked.length === 1);
    server.hangUp();
    expect(await connecting).toMatchObject({reason: 'unreachable'});
    expect(who.withdrawn).toHaveLength(1);
    const again = isReached(world, 'main').catch((error: unknown) => error);
    await eventually('it asks again', () => who.asked.length === 2);
    await world.close();
    await again;
    expect(who.withdrawn).toHaveLength(2);
  });
});
