/** Queries of Prometheus and their answers. */
import type {Table} from '../run/outcome.ts';
import {basicAuth} from './http/basic-auth.ts';
import type {Ask, HttpRequest} from './http/http.ts';

/** As far as it says what Prometheus would; nothing of it is sure. */
export type PrometheusAnswer = {
  status?: unknown;
  error?: unknown;
  data?: {resultType?: unknown; result?: unknown};
};
type Series = {metric?: Record<string, string>; value?: readonly [number, string]};

/** An instant query as a table: one column per label, the value last. */
export async function queryPrometheus(
  url: string,
  query: string,
  {ask, timeoutMs, signal}: {ask: Ask; timeoutMs: number; signal: AbortSignal},
): Promise<Table | {error: string}> {
  const request = instantQuery(url, query);
  if (request === undefined) return {error: `not a URL: ${url}`};
  const answer = await ask(request, timeoutMs, signal);
  if ('error' in answer) return {error: answer.error};
  const answered = parseAnswer(answer.body);
  if (answered?.status !== 'success') {
    const {error} = answered ?? {};
    return {error: typeof error === 'string' ? error : `status ${answer.status}, not an answer of Prometheus`};
  }
  return tableOf(answered);
}

/** `address`: of the server, a path before `/api` and credentials included; undefined when it is none. */
export function instantQuery(address: string, query: string): HttpRequest | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const headers = {...basicAuth(url)};
  url.username = '';
  url.password = '';
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v1/query`;
  url.search = `${url.search === '' ? '?' : `${url.search}&`}query=${encodeURIComponent(query)}`;
  return {method: 'GET', url: url.href, headers};
}

export function parseAnswer(body: string): PrometheusAnswer | undefined {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null ? answer : undefined;
  } catch {
    return undefined;
  }
}

function tableOf({data}: PrometheusAnswer): Table {
  const {resultType, result} = data ?? {};
  if (!Array.isArray(result)) return {columns: ['value'], rows: [], rowCount: 0};
  if (resultType === 'scalar' || resultType === 'string') {
    return {columns: ['value'], rows: [[String(result[1])]], rowCount: 1};
  }
  const series = result as readonly Series[];
  const labels = [...new Set(series.flatMap(({metric}) => Object.keys(metric ?? {})))].sort();
  const rows = series.map(({metric, value}) => [...labels.map(label => metric?.[label] ?? null), value?.[1] ?? null]);
  return {columns: [...labels, 'value'], rows, rowCount: rows.length};
}
