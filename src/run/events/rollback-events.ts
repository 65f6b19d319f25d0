/** What is said of a rollback: what it needs, what was seen in place, and how it ended. */

export type ReadinessItem = {
  /** Rollback step id. */
  stepId: string;
  title: string;
  ready: boolean;
  /** Which arm is proved, or what is missing: `tag v1.0-pre-phase2 not found in /srv/app`. */
  detail: string;
  /** Ids of the arms of each alternatives stage that are proved, in the document's order. */
  arms: readonly string[];
  optional: boolean;
  /** On which hosts of a group alone it is not ready; `silent`: those among them that do not answer. */
  notOn?: readonly string[];
  silent?: readonly string[];
  /** What is there is from before the run: the ids of the steps that make it. */
  madeBy?: readonly string[];
};

/** What was found in place, by the id of the fact: commits, links, sizes. */
export type Seen = Readonly<Record<string, string>>;

/**
 * `asOf`: when the look began, epoch ms; what has changed since it cannot have seen. `oldestAt`: when the host of a group was
 * looked at whose turn is longest ago.
 */
type Found = {
  items: readonly ReadinessItem[];
  link: {up: boolean; detail: string};
  asOf?: number;
  oldestAt?: number;
  seen?: Seen;
};

export type ReadinessReported = {type: 'readiness-reported'} & Found;

/** `before`: what from now on counts as what was there before the deploy. */
export type ReadinessChanged = {type: 'readiness-changed'; ready: boolean; before?: Seen} & Found;

export type RollbackResult = 'rolled-back' | 'rollback-failed' | 'cancelled';

/** `unverified`: every command passed, and nothing shows that the old version is back. */
export type RollbackVerdict = 'verified' | 'unverified' | 'failed';

/** `verdict`: absent when it was cancelled. */
export type RollbackFinished = {
  type: 'rollback-finished';
  result: RollbackResult;
  verdict?: RollbackVerdict;
  because: string;
  left: readonly string[];
};
