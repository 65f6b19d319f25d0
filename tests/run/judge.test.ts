import {describe, expect, test} from 'vitest';
import {readExpectations} from '../../src/plan/expectations.ts';
import type {Check} from '../../src/plan/plan.ts';
import {checkHolds, judge} from '../../src/run/judge.ts';
import type {Outcome} from '../../src/run/outcome.ts';
import {commands, script} from './build.ts';

/** As a script's output stands in its outcome: each command, and then what it printed. */
function ran(...printed: readonly (readonly [command: string, output: string])[]): Outcome {
  return {
    kind: 'exited',
    code: 0,
    durationMs: 1,
    commands: printed.map(([text], index) => ({line: index + 1, text, code: 0, durationMs: 1})),
    output: printed.map(([text, output]) => `$ ${text}\n${output}`).join(''),
  };
}

function verdictOn(expected: string, outcome: Outcome): string {
  const expectations = readExpectations(expected, 1);
  return judge(script('s', 'deploy', [commands('true')], {expectations}), outcome).kind;
}

describe('what a script printed', () => {
  test('is not the commands that were printed before it', () => {
    expect(verdictOn('# Expected: foo', ran(['grep foo log || true', '']))).toBe('failed');
    expect(verdictOn('# Expected: 100+ files', ran(['ls /srv/100 | wc -l', '3\n']))).toBe('failed');
    expect(verdictOn('# Should be no output', ran(['cat errors', '']))).toBe('passed');
    expect(verdictOn('# Should NOT see: ERROR', ran(['grep ERROR log || true', '']))).toBe('passed');
  });

  test('is judged whole, wherever it stands', () => {
    const both = ran(['printf hello', 'hello'], ['kubectl get -o json', '{"status": "up", "pods": 3}\n']);
    expect(verdictOn('# Should show: hello', both)).toBe('passed');
    expect(
      verdictOn('# Expected: {"status": "up"}', ran(['kubectl get -o json', '{"status": "up", "pods": 3}\n'])),
    ).toBe('passed');
    expect(verdictOn('# Expected: 5+ users', ran(['wc -l < 3', '12\n']))).toBe('passed');
  });
});

test('a word that is expected is not met by a longer one', () => {
  const isActive: Check = {kind: 'contains', text: 'active', words: true};
  expect(checkHolds(isActive, {output: 'inactive\n'}).met).toBe(false);
  expect(checkHolds(isActive, {output: 'active_users: 3\n'}).met).toBe(false);
  expect(checkHolds(isActive, {output: 'unit is Active (running)\n'}).met).toBe(true);
  expect(checkHolds({kind: 'contains', text: 'a+b.', words: true}, {output: 'so a+b.'}).met).toBe(true);
  expect(checkHolds({kind: 'contains', text: 'activ'}, {output: 'inactive'}).met).toBe(true);
});
