/** What a record is written from. */
import type {Plan} from '../../plan/plan.ts';
import type {Recorded} from '../../run/event.ts';
import type {RunState} from '../../run/state.ts';

export type RecordSource = {
  plan: Plan;
  state: RunState;
  /** All events that are for a record, oldest first. */
  events: readonly Recorded[];
  /**
   * Belongs to the journal that the events were read from. Absent where there is none, as in a run that was never
   * opened.
   */
  seal?: Seal;
};

/** How far the journal had got, the checksum of its last line, and what wrote the record: `tminus 1.2.0`. */
export type Seal = {events: number; checksum: string; program: string};
