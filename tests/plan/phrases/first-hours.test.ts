import {describe, expect, test} from 'vitest';
import {readFirstHours} from '../../../src/plan/phrases/time-marks.ts';
import {planOf, stepAt} from '../../helpers/plan-view.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  ['Response times (every 5 minutes for first 30 min)', 30 * MINUTE],
  ['Multiple user complaints (>3 in first hour)', HOUR],
  ['Error rate < 1% during the first 2 hours', 2 * HOUR],
  ['No restarts in the first six hours', 6 * HOUR],
])('%s', (sentence, toMs) => {
  expect(readFirstHours(sentence)).toEqual({fromMs: 0, toMs});
});

test.each([
  'Response within 500ms',
  'Error rate below 0.1 % over 15 minutes',
  'First login works',
  'Error rate > 5% in the last 5 minutes',
  'first 3 orders arrive',
])('%s is about no stretch of the mission clock', sentence => {
  expect(readFirstHours(sentence)).toBeUndefined();
});

describe('what says itself when it is judged', () => {
  const plan = planOf(
    '# Release',
    '## Deployment',
    '- [ ] Restart it',
    '## Post-Deployment Monitoring (0-15 minutes)',
    '- [ ] **Response Times** (every 5 minutes for first 30 min)',
    '  - [ ] Health endpoint: <100ms',
    '- [ ] Error rate < 1%',
    '- [ ] Look at the dashboard (every 10 minutes for first hour)',
    '## Performance Validation (24-48 Hours)',
    '- [ ] Error rate < 0.1% (first 6 hours)',
    '## Rollback',
    '### When to roll back',
    '- Multiple complaints (>3 in first hour)',
    '- Error rate > 5%',
  );
  const ruleAt = (line: number) => plan.rules.find(rule => rule.line === line);

  test('its own hours go before those of its section, and for a rhythm are its rolling window, too', () => {
    expect(ruleAt(6)).toMatchObject({opens: {fromMs: 0, toMs: 30 * MINUTE}, windowMs: 30 * MINUTE});
    expect(stepAt(plan, 6)).toMatchObject({opens: {fromMs: 0, toMs: 30 * MINUTE}, everyMs: 5 * MINUTE});
    expect(stepAt(plan, 8)).toMatchObject({kind: 'manual', opens: {fromMs: 0, toMs: HOUR}, everyMs: 10 * MINUTE});
  });

  test('what says nothing of it has the hours of its section', () => {
    expect(ruleAt(7)).not.toHaveProperty('opens');
    expect(ruleAt(7)?.windowMs).toBe(5 * MINUTE);
    expect(ruleAt(14)).not.toHaveProperty('opens');
  });

  test('in a section that opens later, the first hours are the first of that', () => {
    expect(ruleAt(10)).toMatchObject({opens: {fromMs: 24 * HOUR, toMs: 30 * HOUR}, windowMs: 5 * MINUTE});
  });

  test('a trigger that persons report is counted in its hours', () => {
    expect(ruleAt(13)).toMatchObject({person: true, opens: {fromMs: 0, toMs: HOUR}});
  });
});
