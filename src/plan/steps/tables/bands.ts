/** Finds where the bands of a row begin: "0–1 | 2 | from 3", "none | – | any". */
import {plainText} from '../../document/inline.ts';
import {readComparisons} from '../../phrases/comparison.ts';
import {readQuantity} from '../../phrases/quantity.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {Row} from '../found.ts';

/** The bound that a cell without a sign stands for, as the others of its row tell; undefined where they do not. */
export function boundOfBand(cell: string, row: Row, isGood: boolean): string | undefined {
  if (/\d/.test(cell)) return boundOfFigure(cell, row, isGood);
  // Whatever the words are, they say more than none.
  return !isGood && isZero(goodOf(row)) && /\p{L}/u.test(cell) && wordsIn(cell) <= WORDS_MAX ? '> 0' : undefined;
}

function boundOfFigure(cell: string, row: Row, isGood: boolean): string | undefined {
  const [, from = '', to = '', behind = ''] = BAND.exec(cell) ?? [];
  const bare = from === '' ? bareOf(cell) : `${to}${behind}`;
  const own = readQuantity(bare);
  const worse = own === undefined || (own.value === 0 && from === '') ? undefined : signOf(row, own.unit);
  if (worse === undefined) return undefined;
  const isUp = worse === '>';
  if (isGood) return from === '' ? undefined : `${isUp ? '<' : '>'}= ${isUp ? to : from}${behind}`;
  const begin = from === '' ? bare : `${isUp ? from : to}${behind}`;
  // Where the band before ends at the same figure, that one is still good.
  const isJoined = from === '' ? isBare(cell) && !hasBands(row) : endsAt(goodOf(row), readQuantity(begin)?.value);
  return `${worse}${isJoined ? '' : '='} ${begin}`;
}

function endsAt(good: string, value: number | undefined): boolean {
  const figures = readComparisons(good);
  return value !== undefined && figures.length > 0 && figures.some(one => one.value === value);
}

/** Under "Normal | Look at it | Back out", 140, 220 and 280 run upwards, so that more than 220 is worse. */
function signOf({cells}: Row, unit: string): '>' | '<' | undefined {
  const all = cells.slice(1).map(plainText);
  const signs = new Set(all.flatMap((one, index) => worseIn(one, index === 0, unit)));
  const figures = all.flatMap(one => figureOf(one) ?? []).filter(figure => figure.unit === unit);
  const [first, last] = [figures[0]?.value ?? 0, figures.at(-1)?.value ?? 0];
  if (first !== last && figures.length > 1) signs.add(first < last ? '>' : '<');
  const [sign, ...others] = signs;
  return others.length === 0 ? sign : undefined;
}

/** The side that is worse, of a cell with a sign: the other side of what is good. */
function worseIn(cell: string, isGood: boolean, unit: string): ('>' | '<')[] {
  const [first] = readComparisons(cell);
  if (first === undefined || first.op === '=' || first.unit !== unit) return [];
  return [first.op.startsWith('<') === isGood ? '>' : '<'];
}

/** "< 5 min and falling" between "< 30 s" and "> 10 min": still on the good side. */
export function isGoodIn(cell: string, row: Row): boolean {
  const [own] = readComparisons(cell);
  const [good] = readComparisons(goodOf(row));
  const last = readComparisons(plainText(row.cells.at(-1) ?? '')).find(({unit}) => unit === own?.unit);
  return own !== undefined && good?.op[0] === own.op[0] && last !== undefined && last.op[0] !== own.op[0];
}

function goodOf({cells}: Row): string {
  return plainText(cells[1] ?? '');
}

/** A figure with nothing before it but a word or two; of "1–3" it is the last. */
function figureOf(cell: string): {value: number; unit: string} | undefined {
  const [, , to, behind] = BAND.exec(cell) ?? [];
  return readQuantity(to === undefined ? bareOf(cell) : `${to}${behind}`);
}

function bareOf(cell: string): string {
  return cell.replace(/^(?:[<>≤≥~]=?\s*|(?:\p{L}+\s){1,3}(?=\d))/u, '').replace(/(?<=\d) (?=\d{3}(?!\d))/g, '');
}

function isBare(cell: string): boolean {
  return /^[\d~]/.test(cell);
}

/** "0–1 | 2 | from 3": the figures begin bands, and are in them. */
function hasBands({cells}: Row): boolean {
  return cells
    .slice(1)
    .some(cell => BAND.test(plainText(cell)) || isZero(plainText(cell)) || /^(?:\p{L}+\s){1,3}\d/u.test(cell));
}

function isZero(cell: string): boolean {
  return NONE.test(cell) || (/^0/.test(cell) && readQuantity(cell)?.value === 0);
}

function wordsIn(cell: string): number {
  return cell.split(/\s+/).length;
}

/** "10–20 s", "1 or 2", "50 to 200". */
const BAND = /^([\d.,]+)\s?(?:%|[\p{L}/]{1,4}(?=\s?[–-]))?\s*(?:[–-]|\p{L}{1,3}(?=\s))\s*([\d.,]+)(.*)$/u;
const NONE = phrase`^\W*(?:${'none-of'}|${'nothing'})\W*$`;
const WORDS_MAX = 4;
