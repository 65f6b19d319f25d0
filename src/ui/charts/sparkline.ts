/** The trend of a signal in a few cells. */
import type {Sample} from '../../run/outcome.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import {columnsOf} from './chart-columns.ts';

const LEVELS = '▁▂▃▄▅▆▇█';
const LEVELS_ASCII = '.:-=+*%#';
const FAILED = {unicode: '×', ascii: 'x'};

type Spark = {fromMs: number; now: number; width: number};

/**
 * `width` cells, the newest at the right. A blank: nothing was measured; a cross: the measurement failed. The scale
 * begins at zero, unless all readings are in a narrow band far from zero.
 */
export function sparkline(samples: readonly Sample[], spark: Spark, {ascii}: Glyphs): string {
  const {columns} = columnsOf(samples, {...spark, count: spark.width, reduce: 'max'});
  const values = columns.flatMap(({value}) => (value === undefined ? [] : [value]));
  const high = Math.max(...values);
  const low = Math.min(...values);
  const [floor, ceiling] = bandOf(low, high);
  const levels = ascii ? LEVELS_ASCII : LEVELS;
  return columns
    .map(({value, errors}) => {
      if (value === undefined) return errors > 0 ? FAILED[ascii ? 'ascii' : 'unicode'] : ' ';
      const share = ceiling > floor ? (value - floor) / (ceiling - floor) : 0;
      return levels[Math.min(levels.length - 1, Math.floor(share * levels.length))] ?? ' ';
    })
    .join('');
}

/** Readings that vary by less than this share of their value are drawn as a line in the middle. */
const LEVEL_SHARE_MIN = 0.5;

function bandOf(low: number, high: number): [floor: number, ceiling: number] {
  const band = high * LEVEL_SHARE_MIN;
  if (low <= 0 || high - low >= band) return [Math.min(0, low), high];
  const middle = (low + high) / 2;
  return [middle - band, middle + band];
}
