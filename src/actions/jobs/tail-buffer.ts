/** Keeps the last `bytesMax` bytes of what is added; from a whole line on, for half a secret is not known for one. */
export function tailBuffer(bytesMax: number): {add(chunk: Buffer): void; text(): string} {
  // One byte more tells whether a line begins right where the kept bytes do.
  const size = bytesMax + 1;
  // A ring, because far more may go through than is kept; and most jobs print little, so it grows when there is need.
  let ring: Buffer = Buffer.alloc(0);
  let held = 0;
  let next = 0;

  function grow(needed: number): void {
    const larger = Buffer.alloc(Math.min(size, Math.max(needed, ring.length * 2)));
    ring.copy(larger, 0, 0, held);
    ring = larger;
    next = held;
  }

  return {
    add(chunk) {
      if (chunk.length === 0) return;
      const last = chunk.subarray(Math.max(0, chunk.length - size));
      if (ring.length < size && held + last.length > ring.length) grow(held + last.length);
      next %= ring.length;
      const upToEnd = last.copy(ring, next);
      last.copy(ring, 0, upToEnd);
      next = (next + last.length) % ring.length;
      held = Math.min(ring.length, held + last.length);
    },
    text() {
      if (held < size) return ring.toString('utf8', 0, held);
      const all = Buffer.concat([ring.subarray(next), ring.subarray(0, next)]);
      // Without a line feed in all that is kept there is no better place.
      const line = all.indexOf('\n') + 1;
      return all.toString('utf8', line > 0 && line < all.length ? line : 1);
    },
  };
}
