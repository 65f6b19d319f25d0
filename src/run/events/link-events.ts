/** Links to hosts: what the world reports of one, and what the journal says. */

/** `refused`: the host is not trusted or lets nobody in; waiting does not help. */
export type LinkSeen = {host: string; up: boolean; detail: string; latencyMs?: number; refused?: true};

export type LinkEvent =
  | {type: 'link-lost'; host: string; detail: string; refused?: true}
  | {type: 'link-restored'; host: string; latencyMs?: number; account?: string};

/**
 * What is known of a link. `since`: the time of its last change. `account`: as whom the run is there; known only where a
 * ledger is set. `reached`: it has been up.
 */
export type LinkState = {
  up: boolean;
  detail: string;
  since: number;
  latencyMs?: number;
  account?: string;
  reached?: true;
  refused?: true;
};
