/** The probe and the step against a real Prometheus. */
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {World} from '../../src/actions/world.ts';
import {prometheusProbe} from '../../src/probes/prometheus-probe.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {type Prometheus, prometheusMissing, startPrometheus} from '../helpers/prometheus.ts';
import {expectKind, openTestWorld, performed} from '../helpers/real-world.ts';

const METRICS = `# TYPE latency_seconds histogram
latency_seconds_bucket{le="0.1"} 0
latency_seconds_bucket{le="+Inf"} 0
latency_seconds_sum 0
latency_seconds_count 0
# TYPE queue_depth gauge
queue_depth{queue="mail"} 3
queue_depth{queue="sms"} 4
# TYPE load gauge
load 0.75
`;

describe.skipIf(prometheusMissing)('Prometheus', () => {
  let prometheus: Prometheus;
  let world: World;

  beforeAll(async () => {
    prometheus = await startPrometheus(() => METRICS);
    world = openTestWorld({directory: '/'}).world;
  }, 60_000);
  afterAll(async () => {
    await world?.close();
    await prometheus?.stop();
  });

  const address = (name = prometheus.user.name, password = prometheus.user.password) =>
    prometheus.url.replace('//', `//${encodeURIComponent(name)}:${encodeURIComponent(password)}@`);

  function reading(query: string, url = address()) {
    const probe = {kind: 'prometheus', everyMs: 1000, timeoutMs: 60_000, line: 1, url, query} as const;
    return prometheusProbe(probe, {kind: 'local'}, world, text => text)();
  }

  test('the one series of a query is the value, and so is a scalar', async () => {
    expect(await reading('load')).toEqual({kind: 'value', value: 0.75});
    expect(await reading('sum(queue_depth{queue=~"mail|sms"}) / 2')).toEqual({kind: 'value', value: 3.5});
    expect(await reading('scalar(load) * 100')).toEqual({kind: 'value', value: 75});
    expect(await reading('queue_depth{queue="sms"}')).toEqual({kind: 'value', value: 4});
  });

  test('no series is not zero, several are not one, and a quantile over no requests is a gap', async () => {
    expect(await reading('no_such_metric')).toMatchObject({error: 'the query returned no series', reached: true});
    expect(await reading('queue_depth')).toMatchObject({error: 'the query returned 2 series, expected one'});
    // A rate takes two scrapes.
    const quantile = 'histogram_quantile(0.95, sum(rate(latency_seconds_bucket[1m])) by (le))';
    await expect.poll(() => reading(quantile), PATIENT).toEqual({kind: 'nothing'});
    expect(await reading('load / 0')).toMatchObject({kind: 'error', error: 'Prometheus answered +Inf'});
    expect(await reading('load[1m]')).toMatchObject({kind: 'error', reached: true});
  });

  test('what it says of a bad query is the error', async () => {
    expect(await reading('rate(load')).toMatchObject({
      kind: 'error',
      error: expect.stringContaining('parse error'),
      reached: true,
    });
  });

  test('who may not ask is told so', async () => {
    expect(await reading('load', address('ana', 'wrong'))).toMatchObject({error: 'status 401, expected 200'});
    expect(await reading('load', prometheus.url)).toMatchObject({error: 'status 401, expected 200'});
  });

  test('nobody there is not reached', async () => {
    expect(await reading('load', 'http://127.0.0.1:1')).toMatchObject({kind: 'error', reached: false});
    expect(await reading('load', 'prometheus')).toMatchObject({error: 'prometheus is not a URL'});
  });

  test('a step shows every series as a row, and asks as the user of the address', async () => {
    const request = {kind: 'prometheus', url: `${address()}/`, query: 'queue_depth', timeoutMs: 10_000} as const;
    const {outcome} = await performed(world, request);
    const [table] = expectKind(outcome, 'returned').tables;
    expect(table?.columns).toEqual(['__name__', 'instance', 'job', 'queue', 'value']);
    expect(table?.rows.map(row => row.slice(-2))).toEqual([
      ['mail', '3'],
      ['sms', '4'],
    ]);
  });

  test('a step with a bad query is refused with what Prometheus says of it, and without the password', async () => {
    const request = {kind: 'prometheus', url: address(), query: 'sum(', timeoutMs: 10_000} as const;
    const {outcome, printed} = await performed(world, request);
    expect(expectKind(outcome, 'refused').detail).toContain('parse error');
    expect(printed).not.toContain('s%40fe');
  });
});
