/** The same text in ASCII, for terminals that know no other signs. */
import {displayWidth} from './width.ts';

/** What stands for a sign: in as many columns as it takes itself, and, where that says less, freely. */
const REPLACEMENTS: Readonly<Record<string, string | {inColumns: string; freely: string}>> = {
  '…': {inColumns: '~', freely: '...'},
  '→': {inColumns: '>', freely: '->'},
  '≤': {inColumns: '<', freely: '<='},
  '≥': {inColumns: '>', freely: '>='},
  '·': {inColumns: '-', freely: '|'},
  '•': {inColumns: '-', freely: '|'},
  '–': '-',
  '—': '-',
  '‒': '-',
  '−': '-',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '×': 'x',
  '✓': '+',
  '✗': 'x',
  '▲': '!',
  '●': '*',
  '◐': '~',
  '○': 'o',
  '◇': '<',
  '▸': '>',
  '⊘': '/',
  '∅': '0',
  '├': '|',
  '└': '`',
};

/** Lines, corners and crossings of frames. */
const FRAMES: readonly (readonly [RegExp, string])[] = [
  [/^[─━┄-┉╌╍═]$/, '-'],
  [/^[│┃┆┇┊┋║]$/, '|'],
  [/^[┌-╋╒-╰]$/, '+'],
];

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** For text that is laid out already: every sign keeps its columns. */
export function toAscii(text: string): string {
  return replaced(text, 'inColumns');
}

/** For text that is still to be laid out: a sign may become longer, as `≤` becomes `<=`. */
export function asciiOnly(text: string): string {
  return replaced(text, 'freely');
}

function replaced(text: string, how: 'inColumns' | 'freely'): string {
  return text.replaceAll(/[^\u0000-\u007f]+/g, run =>
    [...graphemes.segment(run)].map(({segment}) => plainer(segment, how)).join(''),
  );
}

function plainer(grapheme: string, how: 'inColumns' | 'freely'): string {
  const known = REPLACEMENTS[grapheme];
  if (known !== undefined) return typeof known === 'string' ? known : known[how];
  const frame = FRAMES.find(([signs]) => signs.test(grapheme));
  if (frame !== undefined) return frame[1];
  const letter = grapheme.normalize('NFD')[0] ?? '?';
  return /[ -~]/.test(letter) ? letter : '?'.repeat(displayWidth(grapheme));
}
