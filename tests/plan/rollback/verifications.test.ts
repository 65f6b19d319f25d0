import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {verifications} from '../../../src/plan/plan.ts';

function read(...lines: readonly string[]) {
  const text = [
    '# D',
    '',
    '## Deployment',
    '```bash',
    'make',
    '```',
    '',
    '## Rollback',
    '```bash',
    ...lines,
    '```',
    '',
  ];
  const plan = parsePlan(text.join('\n'), emptyBindings);
  return {
    verifies: verifications(plan.steps.filter(({id}) => plan.rollback?.steps.includes(id))).length > 0,
    warned: plan.problems.some(({code}) => code === 'rollback-unverified'),
  };
}

describe('a rollback verifies its result', () => {
  test.each([
    [['cp b a', 'curl -s http://127.0.0.1/health']],
    [['cp b a', 'curl -fsSL https://shop.example.net/health | grep -q old']],
    [['cp b a', 'wget -qO- http://127.0.0.1/health']],
    [['cp b a', 'systemctl is-active shop', '# Expected: active']],
  ])('by %j', lines => {
    expect(read(...lines)).toEqual({verifies: true, warned: false});
  });

  test.each([
    [['cp b a']],
    [['curl -fsSL https://shop.example.net/health | grep -q old', 'cp b a']],
    [['cp b a', 'curl -fsS -X POST https://shop.example.net/purge']],
    [['cp b a', 'systemctl restart shop']],
  ])('not by %j, and check warns', lines => {
    expect(read(...lines)).toEqual({verifies: false, warned: true});
  });

  test('by no check of its own where it leaves a commit or a link to be looked at: no warning', () => {
    for (const line of ['git checkout v1', 'git reset --hard v1', 'ln -sfn releases/41 current'])
      expect(read(line)).toEqual({verifies: false, warned: false});
    for (const line of ['git checkout v1 -- app', 'git fetch', 'ln releases/41 current'])
      expect(read(line).warned).toBe(true);
  });
});
