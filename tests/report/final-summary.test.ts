import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {finalSummary} from '../../src/report/final-summary.ts';
import {exited, finished, opened, plan, recorded, started, stateAfter, steps} from './builder.ts';

const runId = '20251102-140000-a1b2';
const summary = (...events: Parameters<typeof recorded>) => finalSummary(plan, stateAfter(recorded(...events)), runId);

test('each section has one line with its count, and what nobody began says so', () => {
  const text = summary(
    opened,
    {type: 'step-ticked', stepId: steps.review.id},
    {type: 'step-ticked', stepId: steps.stamp.id},
  );
  expect(text).toMatch(/◐ Before +2\/3\n/);
  expect(text).toMatch(/○ Rollback +0\/4 {2}not begun\n/);
  expect(text).not.toContain('When');
  // Where the run stands now, and not how it began.
  expect(text).toMatch(/\n◐ ready, next: Backup\n/);
});

test('steps that failed, are unknown or were skipped are named with the reason', () => {
  const text = summary(
    opened,
    started(steps.restart.id),
    finished(steps.restart.id, {kind: 'unknown', because: 'link to vps lost'}, exited('x', 0)),
    started(steps.health.id),
    finished(steps.health.id, {kind: 'failed', because: 'status 503'}, exited('x', 0)),
    {type: 'step-skipped', stepId: steps.backup.id, reason: 'done last night'},
  );
  expect(text).toContain(`? unknown    line ${steps.restart.line}    Restart:: link to vps lost`);
  expect(text).toContain(`✗ failed     line ${steps.health.line}    Health: status 503`);
  expect(text).toContain(`– skipped    line ${steps.backup.line}     Backup: done last night`);
  expect(text).toMatch(/✗ Deploy .* 1 failed, 1 unknown/);
});

test('a run that goes on says how to come back and how to roll back', () => {
  const text = summary(opened);
  expect(text).toContain(`Run ${runId} goes on.`);
  expect(text).toContain(`tminus attach ${runId}`);
  expect(text).toContain(`tminus rollback ${runId}`);
  expect(text).toContain(`tminus report ${runId}`);
});

test('each command stands whole on one line of 80 columns', () => {
  const program = 'node dist/tminus.js';
  for (const engine of ['there', 'lost'] as const) {
    const lines = finalSummary(plan, stateAfter(recorded(opened)), runId, program, engine).split('\n');
    const commands = lines.filter(line => line.includes(program));
    expect(commands).toHaveLength(3);
    for (const line of commands) {
      expect(line.trim()).toMatch(new RegExp(`^${program} \\w+ ${runId}$`));
      expect(stringWidth(line)).toBeLessThanOrEqual(80);
    }
  }
});

test('a run without an engine says that nothing goes on, and how to take it up again', () => {
  const text = finalSummary(plan, stateAfter(recorded(opened)), runId, 'node dist/tminus.js', 'lost');
  expect(text).toContain(`Run ${runId} has lost its engine`);
  expect(text).toContain(`node dist/tminus.js resume ${runId}`);
  expect(text).not.toContain('goes on.');
  expect(text).not.toContain('attach');
});

test('a run that another machine goes on with is not said to be lost', () => {
  const lease = {status: 'lost', checklist: 'shop: deploy.md', because: 'taken over', takenOver: true} as const;
  const text = finalSummary(plan, {...stateAfter(recorded(opened)), lease}, runId, 'tminus', 'lost');
  expect(text).toContain(`Run ${runId} goes on on another machine.`);
  expect(text).toContain(`tminus attach ${runId}`);
  expect(text).not.toMatch(/resume|rollback/);
});

test('a closed run shows its result and what the rollback has left to do', () => {
  const text = summary(
    opened,
    {
      type: 'rollback-finished',
      result: 'rollback-failed',
      because: 'health answers 503',
      left: ['on vps: sudo systemctl start shop'],
    },
    {type: 'run-closed', status: 'rollback-failed', exitCode: 5, because: 'health answers 503'},
  );
  expect(text).toContain('✗ rollback-failed: health answers 503');
  expect(text).toContain('  left to do:\n    on vps: sudo systemctl start shop\n');
  expect(text).not.toContain('attach');
  expect(text).not.toContain('goes on');
});

test('what is left to do stands whole, and each line of a command on a line of its own', () => {
  const because = `not rolled back on web1: ${'Restore the backup '.repeat(9)}`;
  const chain = `vps: cd /srv/shop && ${'[ -d app.backup ] && '.repeat(12)}mv app.backup app`;
  const text = summary(opened, {
    type: 'rollback-finished',
    result: 'rollback-failed',
    because,
    left: [chain, "sql on main: update orders\n  set state = 'old';", 'by hand: Tell the team'],
  });
  expect(text).toContain(`\n    ${chain}\n`);
  expect(text).toContain("\n    sql on main: update orders\n      set state = 'old';\n    by hand: Tell the team\n");
  const [, reason = ''] = /Rollback\n([\s\S]*?)\n {2}left to do:/.exec(text) ?? [];
  expect(reason.replaceAll(/\s+/g, ' ')).toContain(because.trim());
  for (const line of reason.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(100);
});

test('a long reason does not make a line longer than a hundred columns', () => {
  const text = summary(opened, {type: 'step-skipped', stepId: steps.backup.id, reason: '長い '.repeat(200)});
  for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(100);
});

test('a run that is closed and deployed nothing has no old version to restore', () => {
  const closed = {type: 'run-closed', status: 'aborted', exitCode: 6, because: 'given up'} as const;
  expect(summary(opened, closed)).not.toContain('restore the old version');
});
