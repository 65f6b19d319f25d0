/** Arms of a rollback that only sentences tell apart: "Up to step 7 …", "After the migration: same as above, but before the `up`". */
import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';

const DEPLOY = [
  '# Till',
  '## Deploy',
  '1. `systemctl stop till`',
  '2. `./migrate.sh`',
  '3. `systemctl start till`',
  '',
];
const BACK = ['', '```', 'systemctl start till', '```', ''];
const RESTORE = ['', '```', 'dropdb till', 'pg_restore -C /copy/till.dump', '```'];

/** The lines of open doubts, by their code. */
function open(code: string, ...lines: readonly string[]): number[] {
  const {proposal} = parsePlan([...DEPLOY, ...lines].join('\n'), emptyBindings);
  return (proposal?.doubts ?? []).flatMap(one => (one.code === code && one.proposed === undefined ? [one.line] : []));
}

describe('both arms wait', () => {
  test.each([
    ['## If it goes wrong', 'Up to step 1 nothing has happened to the data: start it again.', 'After the migration:'],
    ['## Rollback', 'Before the migration:', 'After the migration the schema cannot go back, so all is restored.'],
    ['## Wenn es schiefgeht', 'Bis Schritt 1 ist an den Daten nichts passiert:', 'Nach Schritt 2:'],
    ['## Marcha atrás', 'Antes de la migración:', 'Después de la migración se restaura todo.'],
    ['## Retour arrière', 'Avant la migration :', 'Après la migration :'],
  ])('%s', (title, first, second) => {
    expect(open('rollback-assumed', title, first, ...BACK, second, ...RESTORE)).toEqual([8, 14]);
  });
});

test.each([
  ["## If it's bad", 'Same as above, but before', 'the `start`:'],
  ['## Wenn es schiefgeht', 'Wie oben, aber', 'vor dem `systemctl start`:'],
  ['## Retour arrière', 'Pareil,', 'mais avant le `start` :'],
])('commands that come before a command above them: %s', (title, ...lead) => {
  expect(open('condition-assumed', title, ...BACK, ...lead, ...RESTORE)).toContain(14);
});

test.each([
  ['Once real orders came in, do not restore. Call Jo.'],
  ['Sind schon Bestellungen da, nicht zurück: wenn der Laden offen war, nicht mehr zurückspielen, nicht zurück.'],
  ['Si des ventes ont eu lieu, ne pas revenir à la copie.'],
])('a way back that the text bars in some case: %s', said => {
  expect(open('condition-assumed', '## Rollback', ...RESTORE, '', said)).toContain(14);
});

test('commands behind a choice, one of whose ways runs nothing', () => {
  const table = [
    '| Case | Back |',
    '|---|---|',
    '| Before step 2 | `systemctl start till` |',
    '| After step 2 | Restore, below |',
  ];
  expect(open('rollback-assumed', '## Rollback', ...table, '', 'Restore:', ...RESTORE)).toContain(13);
});
