/** What a mouse reports in mode 1006: `CSI < button ; column ; row M`, and m when the button is let go. */

/** `row` and `column` count from 0. */
export type MouseReport = {kind: 'press' | 'drag' | 'release' | 'wheel-up' | 'wheel-down'; row: number; column: number};

const REPORT = /^\u001B\[<(\d+);(\d+);(\d+)([Mm])$/;
const WHEEL = 64;
const MOVED = 32;
const BUTTON = 3;

/** Only the first button and the wheel; with or without Shift, Alt and Ctrl. */
export function mouseReport(text: string): MouseReport | undefined {
  const [, code = '', x = '', y = '', end] = REPORT.exec(text) ?? [];
  if (end === undefined) return undefined;
  const bits = Number(code);
  const place = {row: Number(y) - 1, column: Number(x) - 1};
  const button = bits & BUTTON;
  if ((bits & WHEEL) !== 0) return button > 1 ? undefined : {kind: button === 0 ? 'wheel-up' : 'wheel-down', ...place};
  if (button !== 0) return undefined;
  return {kind: end === 'm' ? 'release' : (bits & MOVED) !== 0 ? 'drag' : 'press', ...place};
}
