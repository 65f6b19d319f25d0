/** Plain texts of which any match of a regular expression holds one: bytes are looked for faster than patterns. */

/**
 * `isAll`: the expression is nothing else, so that each of them is a match. `others`: of an expression without
 * alternatives, more texts that every match holds; one of them may be rarer.
 */
export type RequiredLiterals = {texts: readonly string[]; isAll: boolean; others: readonly string[]};

/** A shorter one stands in every other line. */
const LENGTH_MIN = 2;
const ALTERNATIVES_MAX = 8;

const CLASS = /^\[(?:\\[\s\S]|[^\]\\])*\]/;
/** Escapes of signs, which stand for themselves. */
const SIGN = /^\\[^A-Za-z0-9\s]/;
const ESCAPE = /^\\(?:[pP]\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|k<[^>]*>|c[A-Za-z]|\d+|[\s\S])/;
const QUANTIFIER = /^(?:[*+?]|\{\d+,?\d*\})\??/;
const NEEDS_NONE = /^(?:[*?]|\{0)/;

/** The longest of each alternative; undefined where one has none. */
export function requiredLiterals(source: string): RequiredLiterals | undefined {
  const texts: string[] = [];
  let isAll = true;
  let best = '';
  let run = '';
  let isPlain = true;
  const runs = new Set<string>();
  const endRun = () => {
    if (run.length >= LENGTH_MIN) runs.add(run);
    if (run.length > best.length) best = run;
    run = '';
  };
  const endAlternative = () => {
    endRun();
    texts.push(best);
    if (!isPlain) isAll = false;
    best = '';
    isPlain = true;
  };
  for (let rest = source; rest !== ''; ) {
    if (rest.startsWith('|')) {
      endAlternative();
      rest = rest.slice(1);
      continue;
    }
    const [piece, literal] = pieceOf(rest);
    rest = rest.slice(piece.length);
    const quantifier = QUANTIFIER.exec(rest)?.[0] ?? '';
    rest = rest.slice(quantifier.length);
    if (literal === undefined || quantifier !== '') isPlain = false;
    if (literal !== undefined && !NEEDS_NONE.test(quantifier)) run += literal.repeat(timesOf(quantifier));
    if (literal === undefined || quantifier !== '') endRun();
  }
  endAlternative();
  const useful =
    texts.length <= ALTERNATIVES_MAX && texts.every(text => text.length >= LENGTH_MIN && text.isWellFormed());
  if (!useful) return undefined;
  const others = texts.length > 1 ? [] : [...runs].filter(one => one !== texts[0] && one.isWellFormed());
  return {texts: [...new Set(texts)], isAll, others};
}

const REPEATED_MAX = 32;

/** `{4}` and `{4,}` need it four times. */
function timesOf(quantifier: string): number {
  return Math.min(REPEATED_MAX, Number(/^\{(\d+)/.exec(quantifier)?.[1] ?? 1));
}

/** One element and the text that it stands for, if it stands for one. A group is passed over whole. */
function pieceOf(rest: string): [piece: string, literal: string | undefined] {
  if (rest.startsWith('(')) return [groupOf(rest), undefined];
  const special = CLASS.exec(rest)?.[0];
  // `[N]` is an N.
  if (special !== undefined) return [special, /^\[[^\\^]\]$/.test(special) ? special.slice(1, 2) : undefined];
  const sign = SIGN.exec(rest)?.[0];
  if (sign !== undefined) return [sign, sign.slice(1)];
  const escaped = ESCAPE.exec(rest)?.[0];
  if (escaped !== undefined) return [escaped, undefined];
  const char = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  return [char, /[.^$\n]/.test(char) ? undefined : char];
}

function groupOf(rest: string): string {
  let depth = 0;
  for (let at = 0; at < rest.length; ) {
    const skipped = CLASS.exec(rest.slice(at))?.[0] ?? (rest[at] === '\\' ? rest.slice(at, at + 2) : undefined);
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    if (rest[at] === '(') depth += 1;
    if (rest[at] === ')') depth -= 1;
    at += 1;
    if (depth === 0) return rest.slice(0, at);
  }
  return rest;
}
