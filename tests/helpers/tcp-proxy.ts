/** A way between two ports that can be cut. */
import {connect, createServer, type Socket} from 'node:net';

export type TcpProxy = {
  port: number;
  /** Breaks every connection; new ones are broken too until `mend`. */
  cut(): void;
  mend(): void;
  stop(): Promise<void>;
};

export async function startTcpProxy(targetPort: () => number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer(socket => {
    if (isCut) {
      socket.destroy();
      return;
    }
    const target = connect(targetPort(), '127.0.0.1');
    for (const [one, other] of [[socket, target] as const, [target, socket] as const]) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut() {
      isCut = true;
      breakAll();
    },
    mend() {
      isCut = false;
    },
    async stop() {
      breakAll();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
