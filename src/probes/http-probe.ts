import type {World} from '../actions/world.ts';
import type {ProbeBinding} from '../plan/bindings.ts';
import type {Check} from '../plan/plan.ts';
import {checkHolds} from '../run/judge.ts';
import {type Bind, type Measure, type Reading, unreached, valueRead, wrongAnswer} from './reading.ts';

export type HttpProbe = Extract<ProbeBinding, {kind: 'http'}>;

/** Latency of one request in ms. An answer that is not the expected one is an error, however fast it came. */
export function httpProbe(probe: HttpProbe, world: World, bind: Bind): Measure {
  return async () => {
    const answer = await world.measure(boundRequest(probe, bind), probe.timeoutMs);
    if ('error' in answer) return unreached(answer.error);
    return judged(probe.expect?.checks ?? [], answer);
  };
}

function boundRequest({http}: HttpProbe, bind: Bind): Parameters<World['measure']>[0] {
  const headers = Object.fromEntries(Object.entries(http.headers).map(([name, value]) => [name, bind(value)]));
  const request = {method: http.method, url: bind(http.url), headers};
  if (http.json !== undefined) {
    const named = Object.keys(headers).some(name => name.toLowerCase() === 'content-type');
    return {
      ...request,
      headers: named ? headers : {...headers, 'content-type': 'application/json'},
      body: JSON.stringify(boundJson(http.json, bind)),
    };
  }
  return http.body === undefined ? request : {...request, body: bind(http.body)};
}

/** Bound string by string, so that a value with a quote in it stays one JSON string. */
function boundJson(json: unknown, bind: Bind): unknown {
  if (typeof json === 'string') return bind(json);
  if (Array.isArray(json)) return json.map(element => boundJson(element, bind));
  if (typeof json === 'object' && json !== null) {
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, boundJson(value, bind)]));
  }
  return json;
}

function judged(checks: readonly Check[], answer: {status: number; body: string; totalMs: number}): Reading {
  const expectsStatus = checks.some(check => check.kind === 'status');
  if (!expectsStatus && (answer.status < 200 || answer.status > 299)) {
    return wrongAnswer(`status ${answer.status}, expected 2xx`);
  }
  for (const check of checks) {
    const {met, actual} = checkHolds(check, {
      status: answer.status,
      body: answer.body,
      durationMs: answer.totalMs,
    });
    if (!met) return wrongAnswer(`${actual}, expected ${inWords(check)}`);
  }
  return valueRead(answer.totalMs);
}

function inWords(check: Check): string {
  switch (check.kind) {
    case 'status':
      return check.codes.join(' or ');
    case 'json':
      return JSON.stringify(check.subset);
    case 'contains':
      return `"${check.text}" in it`;
    case 'absent':
      return `no "${check.text}" in it`;
    case 'empty':
      return 'nothing';
    case 'duration':
      return `${check.op} ${check.value} ms`;
    case 'number':
    case 'rows':
      return `${check.op} ${check.value}`;
  }
}
