/** What becomes of a step between its start and its end. */

/**
 * A step that was started has not begun: what it does cannot be sent before the link to its host is back. `sent`: it was
 * sent now, or nobody can say any more that it was not.
 */
export type StepAwaitsLink = {type: 'step-awaits-link'; stepId: string; attempt: number; host: string; sent?: true};
