/** Free ports of this machine, and when somebody listens on one. */
import {connect, createServer} from 'node:net';

/** Below those that the system gives out by itself: what other tests open before the server begins does not take one. */
const FIRST = 10_000;
const PORTS = 22_000;

let next = Math.floor(Math.random() * PORTS);

/** A port that no other test has been given, in whatever thread or process, and at which nobody listens. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < PORTS; tried += 1) {
    const port = FIRST + (next++ % PORTS);
    if ((await isOurs(port)) && (await isFree(port))) return port;
  }
  throw new Error('no port is free');
}

/** Whether this thread is the first to ask for it. A name of the system says so until the thread ends. */
async function isOurs(port: number): Promise<boolean> {
  return await new Promise(resolve => {
    const claim = createServer();
    claim.once('error', () => resolve(false));
    claim.listen(`\0test-port-${port}`, () => resolve(true));
    claim.unref();
  });
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
