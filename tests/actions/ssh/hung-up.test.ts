import {connect, type Socket} from 'node:net';
import {describe, expect, onTestFinished, test} from 'vitest';
import {keepAnswers} from '../../../src/actions/remembered-answers.ts';
import {dial} from '../../../src/actions/ssh/dial.ts';
import {eventually} from '../../helpers/eventually.ts';
import {sshdMissing, startSshd} from '../../helpers/sshd.ts';

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
