import {expect, test} from 'vitest';
import {finalSummary} from '../../../src/report/final-summary.ts';
import {recordJson} from '../../../src/report/record/record-json.ts';
import {record} from '../../../src/report/record/record-markdown.ts';
import type {Event} from '../../../src/run/event.ts';
import {lineOf, opened, plan, recorded, rules, started, startedAt, stateAfter, steps} from '../builder.ts';

const readings = (value: number, from: number, count = 5): Event & {at: number} => ({
  type: 'sample-taken',
  samples: Array.from({length: count}, (_, index) => ({signal: 'store_message', at: from + index * 1000, value})),
  at: from + count * 1000,
});

const stood = (ruleId: string, kind: 'ok' | 'tripped', value: number, at: number): Event & {at: number} => ({
  type: 'rule-changed',
  ruleId,
  assessment: {standing: {kind}, value, n: 5, because: kind === 'ok' ? '<1000' : 'past it 3 times in a row'},
  at,
});

const alarmed = recorded(
  opened,
  {...started(steps.restart.id), at: startedAt},
  readings(1612, startedAt + 1000),
  stood(rules.p95.id, 'tripped', 1612, startedAt + 7000),
  {
    type: 'trigger-fired',
    ruleId: rules.p95.id,
    evidence: '1612 ms, n=5 in 5 min',
    samples: [],
    value: 1612,
    at: startedAt + 7000,
  },
  {type: 'trigger-dismissed', ruleId: rules.p95.id, reason: 'a load test', at: startedAt + 8000},
);

test('a false alarm is told with its reason, what it fired on, and the bound that would have kept silent', () => {
  const text = record({plan, state: stateAfter(alarmed), events: alarmed});
  const part = text.slice(text.indexOf('## False alarms'), text.indexOf('## Transcript'));
  expect(part).toContain(
    `- 2025-11-02T14:00:08Z P95 response time > 1500 ms (line ${rules.p95.line}): dismissed by ana: a load test`,
  );
  expect(part).toContain('  - Evidence: 1612 ms, n=5 in 5 min');
  expect(part).toContain(
    '  - Proposed threshold: >2000 ms instead of >1500 ms: the worst that lasted was 1612 ms, 24 % short of it',
  );
  expect(recordJson({plan, state: stateAfter(alarmed), events: alarmed})).toMatchObject({
    dismissals: [{ruleId: rules.p95.id, by: 'ana', reason: 'a load test', value: 1612}],
  });
});

test('a record without false alarms has no part about them', () => {
  expect(record({plan, state: stateAfter(recorded(opened)), events: recorded(opened)})).not.toContain('False alarms');
});

test('a rule that tripped and recovered is told as one, in the record, at its box and at the end', () => {
  const events = recorded(
    opened,
    {...started(steps.restart.id), at: startedAt},
    stood(rules.store.id, 'tripped', 1402, startedAt + 60_000),
    readings(612, startedAt + 400_000),
    stood(rules.store.id, 'ok', 612, startedAt + 405_000),
  );
  const state = stateAfter(events);
  const text = record({plan, state, events});
  expect(text).toContain(
    '| mean store_message | < 1000 ms (target 745) | ok (tripped at 14:01Z: 1402 ms) | 612 ms | 5 |',
  );
  expect(text.split('\n')[lineOf('store_message:') - 1]).toBe(
    '- [ ] store_message: <1000ms (target 745ms) — tripped at 14:01Z: 1402 ms; so far ok 612 ms, < 1000 ms (target 745), 5 readings',
  );
  expect(finalSummary(plan, state, 'R')).toContain(
    'Rules that tripped\n  ✗ mean store_message: tripped at 14:01Z: 1402 ms, in the end ok 612 ms\n',
  );
});

test('after a rollback the record and the end say whether the old version is as it was', () => {
  const events = recorded(
    opened,
    readings(2000, startedAt - 9000),
    {...started(steps.restart.id), at: startedAt},
    {type: 'rollback-finished', result: 'rolled-back', because: 'verified', left: [], at: startedAt + 60_000},
    readings(1980, startedAt + 61_000),
  );
  const state = stateAfter(events);
  expect(record({plan, state, events})).toMatch(
    /\| P95 store_message \| <= 2500 ms \| ok \| 1980 ms \| 5 \| 2000 ms \| -1 % \|/,
  );
  expect(finalSummary(plan, state, 'R')).toContain(
    'Back to baseline\n  back to baseline: store_message P95: ok 1980 ms, <= 2500 ms, 5 readings',
  );
});
