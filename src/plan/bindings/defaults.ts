/** The defaults of bindings that say nothing. */

/** One shared object, so that "nothing was said" can be told from "the same was said". */
export const DEFAULT_ROLLBACK: {auto: boolean; countdownMs: number; requires: []} = {
  auto: false,
  countdownMs: 3000,
  requires: [],
};
