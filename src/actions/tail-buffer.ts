/** Keeps the last `bytesMax` bytes of what is added; from a whole line on, for half a secret is not known for one. */
export function tailBuffer(bytesMax: number): {add(chunk: Buffer): void; text(): string} {
  let chunks: Buffer[] = [];
  let bytes = 0;
  const trim = () => {
    const all = Buffer.concat(chunks);
    const from = Math.max(0, all.length - bytesMax);
    // Without a line feed in all that is kept there is no better place.
    const next = from === 0 ? 0 : all.indexOf('\n', from - 1) + 1;
    const start = next > 0 && next < all.length ? next : from;
    chunks = [all.subarray(start)];
    bytes = all.length - start;
  };
  return {
    add(chunk) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > 2 * bytesMax) trim();
    },
    text() {
      trim();
      return chunks[0]?.toString('utf8') ?? '';
    },
  };
}
