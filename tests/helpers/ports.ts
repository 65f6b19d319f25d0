/** Free ports of this machine, and when somebody listens on one. */
import {connect, createServer} from 'node:net';

/**
 * Below those that the system gives out by itself, and in a range of this process: what other tests open before the server
 * begins that is to listen there does not take it.
 */
const FIRST = 10_000;
const RANGES = 220;
const IN_RANGE = 100;

let next = Math.floor(Math.random() * IN_RANGE);

export async function freePort(): Promise<number> {
  for (let tried = 0; tried < IN_RANGE; tried += 1) {
    const port = FIRST + (process.pid % RANGES) * IN_RANGE + (next++ % IN_RANGE);
    if (await isFree(port)) return port;
  }
  throw new Error('no port is free in the range of this process');
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Resolves when something accepts connections there. */
export async function waitForPort(port: number, timeoutMs = 100_000, address = '127.0.0.1'): Promise<void> {
  const until = Date.now() + timeoutMs;
  while (!(await accepts(port, address))) {
    if (Date.now() > until) throw new Error(`nothing listens on port ${port}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

async function accepts(port: number, address: string): Promise<boolean> {
  return await new Promise(resolve => {
    const socket = connect(port, address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
