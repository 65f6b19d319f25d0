/** Keeps the last `bytesMax` bytes of what is added. */
export function tailBuffer(bytesMax: number): {add(chunk: Buffer): void; text(): string} {
  let chunks: Buffer[] = [];
  let bytes = 0;
  const trim = () => {
    const all = Buffer.concat(chunks);
    chunks = [all.subarray(Math.max(0, all.length - bytesMax))];
    bytes = Math.min(all.length, bytesMax);
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
