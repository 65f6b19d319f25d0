/** Reads signal names that are no probes: a part of a request's time, the duration of a step. */
import type {Bindings} from '../bindings/types.ts';

const REQUEST_PARTS = ['dns', 'connect', 'tls', 'first-byte'] as const;

/** `health.first-byte` is a part of the time of the HTTP probe `health`. A probe may have a dot in its own name. */
export function partOf(signal: string, probes: Bindings['probes']): {probe: string; part: string} | undefined {
  if (signal in probes) return undefined;
  const at = signal.lastIndexOf('.');
  const [probe, part] = [signal.slice(0, at), signal.slice(at + 1)];
  const isPart = (REQUEST_PARTS as readonly string[]).includes(part) && probes[probe]?.kind === 'http';
  return at > 0 && isPart ? {probe, part} : undefined;
}

/** `step:L106`: the duration of each finished attempt at that step. */
export function stepOf(signal: string): string | undefined {
  return /^step:(L\d+\S*)$/.exec(signal)?.[1];
}
