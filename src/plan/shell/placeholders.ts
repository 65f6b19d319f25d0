/** Finds placeholders and fills values in, so that each value stays data of the language around it. */
import {countBelow} from '../../text/count-below.ts';
import {unreachable} from '../kinds.ts';
import {escapeJson, escapePlain, escapeSql, escapeUrl, type Filling, UNBOUND, type Written} from './escaping.ts';
import {bracketedName, type Found, findWholes} from './placeholder-forms.ts';
import {escapeShell} from './quoting.ts';

/** `keys`: texts with a value that need not look like placeholders; the longest match wins. */
export type Lookup =
  | ((name: string) => string | undefined)
  | {keys: readonly string[]; get: (name: string) => string | undefined};

export type BindMode = 'shell' | 'plain' | 'sql' | 'url' | 'json';

/**
 * A placeholder that is left as the document writes it. `because`: it has a value, which cannot stand there as data
 * (for example, a space inside the command of a nested shell).
 */
export type Missing = {name: string; because?: string};

/** What the operator can do about a value that cannot be used. */
export const OTHER_VALUE =
  'give it another value under `values:` in the bindings or with --value, or write the text so that nothing reads it twice';

/** `missing` holds each placeholder once. */
export type Bound = {text: string; missing: Missing[]};

/** The lines to show: `unbound <a>, <b>`, and why a value cannot be used. */
export function missingTexts(missing: readonly Missing[]): string[] {
  const unbound = new Set(missing.flatMap(({name, because}) => (because === undefined ? [name] : [])));
  const unusable = missing.flatMap(({name, because}) =>
    because === undefined ? [] : [`the value of ${name} cannot be used there: ${because}`],
  );
  return [...(unbound.size === 0 ? [] : [`unbound ${[...unbound].join(', ')}`]), ...new Set(unusable)];
}

/** Every placeholder of a text in order, without overlaps. */
export function findPlaceholders(text: string): Found[] {
  return findWholes(text).map(({text: name, start, end}) => ({text: name, start, end}));
}

export function bindText(text: string, lookup: Lookup, mode: BindMode): Bound {
  const fillings = findFillings(text, lookup);
  const written = escapeAll(text, fillings, mode);
  const missing = new Map<string, Missing>();
  let bound = '';
  let at = 0;
  for (const [index, filling] of fillings.entries()) {
    const piece = written[index] ?? UNBOUND;
    const lead = text.slice(at, filling.start);
    at = filling.end;
    if (piece.kind === 'data') {
      // A value with its own scheme replaces the document's: "https://your-api-domain.com" may be plain HTTP here.
      bound += (/^https?:\/\//.test(filling.value ?? '') ? lead.replace(/https?:\/\/$/, '') : lead) + piece.text;
      continue;
    }
    bound += lead + filling.text;
    if (piece.kind === 'comment') continue;
    const name = filling.text;
    missing.set(name, piece.kind === 'unsafe' ? {name, because: piece.because} : (missing.get(name) ?? {name}));
  }
  return {text: bound + text.slice(at), missing: [...missing.values()]};
}

function escapeAll(text: string, fillings: readonly Filling[], mode: BindMode): readonly Written[] {
  switch (mode) {
    case 'shell':
      return escapeShell(text, fillings);
    case 'sql':
      return escapeSql(text, fillings);
    case 'url':
      return escapeUrl(text, fillings);
    case 'json':
      return escapeJson(text, fillings);
    case 'plain':
      return escapePlain(fillings);
    default:
      return unreachable(mode);
  }
}

/** Keys of the lookup come first, then whatever else looks like a placeholder. */
function findFillings(text: string, lookup: Lookup): Filling[] {
  const get = typeof lookup === 'function' ? lookup : lookup.get;
  // An empty value comes from a template that nobody has filled in.
  const filled = (name: string): string | undefined => get(name) || undefined;
  const wholes = findWholes(text);
  const parts = wholes.flatMap(whole => whole.parts);
  const partStarts = parts.map(({start}) => start);
  const keyed: Filling[] = [];
  for (const key of findKeys(text, typeof lookup === 'function' ? [] : lookup.keys)) {
    // Inside `<…>`, replacing only the key would leave angle brackets, which a shell reads as redirections.
    const around = parts[countBelow(partStarts, key.start) - 1];
    const isInside = around !== undefined && key.end < around.end && bracketedName(around.text) !== undefined;
    if (!isInside) keyed.push(filling(key, filled(key.text)));
  }
  const starts = keyed.map(({start}) => start);
  const free = (found: Found): boolean => (keyed[countBelow(starts, found.end) - 1]?.end ?? 0) <= found.start;
  // Wholes have no place in common with each other, only with keys.
  const fillings = [...keyed];
  for (const whole of wholes) {
    const value = filled(whole.text);
    const filledParts = whole.parts.map(part =>
      filling(part, filled(part.text) ?? filled(bracketedName(part.text) ?? '')),
    );
    const some = value === undefined && (filledParts.every(part => part.value !== undefined) || !free(whole));
    for (const candidate of some ? filledParts : [filling(whole, value)]) if (free(candidate)) fillings.push(candidate);
  }
  return fillings.sort((a, b) => a.start - b.start);
}

function filling(found: Found, value: string | undefined): Filling {
  const {text, start, end} = found;
  return value === undefined ? {text, start, end} : {text, start, end, value};
}

/** In order, without overlaps. */
function findKeys(text: string, keys: readonly string[]): Found[] {
  const found: Found[] = [];
  const taken = new Uint8Array(text.length);
  for (const key of [...keys].filter(name => name !== '').sort((a, b) => b.length - a.length)) {
    for (let start = text.indexOf(key); start !== -1; start = text.indexOf(key, start + 1)) {
      const end = start + key.length;
      // What was found before is at least as long, so it would cover the first or the last character.
      if (taken[start] === 1 || taken[end - 1] === 1 || !isWholeWord(text, key, start, end)) continue;
      found.push({text: key, start, end});
      taken.fill(1, start, end);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

// `your-api` does not match inside `your-api-domain`, but `YYYYMMDD` matches inside `db_YYYYMMDD_full`.
function isWholeWord(text: string, key: string, start: number, end: number): boolean {
  const dated = /^[YMDHS:T/._ -]+$/.test(key);
  // `/var/log/app` does not match inside `/srv/box/var/log/app`.
  const before = /^[\w/]/.test(key) && /[A-Za-z0-9]/.test(text[start - 1] ?? '');
  const after = /\w$/.test(key) && (dated ? /[A-Za-z0-9]/ : /[\w-]/).test(text[end] ?? '');
  return !before && !after;
}
