/** What the bindings mean where they say nothing. */

/** One object, so that "nothing said" can be told from "said the same". */
export const DEFAULT_ROLLBACK: {auto: boolean; countdownMs: number; requires: []} = {
  auto: false,
  countdownMs: 3000,
  requires: [],
};
