/** Which values of the bindings and the environment are secrets. */
import type {Bindings, HttpBinding} from '../../plan/plan.ts';
import {isSecretHeader, isSecretName, shapesWhenWritten} from '../../plan/script.ts';
import {withoutUnsafeSigns} from '../../text/unsafe-signs.ts';

/** `scheme://user:` and everything after it. */
const URL_REST = /([a-z][a-z0-9+.-]*):\/\/[^\s/:@]*:(\S+)/gi;
/** A port, as in `http://localhost:8000/@ana`; in the URL of a database nothing else begins with `#`. */
const PORT = /^\d{1,5}(?:[/?]|$)/;
const PORT_ON_THE_WEB = /^\d{1,5}(?:[/?#]|$)/;
/** Where readers of URLs may see the end of the password: they say the rest of it in their errors. */
const URL_MARKS = /[/?#@:]/;
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
const KEY_LINE_LENGTH_MIN = 8;

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
  for (const {action} of bindings.steps) if (action.kind === 'run') found.push(...urlPasswords(action.run));
  for (const http of httpBindings(bindings)) found.push(...urlPasswords(http.url), ...secretHeaders(http));
  for (const url of urls(bindings)) found.push(...urlPasswords(url));
  // Everybody who knows the address of a hook may write there.
  for (const {by} of bindings.notify ?? []) {
    // Where Grafana is, is no secret; who may write there is.
    if (by.kind === 'grafana') found.push(...(by.token === undefined ? [] : [by.token]));
    else if ('url' in by) found.push(by.url, ...pathOf(by.url));
  }
  return [...new Set(found.flatMap(asPrinted))].filter(secret => !COMMON_WORDS.has(secret.toLowerCase()));
}

function pathOf(url: string): string[] {
  const path = /^[a-z]+:\/\/[^/]+\/(.+)$/i.exec(url)?.[1];
  return path === undefined ? [] : [path];
}

function urlPasswords(text: string): string[] {
  const found = [...text.matchAll(URL_REST)].flatMap(([, scheme = '', rest = '']) => {
    const port = /^(?:http|ws)s?$/i.test(scheme) ? PORT_ON_THE_WEB : PORT;
    return port.test(rest) ? [] : passwordsIn(rest);
  });
  return found.filter(part => part !== '');
}

/** A password may, wrongly, hold any of the marks of a URL: then its parts are secrets as well. */
function passwordsIn(rest: string): string[] {
  const mark = rest.search(/[/?#@]/);
  const authority = rest[mark] === '@' ? rest.slice(0, pathStart(rest)) : rest;
  const end = authority.lastIndexOf('@');
  if (end === -1) return [];
  const password = authority.slice(0, end);
  return mark === end ? [password] : [password, ...password.split(URL_MARKS)];
}

function pathStart(rest: string): number {
  const at = rest.search(/[/?]/);
  return at === -1 ? rest.length : at;
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

/**
 * The shapes in which one secret may come out again: as it is, as the shell reads it or quotes it, percent-decoded or
 * -encoded, inside JSON, without what is taken out of all output, line by line.
 */
export function asPrinted(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter(line => line.length >= KEY_LINE_LENGTH_MIN);
  const plain = [secret, secret.trim(), withoutUnsafeSigns(secret), decoded(secret), decodedInParts(secret), ...lines];
  const written = plain.flatMap(shapesWhenWritten);
  const encoded = [encodeURIComponent(secret.toWellFormed()), formEncoded(secret), backslashed(secret)];
  return [...new Set([...written, ...encoded, ...written.map(shape => JSON.stringify(shape).slice(1, -1))])];
}

/** As forms are sent, and `curl --data-urlencode` says it. */
function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice('='.length);
}

/** As bash writes it with `printf %q`. */
function backslashed(text: string): string {
  return text.replace(/^[#~]|[ \t'"\\|&;()<>!{}*[\]?^$`,]/g, '\\$&');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** As lenient readers do: a `%` that begins nothing stays. */
function decodedInParts(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, decoded);
}
