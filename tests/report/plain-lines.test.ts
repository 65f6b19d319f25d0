import {expect, test} from 'vitest';
import {plainLine} from '../../src/report/plain-lines.ts';
import type {Event} from '../../src/run/event.ts';
import {exited, finished, plan, rules, started, startedAt, steps} from './builder.ts';

function line(event: Event, at = startedAt + 12_000): string | undefined {
  return plainLine(plan, {...event, seq: 1, at, by: 'ana'}, startedAt);
}

test('a finished step has clock, sign, word, title and reason', () => {
  expect(line(finished(steps.restart.id, {}, exited('x', 0)))).toBe('T+00:00:12 ✓ passed    Restart:: exit 0');
  expect(line(finished(steps.backup.id, {kind: 'failed', because: 'exit 1 from line 8'}, exited('x', 1)))).toBe(
    'T+00:00:12 ✗ failed    Backup: exit 1 from line 8',
  );
  expect(line(finished(steps.backup.id, {kind: 'unknown', because: 'link lost'}, exited('x', 1)))).toContain(
    '? unknown',
  );
});

test('before the deploy the clock counts down to it', () => {
  expect(line(started(steps.backup.id), startedAt - 61_000)).toBe('T-00:01:01 ◐ started   Backup');
});

test('samples are silent, a change of a rule is not', () => {
  expect(line({type: 'sample-taken', samples: [{signal: 'store_message', at: 1, value: 5}]})).toBeUndefined();
  const assessment = {standing: {kind: 'breached', times: 1}, value: 1612, n: 143, because: '1 of 3'} as const;
  expect(line({type: 'rule-changed', ruleId: rules.p95.id, assessment})).toBe(
    'T+00:00:12 ✗ rule      P95 response time: past limit 1612 ms, > 1500 ms, 143 readings',
  );
});

test('what a server said can neither break the line nor reach the terminal as an escape sequence', () => {
  const said =
    line(finished(steps.health.id, {kind: 'failed', because: 'got \u001b[2Ja\nb\u009b31m'}, exited('x', 0))) ?? '';
  expect(said).toMatch(/^[^\u0000-\u001f\u007f-\u009f]+$/);
  expect(line({type: 'note-added', text: 'x'.repeat(5000)})?.length).toBeLessThanOrEqual(400);
});

test('red readiness names what is missing', () => {
  const item = {
    stepId: steps.restore.id,
    title: '',
    ready: false,
    detail: 'tag v1.0 not found',
    arms: [],
    optional: false,
  };
  const link = {up: true, detail: ''};
  expect(line({type: 'readiness-changed', ready: false, items: [item], link})).toContain('tag v1.0 not found');
});

test('a hand-over is one line, and whole, with what is open and what to look at', () => {
  const open = Array.from({length: 20}, (_, index) => ({
    id: `rule ${index}`,
    tone: 'warn' as const,
    text: `Not met: a rule with a long name, number ${index}`,
  }));
  const said = line({
    type: 'handed-over',
    id: 'H1',
    consoleId: 'c1',
    note: 'back at eight',
    errors: ['app: 502'],
    summary: {
      where: '1 of 3 steps done.',
      next: 'Watch the rules.',
      open,
      look: [{id: 'link', tone: 'bad', text: 'Link to vps lost'}],
      rollback: {ready: false, text: 'NOT READY: probing.', does: []},
    },
  });
  expect(said).toContain('Note: "back at eight" Next: Watch the rules. Open (20): Not met');
  expect(said).toMatch(
    /number 19\. Rollback: NOT READY: probing\. Look at \(2\): Link to vps lost; log: app: 502\. 1 of 3 steps done\.$/,
  );
});

test('a rollback that went well says once why, and the end of its run is no failure', () => {
  const because = 'verified by the old commit';
  expect(line({type: 'rollback-finished', result: 'rolled-back', verdict: 'verified', because, left: []})).toContain(
    because,
  );
  expect(line({type: 'phase-changed', phase: 'rolled-back', because})).toBeUndefined();
  const closed = line({type: 'run-closed', status: 'rolled-back', exitCode: 4, because}) ?? '';
  expect(closed).toMatch(/run closed, rolled-back$/);
  expect(closed).not.toContain('✗');
});
