/** Draws the blocks of the wall screen in letters as large as fit. Pure. */
import {cut, displayWidth, wrap} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme, ThemeToken} from '../terminal/theme.ts';
import {plainFor} from '../widgets/themed-text.ts';
import {halvesOf, stackedSizes} from './big-letters.ts';

/**
 * A few words in large letters, and below them what there is to say in ordinary ones. `shorter`: other words, for where
 * the first are too wide to be large.
 */
export type Block = {
  big: string;
  shorter?: readonly string[];
  token: ThemeToken;
  lines: readonly {text: string; token: ThemeToken}[];
  /** What is wrong, or the state of the run. */
  isWrong?: true;
  /** It stays in the smallest large letters, however much room there is. */
  isSmall?: true;
};

type Place = {width: number; rows: number; glyphs: Glyphs; theme: Theme};

const EVIDENCE_ROWS_MAX = 3;

/** Large letters grow in turns, what is wrong first, for as long as all of it fits, and nothing else gets as large. */
export function drawBlocks(blocks: readonly Block[], {width, rows, glyphs, theme}: Place): string[][] {
  const plain = (text: string) => plainFor(text, glyphs);
  const said = blocks.map(({lines}) =>
    lines.flatMap(({text, token}) =>
      wrap(plain(text), width)
        .slice(0, EVIDENCE_ROWS_MAX)
        .map(row => theme.paint(token, row)),
    ),
  );
  const forms = blocks.map(block => formsOf(block, {width, height: Math.floor(rows / 3)}, plain, glyphs.ascii));
  const levels = blocks.map(() => 0);
  const heightOf = (index: number, level = levels[index] ?? 0) => forms[index]?.[level]?.length ?? 0;
  const total = () => levels.reduce((sum, _, index) => sum + heightOf(index) + (said[index]?.length ?? 0) + 1, -1);
  const wrongLevel = () => Math.max(...levels.filter((_, index) => blocks[index]?.isWrong === true));
  const order = [...levels.keys()].sort(
    (a, b) => Number(blocks[b]?.isWrong === true) - Number(blocks[a]?.isWrong === true),
  );
  for (let grown = true; grown; ) {
    grown = false;
    for (const index of order) {
      const level = (levels[index] ?? 0) + 1;
      const height = heightOf(index, level);
      if (forms[index]?.[level] === undefined || total() + height - heightOf(index) > rows) continue;
      if (blocks[index]?.isWrong !== true && level >= wrongLevel()) continue;
      if (blocks[index]?.isSmall === true && level > 1) continue;
      levels[index] = level;
      grown = true;
    }
  }
  return blocks.map(({token}, index) => {
    const big = forms[index]?.[levels[index] ?? 0] ?? [];
    return [...big.map(row => theme.paint(token, cut(row, width, glyphs.ellipsis))), ...(said[index] ?? [])];
  });
}

/** The words in each size that fits, the smallest first: the first words that fit in it, in two rows where none fit in one. */
function formsOf(
  {big, shorter = []}: Block,
  {width, height}: {width: number; height: number},
  plain: (text: string) => string,
  ascii: boolean,
): readonly (readonly string[])[] {
  const inTwo = shorter.flatMap(text => halvesOf(plain(text)));
  const shapes = [...[big, ...shorter].map(text => [plain(text)]), ...inTwo].map(rows => stackedSizes(rows, ascii));
  const fits = (rows: readonly string[] = []) =>
    rows.length > 0 && rows.length <= height && Math.max(...rows.map(displayWidth)) <= width;
  const sizes = Math.max(...shapes.map(shape => shape.length));
  const large = Array.from({length: sizes}, (_, size) => shapes.find(shape => fits(shape[size]))?.[size] ?? []);
  return [[plain(big)], ...large.filter(rows => rows.length > 0)];
}
