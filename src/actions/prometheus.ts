import type {Table} from '../run/outcome.ts';
import {exchange} from './http.ts';

type Answered = {status?: string; error?: string; data?: {resultType?: string; result?: unknown}};
type Series = {metric?: Record<string, string>; value?: readonly [number, string]};

/** An instant query as a table: one column per label, the value last. */
export async function queryPrometheus(
  url: string,
  query: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Table | {error: string}> {
  const address = `${url.replace(/\/+$/, '')}/api/v1/query?query=${encodeURIComponent(query)}`;
  const answer = await exchange({method: 'GET', url: address, headers: {}}, timeoutMs, signal);
  if ('error' in answer) return {error: answer.error};
  const answered = parse(answer.body);
  if (answered?.status !== 'success')
    return {error: answered?.error ?? `status ${answer.status}, not an answer of Prometheus`};
  return tableOf(answered);
}

function parse(body: string): Answered | undefined {
  try {
    return JSON.parse(body) as Answered;
  } catch {
    return undefined;
  }
}

function tableOf({data}: Answered): Table {
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
