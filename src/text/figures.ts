/** Numbers in words for sentences. Units have the plan's names: `ms`, `%`, `MB/h`, `count`, `x`. */

/** `612 ms`, `0.4 %`, `7`, `1.4x`: a measured value. */
export function quantityText(value: number, unit: string): string {
  if (unit === 'x') return `${Number(value.toFixed(2))}x`;
  return unit === 'count' ? figureText(value) : `${figureText(value)} ${unit}`;
}

/** The same with up to two decimals, for a page or a record: `0.25 %`. */
export function fineQuantity(value: number, unit: string): string {
  if (unit === 'x') return `${fineFigure(value)}x`;
  return unit === 'count' ? fineFigure(value) : `${fineFigure(value)} ${unit}`;
}

/** Only as many digits as matter: `0.4`, `745`. */
export function figureText(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 100 ? String(Math.round(value)) : value.toFixed(1);
}

/** A bound as the document has it: `99.95`, `1500`; one that was computed, with six digits. */
export function boundFigure(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

/** `1500 ms`, `99.9 %`, `1.2x`, `0`: a bound as the document has it, with its unit. */
export function boundQuantity(value: number, unit: string): string {
  if (unit === 'x') return quantityText(value, unit);
  return unit === 'count' ? boundFigure(value) : `${boundFigure(value)} ${unit}`;
}

/** `0.25`, `12.5`, `745` */
export function fineFigure(value: number): string {
  return String(Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100);
}

/** `1 row`, `3 rows` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
