/** Words in letters that are several rows high, to be read across a room. */

/** Columns and rows of one dot. A row of half a dot holds two dots, one above the other. */
type Size = {columns: number; rows: number};

/** The sizes, the smallest first; in ASCII there are no half blocks. */
const SIZES: readonly Size[] = [
  {columns: 1, rows: 0.5},
  {columns: 2, rows: 1},
  {columns: 4, rows: 2},
];
const ASCII_SIZES: readonly Size[] = [{columns: 1, rows: 1}, ...SIZES.slice(1)];

const HEIGHT = 5;

/** The text in each size, the smallest first; none of a text that holds a sign without large letter. */
function bigSizes(text: string, ascii: boolean): readonly (readonly string[])[] {
  const letters = [...alike(text)].map(sign => LETTERS[sign]?.split('/') ?? []);
  if (letters.some(letter => letter.length === 0)) return [];
  const dots = Array.from({length: HEIGHT}, (_, row) => letters.map(letter => letter[row] ?? '').join(' '));
  return (ascii ? ASCII_SIZES : SIZES).map(size => drawn(dots, size, ascii));
}

/** Several rows of words, one below the other, in each size. */
export function stackedSizes(rows: readonly string[], ascii: boolean): readonly (readonly string[])[] {
  const [first = [], ...more] = rows.map(text => bigSizes(text, ascii));
  const gap = ascii ? [''] : [];
  return first.map((shape, size) => [shape, ...more.map(other => [...gap, ...(other[size] ?? [])])].flat());
}

/** The words in two rows, the most even first. */
export function halvesOf(text: string): readonly (readonly string[])[] {
  const spaces = [...text.matchAll(/ /g)].map(({index}) => index);
  const unevenness = (at: number) => Math.abs(text.length - 2 * at);
  return spaces.sort((a, b) => unevenness(a) - unevenness(b)).map(at => [text.slice(0, at), text.slice(at + 1)]);
}

/** The same words in signs that have a large letter: `É` is `E`, `≥` is `>=`. */
function alike(text: string): string {
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  return bare
    .replace(/[–—·|]/g, '-')
    .replace(/≥/g, '>=')
    .replace(/≤/g, '<=')
    .replace(/[[{]/g, '(')
    .replace(/[\]}]/g, ')');
}

function drawn(dots: readonly string[], {columns, rows}: Size, ascii: boolean): readonly string[] {
  const full = ascii ? '#' : '█';
  if (rows < 1) {
    return Array.from({length: Math.ceil(HEIGHT / 2)}, (_, row) =>
      halves(dots[2 * row] ?? '', dots[2 * row + 1] ?? ''),
    );
  }
  return dots.flatMap(line => {
    const row = [...line].map(dot => (dot === '#' ? full : ' ').repeat(columns)).join('');
    return Array.from({length: rows}, () => row);
  });
}

function halves(above: string, below: string): string {
  return [...above]
    .map((dot, index) => {
      const under = below[index] === '#';
      if (dot === '#') return under ? '█' : '▀';
      return under ? '▄' : ' ';
    })
    .join('');
}

const LETTERS: Readonly<Record<string, string>> = {
  A: '###/# #/###/# #/# #',
  B: '## /# #/## /# #/## ',
  C: '###/#  /#  /#  /###',
  D: '## /# #/# #/# #/## ',
  E: '###/#  /## /#  /###',
  F: '###/#  /## /#  /#  ',
  G: '####/#   /# ##/#  #/####',
  H: '# #/# #/###/# #/# #',
  I: '#/#/#/#/#',
  J: '  #/  #/  #/# #/###',
  K: '# #/# #/## /# #/# #',
  L: '#  /#  /#  /#  /###',
  M: '#   #/## ##/# # #/#   #/#   #',
  N: '#  #/## #/# ##/#  #/#  #',
  O: '###/# #/# #/# #/###',
  P: '###/# #/###/#  /#  ',
  Q: '####/#  #/#  #/# ##/####',
  R: '###/# #/## /# #/# #',
  S: '###/#  /###/  #/###',
  T: '###/ # / # / # / # ',
  U: '# #/# #/# #/# #/###',
  V: '# #/# #/# #/# #/ # ',
  W: '#   #/#   #/# # #/## ##/#   #',
  X: '# #/# #/ # /# #/# #',
  Y: '# #/# #/ # / # / # ',
  Z: '###/  #/ # /#  /###',
  0: '###/# #/# #/# #/###',
  1: ' #/##/ #/ #/ #',
  2: '###/  #/###/#  /###',
  3: '###/  #/###/  #/###',
  4: '# #/# #/###/  #/  #',
  5: '###/#  /###/  #/###',
  6: '###/#  /###/# #/###',
  7: '###/  #/  #/  #/  #',
  8: '###/# #/###/# #/###',
  9: '###/# #/###/  #/###',
  '+': '   / # /###/ # /   ',
  '-': '   /   /###/   /   ',
  ':': ' /#/ /#/ ',
  '.': ' / / / /#',
  '%': '# #/  #/ # /#  /# #',
  '/': '  #/  #/ # /#  /#  ',
  '>': '#  / # /  #/ # /#  ',
  '<': '  #/ # /#  / # /  #',
  '=': '   /###/   /###/   ',
  '(': ' #/# /# /# / #',
  ')': '# / #/ #/ #/# ',
  _: '   /   /   /   /###',
  ',': '  /  /  / #/# ',
  "'": '#/#/ / / ',
  '"': '# #/# #/   /   /   ',
  '&': ' #  /# # / #  /# ##/ ## ',
  '#': ' # # /#####/ # # /#####/ # # ',
  '?': '###/  #/ ##/   / # ',
  '!': '#/#/#/ /#',
  ' ': '  /  /  /  /  ',
};
