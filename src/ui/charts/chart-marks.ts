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
  {grid, left, columns, rows, glyphs}: Plane,
  markers: readonly Marker[],
  span: Columns,
): void {
  for (const {at, line, token} of [...markers].reverse()) {
    const column = columnOf(at, span, columns);
    if (!line || column === undefined) continue;
    for (let row = 0; row < rows; row++) grid.put(row, left + column, glyphs.marker, token);
  }
}

/** `-5m      deploy┊      now`. A name without room gets a shorter form, or is left out. */
export function drawTimeAxis(plane: Plane, markers: readonly Marker[], span: Columns): void {
  const {grid, left, columns, rows, glyphs} = plane;
  const isFree = (from: number, width: number) =>
    from >= left &&
    from + width <= left + columns &&
    range(from - 1, width + 2).every(each => each < left || each >= left + columns || grid.isFree(rows, each));
  const write = (column: number, text: string, token: ThemeToken) => {
    if (!isFree(column, displayWidth(text))) return false;
    grid.put(rows, column, text, token);
    return true;
  };
  // The most important moment is named even close to `now`; the others are then left out.
  const name = (marker: Marker) => {
    const column = columnOf(marker.at, span, columns);
    if (column !== undefined) nameMarker(write, left + column, marker, glyphs.marker);
  };
  const first = markers.slice(0, markers[0]?.line === true ? 1 : 0);
  first.forEach(name);
  write(left + columns - 3, 'now', 'chart.axis');
  markers.slice(first.length).forEach(name);
  const spanText = `-${shortSpan(span.columnMs * columns)}`;
  const gone = markers.find(({at, line}) => line && at < span.fromMs);
  const before = gone === undefined ? [] : [`${spanText}  ${glyphs.ascii ? '<' : '‹'} ${gone.names[0]}`];
  for (const text of [...before, spanText]) if (write(left, text, 'chart.axis')) break;
}

function nameMarker(
  write: (column: number, text: string, token: ThemeToken) => boolean,
  column: number,
  {names, line, token}: Marker,
  sign: string,
): void {
  for (const name of names) {
    if (!line) {
      if (write(column, name, token)) return;
      continue;
    }
    if (write(column - displayWidth(name), name + sign, token)) return;
    if (write(column, sign + name, token)) return;
  }
}

function columnOf(at: number, {fromMs, columnMs}: Columns, columns: number): number | undefined {
  const column = Math.floor((at - fromMs) / columnMs);
  return column >= 0 && column < columns ? column : undefined;
}
