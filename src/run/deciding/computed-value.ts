/** Values that the run can fill into a blank by itself: date, time, user, duration. */
import {type Blank, unreachable} from '../../plan/plan.ts';
import type {RunState} from '../state.ts';

/** What the run knows of a blank by itself: dates, times, names. Undefined: only a person knows. `at`: epoch ms. */
export function computedValue(state: RunState, {computed}: Blank, at: number): string | undefined {
  const iso = (ms: number) => new Date(ms).toISOString();
  const startedAt = state.deployStartedAt ?? state.run.openedAt;
  switch (computed) {
    case 'date':
      return iso(at).slice(0, 10);
    case 'start-date':
      return iso(startedAt).slice(0, 10);
    case 'time':
      return iso(at).slice(11, 16);
    case 'timestamp':
      return iso(at);
    case 'user':
      return state.run.user;
    case 'start':
      return iso(startedAt);
    case 'end':
      return state.deployEndedAt === undefined ? undefined : iso(state.deployEndedAt);
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
