/** Draws what is around the line of a chart: thresholds, baseline, numbers, messages. */
import {cut, displayWidth, wrap} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {CellGrid} from './cell-grid.ts';
import {figure, rowOf, type Scale} from './chart-scale.ts';

/** A line across the chart; a `target` is thinner than a `limit`. `bad`: the side of the line that means trouble. */
export type Threshold = {value: number; label: string; kind: 'target' | 'limit'; bad: 'above' | 'below'};

/** The drawing area: `columns` x `rows` cells, with `left` columns of numbers before it. */
export type Plane = {
  grid: CellGrid;
  scale: Scale;
  left: number;
  columns: number;
  rows: number;
  /** The row of the time axis, below `rows` and the marks of failed measurements. */
  axisRow: number;
  labels: readonly {row: number; text: string; token: ThemeToken}[];
  thresholds: readonly Threshold[];
  glyphs: Glyphs;
};

const thresholdTokens = {target: 'chart.target', limit: 'chart.threshold'} as const;
// Unicode first, then ASCII; the line of the data uses neither.
const TARGET_SIGN = ['┈', ':'] as const;
const LIMIT_SIGN = ['╌', '='] as const;
const BASELINE_SIGN = ['·', '.'] as const;

const MESSAGE_ROWS_MAX = 3;
const MIDDLE_LABEL_FROM_ROWS = 7;
const FIGURE_WIDTH_MIN = 4;
const THRESHOLD_ROOM_MIN = 6;
/** How far a value may be from the middle of the row of its number, in rows. */
const ROW_SHARE = 0.49;

/** The numbers left of the chart, at most one in a row: thresholds first, then both ends, then the middle. */
export function valueAxis(
  thresholds: readonly Threshold[],
  scale: Scale,
  rows: number,
): Pick<Plane, 'left' | 'labels'> {
  const byRow = new Map<number, {text: string; token: ThemeToken}>();
  const offer = (row: number, value: number, token: ThemeToken) => {
    if (!byRow.has(row)) byRow.set(row, {text: figure(value), token});
  };
  for (const {value, kind} of thresholds) offer(topRow(value, scale, rows), value, thresholdTokens[kind]);
  offer(0, scale.max, 'chart.axis');
  if (rows > 1) offer(rows - 1, scale.min, 'chart.axis');
  const middle = Math.floor((rows - 1) / 2);
  const neighbours = [middle - 1, middle, middle + 1].some(row => byRow.has(row));
  if (rows >= MIDDLE_LABEL_FROM_ROWS && !neighbours) {
    const perRow = (scale.max - scale.min) / (rows - 1);
    offer(middle, roundWithin(scale.max - perRow * middle, perRow * ROW_SHARE), 'chart.axis');
  }
  const labels = [...byRow].map(([row, label]) => ({row, ...label}));
  return {labels, left: Math.max(FIGURE_WIDTH_MIN, ...labels.map(label => label.text.length)) + 1};
}

// The roundest number that still belongs to this row.
function roundWithin(value: number, tolerance: number): number {
  for (let digits = 1; digits < 6; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.abs(rounded - value) <= tolerance) return rounded;
  }
  return value;
}

export function drawValueAxis({grid, left, labels}: Plane): void {
  for (const {row, text, token} of labels) grid.put(row, left - 1 - text.length, text, token);
}

export function drawThresholds({grid, scale, left, columns, rows, thresholds, glyphs}: Plane): void {
  // The first one is the most important: it is drawn last, over the others in its row.
  for (const {value, kind} of [...thresholds].reverse()) {
    const sign = kind === 'limit' ? LIMIT_SIGN : TARGET_SIGN;
    grid.put(topRow(value, scale, rows), left, sign[glyphs.ascii ? 1 : 0].repeat(columns), thresholdTokens[kind]);
  }
}

export function drawBaseline({grid, scale, left, columns, rows, glyphs}: Plane, baseline: number): void {
  const row = topRow(baseline, scale, rows);
  for (let column = 0; column < columns; column += 2) {
    if (grid.isFree(row, left + column))
      grid.put(row, left + column, BASELINE_SIGN[glyphs.ascii ? 1 : 0], 'chart.baseline');
  }
}

/**
 * Writes the name of each threshold at the right end of its line, or further left where the data leaves room. Where
 * several lines share a row, each name has its number, and the further ones get free rows below or above.
 */
export function drawThresholdLabels(plane: Plane, taken: ReadonlySet<string>): void {
  const rows = thresholdNames(plane);
  const lined = new Set(rows.map(({row}) => row));
  for (const {row, names, token} of rows) {
    const apart = names.apart.length < 2 ? undefined : rowsFor(row, names, {plane, lined, taken});
    if (apart === undefined) drawLabel(plane, row, names.together, token, taken);
    else {
      for (const [index, own] of apart.entries()) {
        lined.add(own);
        drawLabel(plane, own, names.apart.slice(index, index + 1), names.tokens[index] ?? token, taken);
      }
    }
  }
}

function drawLabel(
  plane: Plane,
  row: number,
  names: readonly string[],
  token: ThemeToken,
  taken: ReadonlySet<string>,
): void {
  const {grid, left, columns} = plane;
  const fits = (text: string) => displayWidth(text) + THRESHOLD_ROOM_MIN <= columns;
  const label = names.map(text => ` ${text}`).find(fits);
  if (label === undefined) return;
  const width = displayWidth(label);
  const isFree = (from: number) => !range(from, width + 1).some(column => taken.has(`${row}:${column}`));
  const rightmost = left + columns - width;
  const place =
    range(left, columns - width + 1)
      .reverse()
      .find(isFree) ?? rightmost;
  // A label in the middle of a line needs a space on both sides.
  grid.put(row, place, place === rightmost ? label : `${label} `, token);
}

type Surroundings = {plane: Plane; lined: ReadonlySet<number>; taken: ReadonlySet<string>};

/**
 * A row for each of these names, the highest value first, and the one with the number of the axis on the line itself;
 * undefined where rows or columns are not free.
 */
function rowsFor(line: number, {apart, own}: LineNames, {plane, lined, taken}: Surroundings): number[] | undefined {
  const {rows, left, columns} = plane;
  const top = line - own;
  const isFree = apart.every((text, index) => {
    const row = top + index;
    if (row === line) return true;
    if (row < 0 || row >= rows - 1 || lined.has(row)) return false;
    const width = displayWidth(text) + 1;
    return range(left + columns - width, width).every(column => !taken.has(`${row}:${column}`));
  });
  return isFree ? apart.map((_, index) => top + index) : undefined;
}

/** Writes a sentence near the middle, not over thresholds. Where there is little room, only its beginning. */
export function drawMessage(plane: Plane, message: string): void {
  const {grid, left, columns, rows, glyphs} = plane;
  const words = wrap(message, Math.max(1, columns - 2));
  let height = Math.min(words.length, MESSAGE_ROWS_MAX);
  while (height > 1 && clearRow(plane, height) === undefined) height--;
  const lines = words.slice(0, height);
  if (words.length > height) lines.push(cut(`${lines.pop()} ${glyphs.ellipsis}`, columns, glyphs.ellipsis));
  const top = clearRow(plane, height) ?? Math.floor((rows - 1) / 2);
  for (const [index, line] of lines.entries()) {
    const room = Math.max(0, Math.floor((columns - displayWidth(line)) / 2));
    grid.put(top + index, left + room, cut(line, columns, ''), 'muted');
  }
}

function clearRow({rows, thresholds, scale}: Plane, height: number): number | undefined {
  const lined = new Set(thresholds.map(({value}) => topRow(value, scale, rows)));
  const middle = Math.floor((rows - height) / 2);
  const clear = range(0, rows - height + 1).filter(row => !range(row, height).some(each => lined.has(each)));
  return clear.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
}

type LineNames = {
  /** For one row: the longest wording first. */
  together: readonly string[];
  /** One for each line that shares the row, and its colour. */
  apart: readonly string[];
  /** Which of these has the number of the axis. */
  own: number;
  tokens: readonly ThemeToken[];
};

function thresholdNames({thresholds, scale, rows}: Plane): {row: number; names: LineNames; token: ThemeToken}[] {
  const byRow = new Map<number, [Threshold, ...Threshold[]]>();
  for (const threshold of thresholds) {
    const row = topRow(threshold.value, scale, rows);
    const others = byRow.get(row);
    if (others === undefined) byRow.set(row, [threshold]);
    else others.push(threshold);
  }
  return [...byRow].map(([row, all]) => ({row, names: namesOf(all), token: thresholdTokens[all[0].kind]}));
}

/** Where several lines share a row, the axis has one number only, so that each name says its own. */
function namesOf(all: readonly [Threshold, ...Threshold[]]): LineNames {
  const [first, ...others] = all;
  if (others.length === 0) return {together: [first.label], apart: [], own: 0, tokens: []};
  if (others.every(({label}) => label === first.label)) {
    const figures = all.map(({value}) => figure(value)).join(', ');
    return {together: [`${first.label}s ${figures}`, first.label], apart: [], own: 0, tokens: []};
  }
  const nameOf = ({value, label}: Threshold) => `${label} ${figure(value)}`;
  const falling = all.toSorted((a, b) => b.value - a.value);
  return {
    together: [all.map(nameOf).join(', '), nameOf(first)],
    apart: falling.map(nameOf),
    own: falling.indexOf(first),
    tokens: falling.map(({kind}) => thresholdTokens[kind]),
  };
}

function topRow(value: number, scale: Scale, rows: number): number {
  return rows - 1 - rowOf(value, scale, rows);
}

/** `count` whole numbers, starting with `from`. */
export function range(from: number, count: number): number[] {
  return Array.from({length: Math.max(0, count)}, (_, index) => from + index);
}
