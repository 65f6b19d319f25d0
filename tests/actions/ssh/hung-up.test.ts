import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';
import {join} from 'node:path';
import ssh2 from 'ssh2';
import {describe, expect, onTestFinished, test} from 'vitest';
import {keepAnswers} from '../../../src/actions/remembered-answers.ts';
import {dial} from '../../../src/actions/ssh/dial.ts';
import {eventually} from '../../helpers/eventually.ts';
import {newDirectory} from '../../helpers/new-directory.ts';
import {clientConfig, makeKey, publicKey, sshdMissing, startSshd} from '../../helpers/sshd.ts';

/** A server that takes one login at a time, and this one is never made. */
async function busyServer(): Promise<{config: string; free(): void}> {
  const sshd = await startSshd({settings: ['MaxStartups 1:100:1', 'LoginGraceTime 600']});
  onTestFinished(() => sshd.stop());
  let held: Socket | undefined;
  // The server counts a login of its own start for a moment longer.
  await eventually('the only place for a login', async () => {
    const socket = connect(sshd.port, '127.0.0.1').on('error', () => {});
    const isIn = await new Promise<boolean>(done => {
      // One that it hangs up on it tells so.
      socket.once('data', (said: Buffer) => done(said.toString().startsWith('SSH-'))).once('close', () => done(false));
    });
    if (isIn) held = socket;
    return isIn;
  });
  onTestFinished(() => void held?.destroy());
  return {config: sshd.configFile, free: () => held?.destroy()};
}

function dialBusy(config: string, transport: 'openssh' | undefined, onWait: (why: string) => void) {
  const about = {host: 'box', answers: keepAnswers(), opened: new Map(), config, onWait};
  const signal = new AbortController().signal;
  return dial('box', transport === undefined ? {...about, signal} : {...about, signal, transport});
}

describe.skipIf(sshdMissing).each([['our own client', undefined] as const, ["the system's ssh", 'openssh'] as const])(
  'a server that hangs up because too many logins are under way, with %s',
  (_, transport) => {
    test('is tried again after a pause, and that is said', async () => {
      const {config, free} = await busyServer();
      const said: string[] = [];
      const link = await dialBusy(config, transport, why => {
        said.push(why);
        free();
      });
      onTestFinished(() => void link.end());
      expect(said[0]).toMatch(
        transport === undefined ? /hung up before a login could begin.*trying again/ : /trying again/,
      );
    });

    test('is called unreachable in the end, and never a login that was refused', async () => {
      const {config} = await busyServer();
      const said: string[] = [];
      await expect(dialBusy(config, transport, why => said.push(why))).rejects.toMatchObject({reason: 'unreachable'});
      expect(said).toHaveLength(3);
    });
  },
);

test('a link that breaks in the middle of a login is made again, and the login is made over the next one', async () => {
  const directory = newDirectory('tminus-broken-login-');
  const at = (name: string) => join(directory, name);
  makeKey(at('host_key'));
  makeKey(at('user_key'));
  let logins = 0;
  let socket: Socket;
  const ssh = new ssh2.Server({hostKeys: [readFileSync(at('host_key'))]}, connection => {
    connection
      .on('error', () => {})
      .on('authentication', login => {
        logins += 1;
        if (logins === 1) socket.destroy();
        else login.accept();
      });
  });
  const server = createServer(incoming => {
    socket = incoming;
    ssh.injectSocket(incoming);
  });
  const port = await new Promise<number>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  onTestFinished(() => {
    server.close();
    rmSync(directory, {recursive: true});
  });
  writeFileSync(at('known_hosts'), `[127.0.0.1]:${port} ${publicKey(at('host_key'))}\n`);
  const client = {address: '127.0.0.1', port, user: 'ana', identityFile: at('user_key'), knownHosts: at('known_hosts')};
  writeFileSync(at('config'), clientConfig(client));
  const said: string[] = [];
  const link = await dialBusy(at('config'), undefined, why => said.push(why));
  expect(said).toEqual([expect.stringMatching(/trying again$/)]);
  link.destroy();
});
