/** How long something usually takes, and how that is said. */
import {plural} from '../../text/figures.ts';

/** `runs`: in how many of them it was timed. */
export type Usual = {minMs: number; maxMs: number; runs: number};

export type UsualTimes = {
  /** Earlier runs that were counted. */
  runs: number;
  deploy?: Usual;
  /** `rehearsed`: no run against the same target was ever rolled back, so it is what rehearsals took. */
  rollback?: Usual & {rehearsed?: true};
  /** By id. Parts that take no second are left out. */
  sections: Readonly<Record<string, Usual>>;
  steps: Readonly<Record<string, Usual>>;
};

/** What earlier runs tell, as this run has read it when it was opened. */
export type HistoryRead = {type: 'history-read'} & UsualTimes;

/** `5 earlier runs: the deploy usually 12–18 min, a rollback usually 40–55 s`. */
export function historyText({runs, deploy, rollback}: UsualTimes): string {
  const parts = [
    ...(deploy === undefined ? [] : [`the deploy ${usualText(deploy)}`]),
    ...(rollback === undefined
      ? []
      : [`a rollback ${usualText(rollback)}${rollback.rehearsed === true ? ', as rehearsed' : ''}`]),
  ];
  const counted = runs === 0 ? 'no earlier run against this target' : plural(runs, 'earlier run');
  return `${counted}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
}

/** `usually 3–5 min`; of one run `last time 4 min`. */
export function usualText(usual: Usual): string {
  return `${usual.runs === 1 ? 'last time' : 'usually'} ${usualSpan(usual)}`;
}

/** `3–5 min`, `50 s – 3 min`, `40 s`: no finer than it is known. */
export function usualSpan({minMs, maxMs}: Usual): string {
  const [from, to] = [rounded(minMs), rounded(maxMs)];
  if (from.count === to.count && from.unit === to.unit) return `${to.count} ${to.unit}`;
  return from.unit === to.unit
    ? `${from.count}–${to.count} ${to.unit}`
    : `${from.count} ${from.unit} – ${to.count} ${to.unit}`;
}

/** `6 earlier runs`, `2 rehearsals`. */
export function usualSource({runs, rehearsed}: Usual & {rehearsed?: true}): string {
  return plural(runs, rehearsed === true ? 'rehearsal' : 'earlier run');
}

function rounded(ms: number): {count: number; unit: 's' | 'min' | 'h'} {
  if (ms < SECONDS_MAX_MS) return {count: Math.max(1, Math.round(ms / 1000)), unit: 's'};
  if (ms < MINUTES_MAX_MS) return {count: Math.round(ms / 60_000), unit: 'min'};
  return {count: Math.round(ms / 360_000) / 10, unit: 'h'};
}

const SECONDS_MAX_MS = 100_000;
const MINUTES_MAX_MS = 6_000_000;
