/** curl commands as HTTP requests. */
import {compact} from '../../text/compact.ts';
import type {HttpRequest} from '../script.ts';
import {type Redirection, type ShellCommand, shellCommands} from './words.ts';

export type Curl = {
  request: Omit<HttpRequest, 'expectations'>;
  /** `-f`: an error status becomes an exit status. */
  guarded: boolean;
  timeoutMs?: number;
};

/**
 * The request a plain curl line makes. Undefined when the line does more than that (variables, files,
 * pipes into programs that matter) or uses an option whose meaning would be lost: then it stays a command.
 */
export function readCurl(command: string, line: number): Curl | undefined {
  const words = requestWords(command);
  if (words === undefined) return undefined;
  const found: Found = {headers: [], data: [], guarded: false, insecure: false};
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '-') {
      if (found.url !== undefined) return undefined;
      found.url = word;
      continue;
    }
    const taken = option(found, word, words[at + 1]);
    if (taken === undefined) return undefined;
    at += taken;
  }
  return found.url === undefined ? undefined : curlOf({...found, url: found.url}, line);
}

/** Whether a curl command checks its answer: `-f`, or its status is read. */
export function isGuarded(words: readonly string[]): boolean {
  return words.some(word => /^--fail(?:-|$)/.test(word) || /^-[a-zA-Z]*f/.test(word) || /http_code/.test(word));
}

type Found = {
  url?: string;
  method?: string;
  headers: {name: string; value: string}[];
  data: string[];
  guarded: boolean;
  insecure: boolean;
  timeoutMs?: number;
};

// Options that change what is printed or how the connection is made, not what is asked.
const WITHOUT_MEANING =
  /^-(?:[sSvLiNg#]|-silent|-show-error|-verbose|-location|-include|-no-buffer|-compressed|-globoff|-progress-bar|-http1\.1|-http2|-no-progress-meter)$/;
const WITHOUT_MEANING_WITH_VALUE =
  /^(?:-o|--output|-w|--write-out|--connect-timeout|--retry|--retry-delay|--retry-max-time)$/;

/** How many further words the option takes; undefined when it is not understood. */
function option(found: Found, word: string, next: string | undefined): number | undefined {
  const long = /^(--[\w-]+)=(.*)$/s.exec(word);
  if (long !== null) return option(found, long[1] ?? '', long[2]) === 1 ? 0 : undefined;
  if (WITHOUT_MEANING.test(word)) return 0;
  if (/^(?:-f|--fail|--fail-with-body)$/.test(word)) {
    found.guarded = true;
    return 0;
  }
  if (/^(?:-k|--insecure)$/.test(word)) {
    found.insecure = true;
    return 0;
  }
  if (/^(?:-I|--head)$/.test(word)) {
    found.method = 'HEAD';
    return 0;
  }
  if (next !== undefined && withValue(found, word, next)) return 1;
  return cluster(found, word, next);
}

function withValue(found: Found, word: string, value: string): boolean {
  if (/^(?:-X|--request)$/.test(word)) found.method = value.toUpperCase();
  else if (/^(?:-H|--header)$/.test(word)) return addHeader(found, value);
  else if (/^(?:-A|--user-agent)$/.test(word)) found.headers.push({name: 'User-Agent', value});
  else if (/^(?:-e|--referer)$/.test(word)) found.headers.push({name: 'Referer', value});
  else if (/^(?:-b|--cookie)$/.test(word) && value.includes('=')) found.headers.push({name: 'Cookie', value});
  else if (/^(?:-d|--data|--data-ascii|--data-raw|--data-binary|--json)$/.test(word))
    return addData(found, word, value);
  else if (/^(?:-m|--max-time)$/.test(word)) found.timeoutMs = Number(value) * 1000 || 0;
  else if (word === '--url') found.url = value;
  else if (/^(?:-o|--output)$/.test(word) && value !== '/dev/null') return false;
  else return WITHOUT_MEANING_WITH_VALUE.test(word);
  return true;
}

function addHeader(found: Found, header: string): boolean {
  const colon = header.indexOf(':');
  if (colon < 1) return false;
  found.headers.push({name: header.slice(0, colon).trim(), value: header.slice(colon + 1).trim()});
  return true;
}

function addData(found: Found, word: string, value: string): boolean {
  if (value.startsWith('@') && word !== '--data-raw') return false;
  if (word === '--json') {
    found.headers.push({name: 'Content-Type', value: 'application/json'}, {name: 'Accept', value: 'application/json'});
  }
  found.data.push(value);
  return true;
}

/** `-sSf`, `-XPOST`, `-sk`: short options run together, the last may carry its value. */
function cluster(found: Found, word: string, next: string | undefined): number | undefined {
  if (!/^-[a-zA-Z#]{2,}/.test(word) && !/^-[XHdom]./.test(word)) return undefined;
  const first = word.slice(0, 2);
  if (/^-[XHdAebmow]$/.test(first)) return withValue(found, first, word.slice(2)) ? 0 : undefined;
  if (option(found, first, undefined) !== 0) return undefined;
  return option(found, `-${word.slice(2)}`, next);
}

/** The words of the curl itself, when nothing else of consequence is in the line. */
function requestWords(command: string): string[] | undefined {
  const [own, ...others] = shellCommands(command);
  if (own?.words[0]?.text !== 'curl' || own.assignments.length > 0 || own.within.length > 0) return undefined;
  if (!own.words.every(word => !word.expands) || !own.redirections.every(isQuiet)) return undefined;
  if (!others.every(onlyPrints) || others.length > 1) return undefined;
  return own.words.map(word => word.text);
}

/** `2>&1` and `> /dev/null` change what is seen, not what is asked. */
function isQuiet({operator, target, descriptor}: Redirection): boolean {
  if (target === '/dev/null') return operator.startsWith('>') || operator === '&>';
  return operator === '>&' && target === '1' && descriptor === 2;
}

/** `| jq .`, `| json_pp`, `| python -m json.tool` only make the answer prettier. */
function onlyPrints({words, joined, redirections}: ShellCommand): boolean {
  const text = words.map(word => word.text).join(' ');
  return (
    joined.startsWith('|') &&
    joined !== '||' &&
    redirections.every(isQuiet) &&
    /^(?:jq(?: -C)?(?: \.)?|json_pp|python3? -m json\.tool|cat)$/.test(text)
  );
}

function curlOf(found: Found & {url: string}, line: number): Curl {
  const body = found.data.length > 0 ? found.data.join('&') : undefined;
  const typed = found.headers.some(header => header.name.toLowerCase() === 'content-type');
  const form = body === undefined || typed ? [] : [{name: 'Content-Type', value: 'application/x-www-form-urlencoded'}];
  return compact({
    guarded: found.guarded,
    timeoutMs: found.timeoutMs ? found.timeoutMs : undefined,
    request: compact({
      line,
      method: found.method ?? (body === undefined ? 'GET' : 'POST'),
      url: /^[a-z]+:\/\//i.test(found.url) ? found.url : `http://${found.url}`,
      headers: [...found.headers, ...form],
      body,
      insecure: found.insecure ? true : undefined,
    }),
  });
}
