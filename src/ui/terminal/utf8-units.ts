/** Cuts bytes into characters and stray bytes: a terminal's reports of the oldest form are no UTF-8. */

/** `text` is empty for a byte that belongs to no character; `code` is then the byte itself. */
export type Unit = {code: number; text: string};

/** The first byte of a character says how many follow. */
function following(byte: number): number {
  if (byte >= 0xc2 && byte <= 0xdf) return 1;
  if (byte >= 0xe0 && byte <= 0xef) return 2;
  return byte >= 0xf0 && byte <= 0xf4 ? 3 : 0;
}

const CONTROLS_END = 0xa0;
const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

export function createUnits(): {push(chunk: Uint8Array): Unit[]} {
  /** A character whose last bytes have not come yet. */
  let open: number[] = [];

  function next(byte: number): Unit[] {
    const isFollowing = byte >= 0x80 && byte <= 0xbf;
    if (open.length > 0 && isFollowing) {
      open.push(byte);
      return open.length > following(open[0] ?? 0) ? close() : [];
    }
    const stray = open.map(ofBroken);
    open = following(byte) > 0 ? [byte] : [];
    if (open.length > 0) return stray;
    return [...stray, byte < 0x80 ? {code: byte, text: String.fromCharCode(byte)} : strayByte(byte)];
  }

  function close(): Unit[] {
    const bytes = open;
    open = [];
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      return [{code: text.codePointAt(0) ?? 0, text}];
    } catch {
      return bytes.map(ofBroken);
    }
  }

  return {push: chunk => [...chunk].flatMap(next)};
}

function strayByte(byte: number): Unit {
  return {code: byte, text: ''};
}

/** Of a character that was broken off: its bytes are none of the controls that stand in the same places. */
function ofBroken(byte: number): Unit {
  return strayByte(Math.max(byte, CONTROLS_END));
}
