/** Whether a run has an engine that answers. */
import {existsSync} from 'node:fs';
import {createConnection} from 'node:net';
import {join} from 'node:path';
import {socketPath} from '../journal/run-directory.ts';

/** Only whether somebody listens at its socket: who looks has not joined the run. */
export async function isLive(runDirectory: string): Promise<boolean> {
  if (!existsSync(join(runDirectory, 'engine.pid'))) return false;
  return await new Promise(resolve => {
    const socket = createConnection(socketPath(runDirectory));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
