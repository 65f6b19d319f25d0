/** A number that Prometheus answers a query with. */
import {instantQuery, parseAnswer} from '../actions/prometheus.ts';
import type {World} from '../actions/world.ts';
import type {Place} from '../plan/script.ts';
import {type Bind, type Measure, type Of, type Reading, unasked, unreached, valueRead, wrongAnswer} from './reading.ts';

/** An instant query that yields one series, or a scalar. */
export function prometheusProbe(
  probe: Of<'prometheus'>,
  from: Place,
  world: Pick<World, 'measure'>,
  bind: Bind,
): Measure {
  return async () => {
    const address = bind(probe.url, 'address');
    const request = instantQuery(address, bind(probe.query));
    if (request === undefined) return wrongAnswer(`${address} is not a URL`);
    const answer = await world.measure({...request, from}, probe.timeoutMs);
    if ('error' in answer) return answer.unasked === true ? unasked(answer.error) : unreached(answer.error);
    return readAnswer(answer.status, answer.body);
  };
}

function readAnswer(status: number, body: string): Reading {
  const answer = parseAnswer(body);
  if (typeof answer?.error === 'string') return wrongAnswer(answer.error);
  if (status !== 200) return wrongAnswer(`status ${status}, expected 200`);
  const result = answer?.data?.result;
  if (answer?.status !== 'success' || !Array.isArray(result)) return wrongAnswer('not an answer of Prometheus');
  if (answer.data?.resultType === 'scalar') return readPoint(result);
  if (result.length === 0) return wrongAnswer('the query returned no series');
  // Taking any one of several would be a guess about which of them the rule means.
  if (result.length > 1) return wrongAnswer(`the query returned ${result.length} series, expected one`);
  return readPoint((result[0] as {value?: unknown}).value);
}

/** `[seconds, "value"]`; a quantile over no requests is "NaN": there was nothing to measure, which is no failure. */
function readPoint(point: unknown): Reading {
  const text = Array.isArray(point) ? point[1] : undefined;
  if (typeof text !== 'string') return wrongAnswer('the query returned no single value');
  if (text === 'NaN') return {kind: 'nothing'};
  // "+Inf" in the words of Prometheus is no number of this language.
  const value = Number(text);
  return Number.isFinite(value) ? valueRead(value) : wrongAnswer(`Prometheus answered ${text}`);
}
