import type {Span, Unit} from './plan.ts';
export type Quantity = {value: number; unit: Unit};
export function readQuantity(_text: string): Quantity | undefined {
  return undefined;
}
export function readDuration(_text: string): Span | undefined {
  return undefined;
}
export function readWindow(_text: string): {fromMs: number; toMs: number} | undefined {
  return undefined;
}
export function readCadence(_text: string): number | undefined {
  return undefined;
}
export function parseInterval(_text: string): number | undefined {
  return undefined;
}
