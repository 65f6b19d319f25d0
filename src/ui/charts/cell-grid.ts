/** A small canvas of cells, one column each. Later marks cover earlier ones. */
import {displayWidth} from '../../text/width.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';

type Cell = {text: string; token: ThemeToken | null};

export type CellGrid = {
  readonly width: number;
  readonly height: number;
  /** Writes `text` from a cell on. Characters outside the grid are dropped. Row 0 is the top row. */
  put(row: number, column: number, text: string, token: ThemeToken | null): void;
  isFree(row: number, column: number): boolean;
  /** One string per row, each exactly `width` columns. */
  paint(theme: Theme): string[];
};

export function createCellGrid(width: number, height: number): CellGrid {
  const rows = Array.from({length: Math.max(0, height)}, () =>
    Array.from({length: Math.max(0, width)}, (): Cell => ({text: ' ', token: null})),
  );
  return {
    width,
    height,
    put(row, column, text, token) {
      for (const [index, character] of [...text].entries()) {
        const cell = rows[row]?.[column + index];
        if (cell === undefined) continue;
        cell.text = displayWidth(character) === 1 ? character : '?';
        cell.token = token;
      }
    },
    isFree: (row, column) => rows[row]?.[column]?.text === ' ',
    paint: theme => rows.map(cells => paintCells(cells, theme)),
  };
}

// Neighbours of one colour share one sequence: a row costs a few dozen bytes, not hundreds.
function paintCells(cells: readonly Cell[], theme: Theme): string {
  let row = '';
  let run = '';
  let token: ThemeToken | null = null;
  const flush = () => {
    if (run !== '') row += token === null ? run : theme.paint(token, run);
    run = '';
  };
  for (const cell of cells) {
    // The colour of a blank is not seen, so it never ends a run of colour.
    if (cell.token !== token && !(cell.text === ' ' && run !== '')) {
      flush();
      token = cell.token;
    }
    run += cell.text;
  }
  flush();
  return row;
}
