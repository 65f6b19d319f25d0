/** Secrets that nobody has told us of, found by what stands before them: a variable's name, a URL, a header. */

/** As `API_TOKEN=…`, `"DB_PASSWORD": "…"`. */
// Every repetition is bounded, and none comes before a fixed word: whatever a host prints is read in one pass.
const NAMED =
  /((?:TOKEN|SECRET|KEY|PASSWORD)[A-Z0-9_]{0,64}|password)(["']?(?:=|:[ \t]{0,8}))("[^"\n]{0,4096}"|'[^'\n]{0,4096}'|[^\s"',;&]{1,4096})/g;
/** As `//user:…@`. */
const IN_URL = /(:\/\/[^\s/:@]{0,256}:)([^\s/@]{1,1024})(?=@)/g;
const IN_HEADER = /(uthorization: {0,8}(?:bearer|basic) {1,8})([^\s"',;]{1,4096})/gi;

/**
 * One of these stands in every text that has such a secret: of `password` and `authorization` the part whose first letter
 * is rare, because a search stops at each.
 */
const SIGNS = ['TOKEN', 'SECRET', 'KEY', 'PASSWORD', '://', 'word', 'horiz'];

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
    .replace(NAMED, (_, name: string, between: string, value: string) => name + between + hide(value));
}

/** False for most text, and found out quickly. */
export function mayHoldNamedValue(text: Buffer): boolean {
  return SIGNS.some(sign => text.includes(sign, 0, 'latin1'));
}

function isSurelySecret(value: string): boolean {
  return value.length >= SURE_LENGTH_MIN && /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[./~]/.test(value);
}
