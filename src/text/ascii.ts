import {widthOf} from './columns.ts';

const REPLACEMENTS: Readonly<Record<string, string>> = {
  '─': '-',
  '│': '|',
  '├': '|',
  '└': '`',
  '┄': '-',
  '…': '~',
  '·': '-',
  '–': '-',
  '—': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '→': '>',
  '✓': '+',
  '✗': 'x',
  '▲': '!',
  '●': '*',
  '◐': '~',
  '○': 'o',
  '◇': '<',
  '▸': '>',
  '≤': '<',
  '≥': '>',
  '×': 'x',
  '⊘': '/',
  '∅': '0',
};

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** The same text for a terminal that knows ASCII only; columns stay where they are. */
export function toAscii(text: string): string {
  return text.replaceAll(/[^\u0000-\u007f]+/g, run =>
    [...graphemes.segment(run)].map(({segment}) => plainer(segment)).join(''),
  );
}

function plainer(grapheme: string): string {
  const letter = grapheme.normalize('NFD')[0] ?? '?';
  return REPLACEMENTS[grapheme] ?? (/[ -~]/.test(letter) ? letter : '?'.repeat(widthOf(grapheme)));
}
