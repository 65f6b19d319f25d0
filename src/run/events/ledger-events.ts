/** The events of a team's ledger that has not got the whole journal, and of one that has again. */

/** `copied`: the last event that the ledger has, 0 for none. `because`: in an operator's words. */
export type LedgerEvent =
  | {type: 'ledger-behind'; copied: number; because: string}
  | {type: 'ledger-caught-up'; copied: number};
