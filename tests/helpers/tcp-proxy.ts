/** A way between two ports that can be cut, stopped and slowed down. */
import {connect, createServer, type Socket} from 'node:net';
import {Transform} from 'node:stream';

export type TcpProxy = {
  port: number;
  /** Breaks every connection; new ones are broken too until `mend`. */
  cut(): void;
  /** Nothing gets through any more, and nobody is told. */
  stall(): void;
  /** So few bytes a second get through on each connection and way. */
  throttle(bytesPerSecond: number): void;
  /** Ends all of these. */
  mend(): void;
  stop(): Promise<void>;
};

const SLICE_MS = 20;
/** With both ends closed a stalled pipe would wait for ever. */
const STALL_LOOK_MS = 20;

export async function startTcpProxy(targetPort: () => number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const way = {isCut: false, isStalled: false, bytesPerSecond: Number.POSITIVE_INFINITY};
  const server = createServer(socket => {
    if (way.isCut) {
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
      one.pipe(slowed(way, one)).pipe(other);
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
      way.isCut = true;
      breakAll();
    },
    stall() {
      way.isStalled = true;
    },
    throttle(bytesPerSecond) {
      way.bytesPerSecond = bytesPerSecond;
    },
    mend() {
      Object.assign(way, {isCut: false, isStalled: false, bytesPerSecond: Number.POSITIVE_INFINITY});
    },
    async stop() {
      breakAll();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** What stands in the way when a piece arrives applies to each of its slices. */
function slowed(way: {isStalled: boolean; bytesPerSecond: number}, socket: Socket): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const pass = (from: number) => {
        if (from >= chunk.length || socket.destroyed) return done();
        if (way.isStalled) {
          setTimeout(pass, STALL_LOOK_MS, from);
          return;
        }
        const size = Math.max(1, Math.min(chunk.length, (way.bytesPerSecond * SLICE_MS) / 1000));
        const to = Math.ceil(from + size);
        this.push(chunk.subarray(from, to));
        if (to >= chunk.length) done();
        else setTimeout(pass, SLICE_MS, to);
      };
      pass(0);
    },
  });
}
