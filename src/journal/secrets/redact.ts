/** Keeps the values of secrets out of everything that is written or shown. */
import {isSecretName, isSecretVariable, REDACTED, SECRET_WORDS} from '../../plan/script.ts';
import {asPrinted} from './secrets.ts';
import {coloursIn, type Seen, seen} from './seen-text.ts';

export type Redactor = {
  text(text: string): string;
  /** For output, whole lines at a time: hides also what only its place shows to be a secret, as in `API_TOKEN=…`. */
  output(text: string): string;
  /** One more, in every shape in which it may be printed; from now on, also in streams that are under way. */
  add(secret: string): void;
  /** For text that arrives in pieces: a secret is found however it is split. */
  stream(): RedactionStream;
  /** Every string in plain JSON data, as output. */
  data<T>(value: T): T;
  /** Every string in plain JSON data, as text. */
  plain<T>(value: T): T;
};

export type RedactionStream = {
  /** Holds back no more than what may be the beginning of a secret. */
  write(chunk: string): string;
  /** Gives up what is held back, before the last chunk. */
  end(last?: string): string;
  /** Nothing is held back and `write` would change nothing: asked of ASCII bytes to spare their decoding. */
  passes(ascii: Buffer): boolean;
};

/** Shorter values would black out ordinary words. */
const SECRET_LENGTH_MIN = 4;
/** More than these are not learned from output: looking for them costs more than it hides. */
const KNOWN_MAX = 200;

export function createRedactor(secrets: readonly string[]): Redactor {
  const isLong = (secret: string) => secret.length >= SECRET_LENGTH_MIN;
  const known = [...new Set(secrets)].filter(isLong);
  const text = (whole: string) => (known.length === 0 ? whole : redactionStream(known).end(whole));
  const add = (secret: string) => {
    known.push(...new Set(asPrinted(secret).filter(shape => isLong(shape) && !known.includes(shape))));
  };
  const learn = (secret: string) => {
    if (known.length < KNOWN_MAX) add(secret);
  };
  // What is learned from one place is hidden everywhere else in the same text, too.
  const output = (whole: string) => text(hideInColours(text(whole), learn));
  return {
    text,
    output,
    add,
    stream: () => redactionStream(known),
    data: value => redactData(value, output),
    plain: value => redactData(value, text),
  };
}

type Interval = {start: number; end: number};

function redactionStream(secrets: readonly string[]): RedactionStream {
  let held = '';
  // How many characters at the start of `held` belong to a secret that has been announced already.
  let covered = 0;
  // Made when it is first needed, and again when more secrets are known.
  let telling: {of: number; pattern: RegExp} | undefined;

  function release(text: Seen, until: number): string {
    const found = secretIntervals(text, secrets, covered);
    const {raw} = text;
    let out = '';
    let position = 0;
    for (const {start, end} of found) {
      const announced = start === 0 && covered > 0;
      if (start >= until && !announced) break;
      out += raw.slice(position, start);
      if (!announced) out += REDACTED;
      // What follows keeps its colour.
      out += coloursIn(raw.slice(start, Math.min(end, until)));
      position = end;
    }
    if (position < until) out += raw.slice(position, until);
    covered = Math.max(0, position - until);
    held = raw.slice(until);
    return out;
  }

  return {
    write(chunk) {
      if (secrets.length === 0 || (chunk === '' && held === '')) return chunk;
      const text = seen(held + chunk);
      const begun = prefixLengthAtEnd(text.plain, secrets);
      return release(text, begun === 0 ? text.raw.length : text.at(text.plain.length - begun));
    },
    passes(ascii) {
      if (held !== '' || covered > 0) return false;
      if (telling?.of !== secrets.length) telling = {of: secrets.length, pattern: tellingPattern(secrets)};
      const text = ascii.toString('latin1');
      return !telling.pattern.test(text) && prefixLengthAtEnd(text, secrets) === 0;
    },
    end(last = '') {
      const whole = seen(held + last);
      const rest = release(whole, whole.raw.length);
      covered = 0;
      return rest;
    },
  };
}

/** Where secrets stand, overlapping ones as one; the first `covered` characters count as one that was found before. */
function secretIntervals({plain, at: rawAt}: Seen, secrets: readonly string[], covered: number): Interval[] {
  const found: Interval[] = covered > 0 ? [{start: 0, end: covered}] : [];
  for (const secret of secrets) {
    for (let at = plain.indexOf(secret); at !== -1; at = plain.indexOf(secret, at + 1)) {
      found.push({start: rawAt(at), end: rawAt(at + secret.length - 1) + 1});
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Interval[] = [];
  for (const interval of found) {
    const last = merged.at(-1);
    if (last === undefined || interval.start >= last.end) merged.push(interval);
    else last.end = Math.max(last.end, interval.end);
  }
  return merged;
}

/** How much of the end of `text` could be the beginning of a secret that is not complete yet. */
function prefixLengthAtEnd(text: string, secrets: readonly string[]): number {
  let longest = 0;
  for (const secret of secrets) {
    const most = Math.min(secret.length - 1, text.length);
    for (let length = most; length > longest; length -= 1) {
      if (text.endsWith(secret.slice(0, length))) longest = length;
    }
  }
  return longest;
}

/** `isSecret` is asked of the name of every text. Names of our own, such as `key`, are written in small letters. */
function redactData<T>(value: T, text: (whole: string) => string, isSecret = isSecretVariable): T {
  if (typeof value === 'string') return text(value) as T;
  if (Array.isArray(value)) return value.map(item => redactData(item, text)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const redacted = Object.entries(value).map(([key, item]) => {
    if (typeof item === 'string' && isSecret(key)) return [key, REDACTED];
    // What a shell exported: every name in there is a variable's, in whatever case.
    return [key, redactData(item, text, key === 'exports' ? isSecretName : isSecretVariable)];
  });
  return Object.fromEntries(redacted) as T;
}

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

/** Patterns. Every text with such a secret holds one of these: the rare part of `password` and `authorization`. */
const SIGNS = [...SECRET_WORDS, '://', 'word', '[Hh][Oo][Rr][Ii][Zz]'];

/**
 * False for most text. It is asked of all output, and one pass for all takes half the time of one for each.
 */
function tellingPattern(secrets: readonly string[]): RegExp {
  return new RegExp([...SIGNS, ...secrets.map(secret => secret.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))].join('|'));
}

const VALUE_LENGTH_MIN = 4;
/** From this length on, with letters and digits, a value is nothing but a secret wherever else it stands. */
const SURE_LENGTH_MIN = 12;

/** A line in which colours stand within a name or its value loses its colours where something is hidden in it. */
function hideInColours(text: string, learn: (secret: string) => void): string {
  const hide = (line: string) => hideNamedValues(line, REDACTED, learn);
  if (!text.includes('\x1b')) return hide(text);
  const lines = text.split('\n').map(line => {
    const {plain} = seen(line);
    const hidden = hide(plain);
    return hidden === plain ? line : hidden;
  });
  return lines.join('\n');
}

/** For a line of output. `learn` is told what will be a secret from now on, also where it stands alone. */
function hideNamedValues(text: string, hidden: string, learn: (secret: string) => void): string {
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

function isSurelySecret(value: string): boolean {
  return value.length >= SURE_LENGTH_MIN && /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[./~]/.test(value);
}
