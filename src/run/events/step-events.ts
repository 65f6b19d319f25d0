/** What becomes of a step between its start and its end. */

/**
 * A step that was started has not begun: what it does cannot be sent before the link to its host is back. `sent`: it was
 * sent now, or nobody can say any more that it was not.
 */
export type StepAwaitsLink = {type: 'step-awaits-link'; stepId: string; attempt: number; host: string; sent?: true};

/**
 * Reasons given for starting all the same: past an incomplete gate, red readiness, no lease, the pause between two batches,
 * a reading that nobody has confirmed, or the end of a rollback.
 */
export type Overrides = {
  gate?: string;
  readiness?: string;
  review?: string;
  lease?: string;
  batch?: string;
  again?: string;
};

export type StepStarted = {
  type: 'step-started';
  stepId: string;
  attempt: number;
  on?: string;
  commands?: readonly string[];
  /** Line of the `output` spool at which its output begins. */
  outputFrom?: number;
  /** For a group, when not all of its hosts are meant; `leftOut`: how many of its batch are not among them. */
  hosts?: readonly string[];
  leftOut?: number;
  /** Reasons given for starting past what blocks it. */
  overrides?: Overrides;
  /** Who wished it, when `by` is the person who approved it. */
  askedBy?: string;
  /** `--yes` answered for a person whether its condition holds. */
  presumed?: true;
};
