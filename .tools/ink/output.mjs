/** Ink's Output, extended: keeps the rows of the frame before, and makes only those again that changed. */
import {styledCharsToString} from '@alcalzone/ansi-tokenize';
import Output from '../../node_modules/ink/build/output.js';

/** So many texts of the screen stay taken to pieces; every cell of one is an object. */
const TEXTS_REMEMBERED_MAX = 500;

/** The rows of the newest frame, and what each was made of. */
let last = {width: 0, rows: [], parts: []};
let caches;

/**
 * Ink makes every row of the screen anew in every frame, cell by cell, though a tick of the clock changes one. Here a
 * row is made again only when something else is written to it than in the frame before.
 */
export default class RowsOutput extends Output {
  constructor(options) {
    super(options);
    if (caches === undefined || caches.styledChars.size > TEXTS_REMEMBERED_MAX) caches = this.caches;
    this.caches = caches;
  }

  get() {
    const {width, height} = this;
    const writes = placed(this.operations);
    const parts = partsOf(writes, height);
    const known = last.width === width ? last : {rows: [], parts: []};
    const changed = parts.map((part, y) => known.rows[y] === undefined || !isSame(part, known.parts[y]));
    // What is written to a row that is not there is left out.
    const cells = changed.map(is => (is ? blankRow(width) : undefined));
    for (const write of writes) {
      if (rowsOf(write).some(y => changed[y])) this.applyWriteOperation(cells, write.operation, write.clip);
    }
    const rows = cells.map((row, y) => (row === undefined ? known.rows[y] : textOf(row)));
    last = {width, rows, parts};
    return {output: rows.join('\n'), height};
  }
}

/** Every write with the part of the screen that it may touch. */
function placed(operations) {
  const writes = [];
  const clips = [];
  for (const operation of operations) {
    if (operation.type === 'clip') clips.push(within(clips.at(-1), operation.clip));
    else if (operation.type === 'unclip') clips.pop();
    else writes.push({operation, clip: clips.at(-1)});
  }
  return writes;
}

/** An edge that is not given does not bound. */
function within(outer, inner) {
  if (outer === undefined) return inner;
  const tighter = (pick, a, b) => (a === undefined ? b : b === undefined ? a : pick(a, b));
  return {
    x1: tighter(Math.max, outer.x1, inner.x1),
    x2: tighter(Math.min, outer.x2, inner.x2),
    y1: tighter(Math.max, outer.y1, inner.y1),
    y2: tighter(Math.min, outer.y2, inner.y2),
  };
}

/** For every row, all that what stands in it depends on, in the order of writing. */
function partsOf(writes, height) {
  const parts = Array.from({length: height}, () => []);
  for (const write of writes) {
    const {x, y, text, transformers} = write.operation;
    const {x1, x2, y1, y2} = write.clip ?? {};
    for (const row of rowsOf(write)) parts[row]?.push(x, y, text, x1, x2, y1, y2, ...transformers);
  }
  return parts;
}

function rowsOf({operation: {y, text}}) {
  return text.split('\n').map((_, index) => y + index);
}

function isSame(part, other) {
  return part.length === other.length && part.every((value, index) => value === other[index]);
}

function blankRow(width) {
  return Array.from({length: width}, () => ({type: 'char', value: ' ', fullWidth: false, styles: []}));
}

function textOf(row) {
  return styledCharsToString(row.filter(cell => cell !== undefined)).trimEnd();
}
