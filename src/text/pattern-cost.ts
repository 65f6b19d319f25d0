/** How much a backtracking engine may have to try for a regular expression, read from its text. */

/**
 * A line of n characters takes at most about `factor` x n^(`degree` + 1) steps: each place where it may begin is one n,
 * and so is each repetition without an end. A repetition of what can itself be matched in several ways has no such bound.
 * `isRegular`: it neither looks around nor refers back.
 */
export type PatternCost = {degree: number; factor: number; isRegular: boolean};

const FIXED: PatternCost = {degree: 0, factor: 1, isRegular: true};
const QUANTIFIER = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/;
const GROUP = /^\((?:\?(?:(<?[=!])|<[^>]*>|[\w-]*:))?/;
/** One character, by itself or as a class. */
const ATOM =
  /^(?:\\k<[^>]*>|\\[pP]\{[^}]*\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\c?[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[\s\S])/;
const REFERENCE = /^\\[1-9k]/;

/** The text must be a regular expression. */
export function patternCost(source: string): PatternCost {
  let rest = source;

  function alternatives(): PatternCost {
    let all = sequence();
    while (rest.startsWith('|')) {
      rest = rest.slice(1);
      const other = sequence();
      all = {
        degree: Math.max(all.degree, other.degree),
        factor: all.factor + other.factor,
        isRegular: all.isRegular && other.isRegular,
      };
    }
    return all;
  }

  function sequence(): PatternCost {
    let whole = FIXED;
    // What looks around is never tried again in another way: it costs beside the rest, not times the rest.
    let beside = 0;
    while (rest !== '' && !rest.startsWith('|') && !rest.startsWith(')')) {
      const looks = GROUP.exec(rest)?.[1] !== undefined;
      const part = quantified(element());
      if (looks) beside = Math.max(beside, part.degree);
      whole = {
        degree: looks ? whole.degree : whole.degree + part.degree,
        factor: looks ? whole.factor + part.factor : whole.factor * part.factor,
        isRegular: whole.isRegular && part.isRegular && !looks,
      };
    }
    return {...whole, degree: Math.max(whole.degree, beside)};
  }

  function element(): PatternCost {
    const group = GROUP.exec(rest);
    if (group !== null) {
      rest = rest.slice(group[0].length);
      const inner = alternatives();
      rest = rest.slice(1);
      return inner;
    }
    const [atom = ''] = ATOM.exec(rest) ?? [];
    rest = rest.slice(atom.length);
    return REFERENCE.test(atom) ? {degree: 1, factor: 1, isRegular: false} : FIXED;
  }

  function quantified(part: PatternCost): PatternCost {
    const found = QUANTIFIER.exec(rest);
    if (found === null) return part;
    const [text, least, comma, most] = found;
    rest = rest.slice(text.length);
    const min = least === undefined ? (text.startsWith('+') ? 1 : 0) : Number(least);
    const max = maxOf(text, least, comma, most);
    const isFixed = part.degree === 0 && part.factor === 1;
    if (isFixed && max === Number.POSITIVE_INFINITY) return {...part, degree: 1};
    if (isFixed) return {...part, factor: max - min + 1};
    // `0 x Infinity` is not a number, and costs nothing.
    const degree = part.degree === 0 && max < Number.POSITIVE_INFINITY ? 0 : Math.max(1, part.degree) * max;
    return {...part, degree, factor: (part.factor + 1) ** Math.min(max, 1000)};
  }

  return alternatives();
}

function maxOf(text: string, least?: string, comma?: string, most?: string): number {
  if (least === undefined) return text.startsWith('?') ? 1 : Number.POSITIVE_INFINITY;
  if (comma === '') return Number(least);
  return most === undefined || most === '' ? Number.POSITIVE_INFINITY : Number(most);
}
