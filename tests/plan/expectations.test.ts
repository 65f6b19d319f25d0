import {describe, expect, test} from 'vitest';
import {readExpectations} from '../../src/plan/expectations.ts';
import type {Check, Expectation} from '../../src/plan/plan.ts';

describe('a check is read from', () => {
  test.each<[string, Check]>([
    ['# Expected: {"status": "healthy"}', {kind: 'json', subset: {status: 'healthy'}}],
    ['# Expected: {"status": "ok", ...}', {kind: 'json', subset: {status: 'ok'}}],
    ['# Expected output: `[{"id": 1}]`', {kind: 'json', subset: [{id: 1}]}],
    ['The API should return {"ok": true}', {kind: 'json', subset: {ok: true}}],
    ['-- Expected: 14+ indexes', {kind: 'number', op: '>=', value: 14}],
    ['Expected: at least 3', {kind: 'number', op: '>=', value: 3}],
    ['Expected: 8,234', {kind: 'number', op: '=', value: 8234}],
    ['Errors (esperado: 0)', {kind: 'number', op: '=', value: 0}],
    ['That should go down to 0', {kind: 'number', op: '=', value: 0}],
    ['- [ ] Expected: 0 errors related to new code', {kind: 'number', op: '=', value: 0}],
    ['0 errors', {kind: 'number', op: '=', value: 0}],
    ['All 9/9 tests passing locally', {kind: 'number', op: '>=', value: 9}],
    ['215/215 passing', {kind: 'number', op: '>=', value: 215}],
    ['Should return 5 rows', {kind: 'rows', op: '=', value: 5}],
    ['Expected: 0 rows', {kind: 'rows', op: '=', value: 0}],
    ['  Expected: Response in <1000ms ✅', {kind: 'duration', op: '<', value: 1000}],
    ['# Expected: Response in <500ms ✅', {kind: 'duration', op: '<', value: 500}],
    ['Expected: < 2 seconds', {kind: 'duration', op: '<', value: 2000}],
    ['# Should return HTTP 200', {kind: 'status', codes: [200]}],
    ['curl should return 301', {kind: 'status', codes: [301]}],
    ['- [ ] Returns 301 redirect', {kind: 'status', codes: [301]}],
    ['# expect 200', {kind: 'status', codes: [200]}],
    ['HTTP/1.1 200 OK', {kind: 'status', codes: [200]}],
    ['**Expected**: 200 OK', {kind: 'status', codes: [200]}],
    ['Expected: 200, 502, or 503', {kind: 'status', codes: [200, 502, 503]}],
    ['UGC endpoint should return 404', {kind: 'status', codes: [404]}],
    ['# Should show: active (running)', {kind: 'contains', text: 'active (running)'}],
    ['-- Should show: PostgreSQL 16.8', {kind: 'contains', text: 'PostgreSQL 16.8'}],
    ['Expected: PONG', {kind: 'contains', text: 'PONG'}],
    ['Look for: "Background task completed"', {kind: 'contains', text: 'Background task completed'}],
    ['You should see "Server started"', {kind: 'contains', text: 'Server started'}],
    ['Estado esperado: `healthy`', {kind: 'contains', text: 'healthy'}],
    ['# Should NOT see: ERROR', {kind: 'absent', text: 'ERROR'}],
    ['should not contain "password"', {kind: 'absent', text: 'password'}],
    ['Should be no output', {kind: 'empty'}],
    ['# Expected: nothing', {kind: 'empty'}],
  ])('%s', (text, check) => {
    expect(readExpectations(text, 12)).toMatchObject([{line: 12, readable: true, check}]);
  });
});

test.each<[string, Partial<Expectation>]>([
  ['-- Expected: 14+ indexes', {metric: 'count', op: '>=', value: 14, unit: 'count'}],
  ['Expected: Response in <1000ms', {metric: 'response time', op: '<', value: 1000, unit: 'ms'}],
  ['Expected: 0 errors related to new code', {metric: 'errors', op: '=', value: 0, unit: 'count'}],
])('%s also says what is measured', (text, parts) => {
  expect(readExpectations(text, 1)).toMatchObject([parts]);
});

test('a bound on a named signal is not a check of this one answer', () => {
  const [expectation] = readExpectations('Expected P95: <850ms (store_message)', 1);
  expect(expectation).toMatchObject({readable: true, metric: 'store_message', op: '<', value: 850, unit: 'ms'});
  expect(expectation).not.toHaveProperty('check');
});

test('one line may say two things', () => {
  expect(readExpectations('# Expected: HTTP 200 in under 300ms', 1).map(({check}) => check)).toEqual([
    {kind: 'status', codes: [200]},
    {kind: 'duration', op: '<', value: 300},
  ]);
});

test('each line of a text has its own line number', () => {
  const read = readExpectations('Run this:\nExpected: 200\nShould NOT see: ERROR', 10);
  expect(read.map(({line}) => line)).toEqual([11, 12]);
});

test('what follows a bare "Expected:" belongs to it', () => {
  expect(readExpectations('# Expected:\n# {"a": 1}', 5)).toMatchObject([
    {line: 5, check: {kind: 'json', subset: {a: 1}}},
  ]);
});

test.each([
  '**Expected Result**: ✅ All services running',
  '# Should be stable, not increasing rapidly',
  '-- Success rate should be ~100%',
  'Expected: All counts should be zero',
  'Versión esperada: `28.5.2` o superior',
  'Expected: {"status": unquoted}',
])('%s stays for a person to judge', text => {
  const [expectation, ...more] = readExpectations(text, 1);
  expect(more).toEqual([]);
  expect(expectation).toMatchObject({readable: false});
  expect(expectation).not.toHaveProperty('check');
});

test.each([
  'Verify database connection working',
  'No errors in logs',
  'Deploy to production',
  'ssh user@your-vps-ip',
  '**Verify indexes deployed** (45/45 performance indexes)',
  'Check emotion_history table for new entries (should populate async)',
  'Backups should be taken daily',
  'Check that the http server is up',
  'Background tasks',
  '',
])('%s states none', text => {
  expect(readExpectations(text, 1)).toEqual([]);
});
