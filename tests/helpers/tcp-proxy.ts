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
  /** How many there have been so far. */
  connections(): number;
  /** Nothing gets through the nth connection any more, from 0, nor through any newer one, and nobody is told. */
  stallFrom(nth: number): void;
  /** Breaks the nth connection, from 0, and every newer one, also those that are still to come. */
  cutFrom(nth: number): void;
  /** Ends all of these. */
  mend(): void;
  stop(): Promise<void>;
};

/** What stands in the way, and from which connection on. */
type Way = {cutFrom: number; stalledFrom: number; bytesPerSecond: number};
const open: Way = {
  cutFrom: Number.POSITIVE_INFINITY,
  stalledFrom: Number.POSITIVE_INFINITY,
  bytesPerSecond: Number.POSITIVE_INFINITY,
};

const SLICE_MS = 20;
/** With both ends closed a stalled pipe would wait for ever. */
const STALL_LOOK_MS = 20;

export async function startTcpProxy(targetPort: () => number, targetHost = '127.0.0.1'): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const byOrder: Socket[] = [];
  const way: Way = {...open};
  const server = createServer(socket => {
    const nth = byOrder.push(socket) - 1;
    if (nth >= way.cutFrom) {
      socket.destroy();
      return;
    }
    const target = connect(targetPort(), targetHost);
    for (const [one, other] of [[socket, target] as const, [target, socket] as const]) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(slowed(way, nth, one)).pipe(other);
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const cutFrom = (nth: number) => {
    way.cutFrom = nth;
    for (const socket of byOrder.slice(nth)) socket.destroy();
  };
  const stallFrom = (nth: number) => {
    way.stalledFrom = nth;
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut: () => cutFrom(0),
    stall: () => stallFrom(0),
    connections: () => byOrder.length,
    cutFrom,
    stallFrom,
    throttle(bytesPerSecond) {
      way.bytesPerSecond = bytesPerSecond;
    },
    mend() {
      Object.assign(way, open);
    },
    async stop() {
      breakAll();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** What stands in the way when a piece arrives applies to each of its slices. */
function slowed(way: Way, nth: number, socket: Socket): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const pass = (from: number) => {
        if (from >= chunk.length || socket.destroyed) return done();
        if (nth >= way.stalledFrom) {
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
