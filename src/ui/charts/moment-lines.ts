/** Draws moments: vertical lines through a chart, and words on its time axis. */
import {displayWidth} from '../../text/width.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {Columns} from './chart-columns.ts';
import {type Plane, range} from './chart-layers.ts';
import {shortSpan} from './chart-scale.ts';

/**
 * A moment. `at`: epoch ms. `line`: a line through the whole chart, else a sign on the axis. `names`: words for it, the
 * longest first; the last one may be a single sign. The most important markers come first.
 */
export type Marker = {at: number; names: readonly [string, ...string[]]; line: boolean; token: ThemeToken};

export function drawMarkers(
  {grid, left, columns, axisRow, glyphs}: Plane,
  markers: readonly Marker[],
  span: Columns,
): void {
  for (const {at, line, token} of [...markers].reverse()) {
    const column = columnOf(at, span, columns);
    if (!line || column === undefined) continue;
    for (let row = 0; row < axisRow; row++) grid.put(row, left + column, glyphs.marker, token);
  }
}

/** `-5m      deploy┊      now`. A name without room gets a shorter form; a mark without a line may be left out. */
export function drawTimeAxis(plane: Plane, markers: readonly Marker[], span: Columns): void {
  const {grid, left, columns, axisRow, glyphs} = plane;
  const inView = markers.flatMap(marker => {
    const column = columnOf(marker.at, span, columns);
    return column === undefined ? [] : [{...marker, column: left + column}];
  });
  const [long, short] = [namesOn(plane, inView, false), namesOn(plane, inView, true)];
  const {taken, names} = short.unnamed < long.unnamed ? short : long;
  for (const {column, text, token} of names) grid.put(axisRow, column, text, token);
  const spanText = `-${shortSpan(span.columnMs * columns)}`;
  const gone = markers.find(({at, line}) => line && at < span.fromMs);
  const before = gone === undefined ? [] : [`${spanText}  ${glyphs.ascii ? '<' : '‹'} ${gone.names[0]}`];
  for (const text of [...before, spanText]) {
    if (!isFree(plane, taken, left, displayWidth(text))) continue;
    grid.put(axisRow, left, text, 'chart.axis');
    break;
  }
}

type Placed = Marker & {column: number};
type Names = {taken: ReadonlySet<number>; names: readonly {column: number; text: string; token: ThemeToken}[]};

/**
 * The most important moment is named even close to `now`. `isShort`: every line gets a short name before anything
 * else is named, so that no line stands there without one.
 */
function namesOn(plane: Plane, markers: readonly Placed[], isShort: boolean): Names & {unnamed: number} {
  const {left, columns, glyphs} = plane;
  const taken = new Set<number>();
  const names: {column: number; text: string; token: ThemeToken}[] = [];
  const write = (column: number, text: string, token: ThemeToken) => {
    const width = displayWidth(text);
    if (!isFree(plane, taken, column, width)) return false;
    for (const each of range(column, width)) taken.add(each);
    names.push({column, text, token});
    return true;
  };
  const name = (marker: Placed) =>
    (isShort && marker.line && marker.names.length > 1 ? marker.names.slice(1) : marker.names).some(text => {
      if (!marker.line) return write(marker.column, text, marker.token);
      const before = write(marker.column - displayWidth(text), text + glyphs.marker, marker.token);
      return before || write(marker.column, glyphs.marker + text, marker.token);
    });
  const lines = markers.filter(({line}) => line);
  const first = isShort ? lines : markers.slice(0, markers[0]?.line === true ? 1 : 0);
  const unnamed = new Set(first.filter(marker => !name(marker)));
  write(left + columns - 3, 'now', 'chart.axis');
  for (const marker of markers) if (!first.includes(marker) && !name(marker) && marker.line) unnamed.add(marker);
  return {taken, names, unnamed: unnamed.size};
}

/** Whether the text fits there, with a space on both sides. */
function isFree({left, columns}: Plane, taken: ReadonlySet<number>, from: number, width: number): boolean {
  return from >= left && from + width <= left + columns && range(from - 1, width + 2).every(each => !taken.has(each));
}

function columnOf(at: number, {fromMs, columnMs}: Columns, columns: number): number | undefined {
  const column = Math.floor((at - fromMs) / columnMs);
  return column >= 0 && column < columns ? column : undefined;
}
