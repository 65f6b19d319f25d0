/** Values that the run can fill into a blank by itself: date, time, user, duration. */
import {type Blank, unreachable} from '../../plan/plan.ts';
import {localStamp} from '../../text/times.ts';
import type {RunState} from '../state.ts';

/** What the run knows of a blank by itself: dates, times, names. Undefined: only a person knows. `at`: epoch ms. */
export function computedValue(state: RunState, {computed}: Blank, at: number): string | undefined {
  const startedAt = state.deployStartedAt ?? state.run.openedAt;
  switch (computed) {
    case 'date':
      return localStamp(at).slice(0, 10);
    case 'start-date':
      return localStamp(startedAt).slice(0, 10);
    case 'time':
      return localStamp(at).slice(11, 16);
    case 'timestamp':
      return localStamp(at);
    case 'user':
      return state.run.user;
    case 'start':
      return localStamp(startedAt);
    case 'end':
      return state.deployEndedAt === undefined ? undefined : localStamp(state.deployEndedAt);
    case 'duration':
      return state.deployEndedAt === undefined
        ? undefined
        : `${Math.round((state.deployEndedAt - startedAt) / 60_000)} min`;
    case undefined:
      return undefined;
    default:
      return unreachable(computed);
  }
}
