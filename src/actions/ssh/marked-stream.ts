/** Finds what one text prints in the output of a shell that runs many. */
/**
 * Passes on what stands between the lines `MARK begin REST` and `MARK end REST` of a stream, as it comes.
 * Nothing is held back but what may be the beginning of the mark itself.
 */
export function markedStream(
  mark: string,
  listen: {begin(rest: string): void; pass(chunk: Buffer): void; end(rest: string): void},
): (chunk: Buffer) => void {
  const beginning = Buffer.from(`${mark} begin `);
  const ending = Buffer.from(`${mark} end `);
  let stage: 'before' | 'within' | 'after' = 'before';
  let held: Buffer = Buffer.alloc(0);

  function before(): void {
    const at = held.indexOf(beginning);
    const line = at < 0 ? -1 : held.indexOf('\n', at);
    if (line < 0) return;
    listen.begin(held.subarray(at + beginning.length, line).toString('utf8'));
    held = held.subarray(line + 1);
    stage = 'within';
    within();
  }

  function within(): void {
    const at = held.indexOf(ending);
    const upTo = at < 0 ? held.length - overlap(held, ending) : at;
    if (upTo > 0) listen.pass(held.subarray(0, upTo));
    held = held.subarray(upTo);
    if (at < 0) return;
    const line = held.indexOf('\n');
    if (line < 0) return;
    const rest = held.subarray(ending.length, line).toString('utf8');
    stage = 'after';
    held = Buffer.alloc(0);
    listen.end(rest);
  }

  return chunk => {
    if (stage === 'after') return;
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (stage === 'before') before();
    else within();
  };
}

/** How many bytes at the end of `bytes` are the beginning of `mark`. */
function overlap(bytes: Buffer, mark: Buffer): number {
  const first = mark[0] ?? 0;
  for (let at = Math.max(0, bytes.length - mark.length + 1); ; at += 1) {
    at = bytes.indexOf(first, at);
    if (at === -1) return 0;
    if (mark.subarray(0, bytes.length - at).equals(bytes.subarray(at))) return bytes.length - at;
  }
}
