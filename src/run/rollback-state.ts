/** Where a rollback of a run stands. */
import type {RollbackResult, RollbackVerdict} from './event.ts';

export type RollbackState =
  | {status: 'none'}
  /**
   * `before`: an earlier rollback that failed; it is the last word again when this one is called off. It is gone on with,
   * unless all of it was asked for `anew`.
   */
  | {
      status: 'counting';
      requestedAt: number;
      startsAt: number;
      because: string;
      force?: string;
      before?: FinishedRollback;
      anew?: true;
    }
  /**
   * Waits for the running step to end, at most until `deadlineAt`, and for a fresh proof of its inputs: one of a look that
   * began at `proofFrom` or later.
   */
  | {
      status: 'stopping';
      because: string;
      since: number;
      proofFrom: number;
      deadlineAt: number;
      force?: string;
      before?: FinishedRollback;
      anew?: true;
      /** What the first look had seen in place, where a rollback before this one has failed. */
      deployed?: Seen;
    }
  /**
   * `begun`: its steps that were started or passed over, and those that the try before has done; what other steps did before
   * does not count.
   */
  | {
      status: 'running';
      because: string;
      startedAt: number;
      begun: readonly string[];
      force?: string;
      before?: FinishedRollback;
      /** What the last look before it had seen in place. */
      deployed?: Seen;
    }
  | FinishedRollback;

type Seen = Readonly<Record<string, string>>;

export type FinishedRollback = {
  status: 'finished';
  result: Exclude<RollbackResult, 'cancelled'>;
  verdict?: RollbackVerdict;
  because: string;
  left: readonly string[];
  at: number;
  /** Its steps that were begun, in this try or in those before it; empty where it has changed nothing. */
  begun?: readonly string[];
  /** Of one that failed: what the last look before it had seen in place. */
  deployed?: Seen;
};

/** It was asked for and could not begin: what was deployed is in place as before. */
export function hasChangedNothing({result, begun}: Pick<FinishedRollback, 'result' | 'begun'>): boolean {
  return result === 'rollback-failed' && begun?.length === 0;
}
