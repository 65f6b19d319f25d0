/** What takes the deploy back never runs in it without a doubt, whatever its title is. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const codeBlock = (...lines: string[]) => ['```bash', ...lines, '```'];
const START = ['# Change', '## Deploy', ...codeBlock('make install'), '## Rollback', ...codeBlock('make back')];
const doubtsAt = (lines: readonly string[]) =>
  (planOf(...lines).proposal?.doubts ?? [])
    .filter(({code, proposed}) => code === 'role-assumed' && proposed === undefined)
    .map(({line}) => line);

test.each([
  ['a tool', ['### The other door', ...codeBlock('kubectl -n mill rollout undo deploy/mill')]],
  [
    'an older package',
    ['### Wenn der Ofen kalt bleibt', ...codeBlock('sudo apt-get install -y --allow-downgrades ofen=4.1')],
  ],
  ['a migration', ['### Datos raros', ...codeBlock('./manage.py migrate --down 12')]],
  ['a shell as root that nobody can run here', ['### ouch', '```', '# zfs rollback tank/kiln@yesterday', '```']],
  ['a backup that is read in', ['### Getting out of it', ...codeBlock('mysql mill < /backup/mill.sql')]],
  ['an order', ['### Cold ovens', '1. Restore the previous recipe from the safe', '2. Call the miller']],
])('under a title that names no part, with %s', (_, lines) => {
  expect(
    doubtsAt([
      '# Change',
      '## Deploy',
      ...codeBlock('make install'),
      ...lines,
      '## Rollback',
      ...codeBlock('make back'),
    ]),
  ).toContain(6);
});

test('among the steps of a part that says what it is', () => {
  expect(
    doubtsAt([
      '# Change',
      '## Deploy',
      ...codeBlock('make install', 'helm rollback mill'),
      '## Rollback',
      ...codeBlock('make back'),
    ]),
  ).toEqual([5]);
});

test.each([
  [
    'a program that a sentence only names',
    ['### Either way', 'Wait (`git revert` does not help here).', ...codeBlock('make wait')],
  ],
  ['a forward step about old things', ['### Clear the shelf', '1. Stop the old service', '2. Remove the old version']],
  ['lines that are put on again', ['### Pool', '1. Put web-1 back into the pool', '2. Switch the alarms back on']],
])('but not %s', (_, lines) => {
  expect(
    doubtsAt([...START.slice(0, 2), ...codeBlock('make install'), ...lines, '## Rollback', ...codeBlock('make back')]),
  ).toEqual([]);
});

test('a saved copy that is put back may well belong to the deploy, so that is proposed', () => {
  const back = codeBlock('cp -a /etc/scie.conf.bak /etc/scie.conf');
  const plan = planOf(
    '# Scie',
    '## Installation',
    ...codeBlock('make install'),
    '### Drôle de bruit',
    ...back,
    '## Retour',
    ...back,
  );
  expect(plan.proposal?.doubts).toContainEqual(expect.objectContaining({id: 'role-assumed:6', proposed: 'run'}));
});
