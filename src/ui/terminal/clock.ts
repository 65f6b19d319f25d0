/** The second hand of the screen. Only what shows a clock uses it, so that a tick draws one row and not the page. */
import {useEffect, useState} from 'react';

export type Now = () => number;

const SECOND_MS = 1000;

/** The time, renewed just after each full second (or longer pace); stands still while `ticking` is false. */
export function useSecond(now: Now, ticking = true, paceMs = SECOND_MS): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    if (!ticking) return;
    let timer: NodeJS.Timeout;
    const tick = () => {
      setAt(now());
      timer = setTimeout(tick, paceMs - (now() % paceMs) + 1);
    };
    tick();
    return () => clearTimeout(timer);
  }, [now, ticking, paceMs]);
  return at;
}
