import type {RefusalReason} from '../run/outcome.ts';

/** A place could not be reached, or must not be. `reason` was decided where the error arose; the message is for the operator. */
export class LinkError extends Error {
  readonly reason: RefusalReason;
  /** A person was needed and did not answer: it is for a person to have it tried again. */
  wantsPerson = false;

  constructor(reason: RefusalReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : {cause});
    this.name = 'LinkError';
    this.reason = reason;
  }
}

export function unanswered(reason: RefusalReason, message: string): LinkError {
  return Object.assign(new LinkError(reason, message), {wantsPerson: true});
}

/** Waiting longer will not help: someone has to look. */
export function isFinal(error: LinkError): boolean {
  return error.reason !== 'unreachable';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
