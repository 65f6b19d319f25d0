/** What holds where a bindings file says nothing. */

/** A probe without `every`. */
export const DEFAULT_EVERY_MS = 15_000;
/** A probe without `timeout`. */
export const DEFAULT_TIMEOUT_MS = 10_000;

/** One shared object, so that "nothing was said" can be told from "the same was said". */
export const DEFAULT_ROLLBACK: {auto: boolean; countdownMs: number; requires: []} = {
  auto: false,
  countdownMs: 3000,
  requires: [],
};
