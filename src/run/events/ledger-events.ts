/** The events of a team's ledger: how far its copy of the journal is, and whether this run has the lease of its checklist. */

/** `copied`: the last event that the ledger has, 0 for none. `because`: in an operator's words. */
export type LedgerEvent =
  | {type: 'ledger-behind'; copied: number; because: string}
  | {type: 'ledger-caught-up'; copied: number}
  | RunTakenOver
  | LeaseEvent;

/**
 * Another machine goes on with the run. `after`: the last event of the engine before. `number`: hosts refuse a lower one.
 * `fenced`: hosts that have it already; `unknown`: those that could not be told, with why.
 */
export type RunTakenOver = {
  type: 'run-taken-over';
  host: string;
  user: string;
  from: {host: string; user: string};
  after: number;
  number: number;
  fenced: readonly string[];
  unknown: readonly {host: string; because: string}[];
};

/**
 * `checklist`: what the lease is for, named for the whole team. `before`: the run that had it in between. `goOn`: a person
 * started the run without the ledger, because of this. `takenOver`: this very run goes on elsewhere.
 */
export type LeaseEvent =
  | {type: 'lease-taken'; checklist: string; number: number; before?: string}
  | {type: 'lease-unsure'; checklist: string; because: string; goOn?: string}
  | {type: 'lease-lost'; checklist: string; because: string; takenOver?: true};

/**
 * Whether this run is the one live run of its checklist. `unsure`: it was, and the ledger does not answer any more; `none`:
 * the ledger has never answered; `lost`: another run is, or another engine of this one (`takenOver`). `number`: the newest
 * that it had.
 */
export type LeaseState = {checklist: string; number?: number; takenOver?: true} & (
  | {status: 'held'}
  | {status: 'unsure' | 'none' | 'lost'; because: string}
);
