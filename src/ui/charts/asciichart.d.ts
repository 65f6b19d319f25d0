/** The part of asciichart that is used; the package brings no types. */
declare module 'asciichart' {
  type Settings = {
    offset?: number;
    height?: number;
    min?: number;
    max?: number;
    symbols?: readonly string[];
    format?: (value: number, row: number) => string;
  };
  /** Rows joined by line feeds. Throws on NaN, Infinity, undefined and an empty series. */
  export function plot(series: readonly number[], settings?: Settings): string;
}
