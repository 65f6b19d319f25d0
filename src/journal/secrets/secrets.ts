/** Which values of the bindings and the environment are secrets. */
import type {Bindings, HttpBinding} from '../../plan/plan.ts';
import {isSecretHeader, isSecretName} from '../../plan/script.ts';

/** `scheme://user:password@host`; a password may, wrongly, hold an `@`. */
const URL_PASSWORD = /[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/]+)@/gi;
/** Said of many things: to black them out everywhere would hide the run, not the secret. */
const COMMON_WORDS: ReadonlySet<string> = new Set([
  'true',
  'false',
  'none',
  'null',
  'auto',
  'default',
  'enabled',
  'disabled',
]);
/** A key of several lines is also looked for line by line, where it is printed with other line ends. */
const KEY_LINE_LENGTH_MIN = 16;

export function secretsIn(bindings: Bindings, env: Readonly<Record<string, string | undefined>>): string[] {
  const found: string[] = [];
  for (const [name, {value, secret}] of Object.entries(bindings.values)) {
    if (secret || isSecretName(name)) found.push(value);
    found.push(...urlPasswords(value));
  }
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue;
    if (isSecretName(name)) found.push(value);
    found.push(...urlPasswords(value));
  }
  for (const {url} of Object.values(bindings.databases)) found.push(...urlPasswords(url));
  for (const http of httpBindings(bindings)) found.push(...urlPasswords(http.url), ...secretHeaders(http));
  for (const url of urls(bindings)) found.push(...urlPasswords(url));
  return [...new Set(found.flatMap(asPrinted))].filter(secret => !COMMON_WORDS.has(secret.toLowerCase()));
}

function urlPasswords(text: string): string[] {
  return [...text.matchAll(URL_PASSWORD)].flatMap(([, password]) => (password ? [password] : []));
}

function secretHeaders({headers}: HttpBinding): string[] {
  const secret = Object.entries(headers).filter(([name]) => isSecretHeader(name));
  // `Bearer abc`: the second word alone is the secret.
  return secret.flatMap(([, value]) => [value, value.slice(value.indexOf(' ') + 1)]);
}

/** Steps and probes of every kind that has one of these, a kind of tomorrow too. */
function httpBindings(bindings: Bindings): HttpBinding[] {
  return asking(bindings).flatMap(one => ('http' in one ? [one.http] : []));
}

function urls(bindings: Bindings): string[] {
  return asking(bindings).flatMap(one => ('url' in one ? [one.url] : []));
}

function asking({steps, probes}: Bindings) {
  return [...steps.map(({action}) => action), ...Object.values(probes)];
}

/** The shapes in which one secret may come out again: as it is, percent-decoded or -encoded, inside JSON, line by line. */
export function asPrinted(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter(line => line.length >= KEY_LINE_LENGTH_MIN);
  return [
    secret,
    secret.trim(),
    decoded(secret),
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    ...lines,
  ];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
