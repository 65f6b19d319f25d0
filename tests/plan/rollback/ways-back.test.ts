/** Ways back for different cases: at most one of them is run, or the doubt on each says that it may be. */
import {expect, test} from 'vitest';
import type {Plan} from '../../../src/plan/plan.ts';
import {planOf} from '../../helpers/plan-view.ts';

const fence = (...lines: string[]) => ['```bash', ...lines, '```'];
const DEPLOY = ['# Change', '## Deploy', ...fence('systemctl restart api')];

const waysOf = ({rollbacks = []}: Plan) => rollbacks.map(({heading}) => heading);
const doubtsOf = ({proposal}: Plan, code: string) =>
  (proposal?.doubts ?? []).filter(doubt => doubt.code === code).map(({line}) => line);

test.each([
  [
    'lettered, for how far it came',
    [
      '## 6 Going back',
      '### 6A. Tanks not switched yet',
      ...fence('make a'),
      '### 6B. Tanks switched',
      ...fence('make b'),
    ],
    ['6A. Tanks not switched yet', '6B. Tanks switched'],
  ],
  [
    'in German, one of them for what is still whole',
    [
      '## Rückbau',
      '### Datenbank noch unberührt',
      ...fence('make a'),
      '### Datenbank schon umgezogen',
      ...fence('make b'),
    ],
    ['Datenbank noch unberührt', 'Datenbank schon umgezogen'],
  ],
  [
    'levels that start the same thing',
    [
      '## Rollback',
      '### Level 1: packages',
      ...fence('apt-get install -y till=3.1', 'systemctl start till'),
      '### Level 2: database',
      ...fence('./restore.sh', 'systemctl start till'),
    ],
    ['Level 1: packages', 'Level 2: database'],
  ],
  [
    'in Spanish, by what is broken',
    ['## Marcha atrás', '### Sólo la web está rota', ...fence('make a'), '### La base ya migrada', ...fence('make b')],
    ['Sólo la web está rota', 'La base ya migrada'],
  ],
])('sections %s are ways of their own', (_, lines, ways) => {
  const plan = planOf(...DEPLOY, ...lines);
  expect(waysOf(plan)).toEqual(ways);
  expect(doubtsOf(plan, 'rollback-assumed')).toEqual([plan.rollback?.line]);
});

test.each([
  ['lettered orders', ['### A. Stop the pumps', ...fence('make a'), '### B. Restore the recipe', ...fence('make b')]],
  ['numbered parts', ['### 5.1 Application', ...fence('make a'), '### 5.2 Database', ...fence('make b')]],
  [
    'hosts, each with its own service',
    ['### web-1', ...fence('ssh web-1 systemctl stop api'), '### web-2', ...fence('ssh web-2 systemctl stop api')],
  ],
  [
    'parts that restart the same thing',
    [
      '### Code',
      ...fence('git checkout v1', 'systemctl restart api'),
      '### Data',
      ...fence('./load.sh', 'systemctl restart api'),
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
      ...fence('systemctl stop beamline', './old.sh', 'systemctl start beamline'),
      '### Snapshot',
      ...fence('systemctl stop beamline', './merge.sh', 'systemctl start beamline'),
    ],
  ],
  [
    'parts that a sentence calls cases',
    ['Two cases, ask the shift lead.', '### Packages', ...fence('make a'), '### Snapshot', ...fence('make b')],
  ],
  [
    'parts that a German sentence calls ways',
    ['Je nachdem, wie weit wir sind:', '### Pakete', ...fence('make a'), '### Abbild', ...fence('make b')],
  ],
  ['lettered parts that name things', ['### A. Packages', ...fence('make a'), '### B. Snapshot', ...fence('make b')]],
])('%s are doubted, each of them', (_, lines) => {
  const plan = planOf(...DEPLOY, '## Rollback', ...lines);
  expect(doubtsOf(plan, 'rollback-assumed')).toHaveLength(2);
});

test.each([
  [
    'labels, one of them for what is still whole',
    ['**Schema untouched**', '', ...fence('make a'), '', '**Schema migrated**', '', ...fence('make b')],
  ],
  ['German labels', ['**Weiche noch alt:**', ...fence('make a'), '**Weiche umgestellt:**', ...fence('make b')]],
  ['labels that only say how thoroughly', ['**quick**', ...fence('make a'), '**slow**', ...fence('make b')]],
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
    ...fence(command, 'systemctl start pumppu'),
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
