/** Which characters are letters, and where words begin and end, as parts of regular expressions. */

/**
 * These ranges stand in for `\p{L}`. With the flag `i`, each `\p{L}` in a regular expression costs half a millisecond
 * before anything is matched, and there are hundreds: half of the time to read a document. The ranges are exact for
 * every script that can stand beside the phrases of the languages. The scripts between Hebrew and Mongolian, and those
 * beyond the basic plane, count as letters as a whole.
 */

/** Characters that are neither letter, digit nor underscore. */
const BETWEEN_WORDS = [
  // Latin and its neighbours, and modifier marks that stand alone.
  String.raw`\0-\/:-@[-^\x60{-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7`,
  String.raw`\u02c2-\u02c5\u02d2-\u02df\u02e5-\u02eb\u02ed\u02ef-\u0344\u0346-\u036f`,
  String.raw`\u0375\u037e\u0384\u0385\u0387\u03f6\u0482-\u0489\u055a-\u055f\u0589-\u05cf\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965`,
  // General punctuation, currencies, arrows, mathematics, boxes and dingbats, without the letters and digits among
  // them.
  String.raw`\u2000-\u206f\u207a-\u207e\u208a-\u208e\u20a0-\u2101\u2103-\u2106\u2108\u2109\u2114\u2116-\u2118\u211e-\u2123`,
  String.raw`\u2125\u2127\u2129\u212e\u213a\u213b\u2140-\u2144\u214a-\u214d\u214f\u218a-\u245f\u249c-\u24e9\u2500-\u2775\u2794-\u2bff`,
  String.raw`\u2e00-\u2e2e\u2e30-\u3004\u3008-\u3020\u302a-\u3030\u3036\u3037\u303d-\u3040\u3099-\u309c\u30a0\u30fb`,
  String.raw`\u3200-\u321f\u322a-\u3247\u3260-\u327f\u328a-\u32b0\u32c0-\u33ff`,
  // Surrogates, private use, presentation forms, and full-width punctuation.
  String.raw`\ud800-\uf8ff\ufdfc-\ufe6f\ufeff-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff`,
  // Emoji, tags, and the planes of private use.
  String.raw`\u{1f000}-\u{1f0ff}\u{1f10d}-\u{1fbef}\u{e0000}-\u{10ffff}`,
].join('');

/** The letters themselves, without the brackets around them. */
const LETTERS = [
  String.raw`A-Za-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u02c1\u02c6-\u02d1\u02e0-\u02e4\u02ec\u02ee\u0370-\u0374\u0376-\u037d\u037f\u0386\u0388-\u03f5\u03f7-\u0481`,
  String.raw`\u048a-\u0559\u0560-\u0588\u05d0-\u05f2\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u1fff\u2c00-\u2dff`,
  String.raw`\u3005\u3006\u3031-\u3035\u303b\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u318f\u31a0-\u31bf\u3400-\ud7ff\uf900-\ufb4f\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc`,
].join('');

/** How letters, figures and the borders of words are written for a script: the first two without the brackets around them. */
export type Script = {readonly letters: string; readonly figures: string; readonly start: string; readonly end: string};

export const ANY_SCRIPT: Script = {
  letters: LETTERS,
  figures: String.raw`\p{N}`,
  start: `(?<![^${BETWEEN_WORDS}])`,
  end: `(?![^${BETWEEN_WORDS}])`,
};

const LATIN_LETTERS = String.raw`a-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u024f`;
const LATIN_FIGURES = String.raw`0-9\xb2\xb3\xb9\xbc-\xbe`;

/** For texts in lower case that `isLatin` knows. The expressions are a quarter as long, and compiled in half the time. */
export const LATIN: Script = {
  letters: LATIN_LETTERS,
  figures: LATIN_FIGURES,
  start: `(?<![${LATIN_LETTERS}${LATIN_FIGURES}_])`,
  end: `(?![${LATIN_LETTERS}${LATIN_FIGURES}_])`,
};

/** Latin letters, and signs of any kind that are neither letters nor figures. */
export function isLatin(text: string): boolean {
  return /^(?:[\0-\u024f\u2010-\u2027\u2190-\u245f\u2500-\u2775\u{1f300}-\u{1faff}]|\ufe0f)*$/u.test(text);
}

/** Writes `\p{L}`, `\p{N}`, and the borders of a word `\<` and `\>` of an expression for a script. */
export function writtenFor(script: Script, expression: string): string {
  return expression.replaceAll(CLASS_OR_ESCAPE, part => {
    if (part === String.raw`\<`) return script.start;
    if (part === String.raw`\>`) return script.end;
    if (part === LETTER) return `[${script.letters}]`;
    if (part === FIGURE) return `[${script.figures}]`;
    return part.startsWith('[') ? part.replaceAll(LETTER, script.letters).replaceAll(FIGURE, script.figures) : part;
  });
}

const LETTER = String.raw`\p{L}`;
const FIGURE = String.raw`\p{N}`;
const CLASS_OR_ESCAPE = /\[(?:\\[\s\S]|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\[\s\S]/g;
