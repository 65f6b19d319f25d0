/** The time of a run, which never goes back. */
export type Clocks = {
  /** Epoch ms, as the machine says: it may be set forward and back at any time. */
  wall(): number;
  /** Ms since some moment, at an even pace. */
  steady(): number;
};

/**
 * The time of a run, epoch ms: the machine's, but it never goes back, and never stands still either. Times decide what a
 * rollback has done, when its countdown ends and when a deadline has passed: a machine whose clock is set back must not
 * make what is done look undone, nor put off what is about to happen. `since`: the time of the run's last event.
 */
export function startRunClock(since: number, {wall, steady}: Clocks = machine): () => number {
  let time = since;
  let lookedAt = steady();
  return () => {
    const now = steady();
    time = Math.max(time + (now - lookedAt), wall());
    lookedAt = now;
    return Math.floor(time);
  };
}

const machine: Clocks = {wall: () => Date.now(), steady: () => performance.now()};
