/** Latency of an HTTP request, and where the time went. */
import type {World} from '../actions/world.ts';
import type {Check} from '../plan/plan.ts';
import type {Place} from '../plan/script.ts';
import type {Timing} from '../run/outcome.ts';
import {
  asExpected,
  type Bind,
  type Measure,
  type Of,
  type Reading,
  unasked,
  unreached,
  valueRead,
  wrongAnswer,
} from './reading.ts';

type Answered = {status: number; body: string; timing: Timing};

/**
 * Latency of one request in ms, from looking up the name to the last byte, over a new connection: what somebody who
 * comes to the service waits for, from where it is asked. Its parts: `dns`, `connect` and `tls` are stretches of their own, `first-byte` is
 * counted from the beginning, as visitors do. An answer that is not the expected one is an error, however fast it came.
 */
export function httpProbe(probe: Of<'http'>, from: Place, world: World, bind: Bind): Measure {
  return async () => {
    const answer = await world.measure({...boundRequest(probe, bind), from}, probe.timeoutMs);
    if ('error' in answer) return answer.unasked === true ? unasked(answer.error) : unreached(answer.error);
    return readingOf(probe.expect?.checks ?? [], answer);
  };
}

function boundRequest({http}: Of<'http'>, bind: Bind): Parameters<World['measure']>[0] {
  const headers = Object.fromEntries(Object.entries(http.headers).map(([name, value]) => [name, bind(value)]));
  const request = {method: http.method, url: bind(http.url, 'address'), headers};
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

function readingOf(checks: readonly Check[], {status, body, timing}: Answered): Reading {
  const expectsStatus = checks.some(check => check.kind === 'status');
  if (!expectsStatus && (status < 200 || status > 299)) return wrongAnswer(`status ${status}, expected 2xx`);
  return asExpected(checks, {status, body, durationMs: timing.totalMs}, () => {
    const reading = valueRead(timing.totalMs);
    return reading.kind === 'value' ? {...reading, parts: partsOf(timing)} : reading;
  });
}

/** An address needs no name server, and HTTP no handshake: such a part is absent rather than zero. */
function partsOf({dnsMs, connectMs, tlsMs, firstByteMs}: Timing): Record<string, number> {
  const parts = {dns: dnsMs, connect: connectMs, tls: tlsMs, 'first-byte': firstByteMs};
  return Object.fromEntries(Object.entries(parts).filter(([, ms]) => ms !== undefined)) as Record<string, number>;
}
