import {expect, test} from 'vitest';
import {prometheusProbe} from '../../src/probes/prometheus-probe.ts';
import {localWorld, serve} from './local-world.ts';

const plain = (written: string) => written;

async function reading(answer: unknown, status = 200, credentials = '') {
  const asked = {path: '', query: '', authorization: ''};
  await using server = await serve((request, response) => {
    const url = new URL(request.url ?? '', 'http://prometheus');
    Object.assign(asked, {path: url.pathname, query: url.searchParams.get('query')});
    asked.authorization = request.headers.authorization ?? '';
    response.writeHead(status).end(JSON.stringify(answer));
  });
  const url = `${server.url.replace('//', `//${credentials}`)}/prom/`;
  const probe = {kind: 'prometheus', everyMs: 1000, timeoutMs: 60_000, line: 1, url, query: 'up{a="b"}'} as const;
  return {asked, reading: await prometheusProbe(probe, {kind: 'local'}, localWorld, plain)()};
}

const vector = (...values: string[]) => ({
  status: 'success',
  data: {resultType: 'vector', result: values.map(value => ({metric: {}, value: [1, value]}))},
});

test('the one series of an instant query is the value', async () => {
  const {asked, reading: read} = await reading(vector('0.25'), 200, 'ana:s%40fe@');
  expect(read).toEqual({kind: 'value', value: 0.25});
  const authorization = `Basic ${Buffer.from('ana:s@fe').toString('base64')}`;
  expect(asked).toEqual({path: '/prom/api/v1/query', query: 'up{a="b"}', authorization});
});

test('a scalar is read too', async () => {
  const scalar = {status: 'success', data: {resultType: 'scalar', result: [1, '7']}};
  expect((await reading(scalar)).reading).toEqual({kind: 'value', value: 7});
});

test('a quantile over no requests is a gap; no series, several or infinity are errors', async () => {
  expect((await reading(vector('NaN'))).reading).toEqual({kind: 'nothing'});
  expect((await reading(vector())).reading).toMatchObject({error: 'the query returned no series'});
  expect((await reading(vector('1', '2'))).reading).toMatchObject({error: 'the query returned 2 series, expected one'});
  expect((await reading(vector('+Inf'))).reading.kind).toBe('error');
});

test('what Prometheus says of a bad query is the error', async () => {
  const refused = {status: 'error', errorType: 'bad_data', error: 'parse error at char 3'};
  expect((await reading(refused, 400)).reading).toMatchObject({error: 'parse error at char 3', reached: true});
  expect((await reading('gateway', 502)).reading).toMatchObject({error: 'status 502, expected 200'});
});
