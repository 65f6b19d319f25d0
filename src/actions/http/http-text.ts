/** Requests, answers and why there is none, for people. */
import type {Place} from '../../plan/script.ts';
import type {Answer} from '../../run/outcome.ts';
import type {BoundHttp} from '../../run/request.ts';

const SHOWN_CHARS_MAX = 8192;

/** With the host that it is sent from, when that is not here. */
export function showRequest({method, url, curl}: BoundHttp, from?: Place): string {
  const where = from?.kind === 'host' ? ` (from ${from.host})` : '';
  return `> ${curl?.text ?? `${method} ${url}`}${where}\n`;
}

export function showAnswer({status, body, timing}: Omit<Answer, 'line'>): string {
  const shown = pretty(body);
  const cut =
    shown.length > SHOWN_CHARS_MAX
      ? `${shown.slice(0, SHOWN_CHARS_MAX)}\n… ${shown.length - SHOWN_CHARS_MAX} more characters`
      : shown;
  return `< ${status} · ${Math.round(timing.totalMs)} ms\n${cut}${cut === '' || cut.endsWith('\n') ? '' : '\n'}`;
}

function pretty(body: string): string {
  if (!/^\s*[[{]/.test(body)) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** Why there is no answer. */
export function inWords(error: unknown, url: string): string {
  const host = hostOf(url);
  const {code, message} = error as {code?: string; message?: string};
  switch (code) {
    case 'ECONNREFUSED':
      return `connection refused by ${host}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `no such host: ${host}`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `no route to ${host}`;
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return `${host} closed the connection without an answer`;
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return `no connection to ${host} in time`;
    case 'ERR_INVALID_URL':
      return `not a URL: ${url}`;
    default:
      return `${host}: ${message ?? code ?? 'no answer'}`;
  }
}

export function hostOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const {hostname, port, protocol} = new URL(url);
  return `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;
}

/** For a request that changes something, and whose answer nobody saw. */
export function effectUnseen({method, url}: Pick<BoundHttp, 'method' | 'url'>): string {
  return `whether ${method} ${url} took effect, nobody saw: look before you send it again`;
}
