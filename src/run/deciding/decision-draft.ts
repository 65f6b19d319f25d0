/** A decision while it is being made. */
import type {Plan} from '../../plan/plan.ts';
import type {Effect, Event} from '../event.ts';
import {evolve} from '../evolve.ts';
import type {RunState} from '../state.ts';

/** What the bindings and the command line say about how to decide. */
export type Settings = {
  countdownMs: number;
  /** A tripped trigger starts the rollback without asking. */
  autoRollback: boolean;
  /** Set when the engine was started for nothing but a rollback: it closes after it. */
  closeAfterRollback: boolean;
};

export type Situation = {plan: Plan; settings: Settings};

/** A decision being made: each event said is folded at once, so that the next question sees it. */
export type Draft = {
  readonly plan: Plan;
  readonly settings: Settings;
  readonly state: RunState;
  readonly at: number;
  readonly outputLines: number;
  readonly events: readonly Event[];
  readonly effects: readonly Effect[];
  /** Set when the world has just answered which arms of this step are proved: it is not asked again. */
  armsAsked: string | undefined;
  say(event: Event): void;
  ask(effect: Effect): void;
};

export class Refusal {
  readonly because: string;
  constructor(because: string) {
    this.because = because;
  }
}

export function draftOf(
  {plan, settings}: Situation,
  before: RunState,
  {at, by, outputLines}: {at: number; by: string; outputLines: number},
): Draft {
  let state = before;
  const events: Event[] = [];
  const effects: Effect[] = [];
  return {
    plan,
    settings,
    at,
    outputLines,
    events,
    effects,
    armsAsked: undefined,
    get state() {
      return state;
    },
    say(event) {
      events.push(event);
      state = evolve(plan, state, {...event, seq: state.seq + 1, at, by});
    },
    ask(effect) {
      effects.push(effect);
    },
  };
}
