/** Free ports of this machine, and when somebody listens on one. */
import {connect, createServer} from 'node:net';

export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
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
