/** Text in the pieces that people see as one sign. */

/** Signs that every terminal draws in one column, and that never join with what stands beside them: nearly all text. */
const SINGLE = String.raw` -~\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u20A0-\u20C0\u2100-\u22FF\u2500-\u25FC\u25FF\u2713\u2717\u2800-\u28FF`;

/** Text of such signs alone: it takes as many columns as it has characters. */
export const NARROW = new RegExp(`^[${SINGLE}]*$`);
/** With the beginning of a colour code, which is a piece of its own. */
const NARROW_IN_COLOURS = new RegExp(`^[${SINGLE}\\u001B]*$`);

/** What slicing, wrapping and measuring ask of Intl.Segments. */
type Graphemes = Iterable<Piece> & {containing(at?: number): Piece | undefined};
type Piece = {segment: string; index: number};

let segmenter: Intl.Segmenter | undefined;

/** The first Intl.Segmenter of a process loads tables for 12 ms, and it is slow also with text that needs none. */
export function graphemes(text: string): Graphemes {
  if (NARROW_IN_COLOURS.test(text)) return signsOf(text);
  segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
  return segmenter.segment(text);
}

function signsOf(text: string): Graphemes {
  return {
    containing(index = 0) {
      const segment = text[index];
      return segment === undefined ? undefined : {segment, index};
    },
    [Symbol.iterator]: () => Array.from(text, (segment, index) => ({segment, index})).values(),
  };
}
