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

export const NAMED = columns('name');

/** Each ends the driver's reading with an exception of its own, or leaves it with what it cannot use. */
export const NONSENSE: Readonly<Record<string, Buffer>> = {
  'nothing at all': Buffer.alloc(0),
  'another protocol': Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\nno such page'),
  zeros: Buffer.alloc(64),
  'an unknown letter': message('?', 'what'),
  'a row before any column': Buffer.concat([row('a'), SELECTED, READY]),
  'a row with too many cells': Buffer.concat([NAMED, row('a', 'b'), SELECTED, READY]),
  'a row without cells': Buffer.concat([NAMED, row(), SELECTED, READY]),
  'a row that counts below nothing': Buffer.concat([NAMED, message('D', int16(-3)), SELECTED, READY]),
  'a row that says more cells than it has': Buffer.concat([NAMED, message('D', int16(9)), SELECTED, READY]),
  'a cell longer than its row': Buffer.concat([
    NAMED,
    message('D', Buffer.concat([int16(1), int32(1e9)])),
    SELECTED,
    READY,
  ]),
  'a cell of negative length': Buffer.concat([
    NAMED,
    message('D', Buffer.concat([int16(1), int32(-7)])),
    SELECTED,
    READY,
  ]),
  'columns without names': message('T', int16(3)),
  'columns that count below nothing': message('T', int16(-1)),
  'a name that never ends': message('T', Buffer.concat([int16(1), Buffer.from('name')])),
  'a message of length nothing': message('C', '', 0),
  'a message of length three': message('Z', 'I', 3),
  'a message of four GB': message('D', '', 0xffffffff),
  'a tag that never ends': message('C', 'SELECT'),
  'an error without fields': message('E'),
  'an error whose field never ends': message('E', 'Mhello'),
  'an error with the same field a hundred times': message('E', `${'Mx\0'.repeat(100)}\0`),
  'an answer to nobody': Buffer.concat([READY, READY, NAMED, row('a'), SELECTED, READY]),
  'a welcome in the middle': WELCOME,
  'a password wanted in the middle': message('R', int32(3)),
  'an encrypted password wanted in the middle': message('R', Buffer.concat([int32(5), Buffer.alloc(4)])),
  'the end of a login that never began': message('R', Buffer.concat([int32(12), Buffer.from('v=x')])),
  'a way to log in that nobody knows': message('R', int32(99)),
  'a copy in': message('G', Buffer.from([0, 0, 9])),
  'copied data': Buffer.concat([message('d', 'a'), message('c')]),
  'parameters without a statement': message('t', int16(5)),
  'a notice of nonsense': Buffer.concat([message('N', 'Z'), READY]),
  'a half message': message('T', int16(1), 400),
};
