/** Results that the exit code tells the wrong way round, and bounds ahead of commands, are open. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function openOf(code: string, ...lines: readonly string[]): readonly string[] {
  const {proposal} = planOf('# A', '## Deploy', '', ...lines);
  return (proposal?.doubts ?? []).flatMap(one =>
    one.code === code && one.proposed === undefined ? [one.message] : [],
  );
}

test.each([
  ['1. Timer anhalten: `systemctl stop sync.timer`. Warten (`pgrep -fa sync.py` keine Ausgabe).', 'keine Ausgabe'],
  ['1. Arrêter : `systemctl stop sync.timer`. Attendre la fin (`pgrep -fa sync.py` : aucun résultat).', 'aucun'],
  ['1. Parar: `systemctl stop sync.timer`. Esperar (`pgrep -fa sync.py` sin resultado).', 'sin resultado'],
])('nothing may be found: %s', (item, words) => {
  const found = openOf('expectation-assumed', item);
  expect(found.filter(message => message.includes(words) && message.includes('judged by nothing'))).toHaveLength(1);
});

test.each([
  ['The command ends with exit code 2 when there is something to do, which is right.'],
  ['Exit-Code 3 heißt, dass etwas ansteht: so soll es sein.'],
  ['Le second renvoie le code de sortie 2, c’est normal.'],
  ['Devuelve código de salida 2 cuando hay cambios pendientes.'],
])('another exit code is good: %s', sentence => {
  const item = [
    '1. See what is pending:',
    '',
    '   ```sh',
    '   ./upgrade.php --is-pending',
    '   ```',
    '',
    `   ${sentence}`,
  ];
  expect(openOf('expectation-assumed', ...item).filter(message => message.includes('judged by nothing'))).toHaveLength(
    1,
  );
});

test('exit code 0, and an expectation that is judged, are asked about by nothing', () => {
  expect(openOf('expectation-assumed', '- Run `make deploy`. It ends with exit code 0.')).toEqual([]);
  expect(openOf('expectation-assumed', '```sh', 'git status --short', '# Expected: no output', '```')).toEqual([]);
});

test.each([
  ['1. Ana watches the disk. Below 20 GB free: extend it with `lvextend -L +50G /dev/vg/db`.', 'Below 20 GB free'],
  ['1. Unter 20 GB frei: `lvextend -L +50G /dev/vg/db`.', 'Unter 20 GB frei'],
  ['1. En dessous de 20 Go libres : `lvextend -L +50G /dev/vg/db`.', 'En dessous de 20 Go'],
  ['1. Más de 500 mensajes en la cola: `rabbitmqctl purge_queue mail`.', 'Más de 500'],
])('a bound ahead of commands: %s', (item, words) => {
  expect(openOf('condition-assumed', item).filter(message => message.includes(words))).toHaveLength(1);
});

test('how long it may last is no bound ahead', () => {
  expect(openOf('condition-assumed', '1. In under 5 minutes: `systemctl restart till`.')).toEqual([]);
});
