/** Secrets that nobody has told us of, found by what stands before them: `API_TOKEN=…`, `//user:…@`, in a header. */

/**
 * Names in capitals only, and `password`: in what programs print, `key: value` in small letters is mostly no secret.
 * Every repetition is bounded, and none comes before a fixed word: whatever a host prints is read in one pass.
 */
const NAMED = new RegExp(
  `((?:${SECRET_WORDS.join('|')})[A-Z0-9_]{0,64}|password)` +
    String.raw`(["']?(?:=|:[ \t]{0,8}))("[^"\n]{0,4096}"|'[^'\n]{0,4096}'|[^\s"',;&]{1,4096})`,
  'g',
);
const NAME_LENGTH_MAX = 64;
/** What stands before the word in the same name. */
const NAME_BEFORE = /[A-Za-z0-9_]{0,64}$/;
const IN_URL = /(:\/\/[^\s/:@]{0,256}:)([^\s/@]{1,1024})(?=@)/g;
const IN_HEADER = /(uthorization: {0,8}(?:bearer|basic) {1,8})([^\s"',;]{1,4096})/gi;

/**
 * One of these stands in every text that has such a secret: of `password` and `authorization` the part whose first letter
 * is rare, because a search stops at each.
 */
const SIGNS = [...SECRET_WORDS, '://', 'word', 'horiz'];

const VALUE_LENGTH_MIN = 4;
/** From this length on, with letters and digits, a value is nothing but a secret wherever else it stands. */
const SURE_LENGTH_MIN = 12;

/** For a line of output. `learn` is told what will be a secret from now on, also where it stands alone. */
export function hideNamedValues(text: string, hidden: string, learn: (secret: string) => void): string {
  const hide = (value: string): string => {
    const [quote = ''] = /^["']/.exec(value) ?? [];
    const bare = quote === '' ? value : value.slice(1, -1);
    // A name that stands for the value is no value.
    if (bare.length < VALUE_LENGTH_MIN || bare.includes(hidden) || /^[$<`(]/.test(bare)) return value;
    if (isSurelySecret(bare)) learn(bare);
    return `${quote}${hidden}${quote}`;
  };
  return text
    .replace(IN_URL, (_, before: string, password: string) => before + hide(password))
    .replace(IN_HEADER, (_, before: string, value: string) => before + hide(value))
    .replace(NAMED, (whole, name: string, between: string, value: string, at: number, all: string) => {
      const [before = ''] = NAME_BEFORE.exec(all.slice(Math.max(0, at - NAME_LENGTH_MAX), at)) ?? [];
      return isSecretName(before + name) ? name + between + hide(value) : whole;
    });
}

/** False for most text, and found out quickly. */
export function mayHoldNamedValue(text: Buffer): boolean {
  return SIGNS.some(sign => text.includes(sign, 0, 'latin1'));
}

function isSurelySecret(value: string): boolean {
  return value.length >= SURE_LENGTH_MIN && /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[./~]/.test(value);
}

import {isSecretName, SECRET_WORDS} from '../../plan/script.ts';
