/** The second hand of the screen. What shows a clock uses it, so that a tick draws its row and not the page. */
import {createContext, useContext, useEffect, useReducer, useRef, useState} from 'react';

export type Now = () => number;

const SECOND_MS = 1000;

/** Calls everybody together, so that one tick is one picture. */
type SecondHand = {callers: Set<(at: number) => void>; timer: NodeJS.Timeout | undefined};

const hands = new WeakMap<Now, SecondHand>();

/** Calls `tick` just after each full second, or each full pace. Returns what ends it. */
function everySecond(now: Now, paceMs: number, tick: (at: number) => void): () => void {
  const hand = hands.get(now) ?? {callers: new Set(), timer: undefined};
  hands.set(now, hand);
  let last = Math.floor(now() / paceMs);
  const caller = (at: number) => {
    const turn = Math.floor(at / paceMs);
    if (turn === last) return;
    last = turn;
    tick(at);
  };
  hand.callers.add(caller);
  if (hand.timer === undefined) turn(hand, now);
  return () => {
    hand.callers.delete(caller);
    if (hand.callers.size > 0) return;
    clearTimeout(hand.timer);
    hand.timer = undefined;
  };
}

function turn(hand: SecondHand, now: Now): void {
  hand.timer = setTimeout(
    () => {
      turn(hand, now);
      const at = now();
      for (const call of [...hand.callers]) call(at);
    },
    SECOND_MS - (now() % SECOND_MS) + 1,
  );
}

/** For a clock that is moved: whoever shows it looks at once, not at the next turn of a second. */
export function tellTime(now: Now): void {
  const at = now();
  for (const call of [...(hands.get(now)?.callers ?? [])]) call(at);
}

/** The time, renewed just after each full second (or longer pace); stands still while `ticking` is false. */
export function useSecond(now: Now, ticking = true, paceMs = SECOND_MS): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    if (!ticking) return;
    setAt(now());
    return everySecond(now, paceMs, setAt);
  }, [now, ticking, paceMs]);
  return at;
}

/** Paints rows of the screen without drawing the page; false when it cannot, and the page has to be drawn. */
export type PaintRows = (top: number, drawn: readonly string[], rows: readonly string[]) => boolean;

export const RowPainter = createContext<PaintRows>(() => false);

/** Rows with a clock in them, which stand from row `top` on: each second only those of them that change are painted. */
export function useClockRows(now: Now, top: number, rowsAt: (at: number) => readonly string[]): readonly string[] {
  const paint = useContext(RowPainter);
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const rows = rowsAt(now());
  const drawn = useRef({rows, rowsAt, top});
  useEffect(() => {
    drawn.current = {rows, rowsAt, top};
  });
  useEffect(
    () =>
      everySecond(now, SECOND_MS, at => {
        const {rows, rowsAt, top} = drawn.current;
        if (!paint(top, rows, rowsAt(at))) draw();
      }),
    [now, paint],
  );
  return rows;
}
