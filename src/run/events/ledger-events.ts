/** The events of a team's ledger: how far its copy of the journal is, and whether this run has the lease of its checklist. */

/** `copied`: the last event that the ledger has, 0 for none. `because`: in an operator's words. */
export type LedgerEvent =
  | {type: 'ledger-behind'; copied: number; because: string}
  | {type: 'ledger-caught-up'; copied: number}
  | LeaseEvent;

/**
 * `checklist`: what the lease is for, named for the whole team. `before`: the run that had it in between. `goOn`: a person
 * started the run without the ledger, because of this.
 */
export type LeaseEvent =
  | {type: 'lease-taken'; checklist: string; number: number; before?: string}
  | {type: 'lease-unsure'; checklist: string; because: string; goOn?: string}
  | {type: 'lease-lost'; checklist: string; because: string};

/**
 * Whether this run is the one live run of its checklist. `unsure`: it was, and the ledger does not answer any more; `none`:
 * the ledger has never answered; `lost`: another run is. `number`: the newest that it had.
 */
export type LeaseState = {checklist: string; number?: number} & (
  | {status: 'held'}
  | {status: 'unsure' | 'none' | 'lost'; because: string}
);
