/** A small chart to vary, and readings for it. */
import {fileURLToPath} from 'node:url';
import type {Sample} from '../../../src/run/outcome.ts';
import type {Chart} from '../../../src/ui/charts/chart.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {loadTheme} from '../../../src/ui/terminal/theme.ts';

const themesDirectory = fileURLToPath(new URL('../../../themes', import.meta.url));
export const theme = loadTheme('midnight', {env: {TERM: 'xterm-256color'}, themesDirectory});
export const plainTheme = loadTheme('midnight', {env: {NO_COLOR: '1'}, themesDirectory});
export const now = 1_700_000_100_000;
export const minute = 60_000;

export function chart(change: Partial<Chart> = {}): Chart {
  return {
    width: 46,
    height: 10,
    now,
    fromMs: now - 5 * minute,
    series: [{samples: []}],
    thresholds: [],
    markers: [],
    reduce: 'max',
    fromZero: true,
    empty: 'no samples yet',
    glyphs: glyphsFor(false),
    theme: plainTheme,
    ...change,
  };
}

export function readings(values: readonly (number | 'error' | undefined)[], everyMs = 5000): Sample[] {
  const from = now - values.length * everyMs;
  return values.flatMap((value, index) => {
    const at = from + (index + 1) * everyMs;
    if (value === undefined) return [];
    return [value === 'error' ? {signal: 's', at, error: 'refused'} : {signal: 's', at, value}];
  });
}

export const steady = (value: number, count = 60) => readings(Array.from({length: count}, () => value));
