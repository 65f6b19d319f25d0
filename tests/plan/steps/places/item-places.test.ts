/** A host in code marks is the place of the commands of its item, its title or its sentence, in every language. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {contextOf, emptyBindings} from '../../../../src/plan/plan.ts';

const HOSTS = [
  '# Move',
  '',
  '| Host | Use |',
  '|---|---|',
  '| till1 | till |',
  '| till2 | till |',
  '| hub1 | hub |',
  '',
];

function planIn(...lines: readonly string[]) {
  return parsePlan([...HOSTS, '## Deploy', ...lines].join('\n'), emptyBindings);
}

/** Where the commands run, from the first on. */
function places(...lines: readonly string[]): string[] {
  return planIn(...lines).steps.flatMap(step => {
    const place = contextOf(step)?.place;
    if (step.action.kind === 'manual' || place === undefined) return [];
    return [place.kind === 'host' ? place.destination : 'here'];
  });
}

const block = (...commands: readonly string[]) => ['   ```sh', ...commands.map(one => `   ${one}`), '   ```'];

test.each([
  ['1. **Save.** On `hub1`:'],
  ['1. Stop the queue, on `hub1`. The worker first, it pushes more:'],
  ['1. Nur auf `hub1`:'],
  ['1. **Sicherung**, auf `hub1`:'],
  ['1. Arrêter la file, sur `hub1` :'],
  ['1. Parar la cola, en `hub1`:'],
  ['1. Parar a fila, em `hub1`:'],
])('%j leads to commands on that host, and the next item does not', item => {
  expect(places(item, '', ...block('make save'), '', '2. Go on:', '', ...block('make go'))).toEqual(['<hub1>', 'here']);
});

test('in front of code in the same item as well', () => {
  expect(places('1. Auf `hub1` die Warteschlange anhalten: `make stop`')).toEqual(['<hub1>']);
});

test.each([
  ['only the way to the host is in the command', '1. Fetch it from `hub1`:', 'scp hub1:/backup/dump .'],
  ['two hosts are named', '1. Take it from `hub1` to `till1`:', 'make copy'],
  ['it stands behind a command', '1. Say `SELECT 1` on `hub1`. Missing? Send them again:', 'make send'],
])('where %s, it is no place', (_, item, command) => {
  expect(places(item, '', ...block(command))).toEqual(['here']);
});

test('a paragraph between the code blocks of an item names the place of the next one', () => {
  const lines = ['1. On `till1`:', '', ...block('make stop'), '', '   Then on `till2`:', '', ...block('make start')];
  expect(places(...lines)).toEqual(['<till1>', '<till2>']);
});

test.each([['Only on `hub1`:'], ['Nur auf `hub1`:'], ['Sólo en `hub1`:']])('%j is a place and no condition', lead => {
  const {steps, proposal} = planIn(`1. ${lead}`, '', ...block('make migrate'));
  expect(steps.map(({scope, condition}) => scope ?? condition)).toEqual([undefined]);
  expect(proposal?.doubts.filter(({code}) => code === 'condition-assumed')).toEqual([]);
});

test.each([
  ["Run on till2 as root. Root's key is allowed on till1 for this week.", '<till2>'],
  ['Auf till2 ausführen. Der Schlüssel liegt auf till1.', '<till2>'],
  ['Take till1 out. Then on till2:', '<till2>'],
])('of the sentences of %j, the one that says where to run counts', (lead, expected) => {
  expect(places(lead, '', '```sh', 'make sync', '```')).toEqual([expected]);
});
