/** The connections that a run keeps to a host, on a real sshd: how many there are, and which one a session gets. */
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {keepAnswers} from '../../../src/actions/remembered-answers.ts';
import {type Connections, type Lease, openConnections} from '../../../src/actions/ssh/connections.ts';
import {forward} from '../../../src/actions/ssh/dial.ts';
import {bindings, hostAt} from '../../helpers/real-world.ts';
import {type Sshd, sshdMissing, startSshd} from '../../helpers/sshd.ts';

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

function connectionsTo({configFile}: Sshd): Connections {
  const options = {
    bindings: bindings({hosts: {vps: hostAt('box', configFile)}}),
    directory: process.cwd(),
    onLink: () => {},
  };
  return openConnections(options, keepAnswers());
}

async function lease(): Promise<Lease> {
  return await connections.lease('vps', 'box', 'main');
}
