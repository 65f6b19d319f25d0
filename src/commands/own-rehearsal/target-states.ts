/** The state of the target before the deploy, between it and the rollback, and at the end; and what the round was. */
import {join} from 'node:path';
import type {Connection} from '../../attach/client.ts';
import {foldJournal} from '../../journal/read-journal.ts';
import {openSpoolReader} from '../../journal/spool/spool-reader.ts';
import type {Plan} from '../../plan/plan.ts';
import {BOX_FILES} from '../../rehearsal/own/box/box-plan.ts';
import {askState} from '../../rehearsal/own/box/state-server.ts';
import type {TargetState} from '../../rehearsal/own/target-state.ts';
import type {Round} from '../../report/rehearsal/played.ts';
import type {Recorded} from '../../run/event.ts';
import {stepState} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {isForRecord} from '../../run/timeline.ts';
import {compact} from '../../text/compact.ts';

export type States = {before: TargetState; deployed: TargetState; after: TargetState};

/** Asks the box for as long as it is there. */
export class TargetStates {
  readonly #socket: string;
  #kept: Partial<States> = {};

  constructor(runDirectory: string) {
    this.#socket = join(runDirectory, BOX_FILES.socket);
  }

  async take(when: keyof States): Promise<void> {
    this.#kept[when] = await askState(this.#socket);
  }

  /** While a person drives: each time the run comes to such a moment. */
  follow({store}: Connection): () => void {
    void this.take('before');
    return store.subscribe(({phase, rollback}, was) => {
      const comesBack = rollback.status === 'counting' || rollback.status === 'stopping';
      if (comesBack && was.rollback.status === 'none') void this.take('deployed');
      if (phase === 'watching' && was.phase !== 'watching') void this.take('deployed');
      if (rollback.status === 'finished' && was.rollback.status !== 'finished') void this.take('after');
    });
  }

  now(): States {
    const {before = [], deployed = before, after = deployed} = this.#kept;
    return {before, deployed, after};
  }
}

const OUTPUT_LINES_MAX = 40;

/** The round of a run that is closed. */
export async function roundOf(
  {runDirectory, plan, store}: Pick<Connection, 'runDirectory' | 'plan' | 'store'>,
  states: States,
  faultAt: number | undefined,
): Promise<Round> {
  const state = store.getState();
  const events: Recorded[] = [];
  await foldJournal(runDirectory, event => {
    if (isForRecord(event)) events.push(event);
  });
  return {state, events, ...compact({faultAt}), ...states, output: outputOf(runDirectory, plan, state)};
}

function outputOf(runDirectory: string, {steps}: Plan, state: RunState): Round['output'] {
  const reader = openSpoolReader(runDirectory);
  reader.refresh();
  const found = steps.flatMap(({id}) => {
    const own = stepState(state, id);
    const from = 'outputFrom' in own ? own.outputFrom : undefined;
    const to = 'outputTo' in own ? own.outputTo : undefined;
    if (from === undefined || to === undefined || to <= from) return [];
    const first = Math.max(from, to - OUTPUT_LINES_MAX);
    return [[id, reader.read('output', first, to - first)] as const];
  });
  return Object.fromEntries(found);
}
