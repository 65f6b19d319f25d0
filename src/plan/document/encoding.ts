/** Decodes the bytes of a document, and repairs text that was saved in the wrong encoding. */

export type Decoded = {text: string; repaired?: 'Mac Roman' | 'CP1252'};

/**
 * The text of a document as its author saw it. Some tools read UTF-8 as Mac Roman or CP1252 and save it as UTF-8 again;
 * that is undone. ASCII is never changed, so every line end stays where it is.
 */
export function decode(bytes: Uint8Array | string): Decoded {
  const text = withoutByteOrderMark(typeof bytes === 'string' ? bytes : fromBytes(bytes));
  if (!/[^\u0000-\u007f]{2}/.test(text)) return {text};

  const [best] = [weighEvidence(text, macRoman), weighEvidence(text, cp1252)].sort((a, b) => b.evidence - a.evidence);
  if (best === undefined || best.evidence === 0) return {text};
  const {charset, isPure} = best;
  const repaired = text.replace(charset.sequences, from => {
    const sequence = readSequence(from, charset);
    // Where there are other accents, an ambiguous pair such as "—É" may be genuine: repair only what is certain.
    return sequence !== undefined && (isPure || sequence.certain) ? sequence.to : from;
  });
  return {text: repaired, repaired: charset.name};
}

type Charset = {
  name: 'Mac Roman' | 'CP1252';
  /** The byte that each character stands for. */
  bytes: ReadonlyMap<string, number>;
  /** Finds characters whose bytes could be one character of UTF-8. */
  sequences: RegExp;
};

/** `evidence`: how many sequences are certain. `isPure`: the text is nothing but ASCII and such sequences. */
type Weighed = {charset: Charset; evidence: number; isPure: boolean};

function weighEvidence(text: string, charset: Charset): Weighed {
  let evidence = 0;
  const rest = text.replace(charset.sequences, from => {
    const sequence = readSequence(from, charset);
    if (sequence?.certain === true) evidence += 1;
    return sequence === undefined ? from : '';
  });
  return {charset, evidence, isPure: !/[^\u0000-\u007f]/.test(rest)};
}

/** What the characters were before the damage; `certain` when nothing else could have been meant. */
function readSequence(from: string, charset: Charset): {to: string; certain: boolean} | undefined {
  const bytes = Array.from(from, character => charset.bytes.get(character) ?? 0);
  const isHeadless = bytes[0] === HEADLESS_EMOJI && charset.name === 'Mac Roman';
  const to = decoded(isHeadless ? [0xf0, ...bytes] : bytes);
  if (to === undefined) return undefined;
  const certain = SIGNS.test(to) || DOUBLE_ENCODED_LETTER.test(to + from);
  return isHeadless && !certain ? undefined : {to, certain};
}

// In Mac Roman, byte F0 is a private-use character (the apple) that editors and mail drop: what is left of an emoji
// begins with 9F.
const HEADLESS_EMOJI = 0x9f;

/** The signs that documents use: dashes, quotes, arrows, box drawing, dingbats, emoji. */
const SIGNS =
  /^(?:[\u2010-\u2027\u2030-\u205e\u20ac\u2122\u2190-\u23ff\u2460-\u27bf]|[\u2900-\u297f\u2b00-\u2bff]|[\u{1f000}-\u{1faff}]|\u200d|\ufe0e|\ufe0f)$/u;

// "Ã©" for "é": no word has a capital Ã or Â before a symbol, but formulas have "√π", so this is for CP1252 only.
const DOUBLE_ENCODED_LETTER = /^[\u00a0-\u00ff][ÂÃ][^\p{L}]$/u;

/** Decodes bytes that are exactly one UTF-8 character. A TextDecoder would cost microseconds for each failure. */
function decoded(bytes: readonly number[]): string | undefined {
  const [lead = 0, ...rest] = bytes;
  if (rest.some(byte => byte < 0x80 || byte > 0xbf)) return undefined;
  const point = rest.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), lead & (0xff >> (bytes.length + 1)));
  const least = SMALLEST_POINTS[bytes.length] ?? 0;
  const isSurrogate = point >= 0xd800 && point <= 0xdfff;
  return point < least || point > 0x10ffff || isSurrogate ? undefined : String.fromCodePoint(point);
}

/** By number of bytes: a smaller code point has a shorter form, so the longer one is invalid. */
const SMALLEST_POINTS = [0, 0, 0x80, 0x800, 0x10000];

function fromBytes(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

function withoutByteOrderMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** The characters of bytes 80 to FF in order. */
const MAC_ROMAN =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø' +
  '¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ';

/** The characters of bytes 80 to 9F in order; the five that CP1252 leaves undefined stay control characters. */
const CP1252_HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const macRoman = charsetOf('Mac Roman', MAC_ROMAN);
const cp1252 = charsetOf(
  'CP1252',
  CP1252_HIGH + Array.from({length: 96}, (_, index) => String.fromCharCode(0xa0 + index)).join(''),
);

function charsetOf(name: Charset['name'], characters: string): Charset {
  const all = [...characters];
  const some = (first: number, last: number): string => `[${all.slice(first - 0x80, last - 0x80 + 1).join('')}]`;
  const next = some(0x80, 0xbf);
  const headless = name === 'Mac Roman' ? `|${all[HEADLESS_EMOJI - 0x80]}${next}{2}` : '';
  const sequences = `${some(0xc2, 0xdf)}${next}|${some(0xe0, 0xef)}${next}{2}|${some(0xf0, 0xf4)}${next}{3}${headless}`;
  return {
    name,
    bytes: new Map(all.map((character, index) => [character, 0x80 + index])),
    sequences: new RegExp(sequences, 'g'),
  };
}
