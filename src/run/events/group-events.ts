/** The events of a group of hosts: who is in it, and how far a deployment has got with it. */
import type {HostVerdict} from '../outcome.ts';

/** The name of a group is that of the bindings: `web`. */
export type GroupEvent =
  /** In the order of the inventory; none, and why, where Ansible cannot say. */
  | {type: 'group-listed'; group: string; hosts: readonly string[]; because?: string}
  /** From here on the steps of the deployment run on these hosts. */
  | {type: 'batch-started'; group: string; batch: number; of: number; hosts: readonly string[]}
  /** All steps are done there. `steps`: those that the next batch does again. `lost`: on which hosts one did not pass. */
  | {
      type: 'batch-finished';
      group: string;
      batch: number;
      of: number;
      steps: readonly string[];
      lost?: readonly string[];
    }
  /** The step still runs on the others. */
  | {type: 'hosts-ended'; stepId: string; attempt: number; hosts: readonly HostVerdict[]};

export type HostsEnded = {type: 'hosts-reported'; stepId: string; attempt: number; hosts: readonly HostVerdict[]};

/** What Ansible says of who is in a group. */
export type HostsListed = {type: 'hosts-listed'; group: string; hosts: readonly string[]; because?: string};

/**
 * `hosts`: as listed when the run began; a host that comes into the inventory later is of no batch. `because`: why nobody
 * knows them. `touched`: where a step of the deployment was begun, which is where the rollback runs.
 */
export type GroupState = {
  hosts: readonly string[];
  because?: string;
  touched: readonly string[];
  batch?: Batch;
};

/**
 * `endedAt`: absent while its steps are not all done; epoch ms. `contexts`: where the shells stood before the first batch,
 * because each batch begins there.
 */
export type Batch = {
  number: number;
  of: number;
  hosts: readonly string[];
  contexts: Readonly<Record<string, {directory?: string; exports: Readonly<Record<string, string>>}>>;
  endedAt?: number;
};
