import {describe, expect, test} from 'vitest';
import {readExpectations} from '../../../src/plan/phrases/expectations.ts';
import type {Check, Expectation} from '../../../src/plan/plan.ts';

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

describe('in other languages', () => {
  test.each<[string, Check]>([
    ['-- Esperado: al menos 1.200.000', {kind: 'number', op: '>=', value: 1_200_000}],
    ['# Erwartet: 812.443 oder mehr', {kind: 'number', op: '>=', value: 812_443}],
    ['-- Debe ser cero', {kind: 'number', op: '=', value: 0}],
    ['-- sollte 0 sein', {kind: 'number', op: '=', value: 0}],
    ['-- Debe mostrar: PostgreSQL 15.2', {kind: 'contains', text: 'PostgreSQL 15.2'}],
    ['Usuario sin permisos: debe devolver 403', {kind: 'status', codes: [403]}],
    ['Ohne Anmeldung: sollte 403 liefern', {kind: 'status', codes: [403]}],
    ['# Erwartet: 200', {kind: 'status', codes: [200]}],
    ['Offene Zahlungen (erwartet: 0)', {kind: 'number', op: '=', value: 0}],
    ['# debe mostrar: active', {kind: 'contains', text: 'active'}],
    ['# esperado: menos de 100', {kind: 'number', op: '<', value: 100}],
    ['Todas las pruebas en verde (312/312 correctas)', {kind: 'number', op: '>=', value: 312}],
    ['Alle Tests: 418/418 bestanden', {kind: 'number', op: '>=', value: 418}],
    ['# Esperado: f', {kind: 'contains', text: 'f'}],
  ])('%s', (text, check) => {
    expect(readExpectations(text, 3)).toMatchObject([{line: 3, readable: true, check}]);
  });
});

describe('the failure is the success', () => {
  test.each<[string, readonly number[]]>([
    ['# Should fail without a valid token: 401 or 403', [401, 403]],
    ['UGC endpoint should return 404 or error', [404, 500]],
  ])('%s', (text, codes) => {
    const [expectation] = readExpectations(text, 1);
    expect(expectation?.check).toMatchObject({kind: 'status', codes: expect.arrayContaining([...codes])});
  });

  test.each<[string, Check]>([
    ['# Should be refused', {kind: 'fails'}],
    ['# Should fail with "relation does not exist"', {kind: 'fails', text: 'does not exist'}],
    [
      '-- Expected: relation "legacy_orders" does not exist',
      {kind: 'fails', text: 'relation "legacy_orders" does not exist'},
    ],
    ['-- Expected: ERROR: permission denied', {kind: 'fails', text: 'permission denied'}],
    ['# Expected: connection refused', {kind: 'fails', text: 'connection refused'}],
    ['Connection refused is expected until the new one is up', {kind: 'fails', text: 'Connection refused'}],
    ['# Should fail: `quota exceeded`', {kind: 'fails', text: 'quota exceeded'}],
    ['# Expected: no errors like "connection refused"', {kind: 'contains', text: 'connection refused'}],
    ['Look for absence of `JSONDecodeError`', {kind: 'absent', text: 'JSONDecodeError'}],
    ['# Should NOT see: "level" : "critical"', {kind: 'absent', text: '"level" : "critical"'}],
  ])('%s', (text, check) => {
    expect(readExpectations(text, 1)).toMatchObject([{check}]);
  });
});

describe('answers as people cut them out', () => {
  test.each<[string, Check]>([
    ['# Expected: "status" : "green"', {kind: 'json', subset: {status: 'green'}}],
    ['# Expected: "version":"11.4.2"', {kind: 'json', subset: {version: '11.4.2'}}],
    ['-- Expected 1,482,210.55, Actual: ________', {kind: 'number', op: '=', value: 1_482_210.55}],
    ['Orders table is populated: Expected 8,234', {kind: 'number', op: '=', value: 8234}],
    ['# Expected: 401 (only after the old key was revoked)', {kind: 'status', codes: [401]}],
    ['# Should show: DELETE 312 (same number as above)', {kind: 'contains', text: 'DELETE 312'}],
    ['-- Should show: PostgreSQL 14.x', {kind: 'contains', text: 'PostgreSQL 14.'}],
    ['# Should return: *Clusters are compatible*', {kind: 'contains', text: 'Clusters are compatible'}],
    ['# 200 OK or 301 to /de/', {kind: 'status', codes: [200, 301]}],
    ['# Normal: < 200', {kind: 'number', op: '<', value: 200}],
    ['`curl -I https://x.test/old` returns 301 redirect', {kind: 'status', codes: [301]}],
    ['Wait for the node to join: `curl -s localhost/nodes | wc -l` should be 6', {kind: 'number', op: '=', value: 6}],
    ['# Expect no rows', {kind: 'rows', op: '=', value: 0}],
    ['# Expected: none', {kind: 'empty'}],
    ['# Expected: NULL', {kind: 'contains', text: 'NULL'}],
    ['# expects status 201 and a Location header', {kind: 'status', codes: [201]}],
    ['- [ ] API returns 401 without token', {kind: 'status', codes: [401]}],
    ['# should take less than 30 seconds', {kind: 'duration', op: '<', value: 30_000}],
    ['- [ ] Version shows 16.8', {kind: 'contains', text: '16.8'}],
    ['Latency (target: <20ms)', {kind: 'duration', op: '<', value: 20}],
  ])('%s', (text, check) => {
    const read = readExpectations(text, 1);
    expect(read.map(one => one.check)).toEqual([expect.objectContaining(check)]);
  });

  test('each of several quoted texts must be there', () => {
    expect(readExpectations('It must say "syntax is ok" and "test is successful".', 1).map(({check}) => check)).toEqual(
      [
        {kind: 'contains', text: 'syntax is ok', words: true},
        {kind: 'contains', text: 'test is successful', words: true},
      ],
    );
  });

  test('an answer and its time are two things', () => {
    expect(readExpectations('Webhooks must return 200 within 5s', 1).map(({check}) => check)).toEqual([
      {kind: 'status', codes: [200]},
      {kind: 'duration', op: '<', value: 5000},
    ]);
  });

  test('a range has two ends', () => {
    expect(readExpectations('# Expected: between 100 and 200', 1)).toHaveLength(2);
    expect(readExpectations('-- normal: 0 to 3', 1).map(({check}) => check)).toEqual([
      {kind: 'number', op: '>=', value: 0},
      {kind: 'number', op: '<=', value: 3},
    ]);
  });

  test.each([
    'Read the plan. It should show **4 to add, 2 to change, 0 to destroy**. If there is more, stop.',
    'It should show 4 to add, 2 to change, 0 to destroy',
    '# Expected: 198.51.100.20 three times',
    '# Expected: about 312, if more than 500 stop and call me',
    '# Should show: CLUSTER_NAME, NOT staging',
    '# Should show: a file > 100 MB',
    '# Consumers should be 8',
    '# Expected: same as before, or higher',
    '# Should be within the last 30 minutes',
    '# Expected: < 20 MB',
    'That should go down to 0 within 20 minutes.',
    '# Expected: No data found',
    '# Expected: 6 lines',
  ])('%s is for a person to judge', text => {
    expect(readExpectations(text, 1)).toMatchObject([{readable: false}]);
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
  'Watch for pages that return 500',
  'Restart if the API returns 503',
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
