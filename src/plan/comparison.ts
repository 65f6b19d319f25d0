/** The arithmetic of a sentence: every "operator number unit" in it, and the words around. */
import type {Operator, Unit} from './plan.ts';
import {quantityAt} from './quantity.ts';

export type Comparison = {
  op: Operator;
  value: number;
  unit: Unit;
  /** The text between the comparison before (or the start) and this one. */
  before: string;
  /** The text up to the next comparison (or the end). */
  after: string;
  /** As written: `<=`, `less than`, `+`. */
  written: string;
  /** In words, or as a `+` behind the number: more often an amount than a bound. */
  worded: boolean;
  /** Stands in brackets: "(<50% of pool)". */
  bracketed: boolean;
};

export function readComparisons(text: string): Comparison[] {
  const found: (Omit<Comparison, 'before' | 'after'> & {start: number; end: number})[] = [];
  for (const match of text.matchAll(OPERATOR)) {
    if (match.index < (found.at(-1)?.end ?? 0)) continue;
    const at = match.index + match[0].length;
    const quantity = quantityAt(text, at);
    if (quantity === undefined) continue;
    const written = match[1] ?? match[2] ?? '';
    const end = at + quantity.length;
    const {value, unit} = quantity;
    // "below 0.1 % over 15 minutes": the stretch that the bound is about.
    if (unit === 'ms' && found.length > 0 && /^(?:over|within)$/i.test(written)) continue;
    found.push({
      op: operatorFor(written),
      value,
      unit,
      written,
      worded: match[1] === undefined,
      bracketed: isInBrackets(text, match.index),
      start: match.index,
      end,
    });
  }
  const all = found.length > 0 ? found : atLeast(text);
  return all.map(({start, end, ...comparison}, index) => ({
    ...comparison,
    before: text.slice(all[index - 1]?.end ?? 0, start),
    after: text.slice(end, all[index + 1]?.start ?? text.length),
  }));
}

/** "95%+", "14+ indexes", "99 or higher". */
function atLeast(text: string): (Omit<Comparison, 'before' | 'after'> & {start: number; end: number})[] {
  for (const {index} of text.matchAll(/\d/g)) {
    const quantity = quantityAt(text, index);
    if (quantity === undefined) continue;
    const suffix =
      /^(?:\+|\s+(?:or|o)\s+(higher|more|better|above|greater|superior|less|fewer|lower|below|m[aá]s)\b)/i.exec(
        text.slice(index + quantity.length),
      );
    if (suffix === null) continue;
    const op: Operator = /less|fewer|lower|below/i.test(suffix[1] ?? '') ? '<=' : '>=';
    const {value, unit, length} = quantity;
    return [
      {
        op,
        value,
        unit,
        written: '+',
        worded: true,
        bracketed: isInBrackets(text, index),
        start: index,
        end: index + length + suffix[0].length,
      },
    ];
  }
  return [];
}

const WORDS: readonly (readonly [RegExp, Operator])[] = [
  [
    /^(?:less than or equal to|at most|no more than|not more than|max(?:imum)?(?: of)?|up to|como m[aá]ximo|m[aá]ximo)$/i,
    '<=',
  ],
  [
    /^(?:greater than or equal to|more than or equal to|at least|no less than|min(?:imum)?(?: of)?|al menos|m[ií]nimo)$/i,
    '>=',
  ],
  [
    /^(?:less than|fewer than|lower than|under|below|within|in under|en menos de|menos de|menor (?:que|a)|por debajo de)$/i,
    '<',
  ],
  [
    /^(?:more than|greater than|higher than|over|above|exceeds|exceeding|m[aá]s de|mayor (?:que|a)|por encima de)$/i,
    '>',
  ],
  [/^(?:exactly|equal to|equals|go(?:es)? down to|zero)$/i, '='],
];

const WORDED =
  'less than or equal to|greater than or equal to|more than or equal to|at most|no more than|not more than|maximum of|max of|maximum|max|up to|como m[aá]ximo|m[aá]ximo|at least|no less than|minimum of|min of|minimum|min|al menos|m[ií]nimo|less than|fewer than|lower than|in under|under|below|within|en menos de|menos de|menor que|menor a|por debajo de|more than|greater than|higher than|over|above|exceeds|exceeding|m[aá]s de|mayor que|mayor a|por encima de|exactly|equal to|equals|goes down to|go down to';

// Not behind "-", "=" or "<": arrows and shifts are no comparisons. Not "P>": generics neither.
const OPERATOR = new RegExp(
  String.raw`(?<![-=<>|\\→])(<=|>=|≤|≥|=<|=>(?=\s?\d+\s?%)|<|>|==)\s*~?\s*(?=\d)|\b(${WORDED})[:\s]+[~<>]?\s*(?=\d)`,
  'gi',
);

const SIGNS: Readonly<Record<string, Operator>> = {
  '<': '<',
  '>': '>',
  '<=': '<=',
  '=<': '<=',
  '≤': '<=',
  '>=': '>=',
  '=>': '>=',
  '≥': '>=',
  '==': '=',
};

function operatorFor(written: string): Operator {
  return SIGNS[written] ?? WORDS.find(([pattern]) => pattern.test(written))?.[1] ?? '=';
}

function isInBrackets(text: string, index: number): boolean {
  const before = text.slice(0, index);
  return before.lastIndexOf('(') > before.lastIndexOf(')');
}
