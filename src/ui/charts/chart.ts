/** A line chart as rows of text. The line is drawn by asciichart; scale, gaps, thresholds and axes are ours. */
import {plot} from 'asciichart';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';
import {createCellGrid} from './cell-grid.ts';
import {type Columns, columnsOf, type Reading, type Reduce, readingOf} from './chart-columns.ts';
import {
  drawBaseline,
  drawMessage,
  drawThresholdLabels,
  drawThresholds,
  drawValueAxis,
  type Plane,
  type Threshold,
  valueAxis,
} from './chart-layers.ts';
import {rowOf, type Scale, wantedScale} from './chart-scale.ts';
import {drawMarkers, drawTimeAxis, type Marker} from './moment-lines.ts';

export type Chart = {
  width: number;
  /** Number of rows; with three or more the last one is the time axis. */
  height: number;
  /** Epoch ms of the right and the left end. */
  now: number;
  fromMs: number;
  /** The first line is the chart's own and is drawn over the others. */
  series: readonly {samples: readonly Reading[]; token?: ThemeToken}[];
  thresholds: readonly Threshold[];
  markers: readonly Marker[];
  baseline?: number;
  /** Only readings since then are compared with the thresholds, epoch ms; absent: all of them. */
  judgedFrom?: number;
  reduce: Reduce;
  /** The vertical axis begins at zero; otherwise around the level of the data. */
  fromZero: boolean;
  /** From `chartScale`, steadied over time by `steadyScale`; absent = what fits now. */
  scale?: Scale;
  /** The text in the middle when there is no reading to draw. */
  empty: string;
  glyphs: Glyphs;
  theme: Theme;
};

const TIME_AXIS_FROM_HEIGHT = 3;
/** With fewer rows the failed measurements are only gaps in the line; the headline counts them. */
const FAILURES_FROM_HEIGHT = 5;
const VALUE_AXIS_FROM_WIDTH = 16;

// In the order asciichart wants: start, axis, two ends, level, falls to, rises to, falls from, rises from, upright.
const LINE = ['─', '─', '─', '─', '─', '╰', '╭', '╮', '╯', '│'];
const LINE_ASCII = ['-', '-', '-', '-', '-', '\\', '.', '.', "'", '|'];

/** Exactly `height` rows of exactly `width` columns, for any data. */
export function drawChart(chart: Chart): string[] {
  const width = wholeCells(chart.width);
  const height = wholeCells(chart.height);
  if (width === 0) return Array.from({length: height}, () => '');
  const scale = chart.scale ?? chartScale(chart);
  const axisRow = height >= TIME_AXIS_FROM_HEIGHT ? height - 1 : height;
  const rows = height >= FAILURES_FROM_HEIGHT && hasFailures(chart) ? axisRow - 1 : axisRow;
  const thresholds = chart.thresholds.filter(threshold => Number.isFinite(threshold.value));
  const axis = width >= VALUE_AXIS_FROM_WIDTH ? valueAxis(thresholds, scale, rows) : {left: 0, labels: []};
  const grid = createCellGrid(width, height);
  const columns = width - axis.left;
  const plane: Plane = {...axis, grid, scale, rows, axisRow, columns, thresholds, glyphs: chart.glyphs};
  const spans = chart.series.map(({samples}) => columnsOf(samples, {...chart, count: columns}));
  const span = spans[0] ?? columnsOf([], {...chart, count: columns});

  drawThresholds(plane);
  drawMarkers(plane, chart.markers, span);
  if (chart.baseline !== undefined && Number.isFinite(chart.baseline)) drawBaseline(plane, chart.baseline);
  const taken = spans.flatMap((_, index) => {
    const last = spans.length - 1 - index;
    const {token: own} = chart.series[last] ?? {};
    return drawLine(plane, spans[last] ?? span, {own, judgedFrom: chart.judgedFrom ?? 0});
  });
  drawThresholdLabels(plane, new Set(taken));
  const measured = spans.some(hasReadings);
  // Without readings and thresholds there is no scale and no numbers.
  if (measured || thresholds.length > 0) drawValueAxis(plane);
  if (!measured && chart.empty !== '') drawMessage(plane, chart.empty);
  if (rows < axisRow) drawFailures(plane, span);
  if (axisRow < height) drawTimeAxis(plane, chart.markers, span);
  return grid.paint(chart.theme);
}

/** The range that shows all visible readings, all thresholds and the baseline. */
export function chartScale({series, thresholds, baseline, fromMs, now, fromZero}: Chart): Scale {
  const inView = series.flatMap(({samples}) => samples.filter(sample => sample.at >= fromMs && sample.at <= now));
  const readings = inView.map(readingOf).filter(value => value !== undefined);
  const lines = thresholds.map(threshold => threshold.value);
  return wantedScale(baseline === undefined ? readings : [...readings, baseline], lines, fromZero);
}

type Pencil = {own: ThemeToken | undefined; judgedFrom: number};

/** Draws one line, broken where nothing was measured; returns the cells it covers as `row:column`. */
function drawLine(plane: Plane, span: Columns, {own, judgedFrom}: Pencil): string[] {
  const {grid, rows, left, scale} = plane;
  const taken: string[] = [];
  for (const {from, values} of unbroken(span)) {
    const levels = values.map(value => rowOf(value, scale, rows));
    // asciichart draws the space between two readings. The last one is repeated, so that every reading gets a column.
    const drawn = plot([...levels, ...levels.slice(-1)], {
      height: rows - 1,
      min: 0,
      max: rows - 1,
      offset: 0,
      symbols: plane.glyphs.ascii ? LINE_ASCII : LINE,
      format: () => ' ',
    });
    for (const [row, cells] of drawn.split('\n').entries()) {
      for (const [index, cell] of [...cells].entries()) {
        if (cell === ' ' || index >= values.length) continue;
        const column = left + from + index;
        const value = values[index] ?? 0;
        const next = values[index + 1] ?? value;
        const isJudged = span.fromMs + (from + index) * span.columnMs >= judgedFrom;
        const bad = isJudged
          ? badToken(plane, rows - 1 - row, Math.max(value, next), Math.min(value, next))
          : undefined;
        grid.put(row, column, cell, own ?? bad ?? 'chart.line');
        taken.push(`${row}:${column}`);
      }
    }
  }
  return taken;
}

function hasFailures({series, fromMs, now}: Chart): boolean {
  return series[0]?.samples.some(({at, error}) => error !== undefined && at >= fromMs && at <= now) === true;
}

/** A failed measurement has no value, so it is marked in a row of its own below all values: `fail  ×× ×`. */
function drawFailures({grid, rows, left, glyphs}: Plane, {columns}: Columns): void {
  if (left > FAILURES_NAME.length) grid.put(rows, left - 1 - FAILURES_NAME.length, FAILURES_NAME, 'log.error');
  for (const [index, column] of columns.entries()) {
    if (column.errors > 0) grid.put(rows, left + index, glyphs.ascii ? 'x' : '×', 'log.error');
  }
}

const FAILURES_NAME = 'fail';

function unbroken({columns}: Columns): {from: number; values: number[]}[] {
  const pieces: {from: number; values: number[]}[] = [];
  let piece: {from: number; values: number[]} | undefined;
  for (const [index, {value}] of columns.entries()) {
    if (value === undefined) {
      piece = undefined;
    } else if (piece === undefined) {
      piece = {from: index, values: [value]};
      pieces.push(piece);
    } else {
      piece.values.push(value);
    }
  }
  return pieces;
}

/** The colour of the furthest threshold that this cell is past. In the row of a threshold the readings decide. */
function badToken({thresholds, scale, rows}: Plane, row: number, high: number, low: number): ThemeToken | undefined {
  const passed = thresholds.filter(({value, bad}) => {
    const line = rowOf(value, scale, rows);
    if (bad === 'below') return row < line ? low < value : row === line && low < value;
    return row > line ? high >= value : row === line && high >= value;
  });
  const worst = passed.reduce<Threshold | undefined>(
    (a, b) => (a === undefined || (b.bad === 'below' ? b.value < a.value : b.value > a.value) ? b : a),
    undefined,
  );
  return worst && (worst.kind === 'limit' ? 'chart.past' : 'warn');
}

function hasReadings({columns}: Columns): boolean {
  return columns.some(column => column.value !== undefined);
}

function wholeCells(size: number): number {
  return Number.isFinite(size) ? Math.max(0, Math.floor(size)) : 0;
}
