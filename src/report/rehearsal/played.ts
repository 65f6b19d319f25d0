/** A document that was played against a target: what the findings are read from. */
import type {Plan} from '../../plan/plan.ts';
import type {Recorded} from '../../run/event.ts';
import type {RunState} from '../../run/state.ts';

/** One fact of the target, as the target tells it. */
export type TargetFact = {
  place: string;
  kind: 'file' | 'mode' | 'ref' | 'unit' | 'rows' | 'service' | 'stand-in';
  name: string;
  value: string;
};

/**
 * One round: a deploy from a fresh target, and the rollback behind it. `faultAt`: the line of the step that was told to
 * fail; absent where the whole deploy was played. `before`: the target ahead of the deploy, `deployed`: between the two,
 * `after`: at the end.
 */
export type Round = {
  state: RunState;
  events: readonly Recorded[];
  faultAt?: number;
  before: readonly TargetFact[];
  deployed: readonly TargetFact[];
  after: readonly TargetFact[];
  /** The last output of a step, by its id: at most the last 40 lines. */
  output: Readonly<Record<string, readonly string[]>>;
};

export type Played = {
  plan: Plan;
  /** In the order in which they were played. None: only what the document tells by itself is found. */
  rounds: readonly Round[];
  /** Programs that nobody knows, with the lines that call them. */
  notPlayed: readonly {name: string; lines: readonly number[]}[];
  /** What steps usually take, ms by their id; where an earlier run or a stand-in knows it. */
  usualMs: Readonly<Record<string, number>>;
};
