/** Finds the parts of a document that a sentence names by their numbers: "repeat 3-6", "steps 2 and 3". */
import {matchesOf} from '../../../text/matches.ts';
import type {Section} from '../../plan.ts';
import {everyPhrase, phrase, piece} from '../../words/vocabulary.ts';
import type {Label} from '../order/labels.ts';

const NUMBER = piece`\d+(?:\.\d+)*[a-z]?(?![\p{L}\d%]|[.:]\d)`;
const LIST = piece`${NUMBER}(?:\s*(?:,\s*(?:${'and'}\s)?|[-–/+&]|\.\.\.?|(?:${'and'}|${'or'}|${'to'})\s)\s*${NUMBER})*`;
/** "4.3 and 4.4 are omitted", "steps 2 and 3", "never run 4 while", "repeat 2-4 for each". */
const NAMED = everyPhrase`^\W*(?=\d+\.\d)(${LIST})\s+(?=\p{L})|\<(?:${'own-parts'}|${'own-part'})\s+(${LIST})|\<(?:${'carried-out'}|${'sets-apart'}|${'repeats'}|${'never'})\s+(${LIST})(?=\W*$|[.,;:)]|\s+\(?(?:${'hangs-on'}|${'may-hang'}|${'moment'}|${'only-there'}|${'condition'}|${'times-over'}|${'sets-apart'}|${'with-without'})\>)|\<(?:${'may-hang'}|${'hangs-on'}|${'moment'}|${'before-what'}|${'once-done'})\s+(${LIST})(?=\W*$|[.,;:)]|\s+(?:${'carried-out'}|${'stop-word'})\>)`;
const ONE = /\d+(?:\.\d+)*[a-z]?/gi;
const BETWEEN = phrase`^\s*(?:[-–]|\.\.\.?|${'to'}\s)\s*$`;

/** Names of the parts in the order of the sentence. Of a range, all that there are. */
export function numbersIn(text: string, isKnown: (name: string) => boolean): string[] {
  const found = NAMED.all(text).flatMap(([, ...lists]) => {
    const list = lists.find(one => one !== undefined) ?? '';
    return matchesOf(list, ONE).flatMap(({0: name, index}, at, all) => {
      const before = all[at - 1];
      const gap = before === undefined ? '' : list.slice(before.index + before[0].length, index);
      const [from, to] = [Number(before?.[0]), Number(name)];
      if (!BETWEEN.test(gap) || !(to > from) || to - from > RANGE_MAX) return [name];
      return Array.from({length: Math.floor(to - from)}, (_, step) => String(from + step + 1));
    });
  });
  return [...new Set(found.map(name => name.toLowerCase()))].filter(isKnown);
}

const RANGE_MAX = 40;

/** "Only after 11 is ok" stands at what it speaks of. */
export function isOnlyBefore(text: string): boolean {
  return WHEN.test(text);
}

const WHEN = phrase`\<(?:${'moment'}|${'after'}|${'before-what'}|${'once-done'})\s+(?:\p{L}+\s+){0,2}${NUMBER}`;

/** The parts that have one name. `own`: the items among them, by the id of the section in which they stand. */
export type Named = {all: readonly Label[]; own: ReadonlyMap<string | undefined, readonly Label[]>};

export function namedLabels(
  labels: readonly Label[],
  sectionAt: (line: number) => Section | undefined,
): ReadonlyMap<string, Named> {
  const byName = [...Map.groupBy(labels, ({name}) => name)];
  const isItem = ({section}: Label) => section === undefined;
  return new Map(
    byName.map(([name, all]) => [name, {all, own: Map.groupBy(all.filter(isItem), one => sectionAt(one.line)?.id)}]),
  );
}

/** Of several parts with one name, the one in the section of the sentence on `line`. */
export function labelNamed(line: number, section: string | undefined, named: Named | undefined): Label | undefined {
  if (named === undefined) return undefined;
  const isOutside = (label: Label) => line < label.line || line > label.endLine;
  const own = (named.own.get(section) ?? []).filter(isOutside);
  if (own.length === 1) return own[0];
  if (named.all.length > ALIKE_MAX) return undefined;
  const alike = named.all.filter(isOutside);
  if (alike.length < 2) return alike[0];
  const items = alike.filter(label => label.section === undefined);
  return items.length === 1 ? items[0] : undefined;
}

/** Of so many, none is meant that stands elsewhere. */
const ALIKE_MAX = 50;

/**
 * Whether "3 after 2", "2 before 3" says what the document says too; undefined where the sentence gives two parts no order.
 */
export function isInOrder(text: string, lineOf: (name: string) => number | undefined): boolean | undefined {
  const [, first = '', word = '', second = ''] = ORDER.exec(text) ?? [];
  const [a, b] = [lineOf(first.toLowerCase()), lineOf(second.toLowerCase())];
  if (a === undefined || b === undefined) return undefined;
  return AFTER.test(word) ? a > b : a < b;
}

const ORDER = phrase`(${NUMBER})[^.;\d]*?\<(${'before-what'}|${'once-done'}|${'after'}|${'moment'})\s[^.;\d]*?(${NUMBER})`;
const AFTER = phrase`^(?:${'once-done'}|${'after'})$`;
