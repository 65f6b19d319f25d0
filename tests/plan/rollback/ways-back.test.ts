/** Ways back for different cases: at most one of them is run, or the doubt on each says that it may be. */
import {expect, test} from 'vitest';
import type {Plan} from '../../../src/plan/plan.ts';
import {planOf} from '../../helpers/plan-view.ts';

const codeBlock = (...lines: string[]) => ['```bash', ...lines, '```'];
const DEPLOY = ['# Change', '## Deploy', ...codeBlock('systemctl restart api')];

const waysOf = ({rollbacks = []}: Plan) => rollbacks.map(({heading}) => heading);
const doubtsOf = ({proposal}: Plan, code: string) =>
  (proposal?.doubts ?? []).filter(doubt => doubt.code === code).map(({line}) => line);

test.each([
  [
    'lettered, for how far it came',
    [
      '## 6 Going back',
      '### 6A. Tanks not switched yet',
      ...codeBlock('make a'),
      '### 6B. Tanks switched',
      ...codeBlock('make b'),
    ],
    ['6A. Tanks not switched yet', '6B. Tanks switched'],
  ],
  [
    'in German, one of them for what is still whole',
    [
      '## Rückbau',
      '### Datenbank noch unberührt',
      ...codeBlock('make a'),
      '### Datenbank schon umgezogen',
      ...codeBlock('make b'),
    ],
    ['Datenbank noch unberührt', 'Datenbank schon umgezogen'],
  ],
  [
    'levels that start the same thing',
    [
      '## Rollback',
      '### Level 1: packages',
      ...codeBlock('apt-get install -y till=3.1', 'systemctl start till'),
      '### Level 2: database',
      ...codeBlock('./restore.sh', 'systemctl start till'),
    ],
    ['Level 1: packages', 'Level 2: database'],
  ],
  [
    'in Spanish, by what is broken',
    [
      '## Marcha atrás',
      '### Sólo la web está rota',
      ...codeBlock('make a'),
      '### La base ya migrada',
      ...codeBlock('make b'),
    ],
    ['Sólo la web está rota', 'La base ya migrada'],
  ],
])('sections %s are ways of their own', (_, lines, ways) => {
  const plan = planOf(...DEPLOY, ...lines);
  expect(waysOf(plan)).toEqual(ways);
  expect(doubtsOf(plan, 'rollback-assumed')).toEqual([plan.rollback?.line]);
});

test.each([
  [
    'lettered orders',
    ['### A. Stop the pumps', ...codeBlock('make a'), '### B. Restore the recipe', ...codeBlock('make b')],
  ],
  ['numbered parts', ['### 5.1 Application', ...codeBlock('make a'), '### 5.2 Database', ...codeBlock('make b')]],
  [
    'hosts, each with its own service',
    [
      '### web-1',
      ...codeBlock('ssh web-1 systemctl stop api'),
      '### web-2',
      ...codeBlock('ssh web-2 systemctl stop api'),
    ],
  ],
  [
    'parts that restart the same thing',
    [
      '### Code',
      ...codeBlock('git checkout v1', 'systemctl restart api'),
      '### Data',
      ...codeBlock('./load.sh', 'systemctl restart api'),
    ],
  ],
])('%s are one way back, without a doubt', (_, lines) => {
  const plan = planOf(...DEPLOY, '## Rollback', ...lines);
  expect(plan.rollbacks).toBeUndefined();
  expect(plan.rollback?.steps).toHaveLength(2);
  expect(doubtsOf(plan, 'rollback-assumed')).toEqual([]);
});

test.each([
  [
    'parts that each stop and start the same thing',
    [
      '### Packages',
      ...codeBlock('systemctl stop beamline', './old.sh', 'systemctl start beamline'),
      '### Snapshot',
      ...codeBlock('systemctl stop beamline', './merge.sh', 'systemctl start beamline'),
    ],
  ],
  [
    'parts that a sentence calls cases',
    ['Two cases, ask the shift lead.', '### Packages', ...codeBlock('make a'), '### Snapshot', ...codeBlock('make b')],
  ],
  [
    'parts that a German sentence calls ways',
    ['Je nachdem, wie weit wir sind:', '### Pakete', ...codeBlock('make a'), '### Abbild', ...codeBlock('make b')],
  ],
  [
    'lettered parts that name things',
    ['### A. Packages', ...codeBlock('make a'), '### B. Snapshot', ...codeBlock('make b')],
  ],
])('%s are doubted, each of them', (_, lines) => {
  const plan = planOf(...DEPLOY, '## Rollback', ...lines);
  expect(doubtsOf(plan, 'rollback-assumed')).toHaveLength(2);
});

test.each([
  [
    'labels, one of them for what is still whole',
    ['**Schema untouched**', '', ...codeBlock('make a'), '', '**Schema migrated**', '', ...codeBlock('make b')],
  ],
  ['German labels', ['**Weiche noch alt:**', ...codeBlock('make a'), '**Weiche umgestellt:**', ...codeBlock('make b')]],
  ['labels that only say how thoroughly', ['**quick**', ...codeBlock('make a'), '**slow**', ...codeBlock('make b')]],
  ['items by how far it came', ['1. Nothing printed yet: `make a`', '2. Already printed: `make b`']],
  [
    'rows that each go back',
    ['| lamp | do |', '|---|---|', '| red | `kubectl rollout undo deploy/lamp` |', '| blue | `./lamp-revert.sh` |'],
  ],
])('steps under %s are doubted, each of them', (_, lines) => {
  const plan = planOf(...DEPLOY, '## Rollback', ...lines);
  expect(doubtsOf(plan, 'rollback-assumed')).toHaveLength(2);
});

test('blocks below folded titles in an unknown language are doubted where they start the same thing', () => {
  const level = (title: string, command: string) => [
    '<details>',
    `<summary>${title}</summary>`,
    '',
    ...codeBlock(command, 'systemctl start pumppu'),
    '',
    '</details>',
    '',
  ];
  const plan = planOf(
    ...DEPLOY,
    '## Rollback',
    ...level('Taso 1 – kanta ehjä', './a.sh'),
    ...level('Taso 2 – kanta rikki', './b.sh'),
  );
  expect(doubtsOf(plan, 'rollback-assumed')).toHaveLength(2);
});

test.each([
  [
    'the moment',
    '| Moment | Who | What to do |',
    '| Before the valves open | shift | `make a` then `make b` |',
    '| Valves open, old pump still runs | chief | by hand |',
  ],
  [
    'the state, in German',
    '| Zustand | Wer | Tun |',
    '| Weiche noch alt | Wart | `make a` |',
    '| Weiche schon neu | Chef | `make b` |',
  ],
  [
    'cells that say how far it came',
    '| Where | Do |',
    '| Index not rebuilt yet | `make a` |',
    '| Index already rebuilt | `make b` |',
  ],
])('a table by %s is a choice', (_, head, first, second) => {
  const rule = head.replaceAll(/[^|]+/g, '---');
  const plan = planOf(...DEPLOY, '## Rollback', '', head, rule, first, second);
  const choice = plan.steps.find(({action}) => action.kind === 'choice');
  expect(choice?.action).toMatchObject({arms: [{line: 10}, {line: 11}]});
  expect(plan.steps.filter(({arm}) => arm !== undefined).map(({line}) => line)).toEqual([10, 11]);
});

test('a table of steps in a rollback stays one way', () => {
  const plan = planOf(
    ...DEPLOY,
    '## Rollback',
    '',
    '| Step | Command |',
    '|---|---|',
    '| Stop | `make a` |',
    '| Start | `make b` |',
  );
  expect(plan.steps.some(({action}) => action.kind === 'choice')).toBe(false);
});

test('all commands of a cell are run, also one with a blank in another language', () => {
  const plan = planOf(
    ...DEPLOY,
    '## Retour arrière',
    '',
    '| Moment | Quoi faire |',
    '|---|---|',
    '| Avant la bascule | `sudo apt-get install -y tram=<version notée>` puis `sudo systemctl restart tram` |',
    '| A déjà basculé | `make b` |',
  );
  const [first] = plan.steps.filter(({arm}) => arm !== undefined);
  const commands =
    first?.action.kind === 'script'
      ? first.action.stages.flatMap(stage => (stage.kind === 'commands' ? stage.commands.map(({text}) => text) : []))
      : [];
  expect(commands).toEqual(['sudo apt-get install -y tram=<version notée>', 'sudo systemctl restart tram']);
});
