/** Signs that terminals measure differently, and what stands for them: each would move the border of its row. */

/**
 * `�` stands for signs of scripts and Unicode versions that many systems do not know (they take no column there, or two),
 * for parts of Korean syllables that do not join, and for symbols that became wide lately. Flags become their letters:
 * `DE`. Tones of skin and invisible fillers are removed.
 */
export function evenSigns(text: string): string {
  if (!MAYBE_UNEVEN.test(text)) return text;
  return (JAMO.test(text) ? text.normalize('NFC') : text)
    .replace(FLAG_LETTERS, sign => String.fromCodePoint((sign.codePointAt(0) ?? FLAG_A) - FLAG_A + LETTER_A))
    .replace(INVISIBLE, '')
    .replace(UNEVEN, '\uFFFD')
    .replace(BEHIND_WIDE, '\uFFFD');
}

const FLAG_A = 0x1_f1_e6;
const LETTER_A = 0x41;
/** Below the first unassigned sign, only the soft hyphen is one. */
const MAYBE_UNEVEN = /[\u00AD\u0378-\u{10FFFF}]/u;
const JAMO = /[\u1100-\u11FF]/;
const FLAG_LETTERS = /\p{Regional_Indicator}/gu;
const INVISIBLE = /[\u00AD\u070F\u115F\u1160\u3164\uFFA0]|\p{Emoji_Modifier}/gu;
/** A vowel sign that takes a column of its own is measured with the emoji or the syllable before it, or not. */
const BEHIND_WIDE = /(?<=[\p{Extended_Pictographic}\p{Script=Hangul}]\p{M}*)[\p{Mc}\u0E33\u0EB3]/gu;
const UNEVEN = new RegExp(
  [
    String.raw`[\p{Cn}\u1161-\u11FF\uD7B0-\uD7FB]`,
    String.raw`[\u088F\u0C5C\u0CDC\u0CF3\u1B4E\u1B4F\u1B7F\u1C89\u1C8A\u20C1\u2427-\u2429\u2630-\u2637\u268A-\u268F\u2B96]`,
    String.raw`[\u2FFC-\u2FFF\u31E4\u31E5\u31EF\u3248-\u324F\uA7CB-\uA7CF\uA7D2-\uA7D4\uA7DA-\uA7DC\uA7F1\uFBC3-\uFBD2]`,
    String.raw`[\uFD90\uFD91\uFDC8-\uFDCE\u{10000}-\u{1D3FF}\u{1D800}-\u{1EFFF}\u{1F6D8}\u{1F6DC}\u{1F774}-\u{1F77F}\u{1F7D9}]`,
    String.raw`[\u{1F8B2}-\u{1F8FF}\u{1FA54}-\u{1FA5F}\u{1FA75}-\u{1FA77}\u{1FA87}-\u{1FA8F}\u{1FAAD}-\u{1FAAF}]`,
    String.raw`[\u{1FABB}-\u{1FABF}\u{1FAC6}-\u{1FACF}\u{1FADA}-\u{1FADF}\u{1FAE8}-\u{1FAEF}\u{1FAF7}-\u{1FAFF}\u{1FBCB}-\u{1FBEF}\u{1FBFA}]`,
  ].join('|'),
  'gu',
);
