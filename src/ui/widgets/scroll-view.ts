/** Which lines of a long text are on the screen. Pure: positions in, positions out. */

/** `null` follows the end; otherwise the first visible row, and how many lines there were when the view stopped. */
export type Scroll = {top: number; seen: number} | null;

export type Window = {
  /** First visible row, and how many rows there are to show. */
  top: number;
  count: number;
  following: boolean;
  /** Lines that came since the view stopped following. */
  unseen: number;
};

/** Rows to show of `total` in `height`. A view that stopped stays where it is, whatever comes in below. */
export function windowOf(scroll: Scroll, total: number, height: number): Window {
  const topMax = Math.max(0, total - Math.max(0, height));
  const top = scroll === null ? topMax : clamp(scroll.top, 0, topMax);
  return {
    top,
    count: Math.max(0, Math.min(height, total - top)),
    following: scroll === null,
    unseen: scroll === null ? 0 : Math.max(0, total - scroll.seen),
  };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
