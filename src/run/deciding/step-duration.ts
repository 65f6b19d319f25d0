/** The duration of a finished step as a sample. */
import type {Plan} from '../../plan/plan.ts';
import type {Outcome, Sample, Verdict} from '../outcome.ts';

/**
 * How long an attempt took, for the signals that are about its step. One that failed took no time that says anything:
 * it is a failed measurement. One whose end nobody saw, or that a person ended, is none.
 */
export function durationSamples(plan: Plan, stepId: string, outcome: Outcome, verdict: Verdict, at: number): Sample[] {
  const signals = Object.entries(plan.signals ?? {}).flatMap(([name, {step}]) => (step === stepId ? [name] : []));
  switch (verdict.kind) {
    case 'passed':
    case 'judge':
      return signals.map(signal => ({signal, at, value: outcome.durationMs}));
    case 'failed':
      return signals.map(signal => ({signal, at, error: `attempt failed: ${verdict.because}`}));
    case 'unknown':
    case 'cancelled':
      return [];
  }
}
