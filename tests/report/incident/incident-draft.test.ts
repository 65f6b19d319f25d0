import {describe, expect, test} from 'vitest';
import {incidentTexts} from '../../../src/report/incident/incident-draft.ts';
import type {Event} from '../../../src/run/event.ts';
import {exited, finished, opened, plan, recorded, rules, started, startedAt, stateAfter, steps} from '../builder.ts';

const at = (seconds: number) => ({at: startedAt + seconds * 1000});
const reading = (seconds: number, error?: string): Event & {at: number} => ({
  type: 'sample-taken',
  samples: [{signal: 'store_message', ...at(seconds), ...(error === undefined ? {value: 1612} : {error})}],
  ...at(seconds),
});

const events = recorded(
  {...opened, ...at(-60)},
  {...started(steps.restart.id), ...at(0), by: 'ana'},
  {...finished(steps.restart.id, {kind: 'passed', because: 'exit 0'}, exited('restart', 0)), ...at(2)},
  reading(5),
  reading(6, 'status 502'),
  reading(8, 'status 502'),
  {
    type: 'rule-changed',
    ruleId: rules.p95.id,
    assessment: {standing: {kind: 'tripped'}, value: 1612, n: 5, because: 'past it 3 times in a row'},
    ...at(9),
  },
  {
    type: 'trigger-fired',
    ruleId: rules.p95.id,
    evidence: '1612 ms, n=5 in 5 min',
    samples: [],
    value: 1612,
    ...at(10),
    by: `rule:${rules.p95.id}`,
  },
  {type: 'complaint-counted', text: 'cannot order', ...at(11), by: 'bo'},
  {type: 'rollback-requested', because: 'asked for by ana', startsAt: startedAt, ...at(20), by: 'ana'},
  {type: 'phase-changed', phase: 'stopping', because: 'asked for by ana', ...at(21), by: 'ana'},
  {type: 'phase-changed', phase: 'rolling-back', because: 'nothing runs', ...at(22), by: 'ana'},
  {type: 'rollback-finished', result: 'rolled-back', because: 'the old version answers', left: [], ...at(50)},
);
const errors = [{source: 'error', line: 1204, text: 'ERROR upstream <script>timed out</script>'}];
const texts = incidentTexts({plan: {...plan, tells: []}, state: stateAfter(events), events, errors});

describe('the draft of an incident report', () => {
  test('says first what happened, since when, and when it was over', () => {
    const head = texts.report.slice(0, texts.report.indexOf('## Timeline'));
    expect(head).toContain('- What: P95 response time > 1500 ms: 1612 ms, n=5 in 5 min');
    expect(head).toContain('- Ended: 2025-11-02T14:00:50Z, after 00:40');
    expect(head).toContain('- Rollback decided: 2025-11-02T14:00:20Z, 00:10 after it began');
  });

  test('holds the evidence: the trigger with value and bound, and error lines with file and line, harmless', () => {
    expect(texts.report).toMatch(
      /### Triggers\n\n.*\n.*\n\| 2025-11-02T14:00:10Z \|.*\| fired \|.*\| 1612 ms, n=5 in 5 min \|/,
    );
    expect(texts.report).toContain('| spool/error.log | 1204 | ERROR upstream \\<script>timed out\\</script> |');
  });

  test('counts what users felt, and says what the rollback does not undo', () => {
    const impact = texts.report.slice(texts.report.indexOf('## Impact'), texts.report.indexOf('## Actions taken'));
    expect(impact).toContain('- store_message: 2 of 3 readings failed since the deploy began');
    expect(impact).toContain('- 1 complaint of users counted: cannot order');
    for (const text of plan.rollback?.doesNotUndo ?? []) expect(impact).toContain(`  - ${text}`);
  });

  test('says who did what, in the order of time, without who came and went', () => {
    const actions = texts.report.slice(texts.report.indexOf('## Actions taken'));
    expect(actions).toMatch(/14:00:11Z \| bo \| complaint: cannot order \|\n.*14:00:20Z \| ana \| rollback requested/);
    expect(actions).not.toContain('stopping');
  });
});

test('the issue has a title of one line, and begins with what happened', () => {
  expect(texts.issue).toMatch(
    /^# Rolled back: Shop release: P95 response time > 1500 ms: 1612 ms, n=5 in 5 min\n\n## What happened\n/,
  );
});

test('the message to the team is a few lines of plain text', () => {
  expect(texts.message.split('\n').slice(0, 3)).toEqual([
    'Rolled back: Shop release',
    'Why: P95 response time > 1500 ms: 1612 ms, n=5 in 5 min',
    'Rollback: asked for at 14:00:20Z, rolled-back at 14:00:50Z',
  ]);
  expect(texts.message.length).toBeLessThan(1000);
});
