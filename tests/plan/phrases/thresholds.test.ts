import {describe, expect, test} from 'vitest';
import type {Threshold} from '../../../src/plan/phrases/threshold-clauses.ts';
import {STABLE_MB_PER_HOUR} from '../../../src/plan/phrases/threshold-implicit.ts';
import {readThresholds} from '../../../src/plan/phrases/thresholds.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function read(text: string): Partial<Threshold>[] {
  return readThresholds(text, 7).map(({text: _, line, ...rest}) => {
    expect(line).toBe(7);
    return rest;
  });
}

type Row = [string, Partial<Threshold>];

describe('the checklist this was made for', () => {
  test.each<Row>([
    ['- [ ] API health endpoint: <100ms', {metric: 'api health endpoint', op: '<', value: 100, unit: 'ms'}],
    [
      '- [ ] store_message: <1000ms (target 745ms)',
      {metric: 'store_message', op: '<', value: 1000, unit: 'ms', target: 745},
    ],
    [
      '- [ ] Booking creation: <500ms (target 367ms)',
      {metric: 'booking creation', op: '<', value: 500, unit: 'ms', target: 367},
    ],
    [
      'P95 response time >1500ms (worse than baseline)',
      {metric: 'response time', statistic: 'p95', op: '>', value: 1500, unit: 'ms'},
    ],
    [
      'Expected P95: <850ms (store_message)',
      {metric: 'store_message', statistic: 'p95', op: '<', value: 850, unit: 'ms'},
    ],
    ['- Expected P95: <420ms (booking)', {metric: 'booking', statistic: 'p95', op: '<', value: 420, unit: 'ms'}],
    [
      '- [ ] **Response Time:** P95 < 850ms (store_message)',
      {metric: 'store_message', statistic: 'p95', op: '<', value: 850, unit: 'ms'},
    ],
    [
      '- [x] Booking creation P95 < 420ms  ',
      {metric: 'booking creation', statistic: 'p95', op: '<', value: 420, unit: 'ms'},
    ],
    ['store_message P95 < 850ms', {metric: 'store_message', statistic: 'p95', op: '<', value: 850, unit: 'ms'}],
    ['Overall journey < 1500ms', {metric: 'overall journey', op: '<', value: 1500, unit: 'ms'}],
    ['Error rate >5%', {metric: 'error rate', statistic: 'error-rate', op: '>', value: 5, unit: '%'}],
    ['- [ ] **Error Rate:** <0.1%', {metric: 'error rate', statistic: 'error-rate', op: '<', value: 0.1, unit: '%'}],
    ['**Background Task Success Rate:** >99%', {metric: 'background task success rate', op: '>', value: 99, unit: '%'}],
    [
      '**Database Query Time:** <270ms per query average',
      {metric: 'database query time', statistic: 'mean', op: '<', value: 270, unit: 'ms'},
    ],
    ['**System Uptime:** >99.9%', {metric: 'system uptime', op: '>', value: 99.9, unit: '%'}],
    ['CPU usage normal (<70%)', {metric: 'cpu usage', op: '<', value: 70, unit: '%'}],
    ['Database connections stable (<50% of pool)', {metric: 'database connections', op: '<', value: 50, unit: '%'}],
    ['Background tasks 100% async (0ms blocking)', {metric: 'background tasks', op: '<=', value: 0, unit: 'ms'}],
    [
      'Memory leak detected (memory growing >500MB/hour)',
      {metric: 'memory', statistic: 'slope', op: '>', value: 500, unit: 'MB/h'},
    ],
    ['No memory leaks', {metric: 'memory', statistic: 'slope', op: '<', value: STABLE_MB_PER_HOUR, unit: 'MB/h'}],
    [
      'Memory Usage: Should be stable, not increasing rapidly',
      {metric: 'memory', statistic: 'slope', op: '<', value: STABLE_MB_PER_HOUR, unit: 'MB/h'},
    ],
    [
      'Multiple user complaints (>3 in first hour)',
      {metric: 'complaints', statistic: 'count', op: '>', value: 3, unit: 'count', windowMs: HOUR, person: true},
    ],
    [
      'Database connection failures',
      {metric: 'database connection failures', statistic: 'count', op: '>', value: 0, unit: 'count'},
    ],
    [
      'Critical bugs affecting bookings',
      {metric: 'critical bugs', statistic: 'count', op: '>', value: 0, unit: 'count', person: true},
    ],
    [
      'Expected: 0 errors related to new code',
      {metric: 'errors', statistic: 'count', op: '=', value: 0, unit: 'count'},
    ],
  ])('%s', (text, threshold) => {
    expect(read(text)).toEqual([threshold]);
  });
});

describe('other spellings', () => {
  test.each<Row>([
    [
      'Error rate > 10% for 5 minutes',
      {metric: 'error rate', statistic: 'error-rate', op: '>', value: 10, unit: '%', forMs: 5 * MINUTE},
    ],
    ['Error rate exceeds 5%', {metric: 'error rate', statistic: 'error-rate', op: '>', value: 5, unit: '%'}],
    [
      'ERROR rate below 0.1 % over 15 minutes',
      {metric: 'error rate', statistic: 'error-rate', op: '<', value: 0.1, unit: '%', windowMs: 15 * MINUTE},
    ],
    ['5xx errors > 5% of requests', {metric: '5xx errors', statistic: 'error-rate', op: '>', value: 5, unit: '%'}],
    ['Query latency >500ms (>5x normal)', {metric: 'query latency', op: '>', value: 500, unit: 'ms'}],
    ['Test coverage ≥ 80% (92%)', {metric: 'test coverage', op: '>=', value: 80, unit: '%'}],
    ['Coverage: ___% (esperado ≥85%)', {metric: 'coverage', op: '>=', value: 85, unit: '%'}],
    ['CPU usage (expected: < 50%)', {metric: 'cpu usage', op: '<', value: 50, unit: '%'}],
    [
      '- > 20 support tickets',
      {metric: 'support tickets', statistic: 'count', op: '>', value: 20, unit: 'count', person: true},
    ],
    ['> 10 errors', {metric: 'errors', statistic: 'count', op: '>', value: 10, unit: 'count'}],
    ['Errors >10/min', {metric: 'errors', statistic: 'count', op: '>', value: 10, unit: '/min'}],
    [
      'Latency above 2 seconds for 10 min',
      {metric: 'response time', op: '>', value: 2000, unit: 'ms', forMs: 10 * MINUTE},
    ],
    ['# - Latency p95 < 100ms', {metric: 'response time', statistic: 'p95', op: '<', value: 100, unit: 'ms'}],
    ['Response time < 200ms (p95)', {metric: 'response time', statistic: 'p95', op: '<', value: 200, unit: 'ms'}],
    ['Tiempo de respuesta en menos de 200 ms', {metric: 'response time', op: '<', value: 200, unit: 'ms'}],
    ['P95 > 3x threshold', {metric: 'response time', statistic: 'p95', op: '>', value: 3, unit: 'x'}],
    ['Uptime: 99.9%+', {metric: 'uptime', op: '>=', value: 99.9, unit: '%'}],
    ['Cache hit rate 95% or higher', {metric: 'cache hit rate', op: '>=', value: 95, unit: '%'}],
    ['CPU at most 80%', {metric: 'cpu usage', op: '<=', value: 80, unit: '%'}],
    ['Lighthouse >90', {metric: 'lighthouse', op: '>', value: 90, unit: 'count'}],
    ['Disk space > 20GB free', {metric: 'disk space', op: '>', value: 20_480, unit: 'MB'}],
    ['Replication lag (normal: <60 seconds)', {metric: 'replication lag', op: '<', value: 60_000, unit: 'ms'}],
    ['Cost > $500/day', {metric: 'cost', op: '>', value: 500, unit: 'count'}],
    ['`worker_queue` < 1,000', {metric: 'worker_queue', op: '<', value: 1000, unit: 'count'}],
  ])('%s', (text, threshold) => {
    expect(read(text)).toEqual([threshold]);
  });

  test.each<Row>([
    [
      'Fehlerrate über 5 % für 5 Minuten',
      {metric: 'error rate', statistic: 'error-rate', op: '>', value: 5, unit: '%', forMs: 5 * MINUTE},
    ],
    ['Tasa de errores por debajo de 1%', {metric: 'error rate', statistic: 'error-rate', op: '<', value: 1, unit: '%'}],
    ['Antwortzeit (p95) < 700 ms', {metric: 'response time', statistic: 'p95', op: '<', value: 700, unit: 'ms'}],
    ['Fehlerrate unter 0,5 %', {metric: 'error rate', statistic: 'error-rate', op: '<', value: 0.5, unit: '%'}],
    [
      'Speicherverbrauch stabil',
      {metric: 'memory', statistic: 'slope', op: '<', value: STABLE_MB_PER_HOUR, unit: 'MB/h'},
    ],
    ['Uso de CPU (normal: <60%)', {metric: 'cpu usage', op: '<', value: 60, unit: '%'}],
    [
      '- > 10 quejas de clientes',
      {metric: 'complaints', statistic: 'count', op: '>', value: 10, unit: 'count', person: true},
    ],
    [
      'Mehr als 10 Beschwerden in der ersten Stunde',
      {metric: 'complaints', statistic: 'count', op: '>', value: 10, unit: 'count', windowMs: HOUR, person: true},
    ],
    ['Cola de correos como máximo 100', {metric: 'cola correos', op: '<=', value: 100, unit: 'count'}],
  ])('in another language: %s', (text, threshold) => {
    expect(read(text)).toEqual([threshold]);
  });

  test.each<Row>([
    ['P95 > 3x baseline', {metric: 'response time', statistic: 'p95', op: '>', value: 3, unit: 'x'}],
    ['p95 latency < 2x normal', {metric: 'response time', statistic: 'p95', op: '<', value: 2, unit: 'x'}],
    ['Throughput drop >50%', {metric: 'throughput', op: '<', value: 0.5, unit: 'x'}],
    ['Latency: >50% degradation', {metric: 'response time', op: '>', value: 1.5, unit: 'x'}],
    ['CPU usage more than 25% above baseline', {metric: 'cpu usage', op: '>', value: 1.25, unit: 'x'}],
    ['Memory within 10% of normal', {metric: 'memory', op: '<=', value: 1.1, unit: 'x'}],
    [
      'P99 > 5x normal for 10 minutes',
      {metric: 'response time', statistic: 'p99', op: '>', value: 5, unit: 'x', forMs: 10 * MINUTE},
    ],
  ])('relative to what was: %s', (text, threshold) => {
    expect(read(text)).toEqual([threshold]);
  });

  test.each<Row>([
    ['Login success rate drops below 95%', {metric: 'login success rate', op: '<', value: 95, unit: '%'}],
    ['Packet loss > 1%', {metric: 'packet loss', op: '>', value: 1, unit: '%'}],
    ['Error rate < 1% under load', {metric: 'error rate', statistic: 'error-rate', op: '<', value: 1, unit: '%'}],
  ])('an absolute bound however it is reached: %s', (text, threshold) => {
    expect(read(text)).toEqual([threshold]);
  });

  test.each<Row>([
    [
      'Error rate >2% for 3 consecutive minutes',
      {metric: 'error rate', statistic: 'error-rate', op: '>', value: 2, unit: '%', forMs: 3 * MINUTE},
    ],
    [
      'Latency > 2s on 3 consecutive checks',
      {metric: 'response time', op: '>', value: 2000, unit: 'ms', consecutive: 3},
    ],
    [
      'Canary error rate < 0.5% (min 1000 requests)',
      {metric: 'canary error rate', statistic: 'error-rate', op: '<', value: 0.5, unit: '%', samples: 1000},
    ],
    [
      'p95 >1.5s sustained for 10 minutes',
      {metric: 'response time', statistic: 'p95', op: '>', value: 1500, unit: 'ms', forMs: 10 * MINUTE},
    ],
  ])('how long, how often and of how many: %s', (text, threshold) => {
    expect(read(text)).toEqual([threshold]);
  });

  test.each<Row>([
    ['No queries > 1s', {metric: 'queries', op: '<=', value: 1000, unit: 'ms'}],
    ['Query latency >500ms (>5x normal) not seen', {metric: 'query latency', op: '<=', value: 500, unit: 'ms'}],
    [
      '> 50 errors in 10 minutes',
      {metric: 'errors', statistic: 'count', op: '>', value: 50, unit: 'count', windowMs: 10 * MINUTE},
    ],
  ])('%s', (text, threshold) => {
    expect(read(text)).toEqual([threshold]);
  });

  test.each<Row>([
    ['Zero-result rate >2x baseline', {metric: 'zero-result rate', op: '>', value: 2, unit: 'x'}],
    ['Dumps in the last 24 hours: < 50', {metric: 'dumps', op: '<', value: 50, unit: 'count', windowMs: 24 * HOUR}],
    ['Throughput at least 400 Mbps', {metric: 'throughput', op: '>=', value: 400, unit: 'count'}],
    ['App size < 80 MB (Android)', {metric: 'app size android', op: '<', value: 80, unit: 'MB'}],
    ['5xx < 0.5%', {metric: '5xx', statistic: 'error-rate', op: '<', value: 0.5, unit: '%'}],
    ['Declines not above normal (normal: <4%)', {metric: 'declines', op: '<', value: 4, unit: '%'}],
  ])('%s', (text, threshold) => {
    expect(read(text)).toEqual([threshold]);
  });

  test('what a rate counts is its own thing', () => {
    expect(read('failed updates > 0.5% or > 10 calls per hour')).toMatchObject([
      {metric: 'failed updates', value: 0.5},
      {metric: 'calls', op: '>', value: 10, unit: 'count', windowMs: HOUR, person: true},
    ]);
  });

  test('calls are counted by people', () => {
    expect(readThresholds('More than 10 calls to the front desk in the first hour', 1)).toMatchObject([
      {metric: 'calls front desk', op: '>', value: 10, person: true, windowMs: HOUR},
    ]);
  });

  test('between two figures are two bounds', () => {
    expect(read('Active connections between 200 and 1500')).toMatchObject([
      {metric: 'active connections', op: '>=', value: 200},
      {metric: 'active connections', op: '<=', value: 1500},
    ]);
  });

  test('where people decide about trouble any amount is a bound', () => {
    expect(readThresholds('More than 50 one-star reviews in a day', 1)).toMatchObject([{person: true}]);
    expect(readThresholds('More than 3 plants offline', 1)).toEqual([]);
    expect(readThresholds('More than 3 plants offline', 1, true)).toMatchObject([{op: '>', value: 3, person: true}]);
  });

  test('a line may hold several', () => {
    expect(read('P95 < 200ms, P99 < 500ms')).toEqual([
      {metric: 'response time', statistic: 'p95', op: '<', value: 200, unit: 'ms'},
      {metric: 'response time', statistic: 'p99', op: '<', value: 500, unit: 'ms'},
    ]);
    expect(read('error rate < 1% and P95 < 500ms')).toMatchObject([
      {metric: 'error rate', statistic: 'error-rate'},
      {metric: 'response time', statistic: 'p95'},
    ]);
    expect(read('CPU < 70%, memory < 80%')).toMatchObject([{metric: 'cpu usage'}, {metric: 'memory', unit: '%'}]);
  });
});

describe('what only looks like a threshold', () => {
  test.each([
    '**Response Times** (every 5 minutes for first 30 min)',
    'Step 1: Merge to Main (5 minutes)',
    'Emergency Rollback (< 5 min)',
    'All 9/9 tests passing locally',
    '**Verify indexes deployed** (45/45 performance indexes)',
    'Response times back to baseline (2000ms for store_message is OK)',
    'Check application logs for errors',
    'Check for any task failures in logs',
    'No errors in logs',
    'No user complaints',
    'No increase in support tickets',
    'Database connections stable',
    'Monitor P50, P95, P99 response times',
    'Success rate should be ~100%',
    'Route 25% traffic',
    '1% → 5% → 25%',
    'T+5 minutes: check the dashboard',
    'rate(http_requests_total{status="500"}[5m]) > 0.01',
    'histogram_quantile(0.95, x) < 3',
    'Returns a Map<String>',
    'a -> 5 b => 6',
    'Node.js >= 18',
    'Python version >= 3.9',
    'set PR approvers to 6',
    'At least 2 reviewers',
    'Notify team within 5 minutes',
    'Wait up to 10 minutes',
    'Plesk > Domains > your-domain > Restart Application',
    'Monitor for 48+ hours',
    'Free disk on the replica: at least 2x the table',
    'CPU of the search nodes: 10–20% above before is fine, >50% is not',
    'Monitoring shows > 300 days for all names',
    'Canary p99 within 10% of stable',
    'Click-through not more than 5% below control',
    '',
  ])('%s', text => {
    expect(readThresholds(text, 1)).toEqual([]);
  });
});
