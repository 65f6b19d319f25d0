/** What a rule is judged on where neither document nor bindings say so: readings, evaluations in a row, window. */
import type {Statistic} from './kinds.ts';

/** Evaluations in a row past the bound. */
export const DEFAULT_CONSECUTIVE = 3;

const MINUTE_MS = 60_000;
const WINDOW_MS = 5 * MINUTE_MS;
/** Over less time, a slope is only noise. */
const SLOPE_WINDOW_MS = 10 * MINUTE_MS;
/** For what people report. */
const PERSON_WINDOW_MS = 60 * MINUTE_MS;

export function defaultWindowMs(statistic: Statistic | undefined, person = false): number {
  if (person) return PERSON_WINDOW_MS;
  return statistic === 'slope' ? SLOPE_WINDOW_MS : WINDOW_MS;
}

/** With fewer readings there is no verdict. */
export function defaultSamples(statistic: Statistic | undefined): number {
  switch (statistic) {
    case 'p50':
    case 'p90':
    case 'p95':
    case 'p99':
    case 'error-rate':
      return 20;
    case 'slope':
      return 10;
    default:
      return 3;
  }
}
