import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {type ConnectionProof, connectionLines, sortedProofs} from '../../../src/report/check/check-connections.ts';
import {paintIn} from '../../../src/text/paint.ts';

const proofs: readonly ConnectionProof[] = [
  {kind: 'probe', name: 'health', state: 'attention', detail: 'status 503, expected 2xx'},
  {
    kind: 'database',
    name: 'main',
    state: 'failed',
    detail: `connection refused by 127.0.0.1:5432 ${'again '.repeat(30)}`,
  },
  {kind: 'host', name: 'vps', state: 'ok', detail: 'deploy@203.0.113.7 · agent', ms: 12},
  {kind: 'host', name: 'db', state: 'ok', detail: 'dba@203.0.113.8 · password'},
];
const readiness = [
  {stepId: 'L9', title: 'Restore previous code', ready: true, optional: false, detail: 'tag v1 exists', arms: []},
  {stepId: 'L12', title: 'Restart', ready: false, optional: false, detail: 'no unit shop', arms: []},
];
const page = (more: object = {}) =>
  connectionLines(
    {proofs: sortedProofs(proofs), readiness},
    {width: 80, paint: paintIn(false), isPiped: false, ...more},
  );

test('what others depend on comes first, each aligned with its detail', () => {
  const rows = page().filter(line => /^ {2}(?:ok|look|FAIL|not)/.test(line));
  expect(rows.map(line => line.slice(0, 20).trim())).toEqual([
    'ok   host db',
    'ok   host vps',
    'FAIL database main',
    'look probe health',
    'ok   Restore previ',
    'not  Restart',
  ]);
  expect(rows[1]).toBe('  ok   host vps       deploy@203.0.113.7 · agent · 12 ms');
  expect(page()[0]).toMatch(/^CONNECTIONS .* 2 ok · 1 needs a look · 1 failed$/);
  expect(page().find(line => line.startsWith('ROLLBACK READINESS'))).toContain('1/2 ready');
});

test('a long detail is wrapped on a terminal, and whole in a pipe', () => {
  for (const width of [40, 60, 80, 200])
    for (const line of page({width})) expect(stringWidth(line)).toBeLessThanOrEqual(width);
  expect(page().join('\n').match(/again/g)).toHaveLength(30);
  expect(
    page({isPiped: true})
      .find(line => line.includes('database main'))
      ?.match(/again/g),
  ).toHaveLength(30);
});

test('without anything to prove that is said', () => {
  const lines = connectionLines({proofs: [], readiness: []}, {width: 80, paint: paintIn(false), isPiped: true});
  expect(lines.at(-1)).toBe('  no hosts, databases, logs or probes are bound');
});
