/** Tells kinds of error lines apart, by what is a value in them and what is not, and which kinds are new. Pure. */

export type Signature = {
  /** The line with `*` for its values. */
  text: string;
  count: number;
  /** The number of the first and of the newest such line. */
  first: number;
  last: number;
  isNew: boolean;
};

export type Signatures = {
  /** `isNew`: a kind that is not known yet is new from now on. */
  add(plain: string, line: number, isNew: boolean): void;
  /** New ones first, then the most frequent. */
  list(): readonly Signature[];
};

type Family = {
  /** By place: the values there, or `*` once there are too many. */
  places: (Set<string> | typeof VALUE)[];
  kinds: Map<string, Signature>;
};

const VALUE = '*';
/** A longer line is told by its beginning. */
const TOKENS_MAX = 40;
const LENGTH_MAX = 600;
/** This share of the tokens of two lines of one family is the same. */
const ALIKE_MIN = 0.6;
/**
 * A place with more different tokens than this holds a value. Words of a language make different messages; the name of
 * a person or a thing does not, but that of an error does.
 */
const WORDS_MAX = 12;
const OTHERS_MAX = 4;
const NAMES_MAX = 1;
const WORD = /^[a-z]+[:,.;]?$/;
const NAME = /^[A-Z][a-z]+(?!\w*(?:Error|Exception|Warning|Timeout))\w*[:,.;]?$/;
const FAMILIES_MAX = 2000;
const FAMILIES_ALIKE_MAX = 60;
/** In all families. When there are as many, no new one is told apart: an alarm for each line would help nobody. */
const KINDS_MAX = 20_000;

/** What is a value wherever it stands, the longest first. */
const VALUES: readonly (readonly [RegExp, string])[] = [
  [/"(?:[^"\\]|\\.){0,300}"|'(?:[^'\\\s]|\\.){1,200}'|`[^`]{0,300}`/g, '"*"'],
  [/\b[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\b/gi, VALUE],
  [/\b[\w.+-]+@[\w-]+\.[\w.-]+/g, VALUE],
  [/\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>)\]]+/gi, VALUE],
  [/(?<![\w.])(?:~|\.{0,2})?(?:\/[\w.@%+~-]+)+\/?(?=$|[\s:;,)\]"'])/g, VALUE],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b|\b(?:[\da-f]{1,4}:){2,7}:?[\da-f]{0,4}\b/gi, VALUE],
  [/\b0x[\da-f]+\b|\b(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{6,}\b/gi, VALUE],
  [/(?<![A-Za-z])[-+]?\d+(?:[.,:]\d+)*(?:%|[A-Za-z]{1,3}\b)?/g, VALUE],
  [/(\b[\w.-]+[=:])[^\s,;)\]}"*=:]+(?=[\s,;)\]}]|$)/g, `$1${VALUE}`],
];

/**
 * Learns what is a value line by line, as Drain does: lines that are alike make a family, and a place in a family that
 * has had many different tokens holds a value.
 */
export function createSignatures(): Signatures {
  // By the number of tokens and the first one; in order of use, the oldest first.
  const buckets = new Map<string, Family[]>();
  let families = 0;
  let kinds = 0;

  function familyOf(tokens: readonly string[]): Family {
    const key = `${tokens.length} ${tokens[0]}`;
    const bucket = buckets.get(key) ?? [];
    buckets.delete(key);
    buckets.set(key, bucket);
    let best: Family | undefined;
    let most = 0;
    for (const family of bucket) {
      const alike = likeness(family, tokens);
      // Families grow alike: the one that has had this kind of line is its own.
      if (alike === 1 && family.kinds.has(kindOf(family, tokens))) return family;
      if (alike > most) [best, most] = [family, alike];
    }
    if (best !== undefined && (most >= ALIKE_MIN || bucket.length >= FAMILIES_ALIKE_MAX)) return best;
    const made: Family = {places: tokens.map(() => new Set<string>()), kinds: new Map()};
    bucket.push(made);
    families += 1;
    if (families > FAMILIES_MAX) dropOldest();
    return made;
  }

  function dropOldest(): void {
    const [oldest] = buckets;
    if (oldest === undefined) return;
    families -= oldest[1].length;
    for (const family of oldest[1]) kinds -= family.kinds.size;
    buckets.delete(oldest[0]);
  }

  return {
    add(plain, line, isNew) {
      const tokens = tokensOf(plain);
      if (tokens.length === 0) return;
      const family = familyOf(tokens);
      const before = family.kinds.size;
      learn(family, tokens);
      kinds += family.kinds.size - before;
      const text = kindOf(family, tokens);
      const known = family.kinds.get(text);
      if (known !== undefined) {
        known.count += 1;
        known.last = line;
      } else if (kinds < KINDS_MAX) {
        kinds += 1;
        family.kinds.set(text, {text, count: 1, first: line, last: line, isNew});
      }
    },
    list() {
      const all = [...buckets.values()].flatMap(bucket => bucket.flatMap(({kinds}) => [...kinds.values()]));
      return all.sort((a, b) => Number(b.isNew) - Number(a.isNew) || b.count - a.count || a.first - b.first);
    },
  };
}

function kindOf({places}: Family, tokens: readonly string[]): string {
  return tokens.map((token, place) => (places[place] === VALUE ? VALUE : token)).join(' ');
}

/** The share of the tokens that the family has had at their places. */
function likeness({places}: Family, tokens: readonly string[]): number {
  let same = 0;
  for (const [place, token] of tokens.entries()) {
    const values = places[place];
    if (values === VALUE || values?.has(token)) same += 1;
  }
  return same / tokens.length;
}

function learn(family: Family, tokens: readonly string[]): void {
  for (const [place, token] of tokens.entries()) {
    const values = family.places[place];
    if (values === undefined || values === VALUE || values.has(token)) continue;
    values.add(token);
    if (values.size <= differentMax([...values])) continue;
    family.places[place] = VALUE;
    joinKinds(family);
  }
}

function differentMax(tokens: readonly string[]): number {
  if (tokens.every(token => WORD.test(token))) return WORDS_MAX;
  return tokens.every(token => NAME.test(token)) ? NAMES_MAX : OTHERS_MAX;
}

/** Kinds that differ at a place that holds a value are one. It is known when one of them was. */
function joinKinds(family: Family): void {
  const {kinds} = family;
  const before = [...kinds.values()];
  kinds.clear();
  for (const kind of before) {
    const text = kindOf(family, kind.text.split(' '));
    const other = kinds.get(text);
    if (other === undefined) kinds.set(text, {...kind, text});
    else {
      other.count += kind.count;
      other.first = Math.min(other.first, kind.first);
      other.last = Math.max(other.last, kind.last);
      other.isNew &&= kind.isNew;
    }
  }
}

function tokensOf(plain: string): string[] {
  let text = plain.slice(0, LENGTH_MAX);
  for (const [pattern, sign] of VALUES) text = text.replace(pattern, sign);
  return text
    .split(/\s+/)
    .filter(token => token !== '')
    .slice(0, TOKENS_MAX);
}
