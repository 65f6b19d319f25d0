/** A server that begins as PostgreSQL does and then answers whatever it is told to. */
import {createServer, type Socket} from 'node:net';

export type Play = {
  /** Instead of letting the client in; undefined lets in one that says this at the start. */
  greeting?: Buffer | ((startup: string) => Buffer | undefined);
  /** To a statement; or what is done with the connection then. */
  answer?: Buffer | ((socket: Socket) => void);
  /** The connection stays open behind the answer. */
  stays?: boolean;
};

export type HostileDatabase = {
  url: string;
  play(play: Play): void;
  /** Statements that have come so far. */
  statements(): readonly string[];
  stop(): Promise<void>;
};

export async function startHostileDatabase(): Promise<HostileDatabase> {
  let play: Play = {};
  const statements: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    let begun = false;
    socket.on('data', (bytes: Buffer) => {
      if (bytes.length === 8 && bytes.readUInt32BE(4) === 80877103) return void socket.write('N');
      if (!begun) {
        begun = true;
        const {greeting} = play;
        const said = typeof greeting === 'function' ? greeting(bytes.toString('latin1')) : greeting;
        if (said === undefined) socket.write(WELCOME);
        else finish(socket, said);
        return;
      }
      if (bytes[0] !== 'Q'.charCodeAt(0)) return;
      statements.push(bytes.toString('utf8', 5, bytes.length - 1));
      const {answer = Buffer.alloc(0)} = play;
      if (typeof answer === 'function') answer(socket);
      else finish(socket, answer);
    });
  });
  function finish(socket: Socket, bytes: Buffer): void {
    if (play.stays === true) socket.write(bytes);
    else socket.end(bytes);
  }
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as {port: number};
  return {
    url: `postgresql://ana:hush-hush@127.0.0.1:${port}/shop`,
    play(next) {
      play = next;
    },
    statements: () => statements,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** `length` where the message lies about itself. */
export function message(letter: string, body: Buffer | string = '', length?: number): Buffer {
  const bytes = Buffer.from(body);
  const head = Buffer.alloc(5, letter, 'latin1');
  head.writeUInt32BE((length ?? bytes.length + 4) >>> 0, 1);
  return Buffer.concat([head, bytes]);
}

export function columns(...names: readonly string[]): Buffer {
  const fields = names.map(name => Buffer.concat([Buffer.from(`${name}\0`), Buffer.alloc(18)]));
  return message('T', Buffer.concat([int16(names.length), ...fields]));
}

export function row(...cells: readonly (string | null)[]): Buffer {
  const parts = cells.map(cell =>
    cell === null ? int32(-1) : Buffer.concat([int32(Buffer.byteLength(cell)), Buffer.from(cell)]),
  );
  return message('D', Buffer.concat([int16(cells.length), ...parts]));
}

export function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

export const READY = message('Z', 'I');
export const WELCOME = Buffer.concat([message('R', int32(0)), message('K', Buffer.alloc(8, 1)), READY]);
export const SELECTED = message('C', 'SELECT 1\0');
