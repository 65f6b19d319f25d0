/** Customers who use the service all the time. */
import {setTimeout as sleep} from 'node:timers/promises';

type Visit = {path: string; body?: unknown; everyMs: number};

const visits: readonly Visit[] = [
  {path: '/health', everyMs: 2000},
  {path: '/api/ai/chat', body: {message: 'Do you have a table for six?', customer_id: 'guest-7'}, everyMs: 900},
  {path: '/api/ai/chat', body: {message: 'Is there a vegetarian menu?', customer_id: 'guest-12'}, everyMs: 1700},
  {path: '/api/bookings', body: {customer_id: 'guest-7', guests: 6}, everyMs: 1300},
];
const requestTimeoutMs = 10_000;

/** A few customers a second, each waiting for an answer before asking again. Refusals are the service's to log. */
export function startTraffic(origin: string): {stop(): void} {
  const ending = new AbortController();
  for (const visit of visits) void repeat(origin, visit, ending.signal);
  return {stop: () => ending.abort()};
}

async function repeat(origin: string, visit: Visit, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await Promise.all([ask(origin, visit, signal), sleep(visit.everyMs, undefined, {signal}).catch(() => {})]);
  }
}

async function ask(origin: string, {path, body}: Visit, signal: AbortSignal): Promise<void> {
  const request: RequestInit = {signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)])};
  if (body !== undefined) {
    request.method = 'POST';
    request.headers = {'content-type': 'application/json'};
    request.body = JSON.stringify(body);
  }
  await fetch(`${origin}${path}`, request)
    .then(answer => answer.arrayBuffer())
    .catch(() => {});
}
