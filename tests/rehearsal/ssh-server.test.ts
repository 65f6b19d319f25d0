import {mkdir, readFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {join} from 'node:path';
import ssh2, {type Client} from 'ssh2';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {layoutOf} from '../../src/rehearsal/file-paths.ts';
import {listen} from '../../src/rehearsal/ports.ts';
import {isAlive, sweep} from '../../src/rehearsal/processes.ts';
import {openSshServer, type SshServer} from '../../src/rehearsal/ssh-server.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {onHost, temporaryDirectory} from './on-host.ts';

let place: Awaited<ReturnType<typeof temporaryDirectory>>;
let server: SshServer;

beforeAll(async () => {
  place = await temporaryDirectory();
  const layout = layoutOf(place.path);
  await mkdir(layout.home, {recursive: true});
  await mkdir(layout.temporary, {recursive: true});
  server = await openSshServer(layout);
});
afterAll(async () => {
  await server.close();
  await sweep(place.path);
  await place[Symbol.asyncDispose]();
});

type Dial = {username?: string; key?: string};

async function dial({username = 'deploy', key}: Dial = {}): Promise<Client> {
  const privateKey = key ?? (await readFile(join(layoutOf(place.path).ssh, 'id_ed25519'), 'utf8'));
  const client = new ssh2.Client();
  await new Promise<void>((resolve, reject) => {
    client.once('ready', resolve).once('error', reject);
    client.connect({host: '127.0.0.1', port: server.port, username, privateKey});
  });
  client.on('error', () => {});
  return client;
}

type End = {code: number | null; signal: string | undefined; stdout: string; stderr: string; exited: boolean};

function execute(
  client: Client,
  command: string,
  begun: (kill: (name: string) => void) => void = () => {},
): Promise<End> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error) return reject(error);
      const end: End = {code: null, signal: undefined, stdout: '', stderr: '', exited: false};
      channel.on('data', (chunk: Buffer) => {
        end.stdout += chunk;
        begun(name => channel.signal(name));
      });
      channel.stderr.on('data', chunk => {
        end.stderr += chunk;
      });
      channel.on('exit', (code: number | null, signal?: string) => Object.assign(end, {code, signal, exited: true}));
      channel.on('close', () => resolve(end));
    });
  });
}

test('a command gets its input, and its output, errors and exit code come back apart', async () => {
  const end = await onHost(place.path, 'cat; echo oops >&2; exit 3', 'hello\n');
  expect(end).toEqual({code: 3, stdout: 'hello', stderr: 'oops'});
});

test('a command sees the box’s home and none of the operator’s variables', async () => {
  process.env['OPERATOR_TOKEN'] = 'secret';
  const {stdout} = await onHost(place.path, 'echo "$HOME" "${OPERATOR_TOKEN:-unset}"; pwd');
  const {home} = layoutOf(place.path);
  expect(stdout).toBe(`${home} unset\n${home}`);
});

test('several commands run at once over one connection', async () => {
  const client = await dial();
  const gate = join(place.path, 'gate');
  // The first can only end if the second runs meanwhile.
  const [waiting, opening] = await Promise.all([
    execute(client, `until [ -e '${gate}' ]; do sleep 0.05; done; echo through`),
    execute(client, `sleep 0.2; : >'${gate}'`),
  ]);
  client.end();
  expect([waiting.stdout, waiting.code, opening.code]).toEqual(['through\n', 0, 0]);
});

test('a signal reaches the whole process group, and the channel says what ended it', async () => {
  const client = await dial();
  const end = await execute(client, 'sleep 100 & echo $!; wait', kill => kill('TERM'));
  client.end();
  expect(end).toMatchObject({code: null, signal: 'SIGTERM'});
  await expect.poll(() => isAlive(Number(end.stdout)), PATIENT).toBe(false);
});

test('a large output arrives complete', async () => {
  const client = await dial();
  const end = await execute(client, 'head -c 20000000 /dev/zero | tr "\\0" x');
  client.end();
  expect(end.stdout.length).toBe(20_000_000);
});

test('nobody gets in but the one key of the one user', async () => {
  const stranger = ssh2.utils.generateKeyPairSync('ecdsa', {bits: 256}).private;
  await expect(dial({key: stranger})).rejects.toThrow('authentication methods failed');
  await expect(dial({username: 'root'})).rejects.toThrow('authentication methods failed');
});

test('a port of the host can be reached through the connection, as a database behind it is', async () => {
  const echo = createServer(socket => socket.pipe(socket));
  const port = await listen(echo);
  const client = await dial();
  const answer = await new Promise<string>((resolve, reject) => {
    client.forwardOut('127.0.0.1', 0, '127.0.0.1', port, (error, channel) => {
      if (error) return reject(error);
      channel.on('data', (chunk: Buffer) => resolve(String(chunk)));
      channel.write('through the tunnel');
    });
  });
  client.end();
  echo.close();
  expect(answer).toBe('through the tunnel');
});

test('a closed port is refused through the connection, and the connection lives on', async () => {
  const client = await dial();
  const refusal = await new Promise(resolve => client.forwardOut('127.0.0.1', 0, '127.0.0.1', 9, resolve));
  expect(refusal).toBeInstanceOf(Error);
  expect((await execute(client, 'true')).code).toBe(0);
  client.end();
});

test('a dropped link ends the channel without an exit, lets the detached job run, and comes back', async () => {
  const client = await dial();
  const file = join(place.path, 'finished');
  const job = `setsid sh -c "sleep 0.5; : >'${file}'" >/dev/null 2>&1 </dev/null & echo started; sleep 100`;
  const end = await execute(client, job, () => server.drop(300));
  expect(end).toMatchObject({stdout: 'started\n', exited: false});
  await expect(dial()).rejects.toThrow();
  await expect.poll(() => readFile(file, 'utf8').catch(() => 'not yet'), PATIENT).toBe('');
  await expect.poll(async () => (await onHost(place.path, 'echo back')).stdout, PATIENT).toBe('back');
});
