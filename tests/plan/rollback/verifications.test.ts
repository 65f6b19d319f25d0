import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
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
    [['cp b a', 'test ! -e a.new']],
    [['cp b a', '[ ! -f a.new ]', '! grep -q 2.0 a']],
    [['cp b a', '[[ -s a && ! -e a.new ]]']],
    [['cp b a', 'grep -q old a || { echo "not the old one"; exit 1; }']],
    [['cp b a', 'if ! grep -q old a; then exit 1; fi']],
    [['cp b a', 'until curl -fsS http://127.0.0.1/health | grep -q old; do sleep 1; done']],
    [['cp b a', 'sudo systemctl is-active shop', 'echo done']],
    [['kubectl rollout undo deploy/shop', 'kubectl rollout status deploy/shop --timeout=60s']],
    [['cp b a', 'git -C /srv/shop diff --quiet v1 HEAD']],
    [['cp b a', 'sha256sum -c a.sha256']],
  ])('by %j', lines => {
    expect(read(...lines)).toEqual({verifies: true, warned: false});
  });

  test.each([
    [['cp b a']],
    [['curl -fsSL https://shop.example.net/health | grep -q old', 'cp b a']],
    [['cp b a', 'curl -fsS -X POST https://shop.example.net/purge']],
    [['cp b a', 'curl -fsS "http://127.0.0.1:8983/admin?action=CREATEALIAS&name=a"']],
    [['cp b a', 'curl -fsS http://127.0.0.1/health', 'curl -fsS http://127.0.0.1/-/reload']],
    [['cp b a', 'systemctl restart shop']],
    // It is changed once more after the look.
    [['rm -rf a', 'test ! -e a', 'cp b a']],
    // Whatever is seen, it ends with 0.
    [['cp b a', 'test ! -e a.new || true']],
    [['cp b a', 'grep -q old a || echo missing']],
    [['cp b a', 'grep -q old a; echo done']],
    [['cp b a', 'grep old a | wc -l']],
    [['cp b a', 'if grep -q old a; then echo old; fi']],
    // It only prints, or it does more than look.
    [['cp b a', 'cat a', 'ls -la', 'echo ok']],
    [['cp b a', 'grep -q old a && rm a.new']],
    [['cp b a', 'test -s "$(mktemp)"']],
    [['cp b a', 'test -e a > looked']],
    [['cp b a', 'curl -fsSo a https://shop.example.net/a']],
  ])('not by %j, and check warns', lines => {
    expect(read(...lines)).toEqual({verifies: false, warned: true});
  });

  test('by rows that it reads, not by a statement that changes them', () => {
    const text = (sql: string) => ['# D', '## Deployment', '`make`', '## Rollback', '`cp b a`', '```sql', sql, '```'];
    const warned = (sql: string) =>
      parsePlan(text(sql).join('\n'), emptyBindings).problems.some(({code}) => code === 'rollback-unverified');
    expect(warned('select count(*) from orders;')).toBe(false);
    expect(warned('delete from orders;')).toBe(true);
  });

  test('by no check of its own where it leaves a commit or a link to be looked at: no warning', () => {
    for (const line of ['git checkout v1', 'git reset --hard v1', 'ln -sfn releases/41 current'])
      expect(read(line)).toEqual({verifies: false, warned: false});
    for (const line of ['git checkout v1 -- app', 'git fetch', 'ln releases/41 current'])
      expect(read(line).warned).toBe(true);
  });

  test('by what it puts back from a backup: no warning', () => {
    for (const line of [
      'cp .env.bak .env',
      'mv app.old app',
      'rsync -a --delete backup/app/ app/',
      'tar xzf /backup/app.tgz -C /srv',
    ])
      expect([line, read(line)]).toEqual([line, {verifies: false, warned: false}]);
    for (const line of [
      'cp app.log incident.log',
      'cp app app.bak',
      'tar czf app.backup.tgz app',
      'cp -r backup/* app',
    ])
      expect([line, read(line).warned]).toEqual([line, true]);
  });
});
