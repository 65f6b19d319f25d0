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

/** The open doubts: code and line. */
function openOf(...lines: readonly string[]): string[] {
  const {proposal} = planOf(...lines);
  return (proposal?.doubts ?? []).flatMap(({code, line, proposed}) =>
    proposed === undefined ? [`${code} ${line}`] : [],
  );
}

const fence = (...lines: readonly string[]) => ['```bash', ...lines, '```', ''];

test.each([
  ['gatectl hold west', 'gatectl release west'],
  ['hornctl mute 4', 'hornctl unmute 4'],
  ['sudo billctl freeze all', 'sudo billctl thaw all'],
  ['feature enable tariff', 'feature disable tariff'],
  ['beltctl --on 3', 'beltctl --off 3'],
])('what does the opposite of "%s" under a title that says nothing is asked about', (forward, back) => {
  const open = openOf(
    '# Kiln',
    '',
    '## Work',
    '',
    ...fence(forward, './load.sh'),
    '## The old way',
    '',
    ...fence('./x.sh', back),
  );
  expect(open).toEqual(['role-assumed 10']);
});

test('under a title that names it, it is the next thing to do', () => {
  const first = fence('dagctl pause nightly', './load.sh');
  expect(openOf('# Kiln', '', '## Work', '', ...first, '## Unpause', '', ...fence('dagctl unpause nightly'))).toEqual(
    [],
  );
});

test.each(['Wenn das Wasser steigt', 'If the water rises', 'Si el agua sube', "Si l'eau monte"])(
  'a section "%s" may never be needed',
  title => {
    const last = ['## Verify', '', ...fence('./look.sh')];
    const lines = [
      '# Kiln',
      '',
      '## Deploy',
      '',
      ...fence('./load.sh'),
      `## ${title}`,
      '',
      ...fence('./dry.sh'),
      ...last,
    ];
    const isHeld = openOf(...lines).includes('role-assumed 9');
    expect(isHeld || planOf(...lines).steps.some(({line, condition}) => line > 9 && condition !== undefined)).toBe(
      true,
    );
  },
);

test.each(['*Back:* `./unload.sh`', 'Zurück: `./unload.sh`', 'Undo: put the old belt on', '_Retour :_ `./unload.sh`'])(
  'a line of its own that says how to go back is no step of the deploy, unless it is asked: %s',
  text => {
    const plan = planOf('# Kiln', '', '## Deploy', '', '`./load.sh`', '', text, '', '## Verify', '', '`./look.sh`');
    const forward = plan.steps.filter(
      ({line, section}) => line === 7 && plan.sections.some(({id, use}) => id === section && use === 'run'),
    );
    const asked = (plan.proposal?.doubts ?? []).filter(({line, proposed}) => line === 7 && proposed === undefined);
    expect(forward.length === 0 || asked.length > 0).toBe(true);
  },
);

test.each(['pg_restore -l /backup/pre_mill.dump | wc -l', 'sudo apt-get install --allow-downgrades=false -y mill=4.2'])(
  '"%s" takes nothing back',
  command => {
    expect(doubtsAt([...START.slice(0, 2), ...codeBlock('make install', command), ...START.slice(-4)])).toEqual([]);
  },
);
