export type Decoded = {text: string; repaired?: 'Mac Roman' | 'CP1252'};

/**
 * Text of a document as its author saw it. UTF-8 that some tool once read as Mac Roman or CP1252, and saved
 * as UTF-8 again, is turned back; ASCII, and with it every line end, stays where it is.
 */
export function decode(bytes: Uint8Array | string): Decoded {
  const text = withoutByteOrderMark(typeof bytes === 'string' ? bytes : fromBytes(bytes));
  if (!/[^\u0000-\u007f]{2}/.test(text)) return {text};

  const [best] = [scan(text, macRoman), scan(text, cp1252)].sort((a, b) => b.evidence - a.evidence);
  if (best === undefined || best.evidence === 0) return {text};
  // Where accents stand that are no mojibake, an ambiguous pair such as "—É" may be genuine too: take only what is certain.
  const onlyCertain = best.leftover > 0;
  return {text: rewrite(text, best.charset, onlyCertain), repaired: best.charset.name};
}

type Charset = {
  name: 'Mac Roman' | 'CP1252';
  /** The byte that a character stood for. */
  bytes: ReadonlyMap<string, number>;
};

/** A piece of a run: the characters, what they were before, and whether nothing else could have been meant. */
type Piece = {from: string; to: string; certain: boolean};

const RUN = /[^\u0000-\u007f]+/g;

function scan(text: string, charset: Charset): {charset: Charset; evidence: number; leftover: number} {
  let evidence = 0;
  let leftover = 0;
  for (const [run] of text.matchAll(RUN)) {
    for (const piece of pieces(run, charset)) {
      if (piece.certain) evidence += 1;
      else if (piece.from === piece.to) leftover += 1;
    }
  }
  return {charset, evidence, leftover};
}

function rewrite(text: string, charset: Charset, onlyCertain: boolean): string {
  return text.replace(RUN, run =>
    pieces(run, charset)
      .map(piece => (piece.certain || !onlyCertain ? piece.to : piece.from))
      .join(''),
  );
}

function pieces(run: string, charset: Charset): Piece[] {
  const characters = [...run];
  const found: Piece[] = [];
  for (let at = 0; at < characters.length; ) {
    const piece = sequenceAt(characters, at, charset);
    found.push(piece ?? {from: characters[at] ?? '', to: characters[at] ?? '', certain: false});
    at += piece === undefined ? 1 : [...piece.from].length;
  }
  return found;
}

/** One UTF-8 sequence that starts here, when the characters are read as the bytes of the charset. */
function sequenceAt(characters: readonly string[], at: number, charset: Charset): Piece | undefined {
  const lead = charset.bytes.get(characters[at] ?? '');
  if (lead === undefined) return undefined;
  const lost = lead === LOST_LEAD_FOLLOWER && charset.name === 'Mac Roman';
  const length = lost ? 3 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length === 0 || at + length > characters.length) return undefined;

  const from = characters.slice(at, at + length);
  const bytes = from.map(character => charset.bytes.get(character) ?? 0);
  const to = strict(lost ? [0xf0, ...bytes] : bytes);
  if (to === undefined) return undefined;
  const certain = SIGNS.test(to) || DOUBLE_ENCODED_LETTER.test(to + from.join(''));
  return lost && !certain ? undefined : {from: from.join(''), to, certain};
}

// Mac Roman's F0 is a private-use character (the apple) that editors and mail drop; what remains of an emoji starts with 9F.
const LOST_LEAD_FOLLOWER = 0x9f;

/** What documents decorate and punctuate with: dashes, quotes, arrows, signs, box drawing, dingbats, emoji. */
const SIGNS =
  /^(?:[\u2010-\u2027\u2030-\u205e\u20ac\u2122\u2190-\u23ff\u2460-\u27bf]|[\u2900-\u297f\u2b00-\u2bff]|[\u{1f000}-\u{1faff}]|\u200d|\ufe0e|\ufe0f)$/u;

// "Ã©" for "é": a capital Ã or Â before a symbol does not occur in words, but "√π" does in formulas, so CP1252 only.
const DOUBLE_ENCODED_LETTER = /^[\u00a0-\u00ff][ÂÃ][^\p{L}]$/u;

const strictDecoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

function strict(bytes: readonly number[]): string | undefined {
  try {
    return strictDecoder.decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}

function fromBytes(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

function withoutByteOrderMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Bytes 80 to FF in order. */
const MAC_ROMAN =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø' +
  '¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ';

/** Bytes 80 to 9F in order; the five that CP1252 leaves undefined stay control characters. */
const CP1252_HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const macRoman: Charset = {name: 'Mac Roman', bytes: table(MAC_ROMAN)};
const cp1252: Charset = {
  name: 'CP1252',
  bytes: table(CP1252_HIGH + Array.from({length: 96}, (_, index) => String.fromCharCode(0xa0 + index)).join('')),
};

function table(characters: string): ReadonlyMap<string, number> {
  return new Map([...characters].map((character, index) => [character, 0x80 + index]));
}
