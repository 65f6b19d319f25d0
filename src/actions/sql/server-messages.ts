/** The messages of a PostgreSQL server, each whole and well-formed before the driver sees it: it reads past their ends. */

/** One message, so one row. Nothing of a longer one could be shown. */
const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;
const HEADER_BYTES = 5;
const LENGTH_BYTES = 4;
/** Behind a column's name. */
const FIELD_BYTES = 18;
/** Ways to log in, as the protocol numbers them. */
const MD5 = 5;
const SASL = 10;

/** Takes what has arrived and gives back the whole messages in it. Throws at the first that is none, or is too long. */
export function wholeMessages(): (chunk: Buffer) => Buffer {
  let parts: Buffer[] = [];
  let gathered = 0;
  let needed = HEADER_BYTES;
  return chunk => {
    parts.push(chunk);
    gathered += chunk.length;
    if (gathered < needed) return chunk.subarray(0, 0);
    const bytes = parts.length === 1 ? chunk : Buffer.concat(parts);
    let at = 0;
    needed = HEADER_BYTES;
    while (bytes.length - at >= HEADER_BYTES) {
      const letter = String.fromCharCode(bytes[at] ?? 0);
      const end = at + 1 + lengthOf(letter, bytes.readUInt32BE(at + 1));
      if (end > bytes.length) {
        needed = end - at;
        break;
      }
      check(letter, bytes.subarray(at + HEADER_BYTES, end));
      at = end;
    }
    const rest = bytes.subarray(at);
    parts = rest.length === 0 ? [] : [rest];
    gathered = rest.length;
    return bytes.subarray(0, at);
  };
}

/** In words for the operator: it is not the server's fault. */
export class TooLong extends Error {}

function lengthOf(letter: string, length: number): number {
  if (length < LENGTH_BYTES || !(letter in SHAPES)) throw new Error(`no message: ${letter} of length ${length}`);
  if (length <= MESSAGE_BYTES_MAX) return length;
  const what = letter === 'D' ? 'one row' : 'one message';
  throw new TooLong(`${what} of the answer is longer than ${MESSAGE_BYTES_MAX / 1024 / 1024} MB; select less of it`);
}

/** `text`: up to the zero that ends it, and how long it was. */
type Cursor = {skip(bytes: number): void; int16(): number; int32(): number; text(): number; rest(): void};

/** What stands in each message, by its letter. */
const SHAPES: Readonly<Record<string, (body: Cursor) => void>> = {
  A: body => {
    body.skip(4);
    body.text();
    body.text();
  },
  C: body => void body.text(),
  D: body =>
    times(body.int16(), () => {
      const length = body.int32();
      if (length !== -1) body.skip(length);
    }),
  E: texts,
  G: copy,
  H: copy,
  I: () => {},
  K: body => {
    body.skip(8);
    body.rest();
  },
  N: texts,
  R: login,
  S: body => {
    body.text();
    body.text();
  },
  T: body =>
    times(body.int16(), () => {
      body.text();
      body.skip(FIELD_BYTES);
    }),
  Z: body => body.skip(1),
  c: () => {},
  d: body => body.rest(),
  // The steps of a statement with parameters.
  1: () => {},
  2: () => {},
  3: () => {},
  n: () => {},
  s: () => {},
  t: body => times(body.int16(), () => body.skip(4)),
};

/** Until an empty one. The fields of an error are texts too: a letter, and what it is. */
function texts(body: Cursor): void {
  while (body.text() > 0);
}

function login(body: Cursor): void {
  const code = body.int32();
  if (code === MD5) body.skip(4);
  else if (code === SASL) texts(body);
  else body.rest();
}

function copy(body: Cursor): void {
  body.skip(1);
  times(body.int16(), () => body.skip(2));
}

function times(count: number, read: () => void): void {
  if (count < 0) throw new Error(`${count} of something`);
  for (let index = 0; index < count; index++) read();
}

function check(letter: string, body: Buffer): void {
  let at = 0;
  const skip = (bytes: number) => {
    if (bytes < 0 || at + bytes > body.length) throw new Error(`${letter} reaches past its end`);
    at += bytes;
    return at - bytes;
  };
  SHAPES[letter]?.({
    skip,
    int16: () => body.readInt16BE(skip(2)),
    int32: () => body.readInt32BE(skip(4)),
    text() {
      const length = body.indexOf(0, at) - at;
      if (length < 0) throw new Error(`a text of ${letter} has no end`);
      skip(length + 1);
      return length;
    },
    rest: () => void skip(body.length - at),
  });
  if (at !== body.length) throw new Error(`${letter} does not end where it says`);
}
