/** Loopback ports that are free. */
import {type AddressInfo, createServer, type Server} from 'node:net';

/** Listens on a free loopback port and says which. */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** How often a program is started again on another port, when another program was faster each time. */
export const PORT_TRIES = 8;

/** A loopback port for a program that has to be told its port before it starts. Until then another program may take it. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise(resolve => server.close(resolve));
  return port;
}
