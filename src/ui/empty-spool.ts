/** The logs of a session that has none: of a review before a run, and of the screen that is drawn to warm up. */
import type {Spool} from './session.ts';

export const EMPTY_SPOOL: Spool = {
  sources: () => [],
  read: () => [],
  find: async () => undefined,
  tally: () => undefined,
  density: () => undefined,
  lineAt: async () => undefined,
  lineAfter: async () => undefined,
  moments: async () => [],
  fileOf: () => undefined,
  subscribe: () => () => {},
};
