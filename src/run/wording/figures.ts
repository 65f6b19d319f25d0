/** Figures as verdicts say them. */
import type {Unit} from '../../plan/plan.ts';

/** `612 ms`, `0.4 %`, `7`, `1.4x`. */
export function quantityText(value: number, unit: Unit): string {
  if (unit === 'x') return `${Number(value.toFixed(2))}x`;
  return unit === 'count' ? figureText(value) : `${figureText(value)} ${unit}`;
}

/** No more digits than say something. */
export function figureText(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 100 ? String(Math.round(value)) : value.toFixed(1);
}
