/** Figures and stretches of time as verdicts say them. */
import type {Unit} from '../plan/plan.ts';

/** `612 ms`, `0.4 %`, `7`, `1.4x`. */
export function quantityText(value: number, unit: Unit): string {
  if (unit === 'x') return `${Number(value.toFixed(2))}x`;
  return unit === 'count' ? figureText(value) : `${figureText(value)} ${unit}`;
}

/** No more digits than say something. */
export function figureText(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 100 ? String(Math.round(value)) : value.toFixed(1);
}

/** `42 s`, `5 min`, `3 h`, rounded to one figure that matters. */
export function stretchText(ms: number): string {
  if (ms < 2 * MINUTE_MS) return `${Math.round(ms / 1000)} s`;
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  return `${Math.round(ms / HOUR_MS)} h`;
}

/** A moment on the mission clock: `T+15m`, `T+2h`, `T+90s`. */
export function missionText(ms: number): string {
  if (ms % HOUR_MS === 0) return `T+${ms / HOUR_MS}h`;
  return ms % MINUTE_MS === 0 ? `T+${ms / MINUTE_MS}m` : `T+${Math.round(ms / 1000)}s`;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
