/** Tells the state of the target to whoever asks from outside of its box, over a Unix socket in the run's directory. */
import {connect, createServer} from 'node:net';
import type {TargetState} from '../target-state.ts';

/** In the box. */
export async function serveState(path: string, state: () => Promise<TargetState>): Promise<void> {
  const server = createServer(socket => {
    socket.on('error', () => {});
    void state().then(facts => socket.end(`${JSON.stringify(facts)}\n`));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}

/** From outside. Empty where the box is gone. */
export function askState(path: string): Promise<TargetState> {
  return new Promise(resolve => {
    let text = '';
    const socket = connect(path);
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    socket.once('error', () => resolve([]));
    socket.once('end', () => resolve(JSON.parse(text) as TargetState));
  });
}
