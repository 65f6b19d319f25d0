/** Writes values into SQL, JSON and URLs so that they stay data. `quoting.ts` does it for the shell. */
import {REDACTED} from '../words/secret-name.ts';

/** A part of a text that a value replaces; without `value` it is still unbound. */
export type Filling = {text: string; start: number; end: number; value?: string};

/** What is written for one filling. `comment`: it is in a comment, so the text may stay. */
export type Written =
  | {kind: 'data'; text: string}
  | {kind: 'comment'}
  | {kind: 'unbound'}
  /** `because`: tells an operator why the value cannot stand there. */
  | {kind: 'unsafe'; because: string};

export const UNBOUND: Written = {kind: 'unbound'};
export const COMMENT: Written = {kind: 'comment'};

export function unsafe(because: string): Written {
  return {kind: 'unsafe', because};
}

export const ZERO_BYTE = 'it holds a zero byte, which no program can be given';

export function data(text: string): Written {
  return {kind: 'data', text};
}

export function escapePlain(fillings: readonly Filling[]): Written[] {
  return fillings.map(({value}) => (value === undefined ? UNBOUND : data(value)));
}

/**
 * Inside quotes, quotes are doubled. Outside, only a number or a name stands bare; other values become a string
 * literal.
 */
export function escapeSql(text: string, fillings: readonly Filling[]): Written[] {
  const places = sqlPlaces(text, fillings);
  return fillings.map(({value}, index) => {
    const place = places[index] ?? 'code';
    if (place === 'comment') return COMMENT;
    if (value === undefined) return UNBOUND;
    if (value.includes('\0')) return unsafe(ZERO_BYTE);
    if (place === 'string') return data(inSqlString(value));
    if (place === 'name') return data(inSqlName(value));
    const simple = /^-?\d+(?:\.\d+)?$|^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(value);
    if (place === 'code') return simple || value === REDACTED ? data(value) : unsafe(ONLY_NAMES);
    return data(simple ? value : `'${inSqlString(value)}'`);
  });
}

const ONLY_NAMES = "inside $$…$$ and E'…' only a number or a plain name can stand";

export function inSqlString(value: string): string {
  return value.replaceAll("'", "''");
}

export function inSqlName(value: string): string {
  return value.replaceAll('"', '""');
}

type SqlPlace = 'bare' | 'string' | 'name' | 'comment' | 'code';

const SQL_PIECES: readonly (readonly [RegExp, SqlPlace])[] = [
  [/--[^\n]*/y, 'comment'],
  [/\/\*[\s\S]*?(?:\*\/|$)/y, 'comment'],
  [/[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)/y, 'code'],
  [/'(?:[^']|'')*(?:'|$)/y, 'string'],
  [/"(?:[^"]|"")*(?:"|$)/y, 'name'],
  [/(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?(?:\1|$)/y, 'code'],
  [/\w+/y, 'bare'],
];

/** Replaces each filling by as many of these letters. */
export function withMasks(text: string, fillings: readonly Filling[], letter: string): string {
  let shown = '';
  for (const {start, end} of fillings) shown += text.slice(shown.length, start) + letter.repeat(end - start);
  return shown + text.slice(shown.length);
}

/** The kind of place of each filling. A placeholder may hold quotes itself, so each is masked with letters first. */
function sqlPlaces(text: string, fillings: readonly Filling[]): SqlPlace[] {
  const masked = withMasks(text, fillings, '_');
  const places: SqlPlace[] = [];
  for (let index = 0; index < masked.length && places.length < fillings.length; ) {
    const piece = sqlPieceAt(masked, index);
    while ((fillings[places.length]?.start ?? masked.length) < piece.end) places.push(piece.place);
    index = piece.end;
  }
  return places;
}

function sqlPieceAt(text: string, index: number): {place: SqlPlace; end: number} {
  for (const [pattern, place] of SQL_PIECES) {
    pattern.lastIndex = index;
    const match = pattern.exec(text);
    if (match !== null) return {place, end: index + match[0].length};
  }
  return {place: 'bare', end: index + 1};
}

/** Inside a JSON string the value is escaped. Outside, a number or a JSON word stands bare; others become a string. */
export function escapeJson(text: string, fillings: readonly Filling[]): Written[] {
  let inString = false;
  let at = 0;
  return fillings.map(({value, start, end}) => {
    for (; at < start; at += 1) {
      if (text[at] === '\\') at += 1;
      else if (text[at] === '"') inString = !inString;
    }
    at = end;
    if (value === undefined) return UNBOUND;
    if (inString) return data(JSON.stringify(value).slice(1, -1));
    return data(
      /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/.test(value) ? value : JSON.stringify(value),
    );
  });
}

/** Encodes a value so that it cannot leave its part of the URL: authority, path or query. */
export function escapeUrl(text: string, fillings: readonly Filling[]): Written[] {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0].length ?? 0;
  const [path, query] = [text.indexOf('/', scheme), text.search(/[?#]/)];
  const isBehind = (place: number, start: number) => place !== -1 && place < start;
  return fillings.map(({value, start}) => {
    if (value === undefined) return UNBOUND;
    if (isBehind(query, start)) return data(encodeURIComponent(value));
    return data(
      !isBehind(path, start)
        ? percentEncoded(value, /[^\w.~:@%/[\]-]/gu)
        : percentEncoded(value, /[^\w.~:@/!$'()*+,;=-]/gu),
    );
  });
}

function percentEncoded(value: string, forbidden: RegExp): string {
  return value.replace(forbidden, character => encodeURIComponent(character.isWellFormed() ? character : '\ufffd'));
}
