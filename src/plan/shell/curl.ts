/** Reads curl commands as HTTP requests. */
import {compact} from '../../text/compact.ts';
import type {HttpRequest} from '../script.ts';
import {type CurlOption, readOptions} from './curl-options.ts';
import {findPlaceholders} from './placeholders.ts';
import {type Redirection, type ShellCommand, shellCommands, type Word} from './words.ts';

export type Curl = {
  request: Omit<HttpRequest, 'expectations'>;
  /** `-f`: an error status becomes an exit status. */
  guarded: boolean;
  timeoutMs?: number;
};

/**
 * The request of a plain curl line. If an option needs curl itself, the request holds the line for curl. Undefined when
 * the line does more (variables, files, a pipe into a program with an effect): then it stays a command.
 */
export function readCurl(command: string, line: number): Curl | undefined {
  const words = requestWords(command);
  if (words === undefined) return undefined;
  const read = readOptions(words.slice(1).map(word => word.text));
  if (read === undefined) return undefined;
  const found: Found = {headers: [], data: [], guarded: false, insecure: false, left: false, urls: [...read.urls]};
  for (const option of read.options) if (!takeOption(found, option)) return undefined;
  const [url, ...others] = found.urls;
  // With another scheme (`ftp:`), curl makes no HTTP request.
  if (url === undefined || others.length > 0 || !/^https?:\/\/|^(?![a-z]+:\/\/)/i.test(url)) return undefined;
  const headers = new Set(found.headers.map(({name}) => name.toLowerCase()));
  const left = found.left || isSpecialForCurl(url) || headers.size < found.headers.length;
  return curlOf(found, url, line, left ? ownText(command, words) : undefined);
}

/** Whether a curl command reports an error answer: `-f`, or it prints the status. */
export function isGuarded(words: readonly string[]): boolean {
  return words.some(word => /^--fail(?:-|$)/.test(word) || /^-[a-zA-Z]*f/.test(word) || /http_code/.test(word));
}

type Found = {
  urls: string[];
  method?: string;
  headers: {name: string; value: string}[];
  data: string[];
  guarded: boolean;
  insecure: boolean;
  timeoutMs?: number;
  writeOut?: string;
  /** The line must be run by curl itself. */
  left: boolean;
};

/** Takes over an option; false when the line is then no longer a plain request. */
function takeOption(found: Found, {name, honoured, value = ''}: CurlOption): boolean {
  if (honoured === 'file') return false;
  if (honoured === 'own') return takeOwnOption(found, name, value);
  if (honoured === 'curl') {
    found.left = true;
    const method = found.method ?? METHODS[name];
    if (method !== undefined) found.method = method;
  }
  return true;
}

/** Methods that options imply which only curl honours. */
const METHODS: Readonly<Record<string, string>> = {
  get: 'GET',
  form: 'POST',
  'form-string': 'POST',
  'data-urlencode': 'POST',
  'upload-file': 'PUT',
};

function takeOwnOption(found: Found, name: string, value: string): boolean {
  switch (name) {
    case 'fail':
    case 'fail-with-body':
      found.guarded = true;
      return true;
    case 'insecure':
      found.insecure = true;
      return true;
    case 'http1.1':
    case 'globoff':
      return true;
    case 'head':
      found.method ??= 'HEAD';
      return true;
    case 'request':
      found.left ||= value !== value.toUpperCase();
      found.method = value.toUpperCase();
      return true;
    case 'header':
      return takeHeader(found, value);
    case 'user-agent':
      return addHeader(found, 'User-Agent', value);
    case 'referer':
      found.left ||= value.includes(';auto');
      return addHeader(found, 'Referer', value);
    case 'cookie':
      found.left ||= !value.includes('=');
      return addHeader(found, 'Cookie', value);
    case 'max-time':
      found.timeoutMs = Number(value) * 1000 || 0;
      return true;
    case 'url':
      found.urls.push(value);
      return true;
    case 'output':
      return value === '/dev/null';
    case 'write-out':
      found.writeOut = value;
      found.left ||= !ONLY_THE_STATUS.test(value);
      return !value.startsWith('@');
    default:
      return takeData(found, name, value);
  }
}

/** The status is judged in any case, so the own client may ignore such a format. */
const ONLY_THE_STATUS = /^(?:[^%\\]|\\[nrt]|%\{(?:http_code|response_code)\})*$/;

function addHeader(found: Found, name: string, value: string): true {
  found.headers.push({name, value});
  return true;
}

/** `-H 'Name:'` removes a header, `-H 'Name;'` sends an empty one, `-H @file` reads a file: only curl does these. */
function takeHeader(found: Found, header: string): true {
  const [, name = '', value = ''] = /^([^:;]+):\s*(.*?)\s*$/s.exec(header) ?? [];
  if (name === '' || value === '' || header.startsWith('@')) found.left = true;
  else addHeader(found, name.trim(), value);
  return true;
}

function takeData(found: Found, name: string, value: string): true {
  found.left ||= (value.startsWith('@') && name !== 'data-raw') || (name === 'json' && found.data.length > 0);
  if (name === 'json') {
    addHeader(found, 'Content-Type', 'application/json');
    addHeader(found, 'Accept', 'application/json');
  }
  found.data.push(value);
  return true;
}

/** `{a,b}` and `[1-9]` in a URL make several requests; other special characters curl sends unchanged or refuses. */
function isSpecialForCurl(url: string): boolean {
  // Placeholders and IPv6 addresses are allowed.
  let bare = url.replace(/^([a-z]+:\/\/)?([^/@]*@)?\[[\da-f:.%]+\]/i, '');
  for (const {text} of findPlaceholders(bare)) bare = bare.replaceAll(text, '');
  return /[^!-~]|["<>[\\\]^`{|}]/.test(bare);
}

/** The words of the curl command; undefined when the line does something else with an effect. */
function requestWords(command: string): readonly Word[] | undefined {
  const [own, ...others] = shellCommands(command);
  if (own?.words[0]?.text !== 'curl' || own.assignments.length > 0 || own.within.length > 0) return undefined;
  if (!own.words.every(word => !word.expands) || !own.redirections.every(isQuiet)) return undefined;
  if (!others.every(onlyPrints) || others.length > 1) return undefined;
  return own.words;
}

/** The curl command without what throws the answer away or formats it, because the answer itself is judged. */
function ownText(command: string, words: readonly Word[]): string {
  return words.map(({start, end}) => command.slice(start, end).replace(/\/dev\/null(?=["']?$)/, '-')).join(' ');
}

/** `2>&1` and `> /dev/null` change what is printed and not the request. */
function isQuiet({operator, target, descriptor}: Redirection): boolean {
  if (target === '/dev/null') return operator.startsWith('>') || operator === '&>';
  return operator === '>&' && target === '1' && descriptor === 2;
}

/** `| jq .`, `| json_pp`, `| python -m json.tool` only format the answer. */
function onlyPrints({words, joined, redirections}: ShellCommand): boolean {
  const text = words.map(word => word.text).join(' ');
  return (
    joined.startsWith('|') &&
    joined !== '||' &&
    redirections.every(isQuiet) &&
    /^(?:jq(?: -C)?(?: \.)?|json_pp|python3? -m json\.tool|cat)$/.test(text)
  );
}

function curlOf(found: Found, url: string, line: number, curl: string | undefined): Curl {
  const body = found.data.length > 0 ? found.data.join('&') : undefined;
  const typed = found.headers.some(header => header.name.toLowerCase() === 'content-type');
  const form = body === undefined || typed ? [] : [{name: 'Content-Type', value: 'application/x-www-form-urlencoded'}];
  return compact({
    guarded: found.guarded,
    timeoutMs: found.timeoutMs ? found.timeoutMs : undefined,
    request: compact({
      line,
      method: found.method ?? (body === undefined ? 'GET' : 'POST'),
      url: /^[a-z]+:\/\//i.test(url) ? url : `http://${url}`,
      headers: [...found.headers, ...form],
      body,
      insecure: found.insecure ? true : undefined,
      curl: curl === undefined ? undefined : compact({text: curl, writeOut: found.writeOut}),
    }),
  });
}
