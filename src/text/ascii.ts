/** Text in ASCII only, for terminals that cannot show other characters. */
import {graphemes} from './graphemes.ts';
import {displayWidth} from './width.ts';

/** What replaces a sign. `inColumns`: of the same width; `freely`: longer, where the short form says too little. */
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
  '✓': 'v',
  '✗': 'x',
  '▲': '!',
  '●': '@',
  '◐': '*',
  '○': 'o',
  '◇': '<',
  '▸': '>',
  '■': '#',
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

/** For text that is already laid out: every replacement has the width of its sign. */
export function toAscii(text: string): string {
  return replaced(text, 'inColumns');
}

/** For text that is laid out later: a replacement may be longer (`≤` becomes `<=`). */
export function asciiOnly(text: string): string {
  return replaced(text, 'freely');
}

function replaced(text: string, how: 'inColumns' | 'freely'): string {
  return text.replaceAll(/[^\u0000-\u007f]+/g, run =>
    [...graphemes(run)].map(({segment}) => plainer(segment, how)).join(''),
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
