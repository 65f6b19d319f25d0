/** How long a rollback waits for what it depends on, and for how long a proof of its inputs holds. */

/** The running step gets this long to end by itself before the rollback goes on without it. */
export const STOPPING_DEADLINE_MS = 10_000;

/** A proof that was looked for while the rollback counted down is fresh for so long, where nothing has changed since. */
export const PROOF_HOLDS_MS = 5000;

/** How long the end of a rollback waits for a look at what is in place. */
export const EVIDENCE_WITHIN_MS = 8000;
