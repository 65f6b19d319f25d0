/** The connections that a run keeps to a host, on a real sshd: how many there are, and which one a session gets. */
import {writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {basename, dirname, join} from 'node:path';
import {afterAll, afterEach, beforeAll, expect, onTestFinished, test} from 'vitest';
import {keepAnswers} from '../../../src/actions/remembered-answers.ts';
import {type Connections, openConnections} from '../../../src/actions/ssh/connection-pool.ts';
import {forward} from '../../../src/actions/ssh/dial.ts';
import type {Lease} from '../../../src/actions/ssh/lease.ts';
import type {WorldOptions} from '../../../src/actions/world.ts';
import type {LinkSeen} from '../../../src/run/events/link-events.ts';
import {eventually} from '../../helpers/eventually.ts';
import {bindings, hostAt} from '../../helpers/real-world.ts';
import {makeKey, publicKey, type Sshd, sshdMissing, startSshd} from '../../helpers/sshd.ts';
import {startTcpProxy} from '../../helpers/tcp-proxy.ts';

/** As many sessions as one connection takes. */
const SESSIONS_MAX = 8;

let sshd: Sshd;
let connections: Connections;

beforeAll(async () => {
  if (!sshdMissing) sshd = await startSshd();
});
afterAll(async () => await sshd?.stop());
afterEach(async () => await connections?.close());

test.skipIf(sshdMissing)('a session never gets a connection that is about to close', async () => {
  connections = connectionsTo(sshd);
  await Promise.all(Array.from({length: SESSIONS_MAX}, lease));
  for (let turn = 0; turn < 5; turn += 1) {
    const beside = await lease();
    // Nothing uses the second connection any more, and something needs one in the same moment.
    beside.release();
    const next = await lease();
    expect(next.client).not.toBe(beside.client);
    const stream = await forward(next.client, '127.0.0.1', sshd.port);
    stream.destroy();
    next.release();
  }
});

test.skipIf(sshdMissing)('two connections that are lost at once are opened again', async () => {
  let port = 0;
  const proxy = await startTcpProxy(() => port);
  const distant = await startSshd({via: proxy.port});
  onTestFinished(async () => {
    await connections.close();
    await Promise.all([proxy.stop(), distant.stop()]);
  });
  port = distant.port;
  const heard: boolean[] = [];
  connections = connectionsTo(distant, ({up}) => heard.push(up));
  await Promise.all(Array.from({length: SESSIONS_MAX + 1}, lease));
  proxy.cut();
  await eventually('the host to be lost', () => heard.at(-1) === false);
  proxy.mend();
  await eventually('the host to be back', () => heard.at(-1) === true);
});

test.skipIf(sshdMissing)('a host whose key has changed while the link was away is reported as refused', async () => {
  let port = 0;
  const proxy = await startTcpProxy(() => port);
  const distant = await startSshd({via: proxy.port});
  onTestFinished(async () => {
    await connections.close();
    await Promise.all([proxy.stop(), distant.stop()]);
  });
  port = distant.port;
  const heard: LinkSeen[] = [];
  connections = connectionsTo(distant, link => heard.push(link));
  await lease();
  const other = join(distant.directory, 'other_key');
  makeKey(other);
  writeFileSync(distant.knownHosts, `[127.0.0.1]:${proxy.port} ${publicKey(other)}\n`);
  proxy.cut();
  proxy.mend();
  const refusal = await eventually('a refusal', () => heard.find(({refused}) => refused === true));
  expect(refusal).toMatchObject({host: 'vps', up: false, detail: expect.stringContaining('HOST KEY CHANGED')});
  expect(heard.filter(({up, refused}) => !up && refused === undefined).map(({detail}) => detail)).toContain(
    'link lost',
  );
});

test.skipIf(sshdMissing)(
  'an ssh config is looked for from the folder of the bindings, wherever the engine stands',
  async () => {
    const file = join(sshd.directory, 'deploy', 'tminus.yaml');
    connections = connectionsWith(`../${basename(sshd.configFile)}`, {file});
    expect(dirname(sshd.configFile)).toBe(sshd.directory);
    (await lease()).release();
  },
);

test.each([
  ['/srv/deploy/tminus.yaml', 'ssh/config', '/srv/deploy/ssh/config'],
  ['/srv/deploy/tminus.yaml', '../ssh/config', '/srv/ssh/config'],
  [undefined, 'ssh/config', '/srv/checklists/ssh/config'],
  ['/srv/deploy/tminus.yaml', '~/no-such/config', join(homedir(), 'no-such/config')],
])('with bindings in %s, `config: %s` that is missing is named as %s', async (file, config, whole) => {
  connections = connectionsWith(config, file === undefined ? {} : {file});
  await expect(lease()).rejects.toThrow(`${whole}: no such ssh config`);
});

function connectionsWith(config: string, more: {file?: string}): Connections {
  const ours = bindings({hosts: {vps: hostAt('box', config)}, ...more});
  return openConnections({bindings: ours, directory: '/srv/checklists', onLink: () => {}}, keepAnswers());
}

function connectionsTo({configFile}: Sshd, onLink: WorldOptions['onLink'] = () => {}): Connections {
  const options = {
    bindings: bindings({hosts: {vps: hostAt('box', configFile)}}),
    directory: process.cwd(),
    onLink,
  };
  return openConnections(options, keepAnswers());
}

async function lease(): Promise<Lease> {
  return await connections.lease('vps', 'box', 'main');
}
